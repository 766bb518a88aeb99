package zk4j.plonk;

import java.util.List;
import zk4j.bn254.EvaluationDomain;
import zk4j.bn254.Fr;

/**
 * The numbers of the linearised equation at xi (ePrint 2019/953, section 8.3, round 5): r(X) = a b
 * Qm + a Ql + b Qr + c Qo + Qc + zFactor z - s3Factor S3 - zh (T1 + xi^n T2 + xi^2n T3) + r0, which
 * is 0 at xi.
 *
 * @param xiN xi^n
 * @param zh xi^n - 1
 * @param zFactor of z(X)
 * @param s3Factor of S3(X)
 * @param r0 the constant part
 */
record Linearisation(Fr xiN, Fr zh, Fr zFactor, Fr s3Factor, Fr r0) {
  /**
   * Computes them.
   *
   * @throws ArithmeticException if xi is in the domain, which has a chance of n/r
   */
  static Linearisation of(
      PlonkVerifyingKey key,
      Challenges challenges,
      List<Fr> publicSignals,
      Fr a,
      Fr b,
      Fr c,
      Fr s1,
      Fr s2,
      Fr zw) {
    EvaluationDomain domain = EvaluationDomain.ofSize(key.domainSize());
    Fr xi = challenges.xi;
    Fr beta = challenges.beta;
    Fr gamma = challenges.gamma;
    Fr alpha = challenges.alpha;
    Fr zh = domain.vanishing(xi);
    Fr overN = zh.times(Fr.of(key.domainSize()).inverse());
    Fr l1 = overN.times(xi.minus(Fr.ONE).inverse());
    Fr pi = Fr.ZERO;
    Fr w = Fr.ONE;
    for (Fr signal : publicSignals) {
      pi = pi.minus(signal.times(w).times(overN).times(xi.minus(w).inverse()));
      w = w.times(domain.generator());
    }
    Fr l1Alpha2 = l1.times(alpha.square());
    Fr betaXi = beta.times(xi);
    Fr identity =
        a.plus(betaXi)
            .plus(gamma)
            .times(b.plus(betaXi.times(key.k1())).plus(gamma))
            .times(c.plus(betaXi.times(key.k2())).plus(gamma));
    Fr permuted =
        a.plus(beta.times(s1))
            .plus(gamma)
            .times(b.plus(beta.times(s2)).plus(gamma))
            .times(zw)
            .times(alpha);
    return new Linearisation(
        zh.plus(Fr.ONE),
        zh,
        identity.times(alpha).plus(l1Alpha2),
        permuted.times(beta),
        pi.minus(l1Alpha2).minus(permuted.times(c.plus(gamma))));
  }
}
