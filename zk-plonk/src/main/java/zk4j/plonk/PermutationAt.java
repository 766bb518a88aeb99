package zk4j.plonk;

import java.util.List;
import zk4j.bn254.Fr;

/**
 * The permutation's equation at a point, as a combination of z and S3: zFactor z - s3Factor S3 -
 * rest.
 *
 * @param zFactor of z
 * @param s3Factor of S3
 * @param rest what is constant
 */
record PermutationAt(Fr zFactor, Fr s3Factor, Fr rest) {
  /**
   * For values at the point x.
   *
   * @param wires a, b and c
   * @param s1 the first permutation polynomial
   * @param s2 the second one
   * @param zw z at the next place
   */
  static PermutationAt of(
      Fr x, Fr beta, Fr gamma, Fr k1, Fr k2, List<Fr> wires, Fr s1, Fr s2, Fr zw) {
    Fr a = wires.get(0).plus(gamma);
    Fr b = wires.get(1).plus(gamma);
    Fr c = wires.get(2).plus(gamma);
    Fr betaX = beta.times(x);
    Fr permuted = a.plus(beta.times(s1)).times(b.plus(beta.times(s2))).times(zw);
    return new PermutationAt(
        a.plus(betaX).times(b.plus(betaX.times(k1))).times(c.plus(betaX.times(k2))),
        permuted.times(beta),
        permuted.times(c));
  }
}
