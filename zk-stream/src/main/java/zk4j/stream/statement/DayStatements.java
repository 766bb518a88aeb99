package zk4j.stream.statement;

import zk4j.circuit.Bool;
import zk4j.circuit.Bounded;
import zk4j.circuit.CircuitBuilder;

/** Statements about a day's readings together. */
public final class DayStatements {
  private DayStatements() {}

  private interface Body {
    Bool holds(Parameters parameters, Totals day);
  }

  private record Named(String name, Body body) implements DayStatement {
    @Override
    public Bool holds(CircuitBuilder c, Parameters parameters, Totals day) {
      return c.in(name, () -> body.holds(parameters, day));
    }
  }

  /**
   * That more than the public {@code percent} of the day's readings are in range. Holds of no day
   * without readings.
   */
  public static DayStatement timeInRange() {
    return new Named(
        "day-time-in-range",
        (p, day) ->
            Statements.isAbovePercent(day.inRange(), p.declare("percent", 7), day.present()));
  }

  /**
   * That the average of the day's readings is above the public {@code limit}. Holds of no day
   * without readings.
   */
  public static DayStatement averageAbove() {
    return new Named(
        "day-average-above",
        (p, day) -> {
          Bounded limit = p.declare("limit", 16);
          return Statements.isAverageAbove(day.sum(), limit, day.present());
        });
  }
}
