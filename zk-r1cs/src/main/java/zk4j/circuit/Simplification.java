package zk4j.circuit;

/** What is done to a circuit's constraints before they become a system. */
public enum Simplification {
  /** Nothing: every constraint as it was written. */
  NONE,
  /**
   * Linear constraints are solved for a wire each, which then is no wire of the system; duplicates
   * and wires that no constraint has are dropped. Inputs and outputs stay.
   */
  FULL
}
