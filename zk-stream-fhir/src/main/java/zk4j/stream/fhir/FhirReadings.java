package zk4j.stream.fhir;

import java.util.List;

/**
 * What was read of a resource, in its order.
 *
 * @param readings what became readings
 * @param skipped what did not
 */
public record FhirReadings(List<FhirReading> readings, List<Skipped> skipped) {
  /** Copies the lists. */
  public FhirReadings {
    readings = List.copyOf(readings);
    skipped = List.copyOf(skipped);
  }
}
