package zk4j.core.internal.pairing;

import zk4j.core.internal.field.Fq2Kernels;
import zk4j.core.internal.field.Fq2Products;

/**
 * Arithmetic in Fq6 = Fq2[v]/(v^3 - xi), xi = 9 + u, on slots of long arrays: c0, c1, c2, each as
 * in {@link Fq2Kernels}. A product is wide (three wide elements of {@link Fq2Products}) until
 * {@link #reduce} makes it tight, so that a sum of products is reduced once.
 *
 * <p>An operand of a product is tight or a difference of two tight elements: limbs of at most U =
 * 2^52, coefficients below 3q. Then the columns of a product are below 2010U, and its coefficients
 * below 400 q^2, which leaves room in {@link Fq2Products#reduce} for elements with limbs of 20U and
 * coefficients of 18q: at 2^260 < 85q, these count less than 1600 q^2.
 *
 * <p>The last argument of an operation, s, is an array of scratch space, of which it uses the first
 * {@link #SCRATCH} longs. No operand or destination is there.
 */
final class Fq6Kernels {
  /** Longs an element takes. */
  static final int LIMBS = 3 * Fq2Kernels.LIMBS;

  /** Longs a wide element takes. */
  static final int WIDE = 3 * Fq2Products.WIDE;

  private static final int F = Fq2Kernels.LIMBS;
  private static final int W = Fq2Products.WIDE;

  // In s: products, a product of differences, and the differences.
  private static final int V0 = 0;
  private static final int V1 = W;
  private static final int V2 = 2 * W;
  private static final int V = 3 * W;
  private static final int D = 4 * W;
  private static final int E = D + F;

  /** Longs of scratch space. */
  static final int SCRATCH = E + F;

  private Fq6Kernels() {}

  /**
   * Wide t = x * y: 6 products in Fq2 (Karatsuba). t must not be x or y.
   *
   * <p>In units of U, columns of xi yi are at most 15 in c0 and 40 in c1, those of (xi - xj)(yj -
   * yi) 45 and 130. A sum of three, in c0 of t times xi = 9 + u, makes 9 * 210 + 75, and 40 for x0
   * y0.
   */
  static void mulWide(long[] t, int to, long[] x, int xo, long[] y, int yo, long[] s) {
    Fq2Products.mulWide(s, V0, x, xo, y, yo);
    Fq2Products.mulWide(s, V1, x, xo + F, y, yo + F);
    Fq2Products.mulWide(s, V2, x, xo + 2 * F, y, yo + 2 * F);
    cross(x, xo + F, xo + 2 * F, y, yo + F, yo + 2 * F, V1, V2, s);
    Fq2Products.addXiWide(t, to, s, V0, s, V); // x0 y0 + xi (x1 y2 + x2 y1)
    cross(x, xo, xo + F, y, yo, yo + F, V0, V1, s);
    Fq2Products.addXiWide(t, to + W, s, V, s, V2); // x0 y1 + x1 y0 + xi x2 y2
    cross(x, xo, xo + 2 * F, y, yo, yo + 2 * F, V0, V2, s);
    Fq2Products.addWide(t, to + 2 * W, s, V, s, V1); // x0 y2 + x2 y0 + x1 y1
  }

  /** V = (xi - xj)(yj - yi) + xi yi + xj yj = xi yj + xj yi, the last two products being in s. */
  private static void cross(
      long[] x, int xi, int xj, long[] y, int yi, int yj, int vi, int vj, long[] s) {
    Fq2Kernels.sub(s, D, x, xi, x, xj);
    Fq2Kernels.sub(s, E, y, yj, y, yi);
    Fq2Products.mulWide(s, V, s, D, s, E);
    Fq2Products.addBothWide(s, V, s, vi, s, vj);
  }

  /** Wide t = x * (y0 + y1 v), y being two elements of Fq2: 5 products. t must not be x or y. */
  static void mulSparseWide(long[] t, int to, long[] x, int xo, long[] y, int yo, long[] s) {
    Fq2Products.mulWide(s, V0, x, xo, y, yo);
    Fq2Products.mulWide(s, V1, x, xo + F, y, yo + F);
    cross(x, xo, xo + F, y, yo, yo + F, V0, V1, s);
    Fq2Products.mulWide(s, V2, x, xo + 2 * F, y, yo + F);
    Fq2Products.addXiWide(t, to, s, V0, s, V2); // x0 y0 + xi x2 y1
    System.arraycopy(s, V, t, to + W, W); // x0 y1 + x1 y0
    Fq2Products.mulWide(s, V2, x, xo + 2 * F, y, yo);
    Fq2Products.addWide(t, to + 2 * W, s, V2, s, V1); // x2 y0 + x1 y1
  }

  /** Wide t = x * y for y in Fq2. t must not be x or y. */
  static void mulFq2Wide(long[] t, int to, long[] x, int xo, long[] y, int yo) {
    Fq2Products.mulWide(t, to, x, xo, y, yo);
    Fq2Products.mulWide(t, to + W, x, xo + F, y, yo);
    Fq2Products.mulWide(t, to + 2 * W, x, xo + 2 * F, y, yo);
  }

