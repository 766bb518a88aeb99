package zk4j.stream.statement;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import zk4j.circuit.Circuit;
import zk4j.stream.WindowFormat;
import zk4j.testing.CircuitTester;

/** How many constraints the circuits of the documentation have. */
class ConstraintsTest {
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
        of(WindowFormat.HEART_RATE_HOUR, Statements.usedIn(Duration.ofMinutes(1)), 48493));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void areCounted(Case row) {
    CircuitTester.of(row.circuit).hasConstraints(row.constraints);
  }
}
