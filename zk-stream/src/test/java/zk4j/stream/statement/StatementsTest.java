package zk4j.stream.statement;

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

  private static Circuit bare(Statement statement) {
    return c -> {
      int slots = Samples.MINUTES.slots();
      OpenWindow window =
          new OpenWindow(
              Samples.MINUTES,
              c.inputs("readings", slots, 8),
              c.inputs("present", slots).stream().map(Signal::bool).toList());
      c.output("holds", statement.holds(c, window));
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

  static Stream<Case> cases() {
    Statement below = Statements.allBelow();
    Statement max = Statements.maximumIs();
    Statement average = Statements.averageAbove();
    Statement range = Statements.timeInRange();
    Statement run = Statements.longRunBelow();
    Statement noRun = Statements.noLongRunBelow();
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
        new Case(noRun, run(90, 12), true, gaps));
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
  }

  static Stream<Statement> all() {
    return Stream.of(
        Statements.allBelow(),
        Statements.maximumIs(),
        Statements.averageAbove(),
        Statements.timeInRange(),
        Statements.longRunBelow(),
        Statements.noLongRunBelow());
  }

  @ParameterizedTest
  @MethodSource("all")
  void theInputsDetermineTheVerdict(Statement statement) {
    CircuitTester.of(bare(statement)).isDetermined();
  }
}
