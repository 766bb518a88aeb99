package zk4j.plonk;

import zk4j.bn254.G1Vector;

/** What provers of fflonk proofs need: the circuit, and powers of tau. Immutable. */
public final class FflonkProvingKey {
  private final FflonkVerifyingKey verifyingKey;
  private final PlonkCircuit circuit;
  private final G1Vector powers;

  private FflonkProvingKey(FflonkVerifyingKey verifyingKey, PlonkCircuit circuit, G1Vector powers) {
    this.verifyingKey = verifyingKey;
    this.circuit = circuit;
    this.powers = powers;
  }

  /** How many powers of tau a key has for a domain: the largest polynomial has 9n coefficients. */
  public static int powersFor(int domainSize) {
    return 9 * domainSize + 18;
  }

  /**
   * The key of some parts.
   *
   * @param powers tau^i for i below {@link #powersFor} the domain's size
   * @throws IllegalArgumentException if sizes differ
   */
  public static FflonkProvingKey of(
      FflonkVerifyingKey verifyingKey, PlonkCircuit circuit, G1Vector powers) {
    int n = verifyingKey.domainSize();
    circuit.requireFits(verifyingKey.publicSignals(), n, FflonkVerifyingKey.SPARE_ROWS);
    PlonkCircuit.require(powers.size() == powersFor(n), "powers of tau");
    return new FflonkProvingKey(verifyingKey, circuit, powers);
  }

  /** The key for verifiers. */
  public FflonkVerifyingKey verifyingKey() {
    return verifyingKey;
  }

  /** The circuit. */
  public PlonkCircuit circuit() {
    return circuit;
  }

  /** tau^i for i below {@link #powersFor} the domain's size. */
  public G1Vector powers() {
    return powers.slice(0, powers.size());
  }

  G1Vector ownPowers() {
    return powers;
  }
}
