package zk4j.stream.statement;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import zk4j.circuit.Bool;
import zk4j.circuit.Bounded;
import zk4j.circuit.CircuitBuilder;
import zk4j.circuit.Signal;

/** Statements about one window. */
public final class Statements {
  /** Bits of a number of slots. */
  private static final int COUNT_BITS = 17;

  private Statements() {}

  private record Named(String name, BiFunction<CircuitBuilder, OpenWindow, Bool> body)
      implements Statement {
    @Override
    public Bool holds(CircuitBuilder c, OpenWindow window) {
      return c.in(name, () -> body.apply(c, window));
    }
  }

  /** That all readings are below the public {@code limit}. */
  public static Statement allBelow() {
    return new Named(
        "all-below",
        (c, window) -> {
          Bounded limit = c.publicInput("limit", window.format().channel().bits());
          return c.count(where(window, reading -> reading.isAtLeast(limit))).isEqualTo(0);
        });
  }

  /** That the largest reading is the public {@code maximum}. */
  public static Statement maximumIs() {
    return new Named(
        "maximum-is",
        (c, window) -> {
          Bounded maximum = c.publicInput("maximum", window.format().channel().bits());
          Bool noneAbove =
              c.count(where(window, reading -> reading.isGreaterThan(maximum))).isEqualTo(0);
          // 0 if a reading that is present is the maximum.
          List<Signal> differences =
              window
                  .slots()
                  .mapToObj(
                      i -> {
                        Signal difference = window.readings().get(i).minus(maximum);
                        return window.present().get(i).choose(difference, c.constant(1));
                      })
                  .toList();
          return noneAbove.and(product(differences).isZero());
        });
  }

  /**
   * That the average of the readings is above the public {@code limit}: that their sum is above the
   * limit times their number. Holds of no window without readings.
   */
  public static Statement averageAbove() {
    return new Named(
        "average-above",
        (c, window) -> {
          Bounded limit = c.publicInput("limit", window.format().channel().bits());
          List<Bounded> readings =
              window
                  .slots()
                  .mapToObj(i -> window.readings().get(i).times(window.present().get(i)))
                  .toList();
          return c.sumOfBounded(readings).isGreaterThan(limit.times(c.count(window.present())));
        });
  }

  /**
   * That more than the public {@code percent} of the readings are from the public {@code low} to
   * the public {@code high}, both included, such as 70 percent from 70 to 180 mg/dL. Holds of no
   * window without readings.
   */
  public static Statement timeInRange() {
    return new Named(
        "time-in-range",
        (c, window) -> {
          int bits = window.format().channel().bits();
          Bounded low = c.publicInput("low", bits);
          Bounded high = c.publicInput("high", bits);
          Bounded percent = c.publicInput("percent", 7);
          Bounded inRange =
              c.count(where(window, reading -> reading.isAtLeast(low).and(reading.isAtMost(high))));
          return inRange.times(100).isGreaterThan(percent.times(c.count(window.present())));
        });
  }

  /**
   * That readings are below the public {@code threshold} in more than the public {@code slots}
   * slots one after the other, such as oxygen below 90 percent for more than five minutes. A slot
   * without a reading ends a run.
   */
  public static Statement longRunBelow() {
    return new Named(
        "long-run-below",
        (c, window) -> {
          Bounded threshold = c.publicInput("threshold", window.format().channel().bits());
          return longRun(c, where(window, reading -> reading.isLessThan(threshold)));
        });
  }

  /**
   * That there is no run of more than the public {@code slots} slots that may have been below the
   * public {@code threshold}: slots without a reading may have been. More than that {@link
   * #longRunBelow} does not hold: gaps speak for neither.
   */
  public static Statement noLongRunBelow() {
    return new Named(
        "no-long-run-below",
        (c, window) -> {
          Bounded threshold = c.publicInput("threshold", window.format().channel().bits());
          List<Bool> above = where(window, reading -> reading.isAtLeast(threshold));
          return longRun(c, above.stream().map(Bool::not).toList()).not();
        });
  }

  /** Whether there is a run of more than {@code slots}: one of them is one longer where it is. */
  private static Bool longRun(CircuitBuilder c, List<Bool> bits) {
    Bounded tooLong = c.publicInput("slots", COUNT_BITS);
    List<Signal> missing =
        c.runLengths(bits).stream().map(length -> tooLong.plus(1).minus(length)).toList();
    return product(missing).isZero();
  }

  /** For each slot, whether it has a reading and something is true of it. */
  private static List<Bool> where(OpenWindow window, Function<Bounded, Bool> test) {
    return window
        .slots()
        .mapToObj(i -> window.present().get(i).and(test.apply(window.readings().get(i))))
        .toList();
  }

  private static Signal product(List<Signal> factors) {
    return factors.stream().reduce(Signal::times).orElseThrow();
  }
}
