package zk4j.core.internal.field;

import java.util.Arrays;

/**
 * Arithmetic in BN254's scalar field (p = r) on slots of long arrays; see FieldKernelsEmitter.
 *
 * <p>An element x takes five limbs of 52 bits, least significant first, that hold x * 2^260
 * (Montgomery form). Limbs are signed and bounds are loose, so that sums and differences need no
 * carries:
 *
 * <ul>
 *   <li><i>canonical</i>: in [0, p), limbs in [0, 2^52): what is stored and compared;
 *   <li><i>tight</i>: in (-p, 2p), limbs 0..3 in [0, 2^52): what a product is;
 *   <li><i>loose</i>: in (-9p, 9p), limbs in (-2^55, 2^55): what a product takes. A sum or
 *       difference of four tight elements is loose.
 * </ul>
 *
 * <p>The high half of a limb product is {@code multiplyHigh(x << 8, y << 4)}, the floor of x * y /
 * 2^52; the low half is {@code (x * y) & MASK}; both hold for signed limbs. A column sums at most
 * 10 high halves below 2^58 and 10 low halves below 2^52: below 2^62.
 */
public final class FrKernels {
  /** Longs an element takes. */
  public static final int LIMBS = 5;

  private static final long MASK = (1L << 52) - 1;
  private static final long P0 = 0x1f593f0000001L;
  private static final long P1 = 0x4879b9709143eL;
  private static final long P2 = 0x181585d2833e8L;
  private static final long P3 = 0xa029b85045b68L;
  private static final long P4 = 0x30644e72e131L;
  private static final long H0 = P0 << 8;
  private static final long H1 = P1 << 8;
  private static final long H2 = P2 << 8;
  private static final long H3 = P3 << 8;
  private static final long H4 = P4 << 8;

  /** -1/p mod 2^52. */
  private static final long N0 = 0x1f593efffffffL;

  /** 2^57 / (p / 2^208), rounded down: estimates quotients by p from the top limb. */
  private static final long TOP = 0xa94L;

  /** p in four words, least significant first. */
  private static final long[] WORDS = {
    0x43e1f593f0000001L, 0x2833e84879b97091L, 0xb85045b68181585dL, 0x30644e72e131a029L
  };

  /** 1: 2^260 mod p. */
  private static final long[] ONE = {
    0xb6b753fffffacL, 0x380f271055b9dL, 0x18f016ecef7c8L, 0x724f85a9201d8L, 0x1f16424e1bb7L
  };

  /** 2^520 mod p: a product with it enters Montgomery form. */
  private static final long[] ENTER = {
    0xb852d16da6f5L, 0xc621620cddce3L, 0xaf1b95343ffb6L, 0xc3c15e103e7c2L, 0x281528fa122L
  };

  /** 2^520 / (x * 2^260) = 1/x * 2^260. */
  private static final Inversion INVERSION = new Inversion(new long[] {P0, P1, P2, P3, P4}, ENTER);

  /** 1, not in Montgomery form: a product with it leaves Montgomery form. */
  private static final long[] LEAVE = {0x1L, 0x0L, 0x0L, 0x0L, 0x0L};

  /** 2^264 mod p: a product with it takes x * 2^256 to x * 2^260. */
  private static final long[] FROM_256 = {
    0x31f8c9ffffab6L, 0xac31329faef6eL, 0x9e2a3495d7570L, 0xe357276f48b70L, 0xd791464ef86L
  };

  /** 2^256 mod p: a product with it takes x * 2^260 to x * 2^256. */
  private static final long[] TO_256 = {
    0x6341c4ffffffbL, 0x959f60cd29ac9L, 0x879462e36fc76L, 0xdf2f666ea36f7L, 0xe0a77c19a07L
  };

  private FrKernels() {}

