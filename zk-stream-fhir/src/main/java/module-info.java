/** Readings from FHIR R4 Observations. */
@SuppressWarnings("module") // FHIR's release ends its library's name in a digit
module zk4j.stream.fhir {
  requires static transitive org.jspecify;
  requires transitive zk4j.stream;
  requires com.fasterxml.jackson.core;
  requires hapi.fhir.base;
  requires java.xml;
  requires org.hl7.fhir.r4;

  exports zk4j.stream.fhir;
}
