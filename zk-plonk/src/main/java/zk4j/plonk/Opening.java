package zk4j.plonk;

import java.security.SecureRandom;
import java.util.List;
import zk4j.bn254.Fr;
import zk4j.bn254.G1;
import zk4j.bn254.G2;
import zk4j.bn254.Pairing;
import zk4j.bn254.PreparedG2;
import zk4j.core.VerificationResult;

/**
 * What a proof claims in the end: that a point is tau times another one.
 *
 * @param base the one
 * @param tauTimes the other
 */
record Opening(G1 base, G1 tauTimes) {
  /** Checks claims. Immutable and thread-safe. */
  static final class Check {
    private final List<PreparedG2> right;
    private final SecureRandom random = new SecureRandom();

    Check(G2 tau2) {
      this.right = List.of(PreparedG2.of(tau2), PreparedG2.of(G2.GENERATOR));
    }

    /**
     * Whether all hold, by one product of two pairings; of several a random linear combination, so
     * that wrong ones are accepted with a chance of 1/r.
     */
    VerificationResult check(List<Opening> openings) {
      G1 base = G1.INFINITY;
      G1 tauTimes = G1.INFINITY;
      for (Opening opening : openings) {
        Fr factor = openings.size() == 1 ? Fr.ONE : Fr.randomNonZero(random);
        base = base.plus(opening.base.times(factor));
        tauTimes = tauTimes.plus(opening.tauTimes.times(factor));
      }
      return Pairing.productIsOne(List.of(base, tauTimes.negate()), right)
          ? VerificationResult.VALID
          : VerificationResult.invalid("the pairing equation does not hold");
    }
  }
}
