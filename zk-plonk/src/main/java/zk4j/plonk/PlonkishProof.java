package zk4j.plonk;

import java.util.List;
import zk4j.bn254.G1;

/**
 * A proof of a statement about gates with lookups: twelve points and eleven numbers. Its identity
 * is its statement's, never its bytes.
 *
 * @param a commitment to the first cells
 * @param b commitment to the second cells
 * @param c commitment to the third cells
 * @param d commitment to the carried sums
 * @param m commitment to the multiplicities of lookups
 * @param z commitment to the permutation's running product
 * @param phi commitment to the lookups' running sum
 * @param t1 commitment to the quotient's lowest part
 * @param t2 commitment to its middle part
 * @param t3 commitment to its highest part
 * @param evaluations at zeta and the next point
 * @param w the opening at zeta
 * @param wNext the opening at the next point
 */
public record PlonkishProof(
    G1 a,
    G1 b,
    G1 c,
    G1 d,
    G1 m,
    G1 z,
    G1 phi,
    G1 t1,
    G1 t2,
    G1 t3,
    PlonkishEvaluations evaluations,
    G1 w,
    G1 wNext) {
  /** Commitments to what the witness alone gives. */
  List<G1> columns() {
    return List.of(a, b, c, d, m);
  }

  /** Commitments to what runs along the rows. */
  List<G1> running() {
    return List.of(z, phi);
  }

  /** Commitments to the quotient. */
  List<G1> quotient() {
    return List.of(t1, t2, t3);
  }

  /** The openings. */
  List<G1> openings() {
    return List.of(w, wNext);
  }
}
