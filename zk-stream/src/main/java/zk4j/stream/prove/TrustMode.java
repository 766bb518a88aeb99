package zk4j.stream.prove;

/** Who proves, and so who sees the readings. No proof tells which it was. */
public enum TrustMode {
  /** The device, or a gateway beside it, proves: the readings stay where they were taken. */
  DEVICE_PROVER,
  /** A service that holds a data key proves: it sees the readings, and is trusted with them. */
  DELEGATED_PROVER
}
