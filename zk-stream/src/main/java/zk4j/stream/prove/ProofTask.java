package zk4j.stream.prove;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import zk4j.bn254.Fr;

/**
 * A question to be answered. Nothing of it is secret.
 *
 * @param policy the id of the policy that asks
 * @param window the hash of the header of the window that is asked about
 * @param challenge of the verifier's
 * @param audience who is to be convinced
 * @param priority what comes first
 */
public record ProofTask(String policy, Fr window, Fr challenge, Fr audience, Priority priority) {
  /** What comes first, in this order. */
  public enum Priority {
    /** Somebody waits, and it is urgent. */
    ALERT,
    /** Somebody waits. */
    ROUTINE,
    /** Nobody waits. */
    AUDIT
  }

  /** What becomes of a task. */
  public enum Status {
    /** It is in the queue. */
    WAITING,
    /** A proof is being made. */
    PROVING,
    /** There is a proof. */
    PROVEN,
    /** There will be none. */
    FAILED
  }

  /** By which the task is known: the same question is one task, however often it is asked. */
  public String id() {
    String text = "zk4j.stream.task.v1 " + policy + " " + window + " " + challenge + " " + audience;
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("a JDK without SHA-256", e);
    }
  }
}
