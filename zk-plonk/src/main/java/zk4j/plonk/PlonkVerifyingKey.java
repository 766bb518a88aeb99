package zk4j.plonk;

import java.util.List;
import zk4j.bn254.Fr;
import zk4j.bn254.G1;
import zk4j.bn254.G2;

/**
 * What verifiers of PLONK proofs need: commitments to the selectors and to the permutation, and tau
 * in G2. Immutable.
 *
 * @param publicSignals how many a statement has
 * @param domainSize how many gates there are room for: a power of two from 8 on
 * @param k1 the coset of the second wires
 * @param k2 the coset of the third wires
 * @param selectors commitments to Qm, Ql, Qr, Qo and Qc
 * @param permutation commitments to S1, S2 and S3
 * @param tau2 tau in G2
 */
public record PlonkVerifyingKey(
    int publicSignals,
    int domainSize,
    Fr k1,
    Fr k2,
    List<G1> selectors,
    List<G1> permutation,
    G2 tau2) {
  /** The largest domain. */
  public static final int MAX_DOMAIN_SIZE = 1 << 26;

  /**
   * Checks what can be checked of a key by itself.
   *
   * @throws IllegalArgumentException if a number is out of range, the cosets of wires are not
   *     disjoint, or tau is infinity or the generator
   */
  public PlonkVerifyingKey {
    selectors = List.copyOf(selectors);
    permutation = List.copyOf(permutation);
    KeyRules.require(publicSignals, domainSize, MAX_DOMAIN_SIZE, 0, k1, k2, tau2);
    if (selectors.size() != 5 || permutation.size() != 3) {
      throw new IllegalArgumentException(
          selectors.size() + " selectors and " + permutation.size() + " permutations, not 5 and 3");
    }
  }
}
