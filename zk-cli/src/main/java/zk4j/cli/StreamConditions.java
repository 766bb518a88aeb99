package zk4j.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import zk4j.stream.statement.Condition;
import zk4j.stream.statement.Statement;
import zk4j.stream.statement.Statements;

/**
 * What statements and conditions are called on the command line and in files. A condition is {@code
 * <name>=<statement>@<windows>}, where windows are numbers from 0 with + between them, or {@code
 * all(<condition>,<condition>...)}, or {@code any(...)}.
 */
final class StreamConditions {
  private static final Map<String, Supplier<Statement>> STATEMENTS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("all-below", Statements::allBelow),
              Map.entry("maximum-is", Statements::maximumIs),
              Map.entry("average-above", Statements::averageAbove),
              Map.entry("time-in-range", Statements::timeInRange),
              Map.entry("long-run-below", Statements::longRunBelow),
              Map.entry("no-long-run-below", Statements::noLongRunBelow),
              Map.entry("long-run-at-least", Statements::longRunAtLeast),
              Map.entry("no-long-run-at-least", Statements::noLongRunAtLeast),
              Map.entry("used-in-minutes", () -> Statements.usedIn(Duration.ofMinutes(1))),
              Map.entry("more-impacts", Statements::moreImpacts),
              Map.entry("no-more-impacts", Statements::noMoreImpacts)));

  private static final Pattern PART =
      Pattern.compile("([A-Za-z0-9]+)=([a-z-]+)@([0-9]{1,2}(?:\\+[0-9]{1,2})*)");

  /** How deep conditions may lie in each other: what reads them is recursive. */
  private static final int MAX_DEPTH = 8;

  private StreamConditions() {}

  /** Whether a text is a condition, and not the name of a statement. */
  static boolean isCondition(String text) {
    return text.contains("=");
  }

  /** The names of the statements. */
  static String names() {
    return String.join(", ", STATEMENTS.keySet());
  }

  /** The statement of a name. */
  static Statement statement(String name) throws CommandException {
    Supplier<Statement> statement = STATEMENTS.get(name);
    if (statement == null) {
      throw new CommandException(
          ExitCodes.ERROR,
          name + " is no statement: one is " + names() + ", " + PolicyCircuit.days());
    }
    return statement.get();
  }

  /** The condition of a text. */
  static Condition condition(String text) throws CommandException {
    try {
      return condition(text.replace(" ", ""), 0);
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitCodes.ERROR, text + " is no condition: " + e.getMessage());
    }
  }

  private static Condition condition(String text, int depth) throws CommandException {
    boolean all = text.startsWith("all(");
    if ((all || text.startsWith("any(")) && text.endsWith(")") && depth < MAX_DEPTH) {
      List<Condition> parts = new ArrayList<>();
      for (String part : parts(text.substring(4, text.length() - 1))) {
        parts.add(condition(part, depth + 1));
      }
      Condition[] array = parts.toArray(new Condition[0]);
      return all ? Condition.all(array) : Condition.any(array);
    }
    Matcher part = PART.matcher(text);
    if (!part.matches()) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is not all(...), any(...) or such as rate=all-below@0");
    }
    int[] windows =
        Arrays.stream(part.group(3).split("\\+", -1)).mapToInt(Integer::parseInt).toArray();
    return Condition.of(part.group(1), statement(part.group(2)), windows);
  }

  /** What is between the commas that are in no parentheses. */
  private static List<String> parts(String text) {
    List<String> parts = new ArrayList<>();
    int open = 0;
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      open += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (c == ',' && open == 0) {
        parts.add(text.substring(from, i));
        from = i + 1;
      }
    }
    parts.add(text.substring(from));
    return parts;
  }
}
