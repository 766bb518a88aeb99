package zk4j.plonk;

import java.util.ArrayList;
import java.util.List;
import zk4j.bn254.Fr;
import zk4j.bn254.G1;
import zk4j.bn254.G2;
import zk4j.bn254.Pairing;
import zk4j.bn254.PreparedG2;

/**
 * Verifies openings of {@link Kzg}'s commitments: e(C - y G, G2) = e(W, (tau - z) G2). Immutable
 * and thread-safe; never throws on openings, whatever their values.
 */
public final class KzgVerifier {
  private final Opening.Check check;

  private KzgVerifier(G2 tau2) {
    this.check = new Opening.Check(tau2);
  }

  /**
   * A verifier.
   *
   * @param tau2 tau in G2
   * @throws IllegalArgumentException if tau is 0 or 1: anyone can open commitments to anything then
   */
  public static KzgVerifier of(G2 tau2) {
    if (tau2.isInfinity() || tau2.equals(G2.GENERATOR)) {
      throw new IllegalArgumentException("tau is 0 or 1: anyone can forge openings");
    }
    return new KzgVerifier(tau2);
  }

  /** Whether the polynomial of a commitment has the value at the point. */
  public boolean verify(G1 commitment, KzgOpening opening) {
    return verify(List.of(commitment), List.of(opening));
  }

  /**
   * Whether all openings hold, of any commitments at any points, by one product of two pairings of
   * a random linear combination: wrong ones are accepted with a chance of 1/r.
   *
   * @throws IllegalArgumentException unless there are as many commitments as openings
   */
  public boolean verify(List<G1> commitments, List<KzgOpening> openings) {
    if (commitments.size() != openings.size()) {
      throw new IllegalArgumentException(
          commitments.size() + " commitments for " + openings.size() + " openings");
    }
    List<Opening> claims = new ArrayList<>();
    for (int i = 0; i < openings.size(); i++) {
      KzgOpening opening = openings.get(i);
      claims.add(
          new Opening(
              opening.proof(),
              commitments
                  .get(i)
                  .minus(G1.GENERATOR.times(opening.value()))
                  .plus(opening.proof().times(opening.point()))));
    }
    return check.check(claims).valid();
  }

  /**
   * Whether polynomials have the values at a point of which an opening shows the combination.
   *
   * @param factor as for {@link Kzg#open(List, Fr, Fr, zk4j.core.Execution)}
   * @param values one for each commitment
   * @throws IllegalArgumentException unless there are as many values as commitments
   */
  public boolean verify(List<G1> commitments, List<Fr> values, Fr factor, KzgOpening opening) {
    if (commitments.size() != values.size()) {
      throw new IllegalArgumentException(
          commitments.size() + " commitments for " + values.size() + " values");
    }
    G1 commitment = G1.INFINITY;
    Fr value = Fr.ZERO;
    for (int i = values.size() - 1; i >= 0; i--) {
      commitment = commitment.times(factor).plus(commitments.get(i));
      value = value.times(factor).plus(values.get(i));
    }
    return value.equals(opening.value()) && verify(commitment, opening);
  }

  /**
   * Whether the polynomial of a commitment has a degree below a bound, as {@link
   * Kzg#proveDegreeBelow} shows.
   *
   * @param shift tau^({@link Kzg#size} - bound) in G2, for the size of the prover's powers, of
   *     which there must be no more: with more, the bound is no bound
   */
  public boolean verifyDegree(G1 commitment, G2 shift, G1 proof) {
    return Pairing.productIsOne(
        List.of(commitment, proof.negate()),
        List.of(PreparedG2.once(shift), PreparedG2.of(G2.GENERATOR)));
  }
}
