package zk4j.stream;

import java.util.List;
import zk4j.core.VerificationResult;

/** Checks that windows follow each other: none dropped, repeated, reordered or exchanged. */
public final class WindowChain {
  private WindowChain() {}

  /**
   * Whether headers are consecutive ones of one device, subject and format. Signatures are not
   * looked at.
   */
  public static VerificationResult check(List<WindowHeader> headers) {
    for (int i = 1; i < headers.size(); i++) {
      WindowHeader before = headers.get(i - 1);
      WindowHeader header = headers.get(i);
      String what = differing(before, header);
      if (!what.isEmpty()) {
        return VerificationResult.invalid("header " + i + " " + what);
      }
    }
    return VerificationResult.VALID;
  }

  private static String differing(WindowHeader before, WindowHeader header) {
    if (!header.format().equals(before.format())) {
      return "has another format than the one before";
    }
    if (!header.device().equals(before.device()) || !header.subject().equals(before.subject())) {
      return "is of another device or subject than the one before";
    }
    if (!header.start().equals(before.end())) {
      return "begins at " + header.start() + ", not where the one before ends, at " + before.end();
    }
    return header.previous().equals(before.hash()) ? "" : "follows another one than that before";
  }
}
