package zk4j.stream.fhir;

/** What becomes of a value that is no integer in its channel's unit. */
public enum Rounding {
  /** It is skipped. */
  REFUSE,
  /** The nearest integer counts, of two the larger one. */
  HALF_UP
}
