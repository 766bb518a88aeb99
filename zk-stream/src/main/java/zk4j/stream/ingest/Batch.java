package zk4j.stream.ingest;

import java.util.List;
import zk4j.stream.Reading;

/**
 * Readings that came together. A source counts its batches, and two with one number are the same.
 *
 * @param source who sent it, as {@link Feed#source}
 * @param sequence its number, from 0 to {@link #LAST_SEQUENCE}
 * @param readings what was measured, in any order; none is a sign of life
 */
public record Batch(String source, long sequence, List<Reading> readings) {
  /** The largest number of a batch. */
  public static final long LAST_SEQUENCE = (1L << 48) - 1;

  /**
   * A batch.
   *
   * @throws IllegalArgumentException if the number is not in that range
   */
  public Batch {
    if (sequence < 0 || sequence > LAST_SEQUENCE) {
      throw new IllegalArgumentException(sequence + " is not in 0 to " + LAST_SEQUENCE);
    }
    readings = List.copyOf(readings);
  }

  /** Which batch, and of how many readings. */
  @Override
  public String toString() {
    return "batch " + sequence + " of " + source + ": " + readings.size() + " readings";
  }
}