  /** z = x * y. Loose to tight; z may be x or y. */
  public static void mul(long[] z, int zo, long[] x, int xo, long[] y, int yo) {
    long x0 = x[xo];
    long hx0 = x0 << 8;
    long x1 = x[xo + 1];
    long hx1 = x1 << 8;
    long x2 = x[xo + 2];
    long hx2 = x2 << 8;
    long x3 = x[xo + 3];
    long hx3 = x3 << 8;
    long x4 = x[xo + 4];
    long hx4 = x4 << 8;
    long t0 = 0;
    long t1 = 0;
    long t2 = 0;
    long t3 = 0;
    long t4 = 0;
    long t5 = 0;
    long t6 = 0;
    long t7 = 0;
    long t8 = 0;
    long t9 = 0;

    long b0 = y[yo];
    long hb0 = b0 << 4;
    t0 += (x0 * b0) & MASK;
    t1 += Math.multiplyHigh(hx0, hb0);
    t1 += (x1 * b0) & MASK;
    t2 += Math.multiplyHigh(hx1, hb0);
    t2 += (x2 * b0) & MASK;
    t3 += Math.multiplyHigh(hx2, hb0);
    t3 += (x3 * b0) & MASK;
    t4 += Math.multiplyHigh(hx3, hb0);
    t4 += (x4 * b0) & MASK;
    t5 += Math.multiplyHigh(hx4, hb0);
    long m0 = (t0 * N0) & MASK;
    long hm0 = m0 << 4;
    t0 += (m0 * P0) & MASK;
    t1 += Math.multiplyHigh(H0, hm0);
    t1 += (m0 * P1) & MASK;
    t2 += Math.multiplyHigh(H1, hm0);
    t2 += (m0 * P2) & MASK;
    t3 += Math.multiplyHigh(H2, hm0);
    t3 += (m0 * P3) & MASK;
    t4 += Math.multiplyHigh(H3, hm0);
    t4 += (m0 * P4) & MASK;
    t5 += Math.multiplyHigh(H4, hm0);
    t1 += t0 >> 52;

    long b1 = y[yo + 1];
    long hb1 = b1 << 4;
    t1 += (x0 * b1) & MASK;
    t2 += Math.multiplyHigh(hx0, hb1);
    t2 += (x1 * b1) & MASK;
    t3 += Math.multiplyHigh(hx1, hb1);
    t3 += (x2 * b1) & MASK;
    t4 += Math.multiplyHigh(hx2, hb1);
    t4 += (x3 * b1) & MASK;
    t5 += Math.multiplyHigh(hx3, hb1);
    t5 += (x4 * b1) & MASK;
    t6 += Math.multiplyHigh(hx4, hb1);
    long m1 = (t1 * N0) & MASK;
    long hm1 = m1 << 4;
    t1 += (m1 * P0) & MASK;
    t2 += Math.multiplyHigh(H0, hm1);
    t2 += (m1 * P1) & MASK;
    t3 += Math.multiplyHigh(H1, hm1);
    t3 += (m1 * P2) & MASK;
    t4 += Math.multiplyHigh(H2, hm1);
    t4 += (m1 * P3) & MASK;
    t5 += Math.multiplyHigh(H3, hm1);
    t5 += (m1 * P4) & MASK;
    t6 += Math.multiplyHigh(H4, hm1);
    t2 += t1 >> 52;

    long b2 = y[yo + 2];
    long hb2 = b2 << 4;
    t2 += (x0 * b2) & MASK;
    t3 += Math.multiplyHigh(hx0, hb2);
    t3 += (x1 * b2) & MASK;
    t4 += Math.multiplyHigh(hx1, hb2);
    t4 += (x2 * b2) & MASK;
    t5 += Math.multiplyHigh(hx2, hb2);
    t5 += (x3 * b2) & MASK;
    t6 += Math.multiplyHigh(hx3, hb2);
    t6 += (x4 * b2) & MASK;
    t7 += Math.multiplyHigh(hx4, hb2);
    long m2 = (t2 * N0) & MASK;
    long hm2 = m2 << 4;
    t2 += (m2 * P0) & MASK;
    t3 += Math.multiplyHigh(H0, hm2);
    t3 += (m2 * P1) & MASK;
    t4 += Math.multiplyHigh(H1, hm2);
    t4 += (m2 * P2) & MASK;
    t5 += Math.multiplyHigh(H2, hm2);
    t5 += (m2 * P3) & MASK;
    t6 += Math.multiplyHigh(H3, hm2);
    t6 += (m2 * P4) & MASK;
    t7 += Math.multiplyHigh(H4, hm2);
    t3 += t2 >> 52;

    long b3 = y[yo + 3];
    long hb3 = b3 << 4;
    t3 += (x0 * b3) & MASK;
    t4 += Math.multiplyHigh(hx0, hb3);
    t4 += (x1 * b3) & MASK;
    t5 += Math.multiplyHigh(hx1, hb3);
    t5 += (x2 * b3) & MASK;
    t6 += Math.multiplyHigh(hx2, hb3);
    t6 += (x3 * b3) & MASK;
    t7 += Math.multiplyHigh(hx3, hb3);
    t7 += (x4 * b3) & MASK;
    t8 += Math.multiplyHigh(hx4, hb3);
    long m3 = (t3 * N0) & MASK;
    long hm3 = m3 << 4;
    t3 += (m3 * P0) & MASK;
    t4 += Math.multiplyHigh(H0, hm3);
    t4 += (m3 * P1) & MASK;
    t5 += Math.multiplyHigh(H1, hm3);
    t5 += (m3 * P2) & MASK;
    t6 += Math.multiplyHigh(H2, hm3);
    t6 += (m3 * P3) & MASK;
    t7 += Math.multiplyHigh(H3, hm3);
    t7 += (m3 * P4) & MASK;
    t8 += Math.multiplyHigh(H4, hm3);
    t4 += t3 >> 52;

    long b4 = y[yo + 4];
    long hb4 = b4 << 4;
    t4 += (x0 * b4) & MASK;
    t5 += Math.multiplyHigh(hx0, hb4);
    t5 += (x1 * b4) & MASK;
    t6 += Math.multiplyHigh(hx1, hb4);
    t6 += (x2 * b4) & MASK;
    t7 += Math.multiplyHigh(hx2, hb4);
    t7 += (x3 * b4) & MASK;
    t8 += Math.multiplyHigh(hx3, hb4);
    t8 += (x4 * b4) & MASK;
    t9 += Math.multiplyHigh(hx4, hb4);
    long m4 = (t4 * N0) & MASK;
    long hm4 = m4 << 4;
    t4 += (m4 * P0) & MASK;
    t5 += Math.multiplyHigh(H0, hm4);
    t5 += (m4 * P1) & MASK;
    t6 += Math.multiplyHigh(H1, hm4);
    t6 += (m4 * P2) & MASK;
    t7 += Math.multiplyHigh(H2, hm4);
    t7 += (m4 * P3) & MASK;
    t8 += Math.multiplyHigh(H3, hm4);
    t8 += (m4 * P4) & MASK;
    t9 += Math.multiplyHigh(H4, hm4);
    t5 += t4 >> 52;

    t6 += t5 >> 52;
    z[zo] = t5 & MASK;
    t7 += t6 >> 52;
    z[zo + 1] = t6 & MASK;
    t8 += t7 >> 52;
    z[zo + 2] = t7 & MASK;
    t9 += t8 >> 52;
    z[zo + 3] = t8 & MASK;
    z[zo + 4] = t9;
  }

