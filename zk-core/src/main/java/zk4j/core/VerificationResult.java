package zk4j.core;

/**
 * What a verifier found.
 *
 * @param valid whether the proof holds
 * @param reason why it does not; empty if it does
 */
public record VerificationResult(boolean valid, String reason) {
  /** The proof holds. */
  public static final VerificationResult VALID = new VerificationResult(true, "");

  /** The proof does not hold, for a reason. */
  public static VerificationResult invalid(String reason) {
    return new VerificationResult(false, reason);
  }
}
