package zk4j.stream.prove;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import zk4j.bn254.Fr;

/**
 * A question to be answered. Nothing of it is secret.
 *
 * @param policy the id of the policy that asks
 * @param windows the hashes of the headers of the windows that are asked about, in the policy's
 *     order
 * @param challenge of the verifier's
 * @param audience who is to be convinced
 * @param priority what comes first
 */
public record ProofTask(
    String policy, List<Fr> windows, Fr challenge, Fr audience, Priority priority) {
  /** Copies the list. */
  public ProofTask {
    windows = List.copyOf(windows);
  }

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
    String headers = windows.stream().map(Fr::toString).collect(Collectors.joining(","));
    String text =
        "zk4j.stream.task.v1 " + policy + " " + headers + " " + challenge + " " + audience;
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("a JDK without SHA-256", e);
    }
  }
}
