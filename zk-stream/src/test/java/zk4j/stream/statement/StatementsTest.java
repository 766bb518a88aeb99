package zk4j.stream.statement;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import zk4j.bn254.Fr;
import zk4j.circuit.Circuit;
import zk4j.circuit.Inputs;
import zk4j.circuit.Signal;
import zk4j.stream.Samples;
import zk4j.testing.CircuitTester;

/** Statements over readings that are simply inputs. */
class StatementsTest {
  private static final int GAP = -1;

  static Circuit bare(Statement statement) {
    return c -> {
      int slots = Samples.MINUTES.slots();
      OpenWindow window =
          new OpenWindow(
              Samples.MINUTES,
              c.inputs("readings", slots, 8),
              c.inputs("present", slots).stream().map(Signal::bool).toList());
      c.output("holds", statement.holds(c, c::publicInput, List.of(window)));
    };
  }

  private record Case(Statement statement, Inputs parameters, boolean holds, List<Integer> slots) {}

  private static Inputs limit(int limit) {
    return Inputs.of("limit", limit);
  }

  private static Inputs maximum(int maximum) {
    return Inputs.of("maximum", maximum);
  }

  private static Inputs range(int low, int high, int percent) {
    return Inputs.of("low", low).and("high", high).and("percent", percent);
  }

  private static Inputs run(int threshold, int slots) {
    return Inputs.of("threshold", threshold).and("slots", slots);
  }

  /** Begin and end of each interval, in steps. */
  private static Inputs intervals(int... bounds) {
    Inputs inputs = Inputs.none();
    for (int i = 0; i < bounds.length; i += 2) {
      inputs = inputs.and("from" + i / 2, bounds[i]).and("to" + i / 2, bounds[i + 1]);
    }
    return inputs;
  }

  private static Inputs least(int least) {
    return Inputs.of("least", least);
  }

