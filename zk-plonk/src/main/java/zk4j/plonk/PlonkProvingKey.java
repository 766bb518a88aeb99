package zk4j.plonk;

import zk4j.bn254.G1Vector;

/** What provers of PLONK proofs need: the circuit, and powers of tau. Immutable. */
public final class PlonkProvingKey {
  /** Powers of tau that are needed beyond those of the domain, for blinded polynomials. */
  public static final int MORE_POWERS = 6;

  private final PlonkVerifyingKey verifyingKey;
  private final PlonkCircuit circuit;
  private final G1Vector powers;

  private PlonkProvingKey(PlonkVerifyingKey verifyingKey, PlonkCircuit circuit, G1Vector powers) {
    this.verifyingKey = verifyingKey;
    this.circuit = circuit;
    this.powers = powers;
  }

  /**
   * The key of some parts.
   *
   * @param powers tau^i for i below the domain's size and {@value #MORE_POWERS}
   * @throws IllegalArgumentException if sizes differ
   */
  public static PlonkProvingKey of(
      PlonkVerifyingKey verifyingKey, PlonkCircuit circuit, G1Vector powers) {
    int n = verifyingKey.domainSize();
    circuit.requireFits(verifyingKey.publicSignals(), n, 0);
    PlonkCircuit.require(powers.size() == n + MORE_POWERS, "powers of tau");
    return new PlonkProvingKey(verifyingKey, circuit, powers);
  }

  /** The key for verifiers. */
  public PlonkVerifyingKey verifyingKey() {
    return verifyingKey;
  }

  /** The circuit. */
  public PlonkCircuit circuit() {
    return circuit;
  }

  /** tau^i for i below the domain's size and {@value #MORE_POWERS}. */
  public G1Vector powers() {
    return powers.slice(0, powers.size());
  }

  G1Vector ownPowers() {
    return powers;
  }
}
