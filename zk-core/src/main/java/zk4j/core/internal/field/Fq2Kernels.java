package zk4j.core.internal.field;

/**
 * Arithmetic in Fq2 = Fq[u]/(u^2 + 1) on slots of long arrays: c0, then c1, each as in {@link
 * FqKernels} and with its bounds. An operand of a product is at most the sum or difference of two
 * tight elements. The destination of inv must not overlap its operand.
 */
public final class Fq2Kernels {
  /** Longs an element takes. */
  public static final int LIMBS = 2 * FqKernels.LIMBS;

  private static final int C1 = FqKernels.LIMBS;

  private Fq2Kernels() {}

  /** z = x * y. To tight; z may be x or y. */
  public static void mul(long[] z, int zo, long[] x, int xo, long[] y, int yo) {
    Fq2Products.mul(z, zo, x, xo, y, yo);
  }

  /** z = x * x. To tight; z may be x. */
  public static void sqr(long[] z, int zo, long[] x, int xo) {
    Fq2Products.sqr(z, zo, x, xo);
  }

  /** z = x + y, limb by limb. z may be x or y. */
  public static void add(long[] z, int zo, long[] x, int xo, long[] y, int yo) {
    FqKernels.add(z, zo, x, xo, y, yo);
    FqKernels.add(z, zo + C1, x, xo + C1, y, yo + C1);
  }

  /** z = x - y, limb by limb. z may be x or y. */
  public static void sub(long[] z, int zo, long[] x, int xo, long[] y, int yo) {
    FqKernels.sub(z, zo, x, xo, y, yo);
    FqKernels.sub(z, zo + C1, x, xo + C1, y, yo + C1);
  }

  /** z = -x, limb by limb. z may be x. */
  public static void neg(long[] z, int zo, long[] x, int xo) {
    FqKernels.neg(z, zo, x, xo);
    FqKernels.neg(z, zo + C1, x, xo + C1);
  }

  /** z = c0 - c1 u, limb by limb. z may be x. */
  public static void conj(long[] z, int zo, long[] x, int xo) {
    System.arraycopy(x, xo, z, zo, C1);
    FqKernels.neg(z, zo + C1, x, xo + C1);
  }

  /** z = (9 + u) x, limb by limb: ten times as long as x's. z may be x. */
  public static void mulXi(long[] z, int zo, long[] x, int xo) {
    for (int i = 0; i < C1; i++) {
      long c0 = x[xo + i];
      long c1 = x[xo + C1 + i];
      z[zo + i] = 9 * c0 - c1;
      z[zo + C1 + i] = 9 * c1 + c0;
    }
  }

  /** z = x * y for y in Fq. Loose to tight; z may be x. */
  public static void mulFq(long[] z, int zo, long[] x, int xo, long[] y, int yo) {
    FqKernels.mul(z, zo, x, xo, y, yo);
    FqKernels.mul(z, zo + C1, x, xo + C1, y, yo);
  }

  /** z = x, tight, as {@link FqKernels#tighten}. z may be x. */
  public static void tighten(long[] z, int zo, long[] x, int xo) {
    FqKernels.tighten(z, zo, x, xo);
    FqKernels.tighten(z, zo + C1, x, xo + C1);
  }

  /** z = x, canonical, as {@link FqKernels#canonical}. z may be x. */
  public static void canonical(long[] z, int zo, long[] x, int xo) {
    FqKernels.canonical(z, zo, x, xo);
    FqKernels.canonical(z, zo + C1, x, xo + C1);
  }

  /** z = 1/x = conj(x) / (c0^2 + c1^2), or 0 for 0. To tight. */
  public static void inv(long[] z, int zo, long[] x, int xo) {
    FqKernels.sqr(z, zo, x, xo);
    FqKernels.sqr(z, zo + C1, x, xo + C1);
    FqKernels.add(z, zo, z, zo, z, zo + C1);
    FqKernels.inv(z, zo, z, zo);
    FqKernels.neg(z, zo + C1, x, xo + C1);
    FqKernels.mul(z, zo + C1, z, zo + C1, z, zo);
    FqKernels.mul(z, zo, z, zo, x, xo);
  }

  /** Whether a canonical x is 0. */
  public static boolean isZero(long[] x, int xo) {
    return FqKernels.isZero(x, xo) && FqKernels.isZero(x, xo + C1);
  }

  /** Whether canonical x and y are equal. */
  public static boolean equal(long[] x, int xo, long[] y, int yo) {
    return FqKernels.equal(x, xo, y, yo) && FqKernels.equal(x, xo + C1, y, yo + C1);
  }

  /** z = x. */
  public static void copy(long[] z, int zo, long[] x, int xo) {
    System.arraycopy(x, xo, z, zo, LIMBS);
  }

  /** z = 0. */
  public static void setZero(long[] z, int zo) {
    FqKernels.setZero(z, zo);
    FqKernels.setZero(z, zo + C1);
  }

  /** z = 1, canonical. */
  public static void setOne(long[] z, int zo) {
    FqKernels.setOne(z, zo);
    FqKernels.setZero(z, zo + C1);
  }
}
