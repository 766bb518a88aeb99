package zk4j.groth16;

import java.io.Serial;

/** No proof could be made: the witness does not fit the key or does not satisfy the circuit. */
public final class ProvingException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  ProvingException(String problem) {
    super(problem);
  }
}
