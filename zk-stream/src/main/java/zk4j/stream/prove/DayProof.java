package zk4j.stream.prove;

import java.util.List;
import zk4j.bn254.Fr;
import zk4j.groth16.Proof;

/**
 * An answer to a policy's question about a day. Nothing of it is secret.
 *
 * @param policy the policy's id
 * @param proof of the statement
 * @param signals the public signals, in the policy's order
 * @param windows the proofs of the windows' summaries, in their order
 */
public record DayProof(String policy, Proof proof, List<Fr> signals, List<Proof> windows) {
  /** Copies the lists. */
  public DayProof {
    signals = List.copyOf(signals);
    windows = List.copyOf(windows);
  }
}
