package zk4j.stream.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import zk4j.bn254.Fr;
import zk4j.core.VerificationResult;
import zk4j.groth16.Groth16Verifier;
import zk4j.groth16.Groth16Verifier.Claim;
import zk4j.groth16.Proof;
import zk4j.stream.verify.Policy.Summaries;

/**
 * The keys of a policy. They tell whether an answer's proofs hold for its signals, and nothing else
 * about it. Immutable and thread-safe.
 */
public final class PolicyKeys {
  private final Policy policy;
  private final Groth16Verifier statement;
  private final Optional<Groth16Verifier> summaries;

  private PolicyKeys(Policy policy) {
    this.policy = policy;
    this.statement = Groth16Verifier.of(policy.key());
    this.summaries = policy.summaries().map(Summaries::key).map(Groth16Verifier::of);
  }

  /** Those of a policy. */
  public static PolicyKeys of(Policy policy) {
    return new PolicyKeys(policy);
  }

  /**
   * Whether proofs hold, those of windows in one batch.
   *
   * @param signals the public signals, in the policy's order
   * @param windows the proofs of the policy's {@link Policy#summaries}, in their order; none where
   *     it has no summaries
   */
  public VerificationResult check(Proof proof, List<Fr> signals, List<Proof> windows) {
    List<String> names = policy.summaries().map(Summaries::signals).orElse(List.of());
    if (windows.size() != names.size()) {
      return VerificationResult.invalid(
          windows.size() + " proofs of windows instead of " + names.size());
    }
    VerificationResult result = statement.check(proof, signals);
    if (!result.valid() || summaries.isEmpty()) {
      return result;
    }
    List<Claim> claims = new ArrayList<>();
    for (int i = 0; i < windows.size(); i++) {
      Fr summary = signals.get(policy.signals().indexOf(names.get(i)));
      claims.add(new Claim(windows.get(i), List.of(summary)));
    }
    return summaries.get().verifyBatch(claims)
        ? VerificationResult.VALID
        : VerificationResult.invalid("a window's proof does not hold for its summary");
  }
}
