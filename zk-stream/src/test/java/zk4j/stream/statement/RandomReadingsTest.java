package zk4j.stream.statement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import zk4j.bn254.Fr;
import zk4j.bn254.FrVector;
import zk4j.circuit.CompiledCircuit;
import zk4j.circuit.Inputs;
import zk4j.core.Execution;
import zk4j.r1cs.Witness;

/** Statements and plain programs agree on random readings, and the other verdict satisfies not. */
class RandomReadingsTest {
  private static final int WINDOWS = 200;
  private static final int GAP = -1;

  /** What a statement says, of slots and parameters. */
  private interface Plain {
    boolean holds(int[] slots, Map<String, Integer> parameters);
  }

  /** Parameters below these bounds. */
  private record Case(Statement statement, Map<String, Integer> bounds, Plain plain) {
    @Override
    public String toString() {
      return statement.name();
    }
  }

  private static int of(Map<String, Integer> parameters, String name) {
    return Objects.requireNonNull(parameters.get(name));
  }

  private static int longest(int[] slots, IntPredicate isPart) {
    int run = 0;
    int longest = 0;
    for (int slot : slots) {
      run = isPart.test(slot) ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    return longest;
  }

  private static IntStream readings(int[] slots) {
    return Arrays.stream(slots).filter(slot -> slot != GAP);
  }

  private static boolean isDose(int[] slots, int from, int to) {
    return Arrays.stream(slots, from, to).anyMatch(slot -> slot > 0);
  }

  static Stream<Case> cases() {
    Map<String, Integer> run = Map.of("threshold", 5, "slots", 6);
    return Stream.of(
        new Case(
            Statements.allBelow(),
            Map.of("limit", 6),
            (slots, p) -> Arrays.stream(slots).allMatch(x -> x < of(p, "limit"))),
        new Case(
            Statements.maximumIs(),
            Map.of("maximum", 5),
            (slots, p) -> Arrays.stream(slots).max().orElseThrow() == of(p, "maximum")),
        new Case(
            Statements.averageAbove(),
            Map.of("limit", 3),
            (slots, p) -> readings(slots).sum() > of(p, "limit") * readings(slots).count()),
        new Case(
            Statements.timeInRange(),
            Map.of("low", 3, "high", 5, "percent", 100),
            (slots, p) ->
                100 * readings(slots).filter(x -> x >= of(p, "low") && x <= of(p, "high")).count()
                    > of(p, "percent") * readings(slots).count()),
        new Case(
            Statements.longRunBelow(),
            run,
            (slots, p) -> longest(slots, x -> x != GAP && x < of(p, "threshold")) > of(p, "slots")),
        new Case(
            Statements.noLongRunBelow(),
            run,
            (slots, p) -> longest(slots, x -> x < of(p, "threshold")) <= of(p, "slots")),
        new Case(
            Statements.longRunAtLeast(),
            run,
            (slots, p) ->
                longest(slots, x -> x != GAP && x >= of(p, "threshold")) > of(p, "slots")),
        new Case(
            Statements.noLongRunAtLeast(),
            run,
            (slots, p) ->
                longest(slots, x -> x == GAP || x >= of(p, "threshold")) <= of(p, "slots")),
        new Case(
            Statements.dosesTaken(1, 2),
            Map.of("from0", 3, "to0", 7),
            (slots, p) ->
                of(p, "from0") < of(p, "to0")
                    && isDose(slots, 2 * of(p, "from0"), 2 * of(p, "to0"))),
        new Case(
            Statements.usedIn(Duration.ofMinutes(2)),
            Map.of("least", 8),
            (slots, p) ->
                IntStream.range(0, 6)
                        .filter(i -> slots[2 * i] != GAP || slots[2 * i + 1] != GAP)
                        .count()
                    >= of(p, "least")));
  }

  /** Readings from 0 to 4 and gaps, few or many of either. */
  private static int[] slots(Random random) {
    int gaps = random.nextInt(100);
    int zeros = random.nextInt(100);
    return IntStream.range(0, 12)
        .map(
            i ->
                random.nextInt(100) < gaps
                    ? GAP
                    : random.nextInt(100) < zeros ? 0 : random.nextInt(5))
        .toArray();
  }

  private static boolean isOrdered(Map<String, Integer> parameters) {
    return !parameters.containsKey("to0") || of(parameters, "from0") <= of(parameters, "to0");
  }

  private static Map<String, Integer> parameters(Case row, Random random) {
    Map<String, Integer> parameters;
    do {
      parameters = new TreeMap<>(row.bounds);
      parameters.replaceAll((name, bound) -> random.nextInt(bound));
    } while (!isOrdered(parameters));
    return parameters;
  }

  private static Inputs inputs(int[] slots, Map<String, Integer> parameters) {
    Inputs inputs =
        Inputs.of("readings", Arrays.stream(slots).mapToObj(x -> Fr.of(Math.max(0, x))).toList())
            .and("present", Arrays.stream(slots).mapToObj(x -> Fr.of(x == GAP ? 0 : 1)).toList());
    for (var parameter : parameters.entrySet()) {
      inputs = inputs.and(parameter.getKey(), parameter.getValue());
    }
    return inputs;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void statementsSayWhatPlainProgramsSay(Case row) throws Exception {
    Random random = new Random(17);
    CompiledCircuit circuit = CompiledCircuit.of(StatementsTest.bare(row.statement));
    int held = 0;
    for (int i = 0; i < WINDOWS; i++) {
      int[] slots = slots(random);
      Map<String, Integer> parameters = parameters(row, random);
      boolean expected = row.plain.holds(slots, parameters);
      Witness witness = circuit.witness(inputs(slots, parameters));
      assertEquals(
          Fr.of(expected ? 1 : 0), witness.get(1), Arrays.toString(slots) + " " + parameters);
      held += expected ? 1 : 0;
    }
    assertTrue(held > WINDOWS / 20 && held < WINDOWS - WINDOWS / 20, held + " windows");
  }

  /** The other verdict satisfies with no inner signal of another value. */
  @ParameterizedTest
  @MethodSource("cases")
  void theOtherVerdictSatisfiesNothing(Case row) throws Exception {
    Random random = new Random(18);
    CompiledCircuit circuit = CompiledCircuit.of(StatementsTest.bare(row.statement));
    int inner = 1 + circuit.r1cs().publicSignals() + circuit.r1cs().privateInputs();
    for (int i = 0; i < WINDOWS / 20; i++) {
      Witness witness = circuit.witness(inputs(slots(random), parameters(row, random)));
      FrVector values = witness.values().copy();
      values.set(1, Fr.ONE.minus(witness.get(1)));
      assertViolates(circuit, values);
      for (int wire = inner; wire < witness.size(); wire++) {
        values.set(wire, witness.get(wire).isZero() ? Fr.ONE : Fr.ZERO);
        assertViolates(circuit, values);
        values.set(wire, witness.get(wire));
      }
    }
  }

  private static void assertViolates(CompiledCircuit circuit, FrVector values) {
    Witness witness = Witness.of(values.copy());
    assertTrue(circuit.r1cs().firstViolation(witness, Execution.sequential()).isPresent());
  }
}
