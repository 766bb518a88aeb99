package zk4j.stream;

import java.time.Duration;

/**
 * What a sensor measures: one integer in each slot of time, or none.
 *
 * @param name such as {@code heart-rate/min}: 1 to 31 ASCII characters of a-z, 0-9, -, . and /
 * @param bits of a reading, 1 to 16: readings are integers from 0 to 2^bits - 1
 * @param slot how long a slot is: whole milliseconds, from one to a day
 */
public record Channel(String name, int bits, Duration slot) {
  /** Beats a minute, every second. */
  public static final Channel HEART_RATE = new Channel("heart-rate/min", 8, Duration.ofSeconds(1));

  /** Oxygen saturation of the blood in percent, every minute. */
  public static final Channel SPO2 = new Channel("spo2/percent", 8, Duration.ofMinutes(1));

  /** Glucose in mg/dL, every five minutes. */
  public static final Channel GLUCOSE = new Channel("glucose/mg-dl", 10, Duration.ofMinutes(5));

  /** Doses of a medicine, every minute: 1 if one was taken, 0 if none was. */
  public static final Channel DOSES = new Channel("doses/count", 1, Duration.ofMinutes(1));

  /**
   * Acceleration along the first axis of three, 50 times a second: a reading is 8192 more than the
   * acceleration in thousandths of the earth's, which is from -8192 to 8191.
   */
  public static final Channel ACCELERATION_X = acceleration("x");

  /** Along the second one. */
  public static final Channel ACCELERATION_Y = acceleration("y");

  /** Along the third one. */
  public static final Channel ACCELERATION_Z = acceleration("z");

  private static Channel acceleration(String axis) {
    return new Channel("acceleration-" + axis + "/mg", 14, Duration.ofMillis(20));
  }

  /**
   * A channel.
   *
   * @throws IllegalArgumentException if a name, a width or a slot is not as above
   */
  public Channel {
    if (!name.matches("[a-z0-9./-]{1,31}")) {
      throw new IllegalArgumentException(
          "\"" + name + "\" is no name of 1 to 31 characters of a-z, 0-9, -, . and /");
    }
    if (bits < 1 || bits > 16) {
      throw new IllegalArgumentException(bits + " bits of a reading, which has 1 to 16");
    }
    boolean whole = slot.toNanosPart() % 1_000_000 == 0;
    if (!whole || slot.toMillis() < 1 || slot.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException(
          "slots of " + slot + ", which are whole milliseconds, from one to a day");
    }
  }

  /** The largest reading. */
  public int largest() {
    return (1 << bits) - 1;
  }
}
