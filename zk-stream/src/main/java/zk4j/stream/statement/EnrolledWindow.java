package zk4j.stream.statement;

import java.util.List;
import java.util.function.Function;
import zk4j.core.VerificationResult;
import zk4j.merkle.MerkleProof;
import zk4j.stream.SealedWindow;
import zk4j.stream.WindowHeader;

/**
 * A window, and that its device is enrolled. As secret as the window.
 *
 * @param sealed the window
 * @param device where its device is in the tree of devices
 */
public record EnrolledWindow(SealedWindow sealed, MerkleProof device) {
  /**
   * Requires windows of one tree of devices, whose headers a circuit can be about.
   *
   * @throws IllegalArgumentException if they are not; there are no readings in the message
   */
  static void require(
      List<EnrolledWindow> windows, Function<List<WindowHeader>, VerificationResult> check) {
    VerificationResult result =
        check.apply(windows.stream().map(window -> window.sealed().header()).toList());
    if (!result.valid()) {
      throw new IllegalArgumentException(result.reason());
    }
    if (windows.stream().map(window -> window.device().root()).distinct().count() != 1) {
      throw new IllegalArgumentException("windows of several trees of devices: " + windows);
    }
  }

  /** Which window; readings and salt are secret. */
  @Override
  public String toString() {
    return "enrolled " + sealed.window();
  }
}
