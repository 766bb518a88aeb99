package zk4j.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import zk4j.bn254.Fr;
import zk4j.poseidon.Poseidon;

/**
 * What the readings of a window mean: some slots of a channel, one after the other. Windows begin
 * at multiples of their length since 1970-01-01T00:00Z.
 *
 * @param channel what is measured
 * @param slots how many, 1 to 2^16
 */
public record WindowFormat(Channel channel, int slots) {
  /** Bits of an element of the field that slots are packed into. */
  private static final int ROOM = 252;

  /** An hour of heart rates. */
  public static final WindowFormat HEART_RATE_HOUR = new WindowFormat(Channel.HEART_RATE, 3600);

  /** A day of glucose readings. */
  public static final WindowFormat GLUCOSE_DAY = new WindowFormat(Channel.GLUCOSE, 288);

  /** An hour of glucose readings. */
  public static final WindowFormat GLUCOSE_HOUR = new WindowFormat(Channel.GLUCOSE, 12);

  /** An hour of oxygen saturations. */
  public static final WindowFormat SPO2_HOUR = new WindowFormat(Channel.SPO2, 60);

  /** A day of doses. */
  public static final WindowFormat DOSE_DAY = new WindowFormat(Channel.DOSES, 1440);

  /** A minute of accelerations along three axes. */
  public static final List<WindowFormat> ACCELERATION_MINUTE =
      Stream.of(Channel.ACCELERATION_X, Channel.ACCELERATION_Y, Channel.ACCELERATION_Z)
          .map(axis -> new WindowFormat(axis, 3000))
          .toList();

  /**
   * A format.
   *
   * @throws IllegalArgumentException unless there are 1 to 2^16 slots
   */
  public WindowFormat {
    if (slots < 1 || slots > 1 << 16) {
      throw new IllegalArgumentException(slots + " slots of a window, which has 1 to 65536");
    }
  }

  /** How long a window is. */
  public Duration length() {
    return channel.slot().multipliedBy(slots);
  }

  /**
   * When the window begins that a time falls into.
   *
   * @throws ArithmeticException if the time has no number of milliseconds in 64 bits
   */
  public Instant startOf(Instant time) {
    long length = length().toMillis();
    return Instant.ofEpochMilli(Math.floorDiv(time.toEpochMilli(), length) * length);
  }

  /** The bits of a slot: one above the reading's that says that there is one. */
  public int slotBits() {
    return channel.bits() + 1;
  }

  /** How many slots an element of the field holds. */
  public int slotsPerElement() {
    return ROOM / slotBits();
  }

  /** How many elements hold the slots. */
  public int elements() {
    return (slots + slotsPerElement() - 1) / slotsPerElement();
  }

  /** The hash that headers name the format by. */
  public Fr hash() {
    return Poseidon.hash(
        Tag.FORMAT,
        Tag.of(channel.name()),
        Fr.of(channel.bits()),
        Fr.of(channel.slot().toMillis()),
        Fr.of(slots));
  }
}
