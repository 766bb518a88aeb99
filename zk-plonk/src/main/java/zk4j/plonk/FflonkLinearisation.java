package zk4j.plonk;

import java.math.BigInteger;
import java.util.List;
import zk4j.bn254.Fr;

/**
 * The numbers of the equation at y that shows all values of a proof (ePrint 2021/1167): C0 +
 * factor1 C1 + factor2 C2 - z0 W1 is value there.
 *
 * <p>C0(X) is the sum of X^j f_j(X^8) for eight polynomials. Modulo Z0 = X^8 - xi, whose roots are
 * the eighth roots of xi, it is the sum of X^j f_j(xi): the paper's r0, without any interpolation.
 * Likewise C1 modulo Z1 = X^4 - xi, and C2 modulo both factors of Z2 = (X^3 - xi) (X^3 - xi w),
 * which the Chinese remainder theorem combines.
 *
 * @param z0 y^8 - xi
 * @param factor1 alpha Z0(y) / Z1(y)
 * @param factor2 alpha^2 Z0(y) / Z2(y)
 * @param value r0 + factor1 r1 + factor2 r2 at y
 */
record FflonkLinearisation(Fr z0, Fr factor1, Fr factor2, Fr value) {
  /**
   * Computes them.
   *
   * @throws ArithmeticException if {@link #denominators} is 0
   */
  static FflonkLinearisation of(
      FflonkVerifyingKey key,
      FflonkChallenges challenges,
      List<Fr> publicSignals,
      FflonkEvaluations e) {
    Fr xi = challenges.xi;
    Fr y = challenges.y;
    Points points = Points.of(key, challenges);
    StatementAt statement = StatementAt.of(xi, key.domainSize(), publicSignals);
    Fr overZh = statement.zh().inverse();
    Fr gates =
        e.qm()
            .times(e.a())
            .times(e.b())
            .plus(e.ql().times(e.a()))
            .plus(e.qr().times(e.b()))
            .plus(e.qo().times(e.c()))
            .plus(e.qc())
            .plus(statement.pi());
    Fr start = statement.l1().times(e.z().minus(Fr.ONE));
    Fr beta = challenges.beta;
    Fr gamma = challenges.gamma;
    Fr betaXi = beta.times(xi);
    Fr identity =
        e.a()
            .plus(betaXi)
            .plus(gamma)
            .times(e.b().plus(betaXi.times(key.k1())).plus(gamma))
            .times(e.c().plus(betaXi.times(key.k2())).plus(gamma))
            .times(e.z());
    Fr permuted =
        e.a()
            .plus(beta.times(e.s1()))
            .plus(gamma)
            .times(e.b().plus(beta.times(e.s2())).plus(gamma))
            .times(e.c().plus(beta.times(e.s3())).plus(gamma))
            .times(e.zw());
    Fr t0 = gates.times(overZh);
    Fr t1 = start.times(overZh);
    Fr t2 = identity.minus(permuted).times(overZh);

    Fr r0 = sum(y, e.ql(), e.qr(), e.qo(), e.qm(), e.qc(), e.s1(), e.s2(), e.s3());
    Fr r1 = sum(y, e.a(), e.b(), e.c(), t0);
    Fr r2 =
        sum(y, e.z(), t1, t2)
            .times(points.atXiW)
            .minus(sum(y, e.zw(), e.t1w(), e.t2w()).times(points.atXi))
            .times(xi.minus(points.xiW).inverse());
    Fr factor1 = challenges.alpha.times(points.z0).times(points.z1.inverse());
    Fr factor2 = challenges.alpha.square().times(points.z0).times(points.z2().inverse());
    return new FflonkLinearisation(
        points.z0, factor1, factor2, r0.plus(factor1.times(r1)).plus(factor2.times(r2)));
  }

  /** values[0] + y values[1] + y^2 values[2] + ... */
  private static Fr sum(Fr y, Fr... values) {
    Fr sum = Fr.ZERO;
    for (int i = values.length - 1; i >= 0; i--) {
      sum = sum.times(y).plus(values[i]);
    }
    return sum;
  }

  /**
   * The product of what a verifier divides by that interpolates r0, r1 and r2 from values at the
   * roots of Z0, Z1 and Z2, as snarkjs's contracts do; a proof has its inverse. It is 0 where the
   * numbers are not defined.
   *
   * <p>Those are Z1(y), Z2(y) and xi^n - 1; n (xi - w^i) for each public signal, but at least one;
   * and Z'(x) (y - x) for the roots x of each Z. The product over all x of y - x is Z(y). For Z =
   * X^m - xi that of Z'(x) = m x^(m-1) is m^m (the product of all x)^(m-1), and the product of all
   * x is -xi for even m and xi for odd ones. At the roots of one factor of Z2, Z2' is the factor's
   * own derivative times the other factor, which is xi - xi w or the opposite.
   */
  static Fr denominators(FflonkVerifyingKey key, FflonkChallenges challenges) {
    Fr xi = challenges.xi;
    Points points = Points.of(key, challenges);
    RootsOfUnity domain = new RootsOfUnity(key.domainSize());
    Fr minusXi = xi.negate();
    Fr apart = xi.minus(points.xiW);
    Fr product = points.z1.times(points.z2()).times(domain.vanishing(xi));
    product = product.times(power(Fr.of(8), 8)).times(power(minusXi, 7)).times(points.z0);
    product = product.times(power(Fr.of(4), 4)).times(power(minusXi, 3)).times(points.z1);
    product = product.times(power(Fr.of(3), 3)).times(xi.square()).times(power(apart, 3));
    product = product.times(power(Fr.of(3), 3)).times(points.xiW.square());
    product = product.times(power(apart.negate(), 3)).times(points.z2());
    for (int i = 0; i < Math.max(1, key.publicSignals()); i++) {
      product = product.times(Fr.of(key.domainSize())).times(xi.minus(domain.element(i)));
    }
    return product;
  }

  private static Fr power(Fr base, int exponent) {
    return base.pow(BigInteger.valueOf(exponent));
  }

  /** xi w, y^8 - xi, y^4 - xi, y^3 - xi and y^3 - xi w. */
  private record Points(Fr xiW, Fr z0, Fr z1, Fr atXi, Fr atXiW) {
    static Points of(FflonkVerifyingKey key, FflonkChallenges challenges) {
      Fr xi = challenges.xi;
      Fr xiW = xi.times(new RootsOfUnity(key.domainSize()).generator());
      Fr y4 = challenges.y.square().square();
      Fr y3 = challenges.y.square().times(challenges.y);
      return new Points(xiW, y4.square().minus(xi), y4.minus(xi), y3.minus(xi), y3.minus(xiW));
    }

    Fr z2() {
      return atXi.times(atXiW);
    }
  }
}