  /** z = x * x. Loose to tight; z may be x. */
  public static void sqr(long[] z, int zo, long[] x, int xo) {
    long x0 = x[xo];
    long hx0 = x0 << 8;
    long x1 = x[xo + 1];
    long hx1 = x1 << 8;
    long x2 = x[xo + 2];
    long hx2 = x2 << 8;
    long x3 = x[xo + 3];
    long hx3 = x3 << 8;
    long x4 = x[xo + 4];
    long hx4 = x4 << 8;
    long d1 = x1 << 1;
    long e1 = x1 << 5;
    long d2 = x2 << 1;
    long e2 = x2 << 5;
    long d3 = x3 << 1;
    long e3 = x3 << 5;
    long d4 = x4 << 1;
    long e4 = x4 << 5;
    long t0 = 0;
    long t1 = 0;
    long t2 = 0;
    long t3 = 0;
    long t4 = 0;
    long t5 = 0;
    long t6 = 0;
    long t7 = 0;
    long t8 = 0;
    long t9 = 0;

    t0 += (x0 * x0) & MASK;
    t1 += Math.multiplyHigh(hx0, x0 << 4);
    t1 += (x0 * d1) & MASK;
    t2 += Math.multiplyHigh(hx0, e1);
    t2 += (x0 * d2) & MASK;
    t3 += Math.multiplyHigh(hx0, e2);
    t3 += (x0 * d3) & MASK;
    t4 += Math.multiplyHigh(hx0, e3);
    t4 += (x0 * d4) & MASK;
    t5 += Math.multiplyHigh(hx0, e4);
    t2 += (x1 * x1) & MASK;
    t3 += Math.multiplyHigh(hx1, x1 << 4);
    t3 += (x1 * d2) & MASK;
    t4 += Math.multiplyHigh(hx1, e2);
    t4 += (x1 * d3) & MASK;
    t5 += Math.multiplyHigh(hx1, e3);
    t5 += (x1 * d4) & MASK;
    t6 += Math.multiplyHigh(hx1, e4);
    t4 += (x2 * x2) & MASK;
    t5 += Math.multiplyHigh(hx2, x2 << 4);
    t5 += (x2 * d3) & MASK;
    t6 += Math.multiplyHigh(hx2, e3);
    t6 += (x2 * d4) & MASK;
    t7 += Math.multiplyHigh(hx2, e4);
    t6 += (x3 * x3) & MASK;
    t7 += Math.multiplyHigh(hx3, x3 << 4);
    t7 += (x3 * d4) & MASK;
    t8 += Math.multiplyHigh(hx3, e4);
    t8 += (x4 * x4) & MASK;
    t9 += Math.multiplyHigh(hx4, x4 << 4);

    long m0 = (t0 * N0) & MASK;
    long hm0 = m0 << 4;
    t0 += (m0 * P0) & MASK;
    t1 += Math.multiplyHigh(H0, hm0);
    t1 += (m0 * P1) & MASK;
    t2 += Math.multiplyHigh(H1, hm0);
    t2 += (m0 * P2) & MASK;
    t3 += Math.multiplyHigh(H2, hm0);
    t3 += (m0 * P3) & MASK;
    t4 += Math.multiplyHigh(H3, hm0);
    t4 += (m0 * P4) & MASK;
    t5 += Math.multiplyHigh(H4, hm0);
    t1 += t0 >> 52;

    long m1 = (t1 * N0) & MASK;
    long hm1 = m1 << 4;
    t1 += (m1 * P0) & MASK;
    t2 += Math.multiplyHigh(H0, hm1);
    t2 += (m1 * P1) & MASK;
    t3 += Math.multiplyHigh(H1, hm1);
    t3 += (m1 * P2) & MASK;
    t4 += Math.multiplyHigh(H2, hm1);
    t4 += (m1 * P3) & MASK;
    t5 += Math.multiplyHigh(H3, hm1);
    t5 += (m1 * P4) & MASK;
    t6 += Math.multiplyHigh(H4, hm1);
    t2 += t1 >> 52;

    long m2 = (t2 * N0) & MASK;
    long hm2 = m2 << 4;
    t2 += (m2 * P0) & MASK;
    t3 += Math.multiplyHigh(H0, hm2);
    t3 += (m2 * P1) & MASK;
    t4 += Math.multiplyHigh(H1, hm2);
    t4 += (m2 * P2) & MASK;
    t5 += Math.multiplyHigh(H2, hm2);
    t5 += (m2 * P3) & MASK;
    t6 += Math.multiplyHigh(H3, hm2);
    t6 += (m2 * P4) & MASK;
    t7 += Math.multiplyHigh(H4, hm2);
    t3 += t2 >> 52;

    long m3 = (t3 * N0) & MASK;
    long hm3 = m3 << 4;
    t3 += (m3 * P0) & MASK;
    t4 += Math.multiplyHigh(H0, hm3);
    t4 += (m3 * P1) & MASK;
    t5 += Math.multiplyHigh(H1, hm3);
    t5 += (m3 * P2) & MASK;
    t6 += Math.multiplyHigh(H2, hm3);
    t6 += (m3 * P3) & MASK;
    t7 += Math.multiplyHigh(H3, hm3);
    t7 += (m3 * P4) & MASK;
    t8 += Math.multiplyHigh(H4, hm3);
    t4 += t3 >> 52;

    long m4 = (t4 * N0) & MASK;
    long hm4 = m4 << 4;
    t4 += (m4 * P0) & MASK;
    t5 += Math.multiplyHigh(H0, hm4);
    t5 += (m4 * P1) & MASK;
    t6 += Math.multiplyHigh(H1, hm4);
    t6 += (m4 * P2) & MASK;
    t7 += Math.multiplyHigh(H2, hm4);
    t7 += (m4 * P3) & MASK;
    t8 += Math.multiplyHigh(H3, hm4);
    t8 += (m4 * P4) & MASK;
    t9 += Math.multiplyHigh(H4, hm4);
    t5 += t4 >> 52;

    t6 += t5 >> 52;
    z[zo] = t5 & MASK;
    t7 += t6 >> 52;
    z[zo + 1] = t6 & MASK;
    t8 += t7 >> 52;
    z[zo + 2] = t7 & MASK;
    t9 += t8 >> 52;
    z[zo + 3] = t8 & MASK;
    z[zo + 4] = t9;
  }

