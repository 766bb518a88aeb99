package zk4j.stream.statement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import zk4j.bn254.Fr;
import zk4j.circuit.Circuit;
import zk4j.circuit.CompiledCircuit;
import zk4j.circuit.Inputs;
import zk4j.circuit.Signal;
import zk4j.stream.Channel;
import zk4j.stream.WindowFormat;
import zk4j.testing.CircuitTester;

/** Impacts along three axes, of readings of 4 bits: accelerations from -8 to 7. */
class ImpactsTest {
  private static final int GAP = Integer.MIN_VALUE;
  private static final int SLOTS = 6;

  private static final List<WindowFormat> AXES =
      Stream.of("x", "y", "z")
          .map(axis -> new WindowFormat(new Channel(axis, 4, Duration.ofSeconds(1)), SLOTS))
          .toList();

  private static final Circuit MORE = bare(Statements.moreImpacts(), AXES);
  private static final Circuit NO_MORE = bare(Statements.noMoreImpacts(), AXES);

  private static Circuit bare(Statement statement, List<WindowFormat> formats) {
    return c -> {
      List<OpenWindow> windows = new ArrayList<>();
      for (int i = 0; i < formats.size(); i++) {
        WindowFormat format = formats.get(i);
        windows.add(
            new OpenWindow(
                format,
                c.inputs("readings" + i, format.slots(), format.channel().bits()),
                c.inputs("present" + i, format.slots()).stream().map(Signal::bool).toList()));
      }
      c.output("holds", statement.holds(c, c::publicInput, windows));
    };
  }

  private static Inputs inputs(int[][] axes, int threshold, int impacts) {
    Inputs inputs = Inputs.of("threshold", threshold).and("impacts", impacts);
    for (int i = 0; i < 3; i++) {
      inputs =
          inputs
              .and(
                  "readings" + i,
                  Arrays.stream(axes[i]).mapToObj(a -> Fr.of(a == GAP ? 15 : a + 8)).toList())
              .and(
                  "present" + i,
                  Arrays.stream(axes[i]).mapToObj(a -> a == GAP ? Fr.ZERO : Fr.ONE).toList());
    }
    return inputs;
  }

  private record Case(Inputs inputs, boolean more, boolean noMore) {}

  private static Case of(int[][] axes, int threshold, int impacts, boolean more, boolean noMore) {
    return new Case(inputs(axes, threshold, impacts), more, noMore);
  }

  static Stream<Case> cases() {
    int[] still = {0, 0, 0, 0, 0, 0};
    int[] gaps = {GAP, GAP, GAP, GAP, GAP, GAP};
    int[] lowest = {-8, -8, -8, -8, -8, -8};
    int[] twice = {0, 7, -8, 0, 7, 0};
    int[] within = {0, 7, GAP, 7, 0, 0};
    int[] between = {7, 0, GAP, 0, 0, 0};
    int[] other = {0, 0, 0, 0, 0, GAP};
    int[][] two = {twice, still, still};
    int[][] largest = {lowest, lowest, lowest};
    int[][] small = {{3, 0, 0, 0, 0, 0}, {-4, 0, 0, 0, 0, 0}, {2, 0, 0, 0, 0, 0}};
    return Stream.of(
        of(two, 48, 1, true, false),
        of(two, 48, 2, false, true),
        of(two, 49, 0, true, false), // 64 once
        of(two, 49, 1, false, true),
        of(two, 64, 0, false, true),
        of(two, 255, 0, false, true),
        of(largest, 191, 0, true, false), // 192, in one run
        of(largest, 191, 1, false, true),
        of(largest, 192, 0, false, true),
        of(small, 28, 0, true, false), // 9 + 16 + 4
        of(small, 29, 0, false, true),
        of(new int[][] {still, still, still}, 0, 0, false, true),
        of(new int[][] {gaps, still, still}, 255, 0, false, false),
        of(new int[][] {gaps, gaps, gaps}, 0, 5, false, false),
        of(new int[][] {gaps, gaps, gaps}, 0, 6, false, true),
        of(new int[][] {gaps, gaps, gaps}, 0, 131071, false, true),
        of(new int[][] {within, still, still}, 48, 0, true, false),
        of(new int[][] {within, still, still}, 48, 1, false, false),
        of(new int[][] {within, still, still}, 48, 2, false, true),
        of(new int[][] {still, between, still}, 48, 1, false, false),
        of(new int[][] {still, between, still}, 48, 2, false, true),
        of(new int[][] {twice, still, other}, 48, 1, true, false),
        of(new int[][] {twice, still, other}, 48, 2, false, true)); // the gap only goes on
  }

