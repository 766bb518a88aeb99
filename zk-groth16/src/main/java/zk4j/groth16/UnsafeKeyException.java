package zk4j.groth16;

import java.io.Serial;

/** A key with which false statements can be proven, or other statements than it seems. */
public final class UnsafeKeyException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  /** Says why the key is unsafe. */
  public UnsafeKeyException(String problem) {
    super(problem);
  }
}