  /**
   * z = x_0 * y_0 + .. + x_(n-1) * y_(n-1), elements following each other, reduced once; n is at
   * most 48. From x in (-p, 5p) with limbs 0..3 in [0, 2^53), and y canonical, to z in (-p, 4p)
   * with limbs 0..3 in [0, 2^52). z may be one of x or y.
   */
  public static void sumOfProducts(long[] z, int zo, long[] x, int xo, long[] y, int yo, int n) {
    long t0 = 0;
    long t1 = 0;
    long t2 = 0;
    long t3 = 0;
    long t4 = 0;
    long t5 = 0;
    long t6 = 0;
    long t7 = 0;
    long t8 = 0;
    long t9 = 0;
    int end = xo + n * LIMBS;
    for (int i = xo, j = yo; i < end; i += LIMBS, j += LIMBS) {
      long x0 = x[i];
      long hx0 = x0 << 8;
      long x1 = x[i + 1];
      long hx1 = x1 << 8;
      long x2 = x[i + 2];
      long hx2 = x2 << 8;
      long x3 = x[i + 3];
      long hx3 = x3 << 8;
      long x4 = x[i + 4];
      long hx4 = x4 << 8;
      long b0 = y[j];
      long hb0 = b0 << 4;
      t0 += (x0 * b0) & MASK;
      t1 += Math.multiplyHigh(hx0, hb0);
      t1 += (x1 * b0) & MASK;
      t2 += Math.multiplyHigh(hx1, hb0);
      t2 += (x2 * b0) & MASK;
      t3 += Math.multiplyHigh(hx2, hb0);
      t3 += (x3 * b0) & MASK;
      t4 += Math.multiplyHigh(hx3, hb0);
      t4 += (x4 * b0) & MASK;
      t5 += Math.multiplyHigh(hx4, hb0);
      long b1 = y[j + 1];
      long hb1 = b1 << 4;
      t1 += (x0 * b1) & MASK;
      t2 += Math.multiplyHigh(hx0, hb1);
      t2 += (x1 * b1) & MASK;
      t3 += Math.multiplyHigh(hx1, hb1);
      t3 += (x2 * b1) & MASK;
      t4 += Math.multiplyHigh(hx2, hb1);
      t4 += (x3 * b1) & MASK;
      t5 += Math.multiplyHigh(hx3, hb1);
      t5 += (x4 * b1) & MASK;
      t6 += Math.multiplyHigh(hx4, hb1);
      long b2 = y[j + 2];
      long hb2 = b2 << 4;
      t2 += (x0 * b2) & MASK;
      t3 += Math.multiplyHigh(hx0, hb2);
      t3 += (x1 * b2) & MASK;
      t4 += Math.multiplyHigh(hx1, hb2);
      t4 += (x2 * b2) & MASK;
      t5 += Math.multiplyHigh(hx2, hb2);
      t5 += (x3 * b2) & MASK;
      t6 += Math.multiplyHigh(hx3, hb2);
      t6 += (x4 * b2) & MASK;
      t7 += Math.multiplyHigh(hx4, hb2);
      long b3 = y[j + 3];
      long hb3 = b3 << 4;
      t3 += (x0 * b3) & MASK;
      t4 += Math.multiplyHigh(hx0, hb3);
      t4 += (x1 * b3) & MASK;
      t5 += Math.multiplyHigh(hx1, hb3);
      t5 += (x2 * b3) & MASK;
      t6 += Math.multiplyHigh(hx2, hb3);
      t6 += (x3 * b3) & MASK;
      t7 += Math.multiplyHigh(hx3, hb3);
      t7 += (x4 * b3) & MASK;
      t8 += Math.multiplyHigh(hx4, hb3);
      long b4 = y[j + 4];
      long hb4 = b4 << 4;
      t4 += (x0 * b4) & MASK;
      t5 += Math.multiplyHigh(hx0, hb4);
      t5 += (x1 * b4) & MASK;
      t6 += Math.multiplyHigh(hx1, hb4);
      t6 += (x2 * b4) & MASK;
      t7 += Math.multiplyHigh(hx2, hb4);
      t7 += (x3 * b4) & MASK;
      t8 += Math.multiplyHigh(hx3, hb4);
      t8 += (x4 * b4) & MASK;
      t9 += Math.multiplyHigh(hx4, hb4);
    }

    long m0 = (t0 * N0) & MASK;
    long hm0 = m0 << 4;
    t0 += (m0 * P0) & MASK;
    t1 += Math.multiplyHigh(H0, hm0);
    t1 += (m0 * P1) & MASK;
    t2 += Math.multiplyHigh(H1, hm0);
    t2 += (m0 * P2) & MASK;
    t3 += Math.multiplyHigh(H2, hm0);
    t3 += (m0 * P3) & MASK;
    t4 += Math.multiplyHigh(H3, hm0);
    t4 += (m0 * P4) & MASK;
    t5 += Math.multiplyHigh(H4, hm0);
    t1 += t0 >> 52;

    long m1 = (t1 * N0) & MASK;
    long hm1 = m1 << 4;
    t1 += (m1 * P0) & MASK;
    t2 += Math.multiplyHigh(H0, hm1);
    t2 += (m1 * P1) & MASK;
    t3 += Math.multiplyHigh(H1, hm1);
    t3 += (m1 * P2) & MASK;
    t4 += Math.multiplyHigh(H2, hm1);
    t4 += (m1 * P3) & MASK;
    t5 += Math.multiplyHigh(H3, hm1);
    t5 += (m1 * P4) & MASK;
    t6 += Math.multiplyHigh(H4, hm1);
    t2 += t1 >> 52;

    long m2 = (t2 * N0) & MASK;
    long hm2 = m2 << 4;
    t2 += (m2 * P0) & MASK;
    t3 += Math.multiplyHigh(H0, hm2);
    t3 += (m2 * P1) & MASK;
    t4 += Math.multiplyHigh(H1, hm2);
    t4 += (m2 * P2) & MASK;
    t5 += Math.multiplyHigh(H2, hm2);
    t5 += (m2 * P3) & MASK;
    t6 += Math.multiplyHigh(H3, hm2);
    t6 += (m2 * P4) & MASK;
    t7 += Math.multiplyHigh(H4, hm2);
    t3 += t2 >> 52;

    long m3 = (t3 * N0) & MASK;
    long hm3 = m3 << 4;
    t3 += (m3 * P0) & MASK;
    t4 += Math.multiplyHigh(H0, hm3);
    t4 += (m3 * P1) & MASK;
    t5 += Math.multiplyHigh(H1, hm3);
    t5 += (m3 * P2) & MASK;
    t6 += Math.multiplyHigh(H2, hm3);
    t6 += (m3 * P3) & MASK;
    t7 += Math.multiplyHigh(H3, hm3);
    t7 += (m3 * P4) & MASK;
    t8 += Math.multiplyHigh(H4, hm3);
    t4 += t3 >> 52;

    long m4 = (t4 * N0) & MASK;
    long hm4 = m4 << 4;
    t4 += (m4 * P0) & MASK;
    t5 += Math.multiplyHigh(H0, hm4);
    t5 += (m4 * P1) & MASK;
    t6 += Math.multiplyHigh(H1, hm4);
    t6 += (m4 * P2) & MASK;
    t7 += Math.multiplyHigh(H2, hm4);
    t7 += (m4 * P3) & MASK;
    t8 += Math.multiplyHigh(H3, hm4);
    t8 += (m4 * P4) & MASK;
    t9 += Math.multiplyHigh(H4, hm4);
    t5 += t4 >> 52;

    t6 += t5 >> 52;
    z[zo] = t5 & MASK;
    t7 += t6 >> 52;
    z[zo + 1] = t6 & MASK;
    t8 += t7 >> 52;
    z[zo + 2] = t7 & MASK;
    t9 += t8 >> 52;
    z[zo + 3] = t8 & MASK;
    z[zo + 4] = t9;
  }