  @ParameterizedTest
  @MethodSource("cases")
  void areCounted(Case row) {
    CircuitTester.of(MORE).accepts(row.inputs, row.more ? 1 : 0);
    CircuitTester.of(NO_MORE).accepts(row.inputs, row.noMore ? 1 : 0);
  }

  /** How many runs of slots above a threshold there are. */
  private static int runs(boolean[] above) {
    return (int)
        IntStream.range(0, above.length).filter(i -> above[i] && (i == 0 || !above[i - 1])).count();
  }

  /**
   * Of all that may have been in slots without a reading, the fewest impacts decide whether there
   * were more, and no more are said to have been if so many may have.
   */
  @Test
  void whateverWasWhereNoReadingIsTheVerdictIsTrue() throws Exception {
    CompiledCircuit more = CompiledCircuit.of(MORE);
    CompiledCircuit noMore = CompiledCircuit.of(NO_MORE);
    Random random = new Random(19);
    int[] verdicts = new int[3];
    for (int i = 0; i < 200; i++) {
      int gaps = random.nextInt(40);
      int[][] axes = new int[3][];
      for (int axis = 0; axis < 3; axis++) {
        axes[axis] =
            random
                .ints(SLOTS, -8, 8)
                .map(acceleration -> random.nextInt(100) < gaps ? GAP : acceleration)
                .toArray();
      }
      int threshold = 20 + random.nextInt(80);
      int impacts = random.nextInt(4);
      int fewest = SLOTS;
      int most = 0;
      for (int filled = 0; filled < 1 << SLOTS; filled++) {
        boolean[] above = new boolean[SLOTS];
        boolean isPossible = true;
        for (int slot = 0; slot < SLOTS; slot++) {
          int at = slot;
          above[slot] = ((filled >> slot) & 1) == 1;
          boolean isThere = Arrays.stream(axes).allMatch(axis -> axis[at] != GAP);
          int square = Arrays.stream(axes).mapToInt(axis -> axis[at] * axis[at]).sum();
          isPossible &= !isThere || above[slot] == (square > threshold);
        }
        fewest = isPossible ? Math.min(fewest, runs(above)) : fewest;
        most = isPossible ? Math.max(most, runs(above)) : most;
      }
      Inputs inputs = inputs(axes, threshold, impacts);
      boolean isMore = more.witness(inputs).get(1).isOne();
      boolean isNoMore = noMore.witness(inputs).get(1).isOne();
      assertEquals(fewest > impacts, isMore);
      assertTrue(!isNoMore || most <= impacts, most + " of " + impacts);
      assertTrue(gaps > 0 || isMore != isNoMore, "no gaps, and no verdict");
      verdicts[isMore ? 0 : isNoMore ? 1 : 2]++;
    }
    assertTrue(Arrays.stream(verdicts).allMatch(count -> count > 10), Arrays.toString(verdicts));
  }

  @Test
  void theInputsDetermineTheVerdict() {
    CircuitTester.of(MORE).isDetermined();
    CircuitTester.of(NO_MORE).isDetermined();
  }

  @Test
  void whatIsBeyondItsRangeIsRefused() {
    int[] still = {0, 0, 0, 0, 0, 0};
    int[] tooLarge = {0, 0, 0, 8, 0, 0};
    int[][] axes = {still, still, still};
    CircuitTester.of(MORE)
        .refuses(inputs(axes, 256, 0))
        .refuses(inputs(axes, 0, 1 << 17))
        .refuses(inputs(new int[][] {still, tooLarge, still}, 0, 0));
    CircuitTester.of(NO_MORE).refuses(inputs(axes, 256, 0)).refuses(inputs(axes, 0, 1 << 17));
  }

  @Test
  void theAxesAreThreeOfOneSensor() {
    WindowFormat slower = new WindowFormat(new Channel("z", 4, Duration.ofSeconds(2)), SLOTS / 2);
    for (List<WindowFormat> formats :
        List.of(AXES.subList(0, 2), List.of(AXES.get(0), AXES.get(1), slower))) {
      assertThrows(
          IllegalArgumentException.class,
          () -> CircuitTester.of(bare(Statements.moreImpacts(), formats)));
    }
  }
}
