package zk4j.plonk;

import java.util.List;
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
    Fr xi = challenges.xi;
    Fr beta = challenges.beta;
    Fr gamma = challenges.gamma;
    Fr alpha = challenges.alpha;
    StatementAt statement = StatementAt.of(xi, key.domainSize(), publicSignals);
    Fr l1Alpha2 = statement.l1().times(alpha.square());
    PermutationAt permutation =
        PermutationAt.of(xi, beta, gamma, key.k1(), key.k2(), List.of(a, b, c), s1, s2, zw);
    return new Linearisation(
        statement.zh().plus(Fr.ONE),
        statement.zh(),
        permutation.zFactor().times(alpha).plus(l1Alpha2),
        permutation.s3Factor().times(alpha),
        statement.pi().minus(l1Alpha2).minus(permutation.rest().times(alpha)));
  }
}