  /** z = x + y, limb by limb: bounds add up. */
  public static void add(long[] z, int zo, long[] x, int xo, long[] y, int yo) {
    z[zo] = x[xo] + y[yo];
    z[zo + 1] = x[xo + 1] + y[yo + 1];
    z[zo + 2] = x[xo + 2] + y[yo + 2];
    z[zo + 3] = x[xo + 3] + y[yo + 3];
    z[zo + 4] = x[xo + 4] + y[yo + 4];
  }

  /** z = x - y, limb by limb: bounds add up. */
  public static void sub(long[] z, int zo, long[] x, int xo, long[] y, int yo) {
    z[zo] = x[xo] - y[yo];
    z[zo + 1] = x[xo + 1] - y[yo + 1];
    z[zo + 2] = x[xo + 2] - y[yo + 2];
    z[zo + 3] = x[xo + 3] - y[yo + 3];
    z[zo + 4] = x[xo + 4] - y[yo + 4];
  }

  /** z = -x, limb by limb. */
  public static void neg(long[] z, int zo, long[] x, int xo) {
    z[zo] = -x[xo];
    z[zo + 1] = -x[xo + 1];
    z[zo + 2] = -x[xo + 2];
    z[zo + 3] = -x[xo + 3];
    z[zo + 4] = -x[xo + 4];
  }

