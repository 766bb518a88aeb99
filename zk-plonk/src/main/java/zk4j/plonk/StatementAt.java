package zk4j.plonk;

import java.util.List;
import zk4j.bn254.Fr;

/**
 * What is known at a point xi of the polynomials that all proofs share.
 *
 * @param zh xi^n - 1
 * @param l1 the first Lagrange polynomial
 * @param pi minus the sum of public signals times Lagrange polynomials
 */
record StatementAt(Fr zh, Fr l1, Fr pi) {
  /**
   * Computes them.
   *
   * @throws ArithmeticException if xi is in the domain, which has a chance of n/r
   */
  static StatementAt of(Fr xi, int domainSize, List<Fr> publicSignals) {
    RootsOfUnity domain = new RootsOfUnity(domainSize);
    Fr zh = domain.vanishing(xi);
    Fr overN = zh.times(Fr.of(domainSize).inverse());
    Fr l1 = overN.times(xi.minus(Fr.ONE).inverse());
    Fr pi = Fr.ZERO;
    Fr w = Fr.ONE;
    for (Fr signal : publicSignals) {
      pi = pi.minus(signal.times(w).times(overN).times(xi.minus(w).inverse()));
      w = w.times(domain.generator());
    }
    return new StatementAt(zh, l1, pi);
  }
}
