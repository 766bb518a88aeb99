package zk4j.bn254;

import java.math.BigInteger;
import java.util.Arrays;
import zk4j.core.internal.field.Fq2Kernels;
import zk4j.core.internal.field.FqKernels;

/** An element c0 + c1 u of Fq2 = Fq[u]/(u^2 + 1). Immutable. */
public final class Fq2 {
  /** 0. */
  public static final Fq2 ZERO = of(Fq.ZERO, Fq.ZERO);

  /** 1. */
  public static final Fq2 ONE = of(Fq.ONE, Fq.ZERO);

  /** 9 + u, of which Fq6 takes a cube root and Fq12 a sixth one. */
  static final Fq2 XI = of(Fq.of(9), Fq.ONE);

  private static final int C1 = FqKernels.LIMBS;

  /** c0, then c1, canonical, in the kernels' Montgomery form. */
  private final long[] limbs;

  private Fq2(long[] limbs) {
    this.limbs = limbs;
  }

  /** Takes limbs of what the kernels make canonical. */
  static Fq2 canonical(long[] limbs) {
    Fq2Kernels.canonical(limbs, 0, limbs, 0);
    return new Fq2(limbs);
  }

  static Fq2 fromLimbs(long[] limbs, int from) {
    return new Fq2(Arrays.copyOfRange(limbs, from, from + Fq2Kernels.LIMBS));
  }

  void toLimbs(long[] target, int to) {
    Fq2Kernels.copy(target, to, limbs, 0);
  }

  /** c0 + c1 u. */
  public static Fq2 of(Fq c0, Fq c1) {
    long[] z = new long[Fq2Kernels.LIMBS];
    c0.toLimbs(z, 0);
    c1.toLimbs(z, C1);
    return new Fq2(z);
  }

  /** The part without u. */
  public Fq c0() {
    return Fq.fromLimbs(limbs, 0);
  }

  /** The factor of u. */
  public Fq c1() {
    return Fq.fromLimbs(limbs, C1);
  }

  /** this + other. */
  public Fq2 plus(Fq2 other) {
    long[] z = new long[Fq2Kernels.LIMBS];
    Fq2Kernels.add(z, 0, limbs, 0, other.limbs, 0);
    return canonical(z);
  }

  /** this - other. */
  public Fq2 minus(Fq2 other) {
    long[] z = new long[Fq2Kernels.LIMBS];
    Fq2Kernels.sub(z, 0, limbs, 0, other.limbs, 0);
    return canonical(z);
  }

  /** -this. */
  public Fq2 negate() {
    long[] z = new long[Fq2Kernels.LIMBS];
    Fq2Kernels.neg(z, 0, limbs, 0);
    return canonical(z);
  }

  /** this * other. */
  public Fq2 times(Fq2 other) {
    long[] z = new long[Fq2Kernels.LIMBS];
    Fq2Kernels.mul(z, 0, limbs, 0, other.limbs, 0);
    return canonical(z);
  }

  /** this * factor. */
  public Fq2 times(Fq factor) {
    long[] y = new long[FqKernels.LIMBS];
    factor.toLimbs(y, 0);
    long[] z = new long[Fq2Kernels.LIMBS];
    Fq2Kernels.mulFq(z, 0, limbs, 0, y, 0);
    return canonical(z);
  }

  /** this * this. */
  public Fq2 square() {
    long[] z = new long[Fq2Kernels.LIMBS];
    Fq2Kernels.sqr(z, 0, limbs, 0);
    return canonical(z);
  }

  /** (9 + u) * this = (9 c0 - c1) + (9 c1 + c0) u. */
  Fq2 timesXi() {
    long[] z = new long[Fq2Kernels.LIMBS];
    Fq2Kernels.mulXi(z, 0, limbs, 0);
    return canonical(z);
  }

  /**
   * 1 / this.
   *
   * @throws ArithmeticException if this is 0
   */
  public Fq2 inverse() {
    if (isZero()) {
      throw new ArithmeticException("0 has no inverse");
    }
    long[] z = new long[Fq2Kernels.LIMBS];
    Fq2Kernels.inv(z, 0, limbs, 0);
    return canonical(z);
  }

  /** c0 - c1 u, which is this to the power of q. */
  public Fq2 conjugate() {
    return of(c0(), c1().negate());
  }

  /**
   * This to the power of an exponent, 0^0 being 1.
   *
   * @throws ArithmeticException for a negative power of 0
   */
  public Fq2 pow(BigInteger exponent) {
    if (exponent.signum() < 0) {
      return inverse().pow(exponent.negate());
    }
    Fq2 result = ONE;
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
    return Fq2Kernels.isZero(limbs, 0);
  }

  /** Whether this is 1. */
  public boolean isOne() {
    return equals(ONE);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Fq2 that && Arrays.equals(limbs, that.limbs);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(limbs);
  }

  @Override
  public String toString() {
    return c0() + " + " + c1() + " u";
  }
}