  /**
   * z = x, brought into (-p/64, 65p/64) with limbs 0..3 in [0, 2^52), from (-32p, 32p) and limbs
   * below 2^60. The top limb, below 2^51, misses x/2^208 by less than 1, and TOP misses 2^265/p by
   * less than 1, so the quotient before rounding down is wrong by less than 2^-6. z may be x.
   */
  public static void tighten(long[] z, int zo, long[] x, int xo) {
    long t0 = x[xo];
    long t1 = x[xo + 1] + (t0 >> 52);
    long t2 = x[xo + 2] + (t1 >> 52);
    long t3 = x[xo + 3] + (t2 >> 52);
    long t4 = x[xo + 4] + (t3 >> 52);
    long q = (t4 * TOP) >> 57;
    t0 = (t0 & MASK) - q * P0;
    t1 = (t1 & MASK) - q * P1 + (t0 >> 52);
    t2 = (t2 & MASK) - q * P2 + (t1 >> 52);
    t3 = (t3 & MASK) - q * P3 + (t2 >> 52);
    z[zo] = t0 & MASK;
    z[zo + 1] = t1 & MASK;
    z[zo + 2] = t2 & MASK;
    z[zo + 3] = t3 & MASK;
    z[zo + 4] = t4 - q * P4 + (t3 >> 52);
  }

