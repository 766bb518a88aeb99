package zk4j.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Supplier;
import zk4j.circuit.Circuit;
import zk4j.groth16.ProvingKey;
import zk4j.stream.WindowFormat;
import zk4j.stream.prove.DayProver;
import zk4j.stream.prove.PolicyProver;
import zk4j.stream.prove.StatementProver;
import zk4j.stream.statement.DayCircuit;
import zk4j.stream.statement.DayStatement;
import zk4j.stream.statement.DayStatements;
import zk4j.stream.statement.StatementCircuit;
import zk4j.stream.statement.SummaryCircuit;

/**
 * What a policy is proven by, from texts of the command line or of a file.
 *
 * @param circuit of the statement
 * @param summary of the windows' summaries, if the statement is about a day
 * @param properties by which it is known again
 */
record PolicyCircuit(Circuit circuit, Optional<SummaryCircuit> summary, Properties properties) {
  private static final Map<String, Supplier<DayStatement>> DAYS =
      new TreeMap<>(
          Map.of(
              "day-time-in-range", DayStatements::timeInRange,
              "day-average-above", DayStatements::averageAbove));

  private static final String STATEMENT = "statement";
  private static final String FORMAT = "format";
  private static final String WINDOWS = "windows";

  /** The names of the statements about days. */
  static String days() {
    return String.join(", ", DAYS.keySet());
  }

  /**
   * That of a statement.
   *
   * @param statement the name of one, of one about a day, or a condition
   * @param format of a window, or several
   * @param windows how many make a day; 0 if the statement is about none
   */
  static PolicyCircuit of(String statement, String format, int windows) throws CommandException {
    List<WindowFormat> formats = StreamFormats.formats(format);
    Properties properties = new Properties();
    properties.setProperty(STATEMENT, statement);
    properties.setProperty(FORMAT, StreamFormats.text(formats));
    try {
      Supplier<DayStatement> day = DAYS.get(statement);
      if (day != null) {
        if (windows < 1 || formats.size() != 1) {
          throw new CommandException(
              ExitCodes.ERROR,
              statement + " is about a day: give one format, and the number of its --windows");
        }
        properties.setProperty(WINDOWS, String.valueOf(windows));
        return new PolicyCircuit(
            new DayCircuit(formats.get(0), windows, day.get()),
            Optional.of(new SummaryCircuit(formats.get(0))),
            properties);
      }
      if (windows != 0) {
        throw new CommandException(
            ExitCodes.ERROR, "--windows are a day's, and " + statement + " is about none");
      }
      StatementCircuit circuit =
          StreamConditions.isCondition(statement)
              ? new StatementCircuit(formats, StreamConditions.condition(statement))
              : new StatementCircuit(formats, StreamConditions.statement(statement));
      return new PolicyCircuit(circuit, Optional.empty(), properties);
    } catch (IllegalArgumentException e) {
      throw new CommandException(
          ExitCodes.ERROR, statement + " is not about " + format + ": " + e.getMessage());
    }
  }

  /** That of properties, as {@link #properties} has them. */
  static PolicyCircuit of(Properties properties) throws CommandException {
    String windows = properties.getProperty(WINDOWS, "0");
    if (!windows.matches("[0-9]{1,4}")) {
      throw new CommandException(ExitCodes.ERROR, windows + " is no number of windows");
    }
    return of(
        properties.getProperty(STATEMENT, ""),
        properties.getProperty(FORMAT, ""),
        Integer.parseInt(windows));
  }

  /**
   * A prover.
   *
   * @param key of the circuit
   * @param summaryKey of the summaries', if there is one
   * @throws IllegalArgumentException if a key is for another circuit
   */
  PolicyProver prover(ProvingKey key, Optional<ProvingKey> summaryKey) {
    return circuit instanceof DayCircuit day
        ? DayProver.of(day, summaryKey.orElseThrow(), key)
        : StatementProver.of((StatementCircuit) circuit, key);
  }
}
