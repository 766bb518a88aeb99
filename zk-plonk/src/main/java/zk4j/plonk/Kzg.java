package zk4j.plonk;

import java.util.List;
import zk4j.bn254.Fr;
import zk4j.bn254.FrVector;
import zk4j.bn254.G1;
import zk4j.bn254.G1Vector;
import zk4j.bn254.Msm;
import zk4j.bn254.Polynomial;
import zk4j.bn254.PowersOfTau;
import zk4j.bn254.PowersOfTau.Factor;
import zk4j.core.Execution;
import zk4j.core.MalformedDataException;

/**
 * Commits to polynomials, and opens commitments (Kate, Zaverucha, Goldberg, ASIACRYPT 2010): a
 * commitment is p(tau) in G1. {@link KzgVerifier} verifies. Commitments bind, but do not hide:
 * equal polynomials have equal commitments, and guesses can be tried. Immutable and thread-safe.
 */
public final class Kzg {
  private final G1Vector powers;

  private Kzg(G1Vector powers) {
    this.powers = powers;
  }

  /**
   * For polynomials of fewer than so many coefficients.
   *
   * @param powers whose ceremony is to be trusted or verified; not verified here
   * @throws MalformedDataException if a point that is read is not valid
   */
  public static Kzg of(PowersOfTau powers, int size, Execution execution)
      throws MalformedDataException {
    return new Kzg(powers.powersG1(Factor.ONE, 0, size, execution));
  }

  static Kzg of(G1Vector powers) {
    return new Kzg(powers);
  }

  /** The most coefficients of a polynomial. */
  public int size() {
    return powers.size();
  }

  /**
   * The commitment to a polynomial. Takes time that depends on it.
   *
   * @throws IllegalArgumentException if it has more than {@link #size} coefficients
   */
  public G1 commit(Polynomial polynomial, Execution execution) {
    if (polynomial.degree() >= powers.size()) {
      throw new IllegalArgumentException(
          "a polynomial of degree "
              + polynomial.degree()
              + ", but there are "
              + powers.size()
              + " powers of tau");
    }
    return Msm.sum(powers, polynomial.coefficients(powers.size()), execution);
  }

  /**
   * The commitment to the polynomial of some values on a domain, from its Lagrange basis at tau.
   *
   * @param lagrange as {@link PowersOfTau#lagrangeG1} gives
   * @throws IllegalArgumentException unless there are as many values
   */
  public static G1 commit(FrVector values, G1Vector lagrange, Execution execution) {
    return Msm.sum(lagrange, values, execution);
  }

  /** Shows the value of a polynomial at a point: the proof is (p(x) - p(z)) / (x - z) at tau. */
  public KzgOpening open(Polynomial polynomial, Fr point, Execution execution) {
    Fr value = polynomial.evaluate(point);
    Polynomial rest = polynomial.minus(Polynomial.of(value));
    return new KzgOpening(point, value, commit(rest.divideByLinear(point), execution));
  }

  /**
   * Shows the values of several polynomials at a point by one proof: that of the sum of factor^i *
   * p_i, whose commitment and value follow from theirs.
   *
   * @param factor drawn by the verifier, or by a hash of the commitments and all values, when these
   *     are fixed
   */
  public KzgOpening open(List<Polynomial> polynomials, Fr factor, Fr point, Execution execution) {
    Polynomial sum = Polynomial.ZERO;
    for (int i = polynomials.size() - 1; i >= 0; i--) {
      sum = sum.times(factor).plus(polynomials.get(i));
    }
    return open(sum, point, execution);
  }

  /**
   * Shows that a polynomial has degree below a bound: x^({@link #size} - bound) times it is still a
   * polynomial that can be committed to.
   *
   * @throws IllegalArgumentException if it has not
   */
  public G1 proveDegreeBelow(Polynomial polynomial, int bound, Execution execution) {
    if (polynomial.degree() >= bound || bound > powers.size()) {
      throw new IllegalArgumentException(
          "degree " + polynomial.degree() + " is not below " + bound);
    }
    int shift = powers.size() - bound;
    FrVector shifted = FrVector.zeros(powers.size());
    for (int i = 0; i <= polynomial.degree(); i++) {
      shifted.set(shift + i, polynomial.coefficient(i));
    }
    return Msm.sum(powers, shifted, execution);
  }
}
