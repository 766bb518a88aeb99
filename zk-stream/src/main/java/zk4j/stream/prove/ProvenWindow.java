package zk4j.stream.prove;

import zk4j.bn254.Fr;
import zk4j.groth16.Proof;
import zk4j.stream.statement.EnrolledWindow;

/**
 * A window whose summary is proven, for a day's proof. As secret as the window; the proof by itself
 * is not.
 *
 * @param window the window
 * @param salt of its summary
 * @param proof of the summary
 */
public record ProvenWindow(EnrolledWindow window, Fr salt, Proof proof) {
  /** Which window; readings and salts are secret. */
  @Override
  public String toString() {
    return "proven " + window.sealed().window();
  }
}
