package zk4j.plonk;

import zk4j.bn254.G1Vector;
import zk4j.circuit.GateSystem;

/** What provers need: the circuit, and powers of tau. Immutable. */
public final class PlonkishProvingKey {
  /** Powers of tau that are needed beyond those of the domain, for masked polynomials. */
  public static final int MORE_POWERS = 7;

  private final PlonkishVerifyingKey verifyingKey;
  private final GateSystem system;
  private final G1Vector powers;

  private PlonkishProvingKey(
      PlonkishVerifyingKey verifyingKey, GateSystem system, G1Vector powers) {
    this.verifyingKey = verifyingKey;
    this.system = system;
    this.powers = powers;
  }

  /**
   * The key of some parts.
   *
   * @param powers tau^i for i below the domain's size and {@value #MORE_POWERS}
   * @throws IllegalArgumentException if sizes differ
   */
  public static PlonkishProvingKey of(
      PlonkishVerifyingKey verifyingKey, GateSystem system, G1Vector powers) {
    int n = verifyingKey.domainSize();
    PlonkCircuit.require(system.publicSignals() == verifyingKey.publicSignals(), "public signals");
    PlonkCircuit.require(system.tableBits() == verifyingKey.tableBits(), "the table");
    PlonkCircuit.require(1 << PlonkishColumns.logSize(system) == n, "the domain");
    PlonkCircuit.require(powers.size() == n + MORE_POWERS, "powers of tau");
    return new PlonkishProvingKey(verifyingKey, system, powers);
  }

  /** The key for verifiers. */
  public PlonkishVerifyingKey verifyingKey() {
    return verifyingKey;
  }

  /** The circuit. */
  public GateSystem system() {
    return system;
  }

  /** tau^i for i below the domain's size and {@value #MORE_POWERS}. */
  public G1Vector powers() {
    return powers.slice(0, powers.size());
  }

  G1Vector ownPowers() {
    return powers;
  }
}
