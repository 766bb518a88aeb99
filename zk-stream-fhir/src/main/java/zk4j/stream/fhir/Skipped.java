package zk4j.stream.fhir;

/**
 * What became no reading, and why. It names no value, no person and no device.
 *
 * @param entry of the Bundle, from 0; 0 for a single Observation; the line, from 1, of an NDJSON
 *     file
 * @param path of the element at fault within the resource; empty for the resource itself
 * @param reason why
 */
public record Skipped(long entry, String path, Reason reason) {
  /** Why something became no reading. */
  public enum Reason {
    /** A line that is no strict JSON of an R4 resource, or too long. */
    MALFORMED,
    /** A resource of another type, or an entry without any. */
    NOT_OBSERVATION,
    /** A modifier extension or implicit rules, which may turn the meaning of all else. */
    MODIFIED,
    /** Neither final, amended nor corrected: preliminary, entered in error, or another. */
    STATUS,
    /** Of none of the measures that are read. */
    CODE,
    /** Of two of the measures at once. */
    AMBIGUOUS_CODE,
    /** No dateTime or instant with seconds and a zone. */
    TIME,
    /** There is no value, and it says so: a gap. */
    ABSENT,
    /** Above what could be measured: a gap. */
    ABOVE_LIMIT,
    /** Below what could be measured: a gap. */
    BELOW_LIMIT,
    /** No value and no reason, a value and a reason why there is none, or another type of value. */
    VALUE,
    /** Less or more than the value, which says nothing that a reading could. */
    COMPARATOR,
    /** No unit of UCUM that the measure has. */
    UNIT,
    /** No integer in the channel's unit, where nothing is to be rounded. */
    NOT_INTEGRAL,
    /** Below 0, or above the channel's largest reading. */
    OUT_OF_RANGE,
    /** More than one dimension. */
    DIMENSIONS,
    /** No period of whole milliseconds from one to a day, or samples that are none. */
    SAMPLES
  }
}