  /** z = t, tight. */
  static void reduce(long[] z, int zo, long[] t, int to) {
    Fq2Products.reduce(z, zo, t, to);
    Fq2Products.reduce(z, zo + F, t, to + W);
    Fq2Products.reduce(z, zo + 2 * F, t, to + 2 * W);
  }

  /** Wide z = x + y. z may be x or y. */
  static void addWide(long[] z, int zo, long[] x, int xo, long[] y, int yo) {
    Fq2Products.addWide(z, zo, x, xo, y, yo);
    Fq2Products.addWide(z, zo + W, x, xo + W, y, yo + W);
    Fq2Products.addWide(z, zo + 2 * W, x, xo + 2 * W, y, yo + 2 * W);
  }

  /** Wide t = t + x for an element x. */
  static void addElement(long[] t, int to, long[] x, int xo) {
    Fq2Products.addElement(t, to, x, xo);
    Fq2Products.addElement(t, to + W, x, xo + F);
    Fq2Products.addElement(t, to + 2 * W, x, xo + 2 * F);
  }

  /** z = x + y, limb by limb. z may be x or y. */
  static void add(long[] z, int zo, long[] x, int xo, long[] y, int yo) {
    Fq2Kernels.add(z, zo, x, xo, y, yo);
    Fq2Kernels.add(z, zo + F, x, xo + F, y, yo + F);
    Fq2Kernels.add(z, zo + 2 * F, x, xo + 2 * F, y, yo + 2 * F);
  }

  /** z = x - y, limb by limb. z may be x or y. */
  static void sub(long[] z, int zo, long[] x, int xo, long[] y, int yo) {
    Fq2Kernels.sub(z, zo, x, xo, y, yo);
    Fq2Kernels.sub(z, zo + F, x, xo + F, y, yo + F);
    Fq2Kernels.sub(z, zo + 2 * F, x, xo + 2 * F, y, yo + 2 * F);
  }

  /** z = -x, limb by limb. z may be x. */
  static void neg(long[] z, int zo, long[] x, int xo) {
    Fq2Kernels.neg(z, zo, x, xo);
    Fq2Kernels.neg(z, zo + F, x, xo + F);
    Fq2Kernels.neg(z, zo + 2 * F, x, xo + 2 * F);
  }

  /** z = x, tight, from what {@link Fq2Kernels#tighten} takes. z may be x. */
  static void tighten(long[] z, int zo, long[] x, int xo) {
    Fq2Kernels.tighten(z, zo, x, xo);
    Fq2Kernels.tighten(z, zo + F, x, xo + F);
    Fq2Kernels.tighten(z, zo + 2 * F, x, xo + 2 * F);
  }

  /** z = v * x, limb by limb: ten times x's limbs in c0. z must not be x. */
  static void mulV(long[] z, int zo, long[] x, int xo) {
    Fq2Kernels.mulXi(z, zo, x, xo + 2 * F);
    System.arraycopy(x, xo, z, zo + F, 2 * F);
  }

  /**
   * z = 1/x, or 0 for 0, from the adjugate of multiplication by x. Tight to tight; z must not be x.
   */
  static void inv(long[] z, int zo, long[] x, int xo, long[] s) {
    int x1 = xo + F;
    int x2 = xo + 2 * F;
    Fq2Kernels.neg(s, D, x, x1);
    Fq2Products.sqrWide(s, V0, x, xo);
    Fq2Products.mulWide(s, V1, s, D, x, x2);
    Fq2Products.addXiWide(s, V0, s, V0, s, V1);
    Fq2Products.reduce(z, zo, s, V0); // a0 = x0^2 - xi x1 x2
    Fq2Products.sqrWide(s, V0, x, x2);
    Fq2Products.mulWide(s, V1, s, D, x, xo);
    Fq2Products.addXiWide(s, V1, s, V1, s, V0);
    Fq2Products.reduce(z, zo + F, s, V1); // a1 = xi x2^2 - x0 x1
    Fq2Products.sqrWide(s, V0, x, x1);
    Fq2Products.mulWide(s, V1, x, xo, x, x2);
    Fq2Products.subWide(s, V0, s, V0, s, V1);
    Fq2Products.reduce(z, zo + 2 * F, s, V0); // a2 = x1^2 - x0 x2
    Fq2Products.mulWide(s, V0, x, x2, z, zo + F);
    Fq2Products.mulWide(s, V1, x, x1, z, zo + 2 * F);
    Fq2Products.addWide(s, V0, s, V0, s, V1);
    Fq2Products.mulWide(s, V1, x, xo, z, zo);
    Fq2Products.addXiWide(s, V1, s, V1, s, V0);
    Fq2Products.reduce(s, D, s, V1); // x0 a0 + xi (x2 a1 + x1 a2)
    Fq2Kernels.inv(s, E, s, D);
    mulFq2Wide(s, V0, z, zo, s, E);
    reduce(z, zo, s, V0);
  }
}
