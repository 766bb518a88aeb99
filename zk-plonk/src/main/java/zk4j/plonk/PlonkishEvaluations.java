package zk4j.plonk;

import java.util.List;
import zk4j.bn254.Fr;

/**
 * Values of polynomials at the point zeta and at the next one, zeta times the domain's generator.
 *
 * @param a the first cells at zeta
 * @param b the second cells at zeta
 * @param c the third cells at zeta
 * @param d the carried sums at zeta
 * @param s1 the first permutation polynomial at zeta
 * @param s2 the second one at zeta
 * @param lookup what a is multiplied by before it is looked up, at zeta
 * @param table the table at zeta
 * @param zNext the running product at the next point
 * @param phiNext the running sum at the next point
 * @param dNext the carried sums at the next point
 */
public record PlonkishEvaluations(
    Fr a, Fr b, Fr c, Fr d, Fr s1, Fr s2, Fr lookup, Fr table, Fr zNext, Fr phiNext, Fr dNext) {
  static final int COUNT = 11;

  static PlonkishEvaluations of(List<Fr> values) {
    return new PlonkishEvaluations(
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
        values.get(10));
  }

  /** Those at zeta. */
  List<Fr> atZeta() {
    return List.of(a, b, c, d, s1, s2, lookup, table);
  }

  /** Those at the next point. */
  List<Fr> atNext() {
    return List.of(zNext, phiNext, dNext);
  }
}
