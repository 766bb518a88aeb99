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
 * @param windows the proofs of the windows' summaries, in their order, if the policy is about a
 *     day; else none
 */
public record StatementProof(String policy, Proof proof, List<Fr> signals, List<Proof> windows) {
  /** Copies the lists. */
  public StatementProof {
    signals = List.copyOf(signals);
    windows = List.copyOf(windows);
  }

  /** An answer that is one proof. */
  public StatementProof(String policy, Proof proof, List<Fr> signals) {
    this(policy, proof, signals, List.of());
  }
}
