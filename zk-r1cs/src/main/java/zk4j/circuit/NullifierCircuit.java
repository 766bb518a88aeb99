package zk4j.circuit;

/** Nullifiers in a circuit: what {@link zk4j.poseidon.Nullifier} computes. */
public final class NullifierCircuit {
  private NullifierCircuit() {}

  /**
   * The nullifier of a secret in a scope. 240 constraints.
   *
   * @param secret what the circuit shows to belong to somebody who is allowed to act
   * @param scope a public input: what may be done once
   */
  public static Signal of(CircuitBuilder c, Signal secret, Signal scope) {
    return c.gadget("nullifier", () -> PoseidonCircuit.hash(c, scope, secret));
  }
}
