package zk4j.plonk;

import zk4j.bn254.Fr;
import zk4j.bn254.G1;
import zk4j.bn254.G2;

/**
 * What verifiers of fflonk proofs need: one commitment to selectors and permutation, and tau in G2.
 * Immutable.
 *
 * @param publicSignals how many a statement has
 * @param domainSize a power of two from 8 on: there is room for two gates less
 * @param k1 the coset of the second wires
 * @param k2 the coset of the third wires
 * @param tau2 tau in G2
 * @param c0 commitment to Ql, Qr, Qo, Qm, Qc, S1, S2 and S3, combined
 */
public record FflonkVerifyingKey(int publicSignals, int domainSize, Fr k1, Fr k2, G2 tau2, G1 c0) {
  /** The largest domain: a key has nine times as many points. */
  public static final int MAX_DOMAIN_SIZE = 1 << 23;

  /** Rows of the domain without gates, where the blinding is. */
  public static final int SPARE_ROWS = 2;

  /**
   * Checks what can be checked of a key by itself.
   *
   * @throws IllegalArgumentException if a number is out of range, the cosets of wires are not
   *     disjoint, or tau is infinity or the generator
   */
  public FflonkVerifyingKey {
    KeyRules.require(publicSignals, domainSize, MAX_DOMAIN_SIZE, SPARE_ROWS, k1, k2, tau2);
  }
}
