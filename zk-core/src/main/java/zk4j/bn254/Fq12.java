package zk4j.bn254;

import java.math.BigInteger;
import java.util.Arrays;
import zk4j.core.internal.field.Fq2Kernels;
import zk4j.core.internal.pairing.Fq12Kernels;

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

  private static final int SIZE = Fq2Kernels.LIMBS;

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

  /** The element in a slot of {@link Fq12Kernels}. */
  static Fq12 fromLimbs(long[] limbs) {
    Fq2[] c = new Fq2[6];
    for (int i = 0; i < 6; i++) {
      c[i] = Fq2.canonical(Arrays.copyOfRange(limbs, i * SIZE, (i + 1) * SIZE));
    }
    return new Fq12(new Fq6(c[0], c[1], c[2]), new Fq6(c[3], c[4], c[5]));
  }

  long[] toLimbs() {
    long[] limbs = new long[Fq12Kernels.LIMBS];
    c0.c0().toLimbs(limbs, 0);
    c0.c1().toLimbs(limbs, SIZE);
    c0.c2().toLimbs(limbs, 2 * SIZE);
    c1.c0().toLimbs(limbs, 3 * SIZE);
    c1.c1().toLimbs(limbs, 4 * SIZE);
    c1.c2().toLimbs(limbs, 5 * SIZE);
    return limbs;
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

  /** this * this, with 2 products in Fq6. */
  public Fq12 square() {
    Fq6 product = c0.times(c1);
    Fq6 c0Squared = c0.plus(c1).times(c0.plus(c1.timesV())).minus(product).minus(product.timesV());
    return new Fq12(c0Squared, product.plus(product));
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
