package zk4j.plonk;

import java.util.List;
import zk4j.bn254.Fr;

/**
 * The values of polynomials in an fflonk proof, in the order of the transcript: at the point xi,
 * and three at xi times the domain's generator.
 *
 * @param ql the first wire's selector
 * @param qr the second wire's
 * @param qm the product's
 * @param qo the third wire's
 * @param qc the constant
 * @param s1 the first permutation polynomial
 * @param s2 the second one
 * @param s3 the third one
 * @param a the first wires
 * @param b the second wires
 * @param c the third wires
 * @param z the permutation's running product
 * @param zw the same at the other point
 * @param t1w the quotient of the product's start, there
 * @param t2w the quotient of the permutation, there
 */
public record FflonkEvaluations(
    Fr ql,
    Fr qr,
    Fr qm,
    Fr qo,
    Fr qc,
    Fr s1,
    Fr s2,
    Fr s3,
    Fr a,
    Fr b,
    Fr c,
    Fr z,
    Fr zw,
    Fr t1w,
    Fr t2w) {
  /** How many there are. */
  public static final int COUNT = 15;

  /**
   * Those of a list, in this order.
   *
   * @throws IllegalArgumentException unless there are {@value #COUNT}
   */
  public static FflonkEvaluations of(List<Fr> values) {
    if (values.size() != COUNT) {
      throw new IllegalArgumentException(values.size() + " values, not " + COUNT);
    }
    return new FflonkEvaluations(
        values.get(0),
        values.get(1),
        values.get(2),
        values.get(3),
        values.get(4),
        values.get(5),
        values.get(6),
        values.get(7),
        values.get(8),
        values.get(9),
        values.get(10),
        values.get(11),
        values.get(12),
        values.get(13),
        values.get(14));
  }

  /** All, in this order. */
  public List<Fr> toList() {
    return List.of(ql, qr, qm, qo, qc, s1, s2, s3, a, b, c, z, zw, t1w, t2w);
  }
}
