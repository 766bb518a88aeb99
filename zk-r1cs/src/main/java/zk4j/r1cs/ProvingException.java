package zk4j.r1cs;

import java.io.Serial;

/** No proof could be made: the witness does not fit the key or does not satisfy the circuit. */
public final class ProvingException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  /** The problem, with both sides' sizes or what does not hold. */
  public ProvingException(String problem) {
    super(problem);
  }
}
