package zk4j.r1cs.audit;

import java.time.Duration;
import java.util.List;
import zk4j.r1cs.R1cs;
import zk4j.r1cs.SignalNames;

/**
 * Which mutations of a system nobody noticed.
 *
 * @param constraints how many the system has
 * @param mutated how many of them were mutated: fewer if a sample was asked for
 * @param mutations how many systems were tried
 * @param survivors those that neither the audit nor a test case tells from the system
 * @param time that it took
 */
public record MutationReport(
    int constraints, int mutated, int mutations, List<Mutation> survivors, Duration time) {
  /** What was done to a constraint A * B = C. */
  public enum Kind {
    /** It was left out. */
    DROPPED,
    /** A term of A was left out. */
    A_TERM_LOST,
    /** A term of B was left out. */
    B_TERM_LOST,
    /** A term of C was left out. */
    C_TERM_LOST
  }

  /**
   * A change of one constraint.
   *
   * @param wire of the term that was left out; -1 if the whole constraint was
   */
  public record Mutation(int constraint, Kind kind, int wire) {
    /** It in words, such as {@code constraint 7 dropped: (x) * (x - 1) = 0}. */
    public String text(R1cs r1cs, SignalNames names) {
      String what =
          kind == Kind.DROPPED
              ? "dropped"
              : kind.name().charAt(0) + " without " + (wire == 0 ? "1" : names.name(wire));
      return "constraint %d %s: %s"
          .formatted(constraint, what, r1cs.constraintText(constraint, names));
    }
  }
}
