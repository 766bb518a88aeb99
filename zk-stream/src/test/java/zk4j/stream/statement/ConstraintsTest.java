package zk4j.stream.statement;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import zk4j.circuit.Circuit;
import zk4j.circuit.CompiledCircuit;
import zk4j.stream.Channel;
import zk4j.stream.WindowFormat;

/** How many constraints the circuits of the documentation have. */
class ConstraintsTest {
  private static final WindowFormat RATES =
      new WindowFormat(new Channel("heart-rate/min", 8, Duration.ofMinutes(1)), 60);
  private static final List<WindowFormat> TRIAL = List.of(RATES, WindowFormat.SPO2_HOUR);

  private static final Condition ELIGIBLE =
      Condition.all(
          Condition.of("rate", Statements.allBelow(), 0),
          Condition.of("oxygen", Statements.noLongRunBelow(), 1));

  private record Case(Circuit circuit, int constraints) {}

  private static Case of(WindowFormat format, Statement statement, int constraints) {
    return new Case(new StatementCircuit(format, statement), constraints);
  }

  static Stream<Case> cases() {
    return Stream.of(
        of(WindowFormat.GLUCOSE_DAY, Statements.timeInRange(), 20642),
        of(WindowFormat.SPO2_HOUR, Statements.longRunBelow(), 11769),
        of(WindowFormat.SPO2_HOUR, Statements.noLongRunBelow(), 11769),
        of(WindowFormat.GLUCOSE_DAY, Statements.longRunAtLeast(), 17744),
        of(WindowFormat.GLUCOSE_DAY, Statements.noLongRunAtLeast(), 17744),
        of(WindowFormat.DOSE_DAY, Statements.dosesTaken(3, 30), 15604),
        of(WindowFormat.HEART_RATE_HOUR, Statements.usedIn(Duration.ofMinutes(1)), 48493),
        new Case(
            new StatementCircuit(WindowFormat.ACCELERATION_MINUTE, Statements.moreImpacts()),
            303359),
        new Case(new StatementCircuit(TRIAL, ELIGIBLE), 22345),
        new Case(new SummaryCircuit(WindowFormat.GLUCOSE_HOUR), 10345),
        new Case(new DayCircuit(WindowFormat.GLUCOSE_HOUR, 24, DayStatements.timeInRange()), 15651),
        new Case(
            new DayCircuit(WindowFormat.GLUCOSE_HOUR, 24, DayStatements.averageAbove()), 15669));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void areCounted(Case row) {
    assertEquals(row.constraints, CompiledCircuit.of(row.circuit).r1cs().constraints());
  }
}
