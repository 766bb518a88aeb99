package zk4j.r1cs;

import java.io.Serial;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A witness does not satisfy a constraint. The message gives the constraint's number, its equation,
 * and the values of its signals, so it is as secret as the witness.
 */
public final class UnsatisfiedConstraintException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  private final int constraint;
  private final String equation;
  private final LinkedHashMap<String, String> signals;

  UnsatisfiedConstraintException(
      String message, int constraint, String equation, Map<String, String> signals) {
    super(message);
    this.constraint = constraint;
    this.equation = equation;
    this.signals = new LinkedHashMap<>(signals);
  }

  /** The lowest unsatisfied constraint, from 0. */
  public int constraint() {
    return constraint;
  }

  /** The constraint with its signals' names, as {@link R1cs#constraintText} writes it. */
  public String equation() {
    return equation;
  }

  /** The decimal values of the constraint's signals by name, in the order of their wires. */
  public Map<String, String> signals() {
    return Collections.unmodifiableMap(signals);
  }
}