  /** z = x mod p, canonical, from what {@link #tighten} takes. z may be x. */
  public static void canonical(long[] z, int zo, long[] x, int xo) {
    tighten(z, zo, x, xo);
    if (z[zo + 4] < 0) {
      addMultipleOfP(z, zo, 1);
    } else if (z[zo + 4] >= P4) { // hardly ever true of a value below p
      addMultipleOfP(z, zo, -1);
      if (z[zo + 4] < 0) {
        addMultipleOfP(z, zo, 1);
      }
    }
  }

  private static void addMultipleOfP(long[] z, int zo, long k) {
    long t0 = z[zo] + k * P0;
    long t1 = z[zo + 1] + k * P1 + (t0 >> 52);
    long t2 = z[zo + 2] + k * P2 + (t1 >> 52);
    long t3 = z[zo + 3] + k * P3 + (t2 >> 52);
    z[zo] = t0 & MASK;
    z[zo + 1] = t1 & MASK;
    z[zo + 2] = t2 & MASK;
    z[zo + 3] = t3 & MASK;
    z[zo + 4] += k * P4 + (t3 >> 52);
  }

  /** Whether a canonical x is 0. */
  public static boolean isZero(long[] x, int xo) {
    return (x[xo] | x[xo + 1] | x[xo + 2] | x[xo + 3] | x[xo + 4]) == 0;
  }

