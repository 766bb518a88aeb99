package zk4j.stream;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import zk4j.bn254.Fr;
import zk4j.poseidon.Poseidon;

/** The readings of a window, and where there are none. Immutable; as secret as they are. */
public final class Window {
  /** A slot without a reading. */
  public static final int GAP = -1;

  /** The inputs of the hash of a node of the tree over a window's elements. */
  public static final int ARITY = 16;

  /** Starts have at most so many bits, which last until the year 2109. */
  public static final int START_BITS = 42;

  private final WindowFormat format;
  private final Instant start;
  private final int[] slots;

  private Window(WindowFormat format, Instant start, int[] slots) {
    this.format = format;
    this.start = start;
    this.slots = slots;
  }

  /**
   * A window.
   *
   * @param start a multiple of the window's length since 1970-01-01T00:00Z
   * @param slots a reading or {@link #GAP} for each slot
   * @throws IllegalArgumentException if the start, the number of slots or a reading is none of the
   *     format
   */
  public static Window of(WindowFormat format, Instant start, int... slots) {
    if (slots.length != format.slots()) {
      throw new IllegalArgumentException(slots.length + " slots for a window of " + format.slots());
    }
    for (int i = 0; i < slots.length; i++) {
      if (slots[i] != GAP && (slots[i] < 0 || slots[i] > format.channel().largest())) {
        throw new IllegalArgumentException(
            "reading " + i + " is " + slots[i] + ", not in 0 to " + format.channel().largest());
      }
    }
    requireStart(format, start);
    return new Window(format, start, slots.clone());
  }

  static void requireStart(WindowFormat format, Instant start) {
    boolean whole = start.getNano() % 1_000_000 == 0;
    boolean inRange = start.getEpochSecond() >= 0 && start.getEpochSecond() <= 4_398_046_511L;
    if (!whole || !inRange || start.toEpochMilli() % format.length().toMillis() != 0) {
      throw new IllegalArgumentException(
          start + " is no start of a window of " + format.length() + ", or not in 1970 to 2109");
    }
  }

  /** What the readings mean. */
  public WindowFormat format() {
    return format;
  }

  /** When the first slot begins. */
  public Instant start() {
    return start;
  }

  /** When the last slot is over. */
  public Instant end() {
    return start.plus(format.length());
  }

  /** Whether a slot has a reading. */
  public boolean isPresent(int slot) {
    return slots[slot] != GAP;
  }

  /** The reading of a slot, or {@link #GAP}. */
  public int reading(int slot) {
    return slots[slot];
  }

  /** How many slots have a reading. */
  public int present() {
    return (int) Arrays.stream(slots).filter(slot -> slot != GAP).count();
  }

  /**
   * The slots in elements of the field: slot i, at 2^(slotBits * (i mod slotsPerElement)), is the
   * reading plus 2^bits, or 0 where there is none.
   */
  public List<Fr> elements() {
    int each = format.slotsPerElement();
    List<Fr> elements = new ArrayList<>(format.elements());
    for (int from = 0; from < slots.length; from += each) {
      BigInteger element = BigInteger.ZERO;
      for (int i = Math.min(from + each, slots.length) - 1; i >= from; i--) {
        int word = slots[i] == GAP ? 0 : slots[i] + (1 << format.channel().bits());
        element = element.shiftLeft(format.slotBits()).add(BigInteger.valueOf(word));
      }
      elements.add(Fr.reduce(element));
    }
    return elements;
  }

  /**
   * The root of the tree of Poseidon hashes of 16 over the elements, each level filled up with
   * zeros; of one level at least. A format has one shape of it.
   */
  public Fr root() {
    List<Fr> level = elements();
    do {
      List<Fr> above = new ArrayList<>();
      for (int from = 0; from < level.size(); from += ARITY) {
        List<Fr> node = new ArrayList<>(level.subList(from, Math.min(from + ARITY, level.size())));
        node.addAll(Collections.nCopies(ARITY - node.size(), Fr.ZERO));
        above.add(Poseidon.hash(node));
      }
      level = above;
    } while (level.size() > 1);
    return level.get(0);
  }

  /**
   * The commitment to the readings: Poseidon of root and salt. Whoever has no salt learns nothing,
   * however few the readings may be.
   *
   * @param salt uniform in the field
   */
  public Fr commitment(Fr salt) {
    return Poseidon.hash(root(), salt);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Window that
        && format.equals(that.format)
        && start.equals(that.start)
        && Arrays.equals(slots, that.slots);
  }

  @Override
  public int hashCode() {
    return 31 * start.hashCode() + Arrays.hashCode(slots);
  }

  /** The format and the start; readings are secret. */
  @Override
  public String toString() {
    return format.channel().name() + " from " + start + ", " + format.slots() + " slots";
  }
}
