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
import zk4j.stream.WindowFormat;

/** Statements about one window, and about the three of an accelerometer. */
public final class Statements {
  private Statements() {}

  private interface Body<W> {
    Bool holds(CircuitBuilder c, Parameters parameters, W windows);
  }

  private record Named(String name, Body<List<OpenWindow>> body) implements Statement {
    /** A statement about one window. */
    static Named ofOne(String name, Body<OpenWindow> body) {
      return new Named(
          name,
          (c, parameters, windows) -> {
            requireWindows(name, 1, windows);
            return body.holds(c, parameters, windows.get(0));
          });
    }

    @Override
    public Bool holds(CircuitBuilder c, Parameters parameters, List<OpenWindow> windows) {
      return c.in(name, () -> body.holds(c, parameters, windows));
    }
  }

  private static void requireWindows(String name, int count, List<OpenWindow> windows) {
    if (windows.size() != count) {
      throw new IllegalArgumentException(
          name + " is about " + count + " windows, not " + windows.size());
    }
  }

  /** That all readings are below the public {@code limit}. */
  public static Statement allBelow() {
    return Named.ofOne(
        "all-below",
        (c, p, window) -> {
          Bounded limit = p.declare("limit", window.format().channel().bits());
          return c.count(where(window, reading -> reading.isAtLeast(limit))).isEqualTo(0);
        });
  }

