package zk4j.stream.verify;

import java.time.Duration;

/**
 * How often a person may be asked: each answer tells something, and many answers with ever narrower
 * limits tell a reading.
 *
 * @param proofs that are accepted about one person, at least 1
 * @param within this time
 */
public record QueryBudget(int proofs, Duration within) {
  /**
   * A budget.
   *
   * @throws IllegalArgumentException if one of them is not positive
   */
  public QueryBudget {
    if (proofs < 1 || within.isNegative() || within.isZero()) {
      throw new IllegalArgumentException(proofs + " proofs within " + within);
    }
  }
}
