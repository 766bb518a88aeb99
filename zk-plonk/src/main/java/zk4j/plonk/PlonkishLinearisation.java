package zk4j.plonk;

import java.util.List;
import zk4j.bn254.Fr;

/**
 * All equations of a proof at zeta, each times a power of alpha, as a combination of polynomials
 * that are linear in it, and a constant: it is 0 at zeta. The prover combines polynomials, the
 * verifier commitments.
 *
 * @param columns the factors of Qm, Ql, Qr, Qo, Qd, Qn, Qc and Qp
 * @param s3 the factor of S3
 * @param m of the multiplicities
 * @param running of z and phi
 * @param quotient of the quotient's parts
 * @param constant the rest
 */
record PlonkishLinearisation(
    List<Fr> columns, Fr s3, Fr m, List<Fr> running, List<Fr> quotient, Fr constant) {
  /**
   * Computes it.
   *
   * @throws ArithmeticException if zeta is in the domain, which has a chance of n/r
   */
  static PlonkishLinearisation of(
      PlonkishVerifyingKey key,
      PlonkishChallenges challenges,
      List<Fr> publicSignals,
      PlonkishEvaluations at) {
    Fr zeta = challenges.zeta;
    Fr alpha = challenges.alpha;
    Fr alpha2 = alpha.square();
    Fr alpha3 = alpha2.times(alpha);
    Fr alpha4 = alpha3.times(alpha);
    Fr alpha5 = alpha4.times(alpha);
    StatementAt statement = StatementAt.of(zeta, key.domainSize(), publicSignals);
    PermutationAt permutation =
        PermutationAt.of(
            zeta,
            challenges.beta,
            challenges.gamma,
            PlonkGates.K1,
            PlonkGates.K2,
            List.of(at.a(), at.b(), at.c()),
            at.s1(),
            at.s2(),
            at.zNext());
    Fr raised =
        at.a()
            .square()
            .minus(at.b())
            .times(alpha3)
            .plus(at.a().times(at.b().square()).minus(at.c()).times(alpha4));
    Fr start = statement.l1().times(alpha2);
    Fr looked = challenges.lambda.plus(at.lookup().times(at.a()));
    Fr table = challenges.lambda.plus(at.table());
    Fr both = looked.times(table);
    Fr zh = statement.zh().negate();
    Fr zetaN = statement.zh().plus(Fr.ONE);
    return new PlonkishLinearisation(
        List.of(
            at.a().times(at.b()),
            at.a(),
            at.b(),
            at.c(),
            at.d(),
            at.dNext().negate(),
            Fr.ONE,
            raised),
        permutation.s3Factor().times(alpha).negate(),
        looked.times(alpha5),
        List.of(permutation.zFactor().times(alpha).plus(start), both.times(alpha5).negate()),
        List.of(zh, zh.times(zetaN), zh.times(zetaN.square())),
        statement
            .pi()
            .minus(permutation.rest().times(alpha))
            .minus(start)
            .plus(at.phiNext().times(both).minus(table).times(alpha5)));
  }
}
