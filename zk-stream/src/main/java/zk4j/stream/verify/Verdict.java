package zk4j.stream.verify;

import java.time.Instant;
import zk4j.bn254.Fr;

/** What became of a proof that was shown to a verifier. */
public sealed interface Verdict {
  /**
   * The proof is accepted, and entered: it will not be again.
   *
   * @param policy the policy's id
   * @param holds whether the statement does: a proof that it does not is a proof too
   * @param pseudonym what this audience knows the person by
   * @param nullifier by which the statement about these windows is known from now on
   * @param end when the last of the windows was over
   * @param number of the entry, from 1
   */
  record Accepted(
      String policy, boolean holds, Fr pseudonym, Fr nullifier, Instant end, long number)
      implements Verdict {}

  /**
   * The proof is refused, and nothing has changed.
   *
   * @param reason why
   * @param detail in words, without anything that is secret
   */
  record Refused(Reason reason, String detail) implements Verdict {}

  /** Why a proof is refused. */
  enum Reason {
    /** The verifier has no such policy. */
    UNKNOWN_POLICY,
    /** Another number of signals, or one that is out of range. */
    MALFORMED_SIGNALS,
    /** It is about other parameters than the policy's. */
    OTHER_PARAMETERS,
    /** It is for somebody else. */
    OTHER_AUDIENCE,
    /** The device was not enrolled, or is no longer. */
    NOT_ENROLLED,
    /** A window began when none does, or has not ended yet. */
    IMPOSSIBLE_WINDOW,
    /** A window ended too long ago. */
    STALE,
    /** The challenge is none that was given out for this policy, has been used, or is too old. */
    UNKNOWN_CHALLENGE,
    /** The statement about these windows was accepted before. */
    REPLAYED,
    /** The person has been asked as often as they may be. */
    BUDGET_EXHAUSTED,
    /** The proof does not hold for these signals. */
    INVALID_PROOF
  }
}
