package zk4j.stream.ingest;

/**
 * What became of a source's batches and readings so far, across restarts.
 *
 * @param batches that were taken
 * @param repeated batches that had been taken before, and were dropped
 * @param missing batches that have not come, though later ones have
 * @param accepted readings that are in their slots
 * @param duplicate readings whose slot had one already
 * @param late readings whose window was complete before they came
 * @param future readings from more than the lateness after now
 * @param outOfRange readings that no reading of their channel can be
 * @param unassigned readings of channels that the source has no feed of
 * @param windows that were sealed
 * @param gaps slots without a reading in them
 */
public record Counts(
    long batches,
    long repeated,
    long missing,
    long accepted,
    long duplicate,
    long late,
    long future,
    long outOfRange,
    long unassigned,
    long windows,
    long gaps) {}
