package zk4j.circomcompat.witness;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * No witness could be calculated: the inputs are not what the circuit asks for, an assertion of the
 * circuit failed, or its code failed or went beyond its limits. The message names the circuit's
 * file, and the signal or the line at fault.
 */
public final class WitnessCalculationException extends Exception {
  /** What went wrong. */
  public enum Reason {
    /** The circuit has no input of a name that was given. */
    UNKNOWN_INPUT,
    /** Values that the circuit needs were not given. */
    MISSING_INPUT,
    /** An input has more or fewer values than the circuit asks for. */
    WRONG_INPUT_SIZE,
    /** A value was given twice, as part of a bus and by its own name. */
    REPEATED_INPUT,
    /** An {@code assert} or a constraint of the circuit does not hold for these inputs. */
    ASSERTION_FAILED,
    /** The code needs more memory or more time than it was allowed. */
    LIMIT_EXCEEDED,
    /** The code failed in another way, or what it calculated is no witness. */
    CODE_FAILED
  }

  @Serial private static final long serialVersionUID = 1;

  private final Reason reason;
  private final String problem;

  WitnessCalculationException(String source, Reason reason, String problem) {
    this(source, reason, problem, null);
  }

  WitnessCalculationException(
      String source, Reason reason, String problem, @Nullable Throwable cause) {
    super(source + ": " + problem, cause);
    this.reason = reason;
    this.problem = problem;
  }

  /** What went wrong. */
  public Reason reason() {
    return reason;
  }

  /** The message without the circuit's file. */
  public String problem() {
    return problem;
  }
}