  static Stream<Case> cases() {
    Statement below = Statements.allBelow();
    Statement max = Statements.maximumIs();
    Statement average = Statements.averageAbove();
    Statement range = Statements.timeInRange();
    Statement run = Statements.longRunBelow();
    Statement noRun = Statements.noLongRunBelow();
    Statement highRun = Statements.longRunAtLeast();
    Statement noHighRun = Statements.noLongRunAtLeast();
    Statement two = Statements.dosesTaken(2, 3);
    Statement one = Statements.dosesTaken(1, 1);
    Statement minutes = Statements.usedIn(Duration.ofMinutes(1));
    Statement quarters = Statements.usedIn(Duration.ofMinutes(3));
    List<Integer> high = List.of(97, 180, 181, 180, 190, 179, 180, 97, 255, 97, 97, 97);
    List<Integer> brokenHigh = List.of(97, 180, 181, GAP, 190, 179, 180, 97, 255, 97, 97, 97);
    List<Integer> doses = List.of(0, 0, 1, 0, 0, 0, 0, GAP, 1, GAP, GAP, GAP);
    List<Integer> gaps = List.of(GAP, GAP, GAP, GAP, GAP, GAP, GAP, GAP, GAP, GAP, GAP, GAP);
    List<Integer> rates = List.of(60, 61, 62, 63, 64, 65, 66, 67, 68, 69, 70, 119);
    List<Integer> withGaps = List.of(60, GAP, 62, 63, GAP, 65, 66, 67, 68, 69, 70, 119);
    List<Integer> six = List.of(97, 89, 88, 89, 89, 89, 89, 90, 97, 97, 97, 97);
    List<Integer> broken = List.of(97, 89, 88, 89, GAP, 89, 89, 90, 97, 97, 97, 97);
    List<Integer> largest = List.of(255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255);
    return Stream.of(
        new Case(below, limit(120), true, rates),
        new Case(below, limit(119), false, rates),
        new Case(below, limit(0), false, rates),
        new Case(below, limit(255), false, largest),
        new Case(below, limit(120), true, withGaps),
        new Case(below, limit(0), true, gaps),
        new Case(max, maximum(119), true, rates),
        new Case(max, maximum(118), false, rates),
        new Case(max, maximum(120), false, rates),
        new Case(max, maximum(255), true, largest),
        new Case(max, maximum(119), true, withGaps),
        new Case(max, maximum(0), false, gaps),
        new Case(average, limit(69), true, rates), // 834 / 12 = 69.5
        new Case(average, limit(70), false, rates),
        new Case(average, limit(254), true, largest),
        new Case(average, limit(255), false, largest),
        new Case(average, limit(70), true, withGaps), // 709 / 10
        new Case(average, limit(71), false, withGaps),
        new Case(average, limit(0), false, gaps),
        new Case(range, range(60, 70, 91), true, rates), // 11 of 12
        new Case(range, range(60, 70, 92), false, rates),
        new Case(range, range(61, 119, 91), true, rates),
        new Case(range, range(60, 119, 99), true, rates),
        new Case(range, range(60, 119, 100), false, rates),
        new Case(range, range(71, 60, 0), false, rates),
        new Case(range, range(60, 70, 89), true, withGaps), // 9 of 10
        new Case(range, range(60, 70, 90), false, withGaps),
        new Case(range, range(0, 255, 0), false, gaps),
        new Case(run, run(90, 5), true, six),
        new Case(run, run(90, 6), false, six),
        new Case(run, run(89, 1), false, six),
        new Case(run, run(89, 0), true, six),
        new Case(run, run(91, 6), true, six),
        new Case(run, run(90, 3), false, broken),
        new Case(run, run(90, 2), true, broken),
        new Case(run, run(90, 0), false, gaps),
        new Case(run, run(255, 12), false, six),
        new Case(run, run(255, 131071), false, six),
        new Case(noRun, run(90, 5), false, six),
        new Case(noRun, run(90, 6), true, six),
        new Case(noRun, run(90, 5), false, broken),
        new Case(noRun, run(90, 6), true, broken),
        new Case(noRun, run(90, 11), false, gaps),
        new Case(noRun, run(90, 12), true, gaps),
        new Case(highRun, run(180, 3), true, high),
        new Case(highRun, run(180, 4), false, high),
        new Case(highRun, run(181, 1), false, high),
        new Case(highRun, run(255, 0), true, high),
        new Case(highRun, run(0, 11), true, high),
        new Case(highRun, run(180, 2), false, brokenHigh),
        new Case(highRun, run(180, 1), true, brokenHigh),
        new Case(highRun, run(0, 0), false, gaps),
        new Case(highRun, run(0, 131071), false, high),
        new Case(noHighRun, run(180, 3), false, high),
        new Case(noHighRun, run(180, 4), true, high),
        new Case(noHighRun, run(180, 3), false, brokenHigh),
        new Case(noHighRun, run(180, 4), true, brokenHigh),
        new Case(noHighRun, run(255, 11), false, gaps),
        new Case(noHighRun, run(255, 12), true, gaps),
        new Case(two, intervals(0, 1, 2, 3), true, doses), // slots 0 to 2 and 6 to 8
        new Case(two, intervals(0, 2, 2, 4), true, doses),
        new Case(two, intervals(0, 3, 3, 4), false, doses),
        new Case(two, intervals(1, 2, 2, 3), false, doses),
        new Case(two, intervals(0, 0, 2, 3), false, doses),
        new Case(two, intervals(0, 1, 2, 3), false, gaps),
        new Case(one, intervals(2, 3), true, doses),
        new Case(one, intervals(0, 2), false, doses),
        new Case(one, intervals(3, 8), false, doses),
        new Case(one, intervals(3, 9), true, doses),
        new Case(one, intervals(9, 12), false, doses),
        new Case(one, intervals(0, 12), true, largest),
        new Case(one, intervals(12, 12), false, largest),
        new Case(minutes, least(12), true, rates),
        new Case(minutes, least(13), false, rates),
        new Case(minutes, least(10), true, withGaps),
        new Case(minutes, least(11), false, withGaps),
        new Case(minutes, least(0), true, gaps),
        new Case(minutes, least(1), false, gaps),
        new Case(quarters, least(4), true, withGaps),
        new Case(quarters, least(3), true, doses),
        new Case(quarters, least(4), false, doses),
        new Case(quarters, least(1), false, gaps));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void holdsOrNot(Case row) {
    CircuitTester.of(bare(row.statement))
        .accepts(
            row.parameters
                .and("readings", row.slots.stream().map(x -> Fr.of(Math.max(0, x))).toList())
                .and("present", row.slots.stream().map(x -> x == GAP ? Fr.ZERO : Fr.ONE).toList()),
            row.holds ? 1 : 0);
  }

  @Test
  void whatIsWhereNoReadingIsDoesNotMatter() {
    Inputs hidden =
        Inputs.of("readings", Collections.nCopies(12, Fr.of(200)))
            .and("present", Collections.nCopies(12, Fr.ZERO));
    CircuitTester.of(bare(Statements.allBelow())).accepts(hidden.and("limit", 100), 1);
    CircuitTester.of(bare(Statements.maximumIs())).accepts(hidden.and("maximum", 200), 0);
    CircuitTester.of(bare(Statements.averageAbove())).accepts(hidden.and("limit", 100), 0);
    CircuitTester.of(bare(Statements.longRunAtLeast()))
        .accepts(hidden.and("threshold", 100).and("slots", 0), 0);
    CircuitTester.of(bare(Statements.noLongRunAtLeast()))
        .accepts(hidden.and("threshold", 201).and("slots", 11), 0);
    CircuitTester.of(bare(Statements.dosesTaken(1, 12)))
        .accepts(hidden.and("from0", 0).and("to0", 1), 0);
  }

  @Test
  void parametersBeyondTheirRangeAreRefused() {
    Inputs readings =
        Inputs.of("readings", Collections.nCopies(12, Fr.of(80)))
            .and("present", Collections.nCopies(12, Fr.ONE));
    CircuitTester.of(bare(Statements.allBelow())).refuses(readings.and("limit", 256));
    CircuitTester.of(bare(Statements.timeInRange()))
        .refuses(readings.and("low", 0).and("high", 255).and("percent", 128));
    CircuitTester.of(bare(Statements.longRunBelow()))
        .refuses(readings.and("threshold", 90).and("slots", 1 << 17));
    CircuitTester.of(bare(Statements.longRunAtLeast()))
        .refuses(readings.and("threshold", 256).and("slots", 1));
    CircuitTester.of(bare(Statements.usedIn(Duration.ofMinutes(1))))
        .refuses(readings.and("least", 1 << 17));
  }

  @Test
  void intervalsFollowEachOtherWithinTheWindow() {
    CircuitTester tester = CircuitTester.of(bare(Statements.dosesTaken(2, 3)));
    for (int[] bounds : new int[][] {{0, 2, 1, 3}, {2, 1, 3, 4}, {0, 1, 3, 2}, {0, 1, 1, 5}}) {
      tester.refuses(
          intervals(bounds)
              .and("readings", Collections.nCopies(12, Fr.ONE))
              .and("present", Collections.nCopies(12, Fr.ONE)));
    }
    assertThrows(IllegalArgumentException.class, () -> Statements.dosesTaken(0, 3));
    assertThrows(IllegalArgumentException.class, () -> Statements.dosesTaken(2, 0));
    assertThrows(
        IllegalArgumentException.class,
        () -> CircuitTester.of(bare(Statements.dosesTaken(2, 5)))); // of 12 slots
  }

  @Test
  void unitsAreWholeNumbersOfSlots() {
    for (Duration unit : List.of(Duration.ofSeconds(30), Duration.ofSeconds(90))) {
      Statement statement = Statements.usedIn(unit);
      assertThrows(
          IllegalArgumentException.class, () -> CircuitTester.of(bare(statement)), unit::toString);
    }
    Statement ofFive = Statements.usedIn(Duration.ofMinutes(5));
    assertThrows(IllegalArgumentException.class, () -> CircuitTester.of(bare(ofFive)));
  }

  static Stream<Statement> all() {
    return Stream.of(
        Statements.allBelow(),
        Statements.maximumIs(),
        Statements.averageAbove(),
        Statements.timeInRange(),
        Statements.longRunBelow(),
        Statements.noLongRunBelow(),
        Statements.longRunAtLeast(),
        Statements.noLongRunAtLeast(),
        Statements.dosesTaken(2, 3),
        Statements.usedIn(Duration.ofMinutes(3)));
  }

  @ParameterizedTest
  @MethodSource("all")
  void theInputsDetermineTheVerdict(Statement statement) {
    CircuitTester.of(bare(statement)).isDetermined();
  }
}
