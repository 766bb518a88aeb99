package zk4j.stream.statement;

import zk4j.merkle.MerkleProof;
import zk4j.stream.SealedWindow;

/**
 * A window, and that its device is enrolled. As secret as the window.
 *
 * @param sealed the window
 * @param device where its device is in the tree of devices
 */
public record EnrolledWindow(SealedWindow sealed, MerkleProof device) {
  /** Which window; readings and salt are secret. */
  @Override
  public String toString() {
    return "enrolled " + sealed.window();
  }
}