  /** That the largest reading is the public {@code maximum}. */
  public static Statement maximumIs() {
    return Named.ofOne(
        "maximum-is",
        (c, p, window) -> {
          Bounded maximum = p.declare("maximum", window.format().channel().bits());
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
    return Named.ofOne(
        "average-above",
        (c, p, window) -> {
          Bounded limit = p.declare("limit", window.format().channel().bits());
          Bounded sum = c.sumOfBounded(presentReadings(window));
          return isAverageAbove(sum, limit, c.count(window.present()));
        });
  }

  /**
   * That more than the public {@code percent} of the readings are from the public {@code low} to
   * the public {@code high}, both included, such as 70 percent from 70 to 180 mg/dL. Holds of no
   * window without readings.
   */
  public static Statement timeInRange() {
    return Named.ofOne(
        "time-in-range",
        (c, p, window) -> {
          int bits = window.format().channel().bits();
          Bounded low = p.declare("low", bits);
          Bounded high = p.declare("high", bits);
          Bounded percent = p.declare("percent", 7);
          Bounded inRange = inRange(c, window, low, high);
          return isAbovePercent(inRange, percent, c.count(window.present()));
        });
  }

  private static Bounded inRange(CircuitBuilder c, OpenWindow window, Bounded low, Bounded high) {
    return c.count(where(window, reading -> reading.isAtLeast(low).and(reading.isAtMost(high))));
  }

  /** Whether a part is more than so many percent of the whole. */
  static Bool isAbovePercent(Bounded part, Bounded percent, Bounded whole) {
    return part.times(100).isGreaterThan(percent.times(whole));
  }

  /** Whether a sum of so many readings is more than if each were the limit. */
  static Bool isAverageAbove(Bounded sum, Bounded limit, Bounded count) {
    return sum.isGreaterThan(limit.times(count));
  }

  /** The totals of a window, of which those in range are from low to high, both included. */
  static Totals totals(CircuitBuilder c, OpenWindow window, Bounded low, Bounded high) {
    return new Totals(
        c.count(window.present()),
        inRange(c, window, low, high),
        c.sumOfBounded(presentReadings(window)));
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
    return Named.ofOne(
        "doses-taken",
        (c, p, window) -> {
          List<Signal> doses = countsBefore(c, presentReadings(window), step);
          List<Bounded> bounds = new ArrayList<>();
          List<Signal> taken = new ArrayList<>();
          for (int i = 0; i < intervals; i++) {
            Bounded from = p.declare("from" + i, OpenWindow.COUNT_BITS);
            Bounded to = p.declare("to" + i, OpenWindow.COUNT_BITS);
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
    return Named.ofOne(
        "used-in",
        (c, p, window) -> {
          long slot = window.format().channel().slot().toMillis();
          if (unit.toMillis() < slot || unit.toMillis() % slot != 0) {
            throw new IllegalArgumentException(unit + " is no number of slots of " + slot + " ms");
          }
          int slots = Math.toIntExact(unit.toMillis() / slot);
          List<Bool> used =
              groups(window.present(), slots).stream().map(present -> any(c, present)).toList();
          return c.count(used).isAtLeast(p.declare("least", OpenWindow.COUNT_BITS));
        });
  }

  /**
   * That there are more than the public {@code impacts} impacts: runs of slots in which the square
   * of the acceleration is above the public {@code threshold}. The windows are those of the three
   * axes, whose readings are 2^(bits - 1) more than the acceleration.
   *
   * <p>A slot without a reading of each axis is no impact, and does not end one.
   */
  public static Statement moreImpacts() {
    return new Named(
        "more-impacts",
        (c, p, axes) -> {
          List<Bool> isThere = presentInAll("more-impacts", axes);
          List<Bool> above = isAbove(c, axes, p.declare("threshold", squareBits(axes)));
          Bool before = c.bool(false); // the last one that is known
          List<Bool> begins = new ArrayList<>();
          for (int i = 0; i < above.size(); i++) {
            begins.add(isThere.get(i).and(above.get(i)).and(before.not()));
            before = isThere.get(i).choose(above.get(i), before);
          }
          return c.count(begins).isGreaterThan(p.declare("impacts", OpenWindow.COUNT_BITS));
        });
  }

  /**
   * That there cannot have been more than the public {@code impacts} impacts, which are those of
   * {@link #moreImpacts}: a slot without a reading of each axis may have been one, between others
   * that were none.
   */
  public static Statement noMoreImpacts() {
    return new Named(
        "no-more-impacts",
        (c, p, axes) -> {
          List<Bool> isThere = presentInAll("no-more-impacts", axes);
          List<Bool> above = isAbove(c, axes, p.declare("threshold", squareBits(axes)));
          Bool mayEnd = c.bool(true);
          List<Bool> mayBegin = new ArrayList<>();
          for (int i = 0; i < above.size(); i++) {
            mayBegin.add(isThere.get(i).implies(above.get(i)).and(mayEnd));
            mayEnd = isThere.get(i).and(above.get(i)).not();
          }
          return c.count(mayBegin).isAtMost(p.declare("impacts", OpenWindow.COUNT_BITS));
        });
  }

  /** For each slot, whether all three axes have a reading. */
  private static List<Bool> presentInAll(String name, List<OpenWindow> axes) {
    requireWindows(name, 3, axes);
    WindowFormat x = axes.get(0).format();
    for (OpenWindow axis : axes) {
      WindowFormat format = axis.format();
      if (format.slots() != x.slots() || format.channel().bits() != x.channel().bits()) {
        throw new IllegalArgumentException(format + " and " + x + " are not of one sensor");
      }
    }
    return IntStream.range(0, x.slots())
        .mapToObj(
            i -> axes.stream().map(axis -> axis.present().get(i)).reduce(Bool::and).orElseThrow())
        .toList();
  }

  /** Bits of the square of an acceleration: 3 * 2^(2 * bits - 2) at most. */
  private static int squareBits(List<OpenWindow> axes) {
    return 2 * axes.get(0).format().channel().bits();
  }

  /**
   * For each slot, whether the sum of the squares of all reading - zero is above the limit: both
   * sides have 2 * zero * reading added, so that neither is below 0.
   */
  private static List<Bool> isAbove(CircuitBuilder c, List<OpenWindow> axes, Bounded limit) {
    long zero = 1L << (axes.get(0).format().channel().bits() - 1);
    Bounded zeros = c.constant(axes.size() * zero * zero);
    return axes.get(0)
        .slots()
        .mapToObj(
            i -> {
              List<Bounded> readings = axes.stream().map(axis -> axis.readings().get(i)).toList();
              Bounded squares =
                  c.sumOfBounded(readings.stream().map(reading -> reading.times(reading)).toList());
              Bounded added = c.sumOfBounded(readings).times(2 * zero);
              return squares.plus(zeros).isGreaterThan(limit.plus(added));
            })
        .toList();
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
    return Named.ofOne(
        name,
        (c, p, window) -> {
          Bounded threshold = p.declare("threshold", window.format().channel().bits());
          return longRun(c, p, where(window, reading -> isPart.apply(reading, threshold)));
        });
  }

  private static Statement noLongRun(String name, BiFunction<Bounded, Bounded, Bool> isNoPart) {
    return Named.ofOne(
        name,
        (c, p, window) -> {
          Bounded threshold = p.declare("threshold", window.format().channel().bits());
          List<Bool> ends = where(window, reading -> isNoPart.apply(reading, threshold));
          return longRun(c, p, ends.stream().map(Bool::not).toList()).not();
        });
  }

  /** Whether there is a run of more than {@code slots}: one of them is one longer where it is. */
  private static Bool longRun(CircuitBuilder c, Parameters p, List<Bool> bits) {
    Bounded tooLong = p.declare("slots", OpenWindow.COUNT_BITS);
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
