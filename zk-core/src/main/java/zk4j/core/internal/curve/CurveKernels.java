package zk4j.core.internal.curve;

import zk4j.core.internal.field.Fq2Kernels;
import zk4j.core.internal.field.FqKernels;
import zk4j.core.internal.field.Words;
import zk4j.core.internal.spi.Curve;

/**
 * Arithmetic on y^2 = x^3 + b, on slots of long arrays. Affine points are canonical x, y, infinity
 * being all zeros (which is not on the curve). Jacobian points are tight X, Y, Z for (X/Z^2,
 * Y/Z^3), infinity having the limbs of Z all zero; no other Z is a multiple of p, since the groups'
 * orders are odd. Every case is handled: infinity, equal and opposite points.
 *
 * <p>An instance owns its scratch space and is for one thread. Time depends on the points.
 */
public abstract class CurveKernels {
  /** In a pair, the absence of a second point. */
  public static final int NONE = -1;

  private static final long[] B1 = new long[FqKernels.LIMBS];
  private static final long[] B2 = new long[Fq2Kernels.LIMBS];

  static {
    FqKernels.fromWords(B1, 0, new long[] {3, 0, 0, 0}, 0);
    long[] xi = new long[Fq2Kernels.LIMBS];
    FqKernels.fromWords(xi, 0, new long[] {9, 0, 0, 0}, 0);
    FqKernels.setOne(xi, FqKernels.LIMBS);
    long[] inverse = new long[Fq2Kernels.LIMBS];
    Fq2Kernels.inv(inverse, 0, xi, 0);
    FqKernels.mul(B2, 0, inverse, 0, B1, 0);
    FqKernels.mul(B2, FqKernels.LIMBS, inverse, FqKernels.LIMBS, B1, 0);
    Fq2Kernels.canonical(B2, 0, B2, 0);
  }

  /** The kernels of a curve, for one thread. */
  public static CurveKernels of(Curve curve) {
    return curve == Curve.G1 ? new G1Kernels(B1) : new G2Kernels(B2);
  }

  /** The affine point whose coordinates are in words, in standard form. */
  public static long[] fromWords(Curve curve, long[] words) {
    int coordinates = curve.words() / Words.COUNT;
    long[] affine = new long[coordinates * FqKernels.LIMBS];
    for (int k = 0; k < coordinates; k++) {
      FqKernels.fromWords(affine, k * FqKernels.LIMBS, words, k * Words.COUNT);
    }
    return affine;
  }

  /** The curve. */
  public abstract Curve curve();

  /** Longs an affine point takes. */
  public abstract int affine();

  /** Longs a Jacobian point takes. */
  public abstract int jacobian();

  /** Whether an affine point that is not infinity satisfies the equation. */
  public abstract boolean isOnCurve(long[] p, int po);

  /** Whether an affine point is infinity. */
  public abstract boolean isInfinity(long[] p, int po);

  /**
   * Affine sums of pairs of affine points: point outAt + k of out = left + right, where left =
   * pairs[2k] and right = pairs[2k + 1] are 2 * index + (1 for the negated point), or right is
   * {@link #NONE}. Six multiplications a pair and one inversion a batch: Montgomery's trick on the
   * chord's and the tangent's denominators. out must not be in.
   */
  public abstract void addPairs(long[] out, int outAt, long[] in, int[] pairs, int count);

  /** Jacobian z = affine p. */
  public abstract void toJacobian(long[] z, int zo, long[] p, int po);

  /** Affine z = Jacobian p. One inversion. */
  public abstract void toAffine(long[] z, int zo, long[] p, int po);

  /** Jacobian p = infinity. */
  public abstract void setInfinity(long[] p, int po);

  /** Jacobian p = 2p. 2M + 5S (dbl-2009-l). */
  public abstract void twice(long[] p, int po);

  /** Jacobian p = p + q. 12M + 4S. q may be p. */
  public abstract void add(long[] p, int po, long[] q, int qo);

  /** Jacobian p = p + affine q. 8M + 3S. */
  public abstract void addMixed(long[] p, int po, long[] q, int qo);

  /** Jacobian p = -p. */
  public abstract void negate(long[] p, int po);

  /**
   * Jacobian z = the sum of scalars times affine points, which share their doublings (Möller,
   * "Algorithms for multi-exponentiation", SAC 2001).
   */
  public void sum(long[] z, int zo, long[] points, SignedDigits... scalars) {
    int size = jacobian();
    int bits = 0;
    long[][] odd = new long[scalars.length][]; // P, 3P, 5P, ..
    long[] twice = new long[size];
    for (int k = 0; k < scalars.length; k++) {
      odd[k] = new long[scalars[k].odd() * size];
      toJacobian(odd[k], 0, points, k * affine());
      System.arraycopy(odd[k], 0, twice, 0, size);
      twice(twice, 0);
      for (int at = size; at < odd[k].length; at += size) {
        System.arraycopy(odd[k], at - size, odd[k], at, size);
        add(odd[k], at, twice, 0);
      }
      bits = Math.max(bits, scalars[k].length());
    }
    setInfinity(z, zo);
    for (int i = bits - 1; i >= 0; i--) {
      twice(z, zo);
      for (int k = 0; k < scalars.length; k++) {
        int digit = scalars[k].digit(i);
        if (digit > 0) {
          add(z, zo, odd[k], (digit >> 1) * size);
        } else if (digit < 0) {
          System.arraycopy(odd[k], (-digit >> 1) * size, twice, 0, size);
          negate(twice, 0);
          add(z, zo, twice, 0);
        }
      }
    }
  }
}
