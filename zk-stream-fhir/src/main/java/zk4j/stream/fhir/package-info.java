/** Readings from FHIR R4 Observations: single ones, Bundles and bulk exports. */
@NullMarked
package zk4j.stream.fhir;

import org.jspecify.annotations.NullMarked;
