package zk4j.stream.prove;

import java.util.List;
import zk4j.bn254.Fr;
import zk4j.groth16.Proof;

/**
 * An answer to a policy's question. Nothing of it is secret.
 *
 * @param policy the policy's id
 * @param proof of the statement
 * @param signals the public signals, in the policy's order
 */
public record StatementProof(String policy, Proof proof, List<Fr> signals) {
  /** Copies the signals. */
  public StatementProof {
    signals = List.copyOf(signals);
  }
}
