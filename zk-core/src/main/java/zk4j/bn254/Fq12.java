package zk4j.bn254;

import java.math.BigInteger;

/**
 * An element c0 + c1 w of Fq12 = Fq6[w]/(w^2 - v). Immutable.
 *
 * @param c0 the part without w
 * @param c1 the factor of w
 */
public record Fq12(Fq6 c0, Fq6 c1) {
  /** 0. */
  public static final Fq12 ZERO = new Fq12(Fq6.ZERO, Fq6.ZERO);

  /** 1. */
  public static final Fq12 ONE = new Fq12(Fq6.ONE, Fq6.ZERO);

  /** xi^(i (q - 1)/6): w^i to the power of q is this times w^i. */
  private static final Fq2[] FROBENIUS = new Fq2[6];

  static {
    BigInteger sixth = Fq.MODULUS.subtract(BigInteger.ONE).divide(BigInteger.valueOf(6));
    Fq2 gamma = Fq2.XI.pow(sixth);
    FROBENIUS[0] = Fq2.ONE;
    for (int i = 1; i < 6; i++) {
      FROBENIUS[i] = FROBENIUS[i - 1].times(gamma);
    }
  }

  /** xi^(i (q - 1)/6), for 0..5. */
  static Fq2 frobeniusFactor(int i) {
    return FROBENIUS[i];
  }

  /** this + other. */
  public Fq12 plus(Fq12 other) {
    return new Fq12(c0.plus(other.c0), c1.plus(other.c1));
  }

  /** this - other. */
  public Fq12 minus(Fq12 other) {
    return new Fq12(c0.minus(other.c0), c1.minus(other.c1));
  }

  /** -this. */
  public Fq12 negate() {
    return new Fq12(c0.negate(), c1.negate());
  }

  /** this * other, with 3 products in Fq6 (Karatsuba). */
  public Fq12 times(Fq12 other) {
    Fq6 v0 = c0.times(other.c0);
    Fq6 v1 = c1.times(other.c1);
    Fq6 cross = c0.plus(c1).times(other.c0.plus(other.c1)).minus(v0).minus(v1);
    return new Fq12(v0.plus(v1.timesV()), cross);
  }

  /** this * (a + (b + c v) w), a line's value; 13 products in Fq2. */
  Fq12 timesLine(Fq2 a, Fq2 b, Fq2 c) {
    Fq6 v0 = c0.times(a);
    Fq6 v1 = c1.timesSparse(b, c);
    Fq6 cross = c0.plus(c1).timesSparse(a.plus(b), c).minus(v0).minus(v1);
    return new Fq12(v0.plus(v1.timesV()), cross);
  }

  /** this * this, with 2 products in Fq6. */
  public Fq12 square() {
    Fq6 product = c0.times(c1);
    Fq6 c0Squared = c0.plus(c1).times(c0.plus(c1.timesV())).minus(product).minus(product.timesV());
    return new Fq12(c0Squared, product.plus(product));
  }

  /**
   * this * this for an element whose order divides q^4 - q^2 + 1, with 6 products in Fq2 (Granger
   * and Scott, ePrint 2009/565, section 3.2).
   */
  Fq12 cyclotomicSquare() {
    Fq2[] a = squareInFq4(c0.c0(), c1.c1());
    Fq2[] b = squareInFq4(c1.c0(), c0.c2());
    Fq2[] c = squareInFq4(c0.c1(), c1.c2());
    return new Fq12(
        new Fq6(
            triple(a[0]).minus(c0.c0().twice()),
            triple(b[0]).minus(c0.c1().twice()),
            triple(c[0]).minus(c0.c2().twice())),
        new Fq6(
            triple(c[1].timesXi()).plus(c1.c0().twice()),
            triple(a[1]).plus(c1.c1().twice()),
            triple(b[1]).plus(c1.c2().twice())));
  }

  /** (x + y s)^2 for s^2 = xi: the part without s, and the factor of s. */
  private static Fq2[] squareInFq4(Fq2 x, Fq2 y) {
    Fq2 xy = x.times(y);
    Fq2 sum = x.plus(y).times(x.plus(y.timesXi()));
    return new Fq2[] {sum.minus(xy).minus(xy.timesXi()), xy.twice()};
  }

  private static Fq2 triple(Fq2 x) {
    return x.twice().plus(x);
  }

  /** c0 - c1 w, this to the power of q^6: the inverse of an element of the target group. */
  public Fq12 conjugate() {
    return new Fq12(c0, c1.negate());
  }

  /**
   * 1 / this.
   *
   * @throws ArithmeticException if this is 0
   */
  public Fq12 inverse() {
    Fq6 norm = c0.square().minus(c1.square().timesV()).inverse();
    return new Fq12(c0.times(norm), c1.times(norm).negate());
  }

  /** This to the power of q. */
  public Fq12 frobenius() {
    return new Fq12(
        new Fq6(
            c0.c0().conjugate(),
            c0.c1().conjugate().times(FROBENIUS[2]),
            c0.c2().conjugate().times(FROBENIUS[4])),
        new Fq6(
            c1.c0().conjugate().times(FROBENIUS[1]),
            c1.c1().conjugate().times(FROBENIUS[3]),
            c1.c2().conjugate().times(FROBENIUS[5])));
  }

  /**
   * This to the power of an exponent, 0^0 being 1.
   *
   * @throws ArithmeticException for a negative power of 0
   */
  public Fq12 pow(BigInteger exponent) {
    if (exponent.signum() < 0) {
      return inverse().pow(exponent.negate());
    }
    Fq12 result = ONE;
    for (int i = exponent.bitLength() - 1; i >= 0; i--) {
      result = result.square();
      if (exponent.testBit(i)) {
        result = result.times(this);
      }
    }
    return result;
  }

  /** Whether this is 0. */
  public boolean isZero() {
    return c0.isZero() && c1.isZero();
  }

  /** Whether this is 1. */
  public boolean isOne() {
    return equals(ONE);
  }
}
