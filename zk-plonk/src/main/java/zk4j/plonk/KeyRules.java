package zk4j.plonk;

import zk4j.bn254.Fr;
import zk4j.bn254.G2;

/** What is required of the verification keys of PLONK and fflonk alike. */
final class KeyRules {
  static final int MIN_DOMAIN_SIZE = 8;

  private KeyRules() {}

  /**
   * Refuses keys that are none.
   *
   * @param spareRows rows of the domain that no gate may take
   * @throws IllegalArgumentException if a number is out of range, the cosets of wires are not
   *     disjoint, or tau is infinity or the generator
   */
  static void require(
      int publicSignals, int domainSize, int maxDomainSize, int spareRows, Fr k1, Fr k2, G2 tau2) {
    if (domainSize < MIN_DOMAIN_SIZE
        || domainSize > maxDomainSize
        || Integer.bitCount(domainSize) != 1) {
      throw new IllegalArgumentException(
          "domain size "
              + domainSize
              + " is no power of two from "
              + MIN_DOMAIN_SIZE
              + " to "
              + maxDomainSize);
    }
    if (publicSignals < 0 || publicSignals > domainSize - spareRows) {
      throw new IllegalArgumentException(
          publicSignals + " public signals in a domain of " + domainSize);
    }
    if (tau2.isInfinity() || tau2.equals(G2.GENERATOR)) {
      throw new IllegalArgumentException("tau is 0 or 1: anyone can forge proofs");
    }
    RootsOfUnity domain = new RootsOfUnity(domainSize);
    if (k1.isZero()
        || k2.isZero()
        || domain.vanishing(k1).isZero()
        || domain.vanishing(k2).isZero()
        || domain.vanishing(k1.times(k2.inverse())).isZero()) {
      throw new IllegalArgumentException(
          "the cosets of " + k1 + " and " + k2 + " are not disjoint");
    }
  }
}
