package zk4j.stream.statement;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;
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
          Bounded sum = c.sumOfBounded(presentReadings(window));
          return sum.isGreaterThan(limit.times(c.count(window.present())));
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
    return longRun("long-run-below", Bounded::isLessThan);
  }

  /**
   * That there is no run of more than the public {@code slots} slots that may have been below the
   * public {@code threshold}: slots without a reading may have been. More than that {@link
   * #longRunBelow} does not hold: gaps speak for neither.
   */
  public static Statement noLongRunBelow() {
    return noLongRun("no-long-run-below", Bounded::isAtLeast);
  }

  /**
   * That readings are at the public {@code threshold} or above in more than the public {@code
   * slots} slots one after the other, such as glucose of 250 mg/dL and more for more than an hour.
   * A slot without a reading ends a run.
   */
  public static Statement longRunAtLeast() {
    return longRun("long-run-at-least", Bounded::isAtLeast);
  }

  /**
   * That there is no run of more than the public {@code slots} slots that may have been at the
   * public {@code threshold} or above: slots without a reading may have been. More than that {@link
   * #longRunAtLeast} does not hold: gaps speak for neither.
   */
  public static Statement noLongRunAtLeast() {
    return noLongRun("no-long-run-at-least", Bounded::isLessThan);
  }

  /**
   * That a dose was taken in each of some intervals, such as from 7 to 9 and from 19 to 21 o'clock.
   * A reading above 0 is a dose; a slot without a reading has none.
   *
   * <p>Interval i, counted from 0, begins with the public {@code from<i>} and ends before the
   * public {@code to<i>}, in steps since the window's start. Each is required to begin when the one
   * before is over or later, so that no dose counts twice.
   *
   * @param intervals how many, at least 1
   * @param step the slots of a step, of which a window has a whole number
   */
  public static Statement dosesTaken(int intervals, int step) {
    if (intervals < 1 || step < 1) {
      throw new IllegalArgumentException(intervals + " intervals, steps of " + step + " slots");
    }
    return new Named(
        "doses-taken",
        (c, window) -> {
          List<Signal> doses = countsBefore(c, presentReadings(window), step);
          List<Bounded> bounds = new ArrayList<>();
          List<Signal> taken = new ArrayList<>();
          for (int i = 0; i < intervals; i++) {
            Bounded from = c.publicInput("from" + i, COUNT_BITS);
            Bounded to = c.publicInput("to" + i, COUNT_BITS);
            bounds.addAll(List.of(from, to));
            taken.add(c.select(doses, to).minus(c.select(doses, from)));
          }
          for (int i = 1; i < bounds.size(); i++) {
            bounds.get(i - 1).assertAtMost(bounds.get(i));
          }
          return product(taken).isZero().not();
        });
  }

  /** The sum of what is before each step, and of all. */
  private static List<Signal> countsBefore(CircuitBuilder c, List<Bounded> counts, int step) {
    List<Signal> before = new ArrayList<>();
    before.add(c.constant(0));
    for (List<Bounded> group : groups(counts, step)) {
      before.add(before.get(before.size() - 1).plus(c.sum(group)));
    }
    return before;
  }

  /**
   * That there are readings in at least the public {@code least} distinct units of time, such as
   * minutes in which a device was used. A unit without a reading does not count.
   *
   * @param unit a whole number of slots, of which a window has a whole number
   */
  public static Statement usedIn(Duration unit) {
    return new Named(
        "used-in",
        (c, window) -> {
          long slot = window.format().channel().slot().toMillis();
          if (unit.toMillis() < slot || unit.toMillis() % slot != 0) {
            throw new IllegalArgumentException(unit + " is no number of slots of " + slot + " ms");
          }
          int slots = Math.toIntExact(unit.toMillis() / slot);
          List<Bool> used =
              groups(window.present(), slots).stream().map(present -> any(c, present)).toList();
          return c.count(used).isAtLeast(c.publicInput("least", COUNT_BITS));
        });
  }

  /** Whether one of the bits is 1. */
  private static Bool any(CircuitBuilder c, List<Bool> bits) {
    return bits.size() == 1 ? bits.get(0) : c.count(bits).isZero().not();
  }

  private static <T> List<List<T>> groups(List<T> slots, int size) {
    if (slots.size() % size != 0) {
      throw new IllegalArgumentException(slots.size() + " slots in groups of " + size);
    }
    return IntStream.range(0, slots.size() / size)
        .mapToObj(i -> slots.subList(i * size, (i + 1) * size))
        .toList();
  }

  private static Statement longRun(String name, BiFunction<Bounded, Bounded, Bool> isPart) {
    return new Named(
        name,
        (c, window) -> {
          Bounded threshold = c.publicInput("threshold", window.format().channel().bits());
          return longRun(c, where(window, reading -> isPart.apply(reading, threshold)));
        });
  }

  private static Statement noLongRun(String name, BiFunction<Bounded, Bounded, Bool> isNoPart) {
    return new Named(
        name,
        (c, window) -> {
          Bounded threshold = c.publicInput("threshold", window.format().channel().bits());
          List<Bool> ends = where(window, reading -> isNoPart.apply(reading, threshold));
          return longRun(c, ends.stream().map(Bool::not).toList()).not();
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

  /** For each slot, its reading; 0 if it has none. */
  private static List<Bounded> presentReadings(OpenWindow window) {
    return window
        .slots()
        .mapToObj(i -> window.readings().get(i).times(window.present().get(i)))
        .toList();
  }

  private static Signal product(List<Signal> factors) {
    return factors.stream().reduce(Signal::times).orElseThrow();
  }
}