  /** Whether canonical x and y are equal. */
  public static boolean equal(long[] x, int xo, long[] y, int yo) {
    return ((x[xo] ^ y[yo])
            | (x[xo + 1] ^ y[yo + 1])
            | (x[xo + 2] ^ y[yo + 2])
            | (x[xo + 3] ^ y[yo + 3])
            | (x[xo + 4] ^ y[yo + 4]))
        == 0;
  }

  /** z = x. */
  public static void copy(long[] z, int zo, long[] x, int xo) {
    System.arraycopy(x, xo, z, zo, LIMBS);
  }

  /** z = 0. */
  public static void setZero(long[] z, int zo) {
    Arrays.fill(z, zo, zo + LIMBS, 0);
  }

  /** z = 1, canonical. */
  public static void setOne(long[] z, int zo) {
    copy(z, zo, ONE, 0);
  }

  /**
   * z = x to the power of an exponent in words, least significant first. Loose to tight; z may be
   * x. Takes time that depends on the exponent.
   */
  public static void pow(long[] z, int zo, long[] x, int xo, long[] exponent) {
    long[] table = new long[17 * LIMBS]; // x^0..x^15, then the accumulator
    setOne(table, 0);
    for (int i = 1; i < 16; i++) {
      mul(table, i * LIMBS, table, (i - 1) * LIMBS, x, xo);
    }
    int acc = 16 * LIMBS;
    setOne(table, acc);
    for (int i = 16 * exponent.length - 1; i >= 0; i--) {
      for (int k = 0; k < 4; k++) {
        sqr(table, acc, table, acc);
      }
      int digit = (int) (exponent[i >> 4] >>> (4 * (i & 15))) & 15;
      if (digit != 0) {
        mul(table, acc, table, acc, table, digit * LIMBS);
      }
    }
    copy(z, zo, table, acc);
  }

  /** z = 1/x, or 0 for 0. Loose to canonical; z may be x. Takes time that depends on x. */
  public static void inv(long[] z, int zo, long[] x, int xo) {
    canonical(z, zo, x, xo);
    INVERSION.divide(z, zo, z, zo);
  }

  /** Whether four words, least significant first, are below p. */
  public static boolean inRange(long[] words, int wo) {
    for (int i = 3; i >= 0; i--) {
      int order = Long.compareUnsigned(words[wo + i], WORDS[i]);
      if (order != 0) {
        return order < 0;
      }
    }
    return false;
  }

  /** z = the number in four words, canonical. */
  public static void fromWords(long[] z, int zo, long[] words, int wo) {
    split(z, zo, words, wo);
    mul(z, zo, z, zo, ENTER, 0);
    canonical(z, zo, z, zo);
  }

  /** The number of a loose x in four words. */
  public static void toWords(long[] words, int wo, long[] x, int xo) {
    join(words, wo, x, xo, LEAVE);
  }

  /** z = w / 2^256 for the number w in four words, canonical. */
  public static void fromMontgomery256(long[] z, int zo, long[] words, int wo) {
    split(z, zo, words, wo);
    mul(z, zo, z, zo, FROM_256, 0);
    canonical(z, zo, z, zo);
  }

  /** The number x * 2^256 mod p of a loose x in four words. */
  public static void toMontgomery256(long[] words, int wo, long[] x, int xo) {
    join(words, wo, x, xo, TO_256);
  }

  private static void split(long[] z, int zo, long[] words, int wo) {
    long w0 = words[wo];
    long w1 = words[wo + 1];
    long w2 = words[wo + 2];
    long w3 = words[wo + 3];
    z[zo] = w0 & MASK;
    z[zo + 1] = ((w0 >>> 52) | (w1 << 12)) & MASK;
    z[zo + 2] = ((w1 >>> 40) | (w2 << 24)) & MASK;
    z[zo + 3] = ((w2 >>> 28) | (w3 << 36)) & MASK;
    z[zo + 4] = w3 >>> 16;
  }

  private static void join(long[] words, int wo, long[] x, int xo, long[] factor) {
    long[] t = new long[LIMBS];
    mul(t, 0, x, xo, factor, 0);
    canonical(t, 0, t, 0);
    words[wo] = t[0] | (t[1] << 52);
    words[wo + 1] = (t[1] >>> 12) | (t[2] << 40);
    words[wo + 2] = (t[2] >>> 24) | (t[3] << 28);
    words[wo + 3] = (t[3] >>> 36) | (t[4] << 16);
  }
}
