package zk4j.stream.fhir;

import java.util.Optional;
import zk4j.stream.Reading;

/**
 * A reading, and where an Observation says that it is from. References are as they stand there: who
 * they mean is for the caller to find out. They tell who a person is: keep them as secret as the
 * readings.
 *
 * @param reading channel, time and value, which the channel can hold
 * @param subject the reference to whom it is of, such as {@code Patient/1}
 * @param device the reference to what measured it
 * @param entry of the Bundle, from 0; 0 for a single Observation; the line, from 1, of an NDJSON
 *     file
 */
public record FhirReading(
    Reading reading, Optional<String> subject, Optional<String> device, long entry) {
  /** Neither value nor references. */
  @Override
  public String toString() {
    return reading + ", entry " + entry;
  }
}
