package zk4j.circuit;

import java.io.Serial;

/**
 * Inputs do not satisfy a circuit. The message names the part of the circuit, the line that
 * requires it, and the values, so it is as secret as the inputs.
 */
public final class UnsatisfiedCircuitException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  UnsatisfiedCircuitException(String message) {
    super(message);
  }
}
