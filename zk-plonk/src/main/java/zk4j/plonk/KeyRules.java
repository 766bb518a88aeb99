package zk4j.plonk;

import java.util.List;
import zk4j.bn254.Fr;
import zk4j.bn254.G2;
import zk4j.bn254.PowersOfTau;
import zk4j.core.VerificationResult;

/** What keys of PLONK, fflonk and PLONK with lookups require alike. */
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

  /**
   * Refuses powers of tau that are too few for a circuit.
   *
   * @param power the logarithm of how many it needs
   * @throws IllegalArgumentException with both numbers
   */
  static void requirePower(int power, PowersOfTau powers) {
    if (power > powers.power()) {
      throw new IllegalArgumentException(
          "the circuit needs powers of tau up to 2^" + power + ", not 2^" + powers.power());
    }
  }

  /** What verifiers say to signals that are more or fewer than the key's. */
  static VerificationResult otherSignals(List<Fr> signals, int expected) {
    return VerificationResult.invalid(
        signals.size() + " public signals, but the key is for " + expected);
  }
}
