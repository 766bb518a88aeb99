package zk4j.plonk;

import java.math.BigInteger;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import zk4j.bn254.EvaluationDomain;
import zk4j.bn254.Fr;
import zk4j.bn254.FrVector;
import zk4j.bn254.Polynomial;
import zk4j.core.Execution;

/**
 * Polynomials of values on a domain of size n, and quotients by x^n - 1: what the provers of all
 * proof systems here have in common.
 *
 * <p>Quotients are computed on cosets of the domain, one after the other, so that no vector is
 * longer than n and a few.
 */
final class DomainPolynomials {
  /** A generator of the field's units, none of whose powers below r - 1 is 1: in no domain. */
  private static final Fr SHIFT = Fr.of(5);

  private final EvaluationDomain domain;
  private final int n;
  private final Execution execution;

  /** Of the domain, once they are needed. */
  private @Nullable FrVector elements;

  DomainPolynomials(EvaluationDomain domain, Execution execution) {
    this.domain = domain;
    this.n = domain.size();
    this.execution = execution;
  }

  int size() {
    return n;
  }

  /** The polynomial of some values on the domain. */
  Polynomial interpolated(FrVector values) {
    FrVector coefficients = values.copy();
    domain.inverse(coefficients, execution);
    return Polynomial.of(coefficients);
  }

  /** The polynomial that is minus a statement's signals in the first rows, and else 0. */
  Polynomial publicInputs(List<Fr> publics) {
    FrVector inputs = FrVector.zeros(n);
    for (int i = 0; i < publics.size(); i++) {
      inputs.set(i, publics.get(i).negate());
    }
    return interpolated(inputs);
  }

  /** The polynomial of some values on the domain, plus (m_0 + m_1 x + ...) (x^n - 1). */
  Polynomial blinded(FrVector values, Fr... m) {
    Polynomial mask = Polynomial.of(m);
    return interpolated(values).minus(mask).plus(shifted(mask, n));
  }

  /** x^power times a short polynomial. */
  static Polynomial shifted(Polynomial polynomial, int power) {
    FrVector coefficients = FrVector.zeros(power + polynomial.degree() + 1);
    for (int i = 0; i <= polynomial.degree(); i++) {
      coefficients.set(power + i, polynomial.coefficient(i));
    }
    return Polynomial.of(coefficients);
  }

  /** The values of slope x + constant on the domain. */
  FrVector line(Fr slope, Fr constant) {
    if (elements == null) {
      elements = FrVector.filled(n, domain.generator()).runningProducts();
    }
    FrVector line = FrVector.filled(n, constant);
    line.addScaledInPlace(elements, slope);
    return line;
  }

  /** The values of a polynomial of degree below n. */
  FrVector onDomain(Polynomial polynomial) {
    FrVector values = polynomial.coefficients(n);
    domain.forward(values, execution);
    return values;
  }

  /** The products of elements. */
  static FrVector product(FrVector first, FrVector... others) {
    FrVector product = first.copy();
    for (FrVector other : others) {
      product.multiplyInPlace(other);
    }
    return product;
  }

  /**
   * The parts t_k of degree below n of t(x) = the sum of x^(kn) t_k(x), for t times x^n - 1 given
   * on cosets: as many parts as cosets, which must be a power of two.
   *
   * <p>On the coset with x^n = u that gives t modulo x^n - u, which is the sum of u^k t_k. The u
   * are SHIFT^n times the roots of unity of that order, so that an inverse transform gives the t_k.
   */
  List<FrVector> quotient(int cosets, Function<Coset, FrVector> dividend) {
    FrVector[] u = new FrVector[cosets];
    Fr root = EvaluationDomain.rootOfUnity(Integer.numberOfTrailingZeros(cosets * n));
    Fr shift = SHIFT;
    for (int j = 0; j < cosets; j++) {
      Coset coset = new Coset(shift);
      u[j] = dividend.apply(coset);
      u[j].scaleInPlace(coset.power.minus(Fr.ONE).inverse());
      coset.coset.inverse(u[j], execution);
      shift = shift.times(root);
    }
    Fr i = EvaluationDomain.rootOfUnity(Integer.numberOfTrailingZeros(cosets)).inverse();
    Fr s = SHIFT.pow(BigInteger.valueOf(n)).inverse();
    FrVector[] t = new FrVector[cosets];
    Fr scale = Fr.of(cosets).inverse();
    for (int k = 0; k < cosets; k++) {
      t[k] = FrVector.zeros(n);
      for (int j = 0; j < cosets; j++) {
        t[k].addScaledInPlace(u[j], i.pow(BigInteger.valueOf((long) j * k)).times(scale));
      }
      scale = scale.times(s);
    }
    return List.of(t);
  }

  /**
   * Three parts of a quotient, of degree n, n and n + more, blinded so that their sum stays the
   * same: t_0 + l x^n, t_1 - l + r x^n and t_2 - r + t_3 x^n.
   *
   * @param t four parts of degree below n, of the last of which the first coefficients count
   * @param more how many these are
   */
  static List<Polynomial> blindedParts(List<FrVector> t, Fr l, Fr r, int more) {
    int n = t.get(3).size();
    Polynomial left = Polynomial.of(l);
    Polynomial right = Polynomial.of(r);
    Polynomial high = Polynomial.of(t.get(3).slice(0, Math.min(n, more)));
    return List.of(
        Polynomial.of(t.get(0)).plus(shifted(left, n)),
        Polynomial.of(t.get(1)).minus(left).plus(shifted(right, n)),
        Polynomial.of(t.get(2)).minus(right).plus(shifted(high, n)));
  }

  /** A coset, on which x^n is constant. */
  final class Coset {
    private final Fr shift;
    private final EvaluationDomain.Coset coset;
    private final Fr power;

    private Coset(Fr shift) {
      this.shift = shift;
      this.coset = domain.coset(shift);
      this.power = shift.pow(BigInteger.valueOf(n));
    }

    FrVector values(Polynomial polynomial) {
      FrVector all = polynomial.coefficients(Math.max(n, polynomial.degree() + 1));
      FrVector values = all.slice(0, n);
      Fr scale = Fr.ONE;
      for (int i = n; i < all.size(); i++) {
        scale = i % n == 0 ? scale.times(power) : scale;
        values.set(i % n, values.get(i % n).plus(all.get(i).times(scale)));
      }
      coset.forward(values, execution);
      return values;
    }

    /** The values at w x: those at the next places of the coset. */
    FrVector next(FrVector values) {
      FrVector next = values.slice(1, n).padded(n);
      next.set(n - 1, values.get(0));
      return next;
    }

    /** The values of slope x + constant: without a transform. */
    FrVector line(Fr slope, Fr constant) {
      return DomainPolynomials.this.line(slope.times(shift), constant);
    }

    /** The first Lagrange polynomial times z - 1, of the values of z. */
    FrVector start(FrVector z) {
      FrVector first = FrVector.filled(n, Fr.of(n).inverse()); // all of its coefficients
      coset.forward(first, execution);
      FrVector start = z.copy();
      start.subtractInPlace(FrVector.filled(n, Fr.ONE));
      start.multiplyInPlace(first);
      return start;
    }
  }
}
