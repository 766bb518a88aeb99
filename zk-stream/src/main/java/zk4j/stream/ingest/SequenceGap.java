package zk4j.stream.ingest;

/**
 * Batches that have not come, though later ones have.
 *
 * @param first the number of the first one missing
 * @param last the number of the last one
 */
public record SequenceGap(long first, long last) {
  /** How many they are. */
  public long size() {
    return last - first + 1;
  }
}
