package zk4j.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts readings into windows by the time at which they were taken, in whatever order they come. A
 * window is complete when readings of a later time, by more than the lateness, have come; slots
 * without a reading stay gaps, and windows without readings come too. For one thread at a time.
 */
public final class WindowAssembler {
  /** What became of a reading. */
  public enum Outcome {
    /** It is in its slot. */
    ACCEPTED,
    /** Its slot has a reading already, which stays. */
    DUPLICATE,
    /** Its window was complete before it came. */
    LATE,
    /** It is from more than the lateness after now. */
    FUTURE,
    /** No reading of the channel is that large, or below 0. */
    OUT_OF_RANGE
  }

  private final WindowFormat format;
  private final Duration lateness;
  private final NavigableMap<Instant, int[]> open = new TreeMap<>();

  /** Where the next window begins that is handed over. */
  private @Nullable Instant next;

  private Instant latest = Instant.EPOCH;

  /**
   * An assembler.
   *
   * @param first where the first window begins; null for the one of the first reading
   * @param lateness how late a reading may come, from 0 on
   */
  public WindowAssembler(WindowFormat format, @Nullable Instant first, Duration lateness) {
    if (lateness.isNegative()) {
      throw new IllegalArgumentException("a lateness of " + lateness);
    }
    if (first != null) {
      Window.requireStart(format, first);
    }
    this.format = format;
    this.next = first;
    this.lateness = lateness;
  }

  /**
   * Takes a reading.
   *
   * @param time when it was taken
   * @param now by a clock that is trusted
   */
  public Outcome add(Instant time, int reading, Instant now) {
    if (reading < 0 || reading > format.channel().largest()) {
      return Outcome.OUT_OF_RANGE;
    }
    if (time.isAfter(now.plus(lateness))) {
      return Outcome.FUTURE;
    }
    if (time.isBefore(next == null ? Instant.EPOCH : next)) {
      return Outcome.LATE;
    }
    Instant start = format.startOf(time);
    if (next == null) {
      // Earlier ones may still come, as late as is allowed.
      next = format.startOf(time.minus(lateness));
      next = next.isBefore(Instant.EPOCH) ? Instant.EPOCH : next;
    }
    int[] slots = open.computeIfAbsent(start, key -> gaps());
    int slot =
        (int) (Duration.between(start, time).toMillis() / format.channel().slot().toMillis());
    if (slots[slot] != Window.GAP) {
      return Outcome.DUPLICATE;
    }
    slots[slot] = reading;
    latest = time.isAfter(latest) ? time : latest;
    return Outcome.ACCEPTED;
  }

  private int[] gaps() {
    int[] slots = new int[format.slots()];
    Arrays.fill(slots, Window.GAP);
    return slots;
  }

  /** The windows that have become complete, in their order, each handed over once. */
  public List<Window> complete() {
    return complete(Integer.MAX_VALUE);
  }

  /** The first of them: after a long silence, all together may be too many to hold. */
  public List<Window> complete(int most) {
    return until(latest.minus(lateness), most);
  }

  /** The windows that are left, up to the one of the latest reading; nothing is waited for. */
  public List<Window> finish() {
    return finish(Integer.MAX_VALUE);
  }

  /** The first of them. */
  public List<Window> finish(int most) {
    return open.isEmpty() ? List.of() : until(open.lastKey().plus(format.length()), most);
  }

  private List<Window> until(Instant end, int most) {
    List<Window> windows = new ArrayList<>();
    while (windows.size() < most && next != null && !next.plus(format.length()).isAfter(end)) {
      int[] slots = open.remove(next);
      windows.add(Window.of(format, next, slots == null ? gaps() : slots));
      next = next.plus(format.length());
    }
    return windows;
  }
}
