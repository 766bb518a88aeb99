package zk4j.core.internal.field;

/**
 * Products in Fq2 = Fq[u]/(u^2 + 1), and sums of products that are reduced once, on slots of long
 * arrays; see Fq2ProductsEmitter. Elements are as in {@link Fq2Kernels}.
 *
 * <p>A <i>wide</i> element holds x * 2^520, where an element holds x * 2^260: ten columns for c0,
 * then ten for c1, column k counting 2^(52 k). Columns are signed and loose, so that sums and
 * differences need no carries. In units of U = 2^52, they are at most
 *
 * <ul>
 *   <li>10ab + 5 in c0 and 30ab + 10 in c1 of a product of elements with limbs of at most a and b;
 *   <li>11 in c0, and from -11 to 26 in c1, if limbs 0..3 of both are in [0, 1), as tight ones are;
 *   <li>20aa + 5 in c0 and 10aa + 5 in c1 of the square of an element with limbs of at most a;
 *   <li>from -11 to 16 in c0 and from -1 to 16 in c1, if limbs 0..3 are in [0, 1),
 * </ul>
 *
 * <p>since of each product of limbs x and y, the column takes the low half, in [0, U), and the next
 * column the high half, the floor of xy/U; see {@link FqKernels}. A column has five of each.
 */
public final class Fq2Products {
  /** Longs a wide element takes. */
  public static final int WIDE = 20;

  private static final long MASK = (1L << 52) - 1;
  private static final long P0 = 0x8c16d87cfd47L;
  private static final long P1 = 0x916871ca8d3c2L;
  private static final long P2 = 0x181585d97816aL;
  private static final long P3 = 0xa029b85045b68L;
  private static final long P4 = 0x30644e72e131L;
  private static final long H0 = P0 << 8;
  private static final long H1 = P1 << 8;
  private static final long H2 = P2 << 8;
  private static final long H3 = P3 << 8;
  private static final long H4 = P4 << 8;

  /** -1/p mod 2^52. */
  private static final long N0 = 0x20782e4866389L;

  /** 2^57 / (p / 2^208), rounded down: estimates quotients by p from the top limb. */
  private static final long TOP = 0xa94L;

  private Fq2Products() {}

  /**
   * z = x * y. To tight, from limbs below 4U, while |x||y| < 42 p^2 for the larger of |c0| and
   * |c1|; z may be x or y.
   */
  public static void mul(long[] z, int zo, long[] x, int xo, long[] y, int yo) {
    long a0 = x[xo] << 8;
    long a1 = x[xo + 1] << 8;
    long a2 = x[xo + 2] << 8;
    long a3 = x[xo + 3] << 8;
    long a4 = x[xo + 4] << 8;
    long b0 = x[xo + 5] << 8;
    long b1 = x[xo + 6] << 8;
    long b2 = x[xo + 7] << 8;
    long b3 = x[xo + 8] << 8;
    long b4 = x[xo + 9] << 8;
    long c0 = y[yo] << 4;
    long c1 = y[yo + 1] << 4;
    long c2 = y[yo + 2] << 4;
    long c3 = y[yo + 3] << 4;
    long c4 = y[yo + 4] << 4;
    long d0 = y[yo + 5] << 4;
    long d1 = y[yo + 6] << 4;
    long d2 = y[yo + 7] << 4;
    long d3 = y[yo + 8] << 4;
    long d4 = y[yo + 9] << 4;
    long e0 = a0 - b0;
    long e1 = a1 - b1;
    long e2 = a2 - b2;
    long e3 = a3 - b3;
    long e4 = a4 - b4;
    long f0 = c0 - d0;
    long f1 = c1 - d1;
    long f2 = c2 - d2;
    long f3 = c3 - d3;
    long f4 = c4 - d4;
    long u = 0;
    long v = 0;
    long w = 0;
    long uHigh;
    long vHigh;
    long wHigh;

    u += (a0 * c0) >>> 12;
    uHigh = Math.multiplyHigh(a0, c0);
    v += (b0 * d0) >>> 12;
    vHigh = Math.multiplyHigh(b0, d0);
    w += (e0 * f0) >>> 12;
    wHigh = Math.multiplyHigh(e0, f0);
    long s0 = u - v;
    long t0 = u + v - w;
    u = uHigh;
    v = vHigh;
    w = wHigh;

    u += (a0 * c1) >>> 12;
    uHigh = Math.multiplyHigh(a0, c1);
    u += (a1 * c0) >>> 12;
    uHigh += Math.multiplyHigh(a1, c0);
    v += (b0 * d1) >>> 12;
    vHigh = Math.multiplyHigh(b0, d1);
    v += (b1 * d0) >>> 12;
    vHigh += Math.multiplyHigh(b1, d0);
    w += (e0 * f1) >>> 12;
    wHigh = Math.multiplyHigh(e0, f1);
    w += (e1 * f0) >>> 12;
    wHigh += Math.multiplyHigh(e1, f0);
    long s1 = u - v;
    long t1 = u + v - w;
    u = uHigh;
    v = vHigh;
    w = wHigh;

    u += (a0 * c2) >>> 12;
    uHigh = Math.multiplyHigh(a0, c2);
    u += (a1 * c1) >>> 12;
    uHigh += Math.multiplyHigh(a1, c1);
    u += (a2 * c0) >>> 12;
    uHigh += Math.multiplyHigh(a2, c0);
    v += (b0 * d2) >>> 12;
    vHigh = Math.multiplyHigh(b0, d2);
    v += (b1 * d1) >>> 12;
    vHigh += Math.multiplyHigh(b1, d1);
    v += (b2 * d0) >>> 12;
    vHigh += Math.multiplyHigh(b2, d0);
    w += (e0 * f2) >>> 12;
    wHigh = Math.multiplyHigh(e0, f2);
    w += (e1 * f1) >>> 12;
    wHigh += Math.multiplyHigh(e1, f1);
    w += (e2 * f0) >>> 12;
    wHigh += Math.multiplyHigh(e2, f0);
    long s2 = u - v;
    long t2 = u + v - w;
    u = uHigh;
    v = vHigh;
    w = wHigh;

    u += (a0 * c3) >>> 12;
    uHigh = Math.multiplyHigh(a0, c3);
    u += (a1 * c2) >>> 12;
    uHigh += Math.multiplyHigh(a1, c2);
    u += (a2 * c1) >>> 12;
    uHigh += Math.multiplyHigh(a2, c1);
    u += (a3 * c0) >>> 12;
    uHigh += Math.multiplyHigh(a3, c0);
    v += (b0 * d3) >>> 12;
    vHigh = Math.multiplyHigh(b0, d3);
    v += (b1 * d2) >>> 12;
    vHigh += Math.multiplyHigh(b1, d2);
    v += (b2 * d1) >>> 12;
    vHigh += Math.multiplyHigh(b2, d1);
    v += (b3 * d0) >>> 12;
    vHigh += Math.multiplyHigh(b3, d0);
    w += (e0 * f3) >>> 12;
    wHigh = Math.multiplyHigh(e0, f3);
    w += (e1 * f2) >>> 12;
    wHigh += Math.multiplyHigh(e1, f2);
    w += (e2 * f1) >>> 12;
    wHigh += Math.multiplyHigh(e2, f1);
    w += (e3 * f0) >>> 12;
    wHigh += Math.multiplyHigh(e3, f0);
    long s3 = u - v;
    long t3 = u + v - w;
    u = uHigh;
    v = vHigh;
    w = wHigh;

    u += (a0 * c4) >>> 12;
    uHigh = Math.multiplyHigh(a0, c4);
    u += (a1 * c3) >>> 12;
    uHigh += Math.multiplyHigh(a1, c3);
    u += (a2 * c2) >>> 12;
    uHigh += Math.multiplyHigh(a2, c2);
    u += (a3 * c1) >>> 12;
    uHigh += Math.multiplyHigh(a3, c1);
    u += (a4 * c0) >>> 12;
    uHigh += Math.multiplyHigh(a4, c0);
    v += (b0 * d4) >>> 12;
    vHigh = Math.multiplyHigh(b0, d4);
    v += (b1 * d3) >>> 12;
    vHigh += Math.multiplyHigh(b1, d3);
    v += (b2 * d2) >>> 12;
    vHigh += Math.multiplyHigh(b2, d2);
    v += (b3 * d1) >>> 12;
    vHigh += Math.multiplyHigh(b3, d1);
    v += (b4 * d0) >>> 12;
    vHigh += Math.multiplyHigh(b4, d0);
    w += (e0 * f4) >>> 12;
    wHigh = Math.multiplyHigh(e0, f4);
    w += (e1 * f3) >>> 12;
    wHigh += Math.multiplyHigh(e1, f3);
    w += (e2 * f2) >>> 12;
    wHigh += Math.multiplyHigh(e2, f2);
    w += (e3 * f1) >>> 12;
    wHigh += Math.multiplyHigh(e3, f1);
    w += (e4 * f0) >>> 12;
    wHigh += Math.multiplyHigh(e4, f0);
    long s4 = u - v;
    long t4 = u + v - w;
    u = uHigh;
    v = vHigh;
    w = wHigh;

    u += (a1 * c4) >>> 12;
    uHigh = Math.multiplyHigh(a1, c4);
    u += (a2 * c3) >>> 12;
    uHigh += Math.multiplyHigh(a2, c3);
    u += (a3 * c2) >>> 12;
    uHigh += Math.multiplyHigh(a3, c2);
    u += (a4 * c1) >>> 12;
    uHigh += Math.multiplyHigh(a4, c1);
    v += (b1 * d4) >>> 12;
    vHigh = Math.multiplyHigh(b1, d4);
    v += (b2 * d3) >>> 12;
    vHigh += Math.multiplyHigh(b2, d3);
    v += (b3 * d2) >>> 12;
    vHigh += Math.multiplyHigh(b3, d2);
    v += (b4 * d1) >>> 12;
    vHigh += Math.multiplyHigh(b4, d1);
    w += (e1 * f4) >>> 12;
    wHigh = Math.multiplyHigh(e1, f4);
    w += (e2 * f3) >>> 12;
    wHigh += Math.multiplyHigh(e2, f3);
    w += (e3 * f2) >>> 12;
    wHigh += Math.multiplyHigh(e3, f2);
    w += (e4 * f1) >>> 12;
    wHigh += Math.multiplyHigh(e4, f1);
    long s5 = u - v;
    long t5 = u + v - w;
    u = uHigh;
    v = vHigh;
    w = wHigh;

    u += (a2 * c4) >>> 12;
    uHigh = Math.multiplyHigh(a2, c4);
    u += (a3 * c3) >>> 12;
    uHigh += Math.multiplyHigh(a3, c3);
    u += (a4 * c2) >>> 12;
    uHigh += Math.multiplyHigh(a4, c2);
    v += (b2 * d4) >>> 12;
    vHigh = Math.multiplyHigh(b2, d4);
    v += (b3 * d3) >>> 12;
    vHigh += Math.multiplyHigh(b3, d3);
    v += (b4 * d2) >>> 12;
    vHigh += Math.multiplyHigh(b4, d2);
    w += (e2 * f4) >>> 12;
    wHigh = Math.multiplyHigh(e2, f4);
    w += (e3 * f3) >>> 12;
    wHigh += Math.multiplyHigh(e3, f3);
    w += (e4 * f2) >>> 12;
    wHigh += Math.multiplyHigh(e4, f2);
    long s6 = u - v;
    long t6 = u + v - w;
    u = uHigh;
    v = vHigh;
    w = wHigh;

    u += (a3 * c4) >>> 12;
    uHigh = Math.multiplyHigh(a3, c4);
    u += (a4 * c3) >>> 12;
    uHigh += Math.multiplyHigh(a4, c3);
    v += (b3 * d4) >>> 12;
    vHigh = Math.multiplyHigh(b3, d4);
    v += (b4 * d3) >>> 12;
    vHigh += Math.multiplyHigh(b4, d3);
    w += (e3 * f4) >>> 12;
    wHigh = Math.multiplyHigh(e3, f4);
    w += (e4 * f3) >>> 12;
    wHigh += Math.multiplyHigh(e4, f3);
    long s7 = u - v;
    long t7 = u + v - w;
    u = uHigh;
    v = vHigh;
    w = wHigh;

    u += (a4 * c4) >>> 12;
    uHigh = Math.multiplyHigh(a4, c4);
    v += (b4 * d4) >>> 12;
    vHigh = Math.multiplyHigh(b4, d4);
    w += (e4 * f4) >>> 12;
    wHigh = Math.multiplyHigh(e4, f4);
    long s8 = u - v;
    long t8 = u + v - w;
    u = uHigh;
    v = vHigh;
    w = wHigh;
    long s9 = u - v;
    long t9 = u + v - w;
    long m;
    long h;

    m = (s0 * N0) & MASK;
    h = m << 4;
    s1 += ((s0 + MASK) >> 52) + Math.multiplyHigh(H0, h);
    s1 += (m * P1) & MASK;
    s2 += Math.multiplyHigh(H1, h);
    s2 += (m * P2) & MASK;
    s3 += Math.multiplyHigh(H2, h);
    s3 += (m * P3) & MASK;
    s4 += Math.multiplyHigh(H3, h);
    s4 += (m * P4) & MASK;
    s5 += Math.multiplyHigh(H4, h);

    m = (s1 * N0) & MASK;
    h = m << 4;
    s2 += ((s1 + MASK) >> 52) + Math.multiplyHigh(H0, h);
    s2 += (m * P1) & MASK;
    s3 += Math.multiplyHigh(H1, h);
    s3 += (m * P2) & MASK;
    s4 += Math.multiplyHigh(H2, h);
    s4 += (m * P3) & MASK;
    s5 += Math.multiplyHigh(H3, h);
    s5 += (m * P4) & MASK;
    s6 += Math.multiplyHigh(H4, h);

    m = (s2 * N0) & MASK;
    h = m << 4;
    s3 += ((s2 + MASK) >> 52) + Math.multiplyHigh(H0, h);
    s3 += (m * P1) & MASK;
    s4 += Math.multiplyHigh(H1, h);
    s4 += (m * P2) & MASK;
    s5 += Math.multiplyHigh(H2, h);
    s5 += (m * P3) & MASK;
    s6 += Math.multiplyHigh(H3, h);
    s6 += (m * P4) & MASK;
    s7 += Math.multiplyHigh(H4, h);

    m = (s3 * N0) & MASK;
    h = m << 4;
    s4 += ((s3 + MASK) >> 52) + Math.multiplyHigh(H0, h);
    s4 += (m * P1) & MASK;
    s5 += Math.multiplyHigh(H1, h);
    s5 += (m * P2) & MASK;
    s6 += Math.multiplyHigh(H2, h);
    s6 += (m * P3) & MASK;
    s7 += Math.multiplyHigh(H3, h);
    s7 += (m * P4) & MASK;
    s8 += Math.multiplyHigh(H4, h);

    m = (s4 * N0) & MASK;
    h = m << 4;
    s5 += ((s4 + MASK) >> 52) + Math.multiplyHigh(H0, h);
    s5 += (m * P1) & MASK;
    s6 += Math.multiplyHigh(H1, h);
    s6 += (m * P2) & MASK;
    s7 += Math.multiplyHigh(H2, h);
    s7 += (m * P3) & MASK;
    s8 += Math.multiplyHigh(H3, h);
    s8 += (m * P4) & MASK;
    s9 += Math.multiplyHigh(H4, h);

    s6 += s5 >> 52;
    z[zo] = s5 & MASK;
    s7 += s6 >> 52;
    z[zo + 1] = s6 & MASK;
    s8 += s7 >> 52;
    z[zo + 2] = s7 & MASK;
    s9 += s8 >> 52;
    z[zo + 3] = s8 & MASK;
    z[zo + 4] = s9;

    m = (t0 * N0) & MASK;
    h = m << 4;
    t1 += ((t0 + MASK) >> 52) + Math.multiplyHigh(H0, h);
    t1 += (m * P1) & MASK;
    t2 += Math.multiplyHigh(H1, h);
    t2 += (m * P2) & MASK;
    t3 += Math.multiplyHigh(H2, h);
    t3 += (m * P3) & MASK;
    t4 += Math.multiplyHigh(H3, h);
    t4 += (m * P4) & MASK;
    t5 += Math.multiplyHigh(H4, h);

    m = (t1 * N0) & MASK;
    h = m << 4;
    t2 += ((t1 + MASK) >> 52) + Math.multiplyHigh(H0, h);
    t2 += (m * P1) & MASK;
    t3 += Math.multiplyHigh(H1, h);
    t3 += (m * P2) & MASK;
    t4 += Math.multiplyHigh(H2, h);
    t4 += (m * P3) & MASK;
    t5 += Math.multiplyHigh(H3, h);
    t5 += (m * P4) & MASK;
    t6 += Math.multiplyHigh(H4, h);

    m = (t2 * N0) & MASK;
    h = m << 4;
    t3 += ((t2 + MASK) >> 52) + Math.multiplyHigh(H0, h);
    t3 += (m * P1) & MASK;
    t4 += Math.multiplyHigh(H1, h);
    t4 += (m * P2) & MASK;
    t5 += Math.multiplyHigh(H2, h);
    t5 += (m * P3) & MASK;
    t6 += Math.multiplyHigh(H3, h);
    t6 += (m * P4) & MASK;
    t7 += Math.multiplyHigh(H4, h);

    m = (t3 * N0) & MASK;
    h = m << 4;
    t4 += ((t3 + MASK) >> 52) + Math.multiplyHigh(H0, h);
    t4 += (m * P1) & MASK;
    t5 += Math.multiplyHigh(H1, h);
    t5 += (m * P2) & MASK;
    t6 += Math.multiplyHigh(H2, h);
    t6 += (m * P3) & MASK;
    t7 += Math.multiplyHigh(H3, h);
    t7 += (m * P4) & MASK;
    t8 += Math.multiplyHigh(H4, h);

    m = (t4 * N0) & MASK;
    h = m << 4;
    t5 += ((t4 + MASK) >> 52) + Math.multiplyHigh(H0, h);
    t5 += (m * P1) & MASK;
    t6 += Math.multiplyHigh(H1, h);
    t6 += (m * P2) & MASK;
    t7 += Math.multiplyHigh(H2, h);
    t7 += (m * P3) & MASK;
    t8 += Math.multiplyHigh(H3, h);
    t8 += (m * P4) & MASK;
    t9 += Math.multiplyHigh(H4, h);

    t6 += t5 >> 52;
    z[zo + 5] = t5 & MASK;
    t7 += t6 >> 52;
    z[zo + 6] = t6 & MASK;
    t8 += t7 >> 52;
    z[zo + 7] = t7 & MASK;
    t9 += t8 >> 52;
    z[zo + 8] = t8 & MASK;
    z[zo + 9] = t9;
  }

  /** z = x * x. To tight, from limbs below 4U, while |c0| and |c1| < 4.5 p; z may be x. */
  public static void sqr(long[] z, int zo, long[] x, int xo) {
    long a0 = x[xo];
    long b0 = x[xo + 5];
    long c0 = (a0 + b0) << 8;
    long d0 = (a0 - b0) << 4;
    a0 <<= 8;
    b0 <<= 5;
    long a1 = x[xo + 1];
    long b1 = x[xo + 6];
    long c1 = (a1 + b1) << 8;
    long d1 = (a1 - b1) << 4;
    a1 <<= 8;
    b1 <<= 5;
    long a2 = x[xo + 2];
    long b2 = x[xo + 7];
    long c2 = (a2 + b2) << 8;
    long d2 = (a2 - b2) << 4;
    a2 <<= 8;
    b2 <<= 5;
    long a3 = x[xo + 3];
    long b3 = x[xo + 8];
    long c3 = (a3 + b3) << 8;
    long d3 = (a3 - b3) << 4;
    a3 <<= 8;
    b3 <<= 5;
    long a4 = x[xo + 4];
    long b4 = x[xo + 9];
    long c4 = (a4 + b4) << 8;
    long d4 = (a4 - b4) << 4;
    a4 <<= 8;
    b4 <<= 5;
    long u = 0;
    long v = 0;
    long uHigh;
    long vHigh;

    u += (c0 * d0) >>> 12;
    uHigh = Math.multiplyHigh(c0, d0);
    v += (a0 * b0) >>> 12;
    vHigh = Math.multiplyHigh(a0, b0);
    long s0 = u;
    long t0 = v;
    u = uHigh;
    v = vHigh;

    u += (c0 * d1) >>> 12;
    uHigh = Math.multiplyHigh(c0, d1);
    u += (c1 * d0) >>> 12;
    uHigh += Math.multiplyHigh(c1, d0);
    v += (a0 * b1) >>> 12;
    vHigh = Math.multiplyHigh(a0, b1);
    v += (a1 * b0) >>> 12;
    vHigh += Math.multiplyHigh(a1, b0);
    long s1 = u;
    long t1 = v;
    u = uHigh;
    v = vHigh;

    u += (c0 * d2) >>> 12;
    uHigh = Math.multiplyHigh(c0, d2);
    u += (c1 * d1) >>> 12;
    uHigh += Math.multiplyHigh(c1, d1);
    u += (c2 * d0) >>> 12;
    uHigh += Math.multiplyHigh(c2, d0);
    v += (a0 * b2) >>> 12;
    vHigh = Math.multiplyHigh(a0, b2);
    v += (a1 * b1) >>> 12;
    vHigh += Math.multiplyHigh(a1, b1);
    v += (a2 * b0) >>> 12;
    vHigh += Math.multiplyHigh(a2, b0);
    long s2 = u;
    long t2 = v;
    u = uHigh;
    v = vHigh;

    u += (c0 * d3) >>> 12;
    uHigh = Math.multiplyHigh(c0, d3);
    u += (c1 * d2) >>> 12;
    uHigh += Math.multiplyHigh(c1, d2);
    u += (c2 * d1) >>> 12;
    uHigh += Math.multiplyHigh(c2, d1);
    u += (c3 * d0) >>> 12;
    uHigh += Math.multiplyHigh(c3, d0);
    v += (a0 * b3) >>> 12;
    vHigh = Math.multiplyHigh(a0, b3);
    v += (a1 * b2) >>> 12;
    vHigh += Math.multiplyHigh(a1, b2);
    v += (a2 * b1) >>> 12;
    vHigh += Math.multiplyHigh(a2, b1);
    v += (a3 * b0) >>> 12;
    vHigh += Math.multiplyHigh(a3, b0);
    long s3 = u;
    long t3 = v;
    u = uHigh;
    v = vHigh;

    u += (c0 * d4) >>> 12;
    uHigh = Math.multiplyHigh(c0, d4);
    u += (c1 * d3) >>> 12;
    uHigh += Math.multiplyHigh(c1, d3);
    u += (c2 * d2) >>> 12;
    uHigh += Math.multiplyHigh(c2, d2);
    u += (c3 * d1) >>> 12;
    uHigh += Math.multiplyHigh(c3, d1);
    u += (c4 * d0) >>> 12;
    uHigh += Math.multiplyHigh(c4, d0);
    v += (a0 * b4) >>> 12;
    vHigh = Math.multiplyHigh(a0, b4);
    v += (a1 * b3) >>> 12;
    vHigh += Math.multiplyHigh(a1, b3);
    v += (a2 * b2) >>> 12;
    vHigh += Math.multiplyHigh(a2, b2);
    v += (a3 * b1) >>> 12;
    vHigh += Math.multiplyHigh(a3, b1);
    v += (a4 * b0) >>> 12;
    vHigh += Math.multiplyHigh(a4, b0);
    long s4 = u;
    long t4 = v;
    u = uHigh;
    v = vHigh;

    u += (c1 * d4) >>> 12;
    uHigh = Math.multiplyHigh(c1, d4);
    u += (c2 * d3) >>> 12;
    uHigh += Math.multiplyHigh(c2, d3);
    u += (c3 * d2) >>> 12;
    uHigh += Math.multiplyHigh(c3, d2);
    u += (c4 * d1) >>> 12;
    uHigh += Math.multiplyHigh(c4, d1);
    v += (a1 * b4) >>> 12;
    vHigh = Math.multiplyHigh(a1, b4);
    v += (a2 * b3) >>> 12;
    vHigh += Math.multiplyHigh(a2, b3);
    v += (a3 * b2) >>> 12;
    vHigh += Math.multiplyHigh(a3, b2);
    v += (a4 * b1) >>> 12;
    vHigh += Math.multiplyHigh(a4, b1);
    long s5 = u;
    long t5 = v;
    u = uHigh;
    v = vHigh;

    u += (c2 * d4) >>> 12;
    uHigh = Math.multiplyHigh(c2, d4);
    u += (c3 * d3) >>> 12;
    uHigh += Math.multiplyHigh(c3, d3);
    u += (c4 * d2) >>> 12;
    uHigh += Math.multiplyHigh(c4, d2);
    v += (a2 * b4) >>> 12;
    vHigh = Math.multiplyHigh(a2, b4);
    v += (a3 * b3) >>> 12;
    vHigh += Math.multiplyHigh(a3, b3);
    v += (a4 * b2) >>> 12;
    vHigh += Math.multiplyHigh(a4, b2);
    long s6 = u;
    long t6 = v;
    u = uHigh;
    v = vHigh;

    u += (c3 * d4) >>> 12;
    uHigh = Math.multiplyHigh(c3, d4);
    u += (c4 * d3) >>> 12;
    uHigh += Math.multiplyHigh(c4, d3);
    v += (a3 * b4) >>> 12;
    vHigh = Math.multiplyHigh(a3, b4);
    v += (a4 * b3) >>> 12;
    vHigh += Math.multiplyHigh(a4, b3);
    long s7 = u;
    long t7 = v;
    u = uHigh;
    v = vHigh;

    u += (c4 * d4) >>> 12;
    uHigh = Math.multiplyHigh(c4, d4);
    v += (a4 * b4) >>> 12;
    vHigh = Math.multiplyHigh(a4, b4);
    long s8 = u;
    long t8 = v;
    u = uHigh;
    v = vHigh;
    long s9 = u;
    long t9 = v;
    long m;
    long h;

    m = (s0 * N0) & MASK;
    h = m << 4;
    s1 += ((s0 + MASK) >> 52) + Math.multiplyHigh(H0, h);
    s1 += (m * P1) & MASK;
    s2 += Math.multiplyHigh(H1, h);
    s2 += (m * P2) & MASK;
    s3 += Math.multiplyHigh(H2, h);
    s3 += (m * P3) & MASK;
    s4 += Math.multiplyHigh(H3, h);
    s4 += (m * P4) & MASK;
    s5 += Math.multiplyHigh(H4, h);

    m = (s1 * N0) & MASK;
    h = m << 4;
    s2 += ((s1 + MASK) >> 52) + Math.multiplyHigh(H0, h);
    s2 += (m * P1) & MASK;
    s3 += Math.multiplyHigh(H1, h);
    s3 += (m * P2) & MASK;
    s4 += Math.multiplyHigh(H2, h);
    s4 += (m * P3) & MASK;
    s5 += Math.multiplyHigh(H3, h);
    s5 += (m * P4) & MASK;
    s6 += Math.multiplyHigh(H4, h);

    m = (s2 * N0) & MASK;
    h = m << 4;
    s3 += ((s2 + MASK) >> 52) + Math.multiplyHigh(H0, h);
    s3 += (m * P1) & MASK;
    s4 += Math.multiplyHigh(H1, h);
    s4 += (m * P2) & MASK;
    s5 += Math.multiplyHigh(H2, h);
    s5 += (m * P3) & MASK;
    s6 += Math.multiplyHigh(H3, h);
    s6 += (m * P4) & MASK;
    s7 += Math.multiplyHigh(H4, h);

    m = (s3 * N0) & MASK;
    h = m << 4;
    s4 += ((s3 + MASK) >> 52) + Math.multiplyHigh(H0, h);
    s4 += (m * P1) & MASK;
    s5 += Math.multiplyHigh(H1, h);
    s5 += (m * P2) & MASK;
    s6 += Math.multiplyHigh(H2, h);
    s6 += (m * P3) & MASK;
    s7 += Math.multiplyHigh(H3, h);
    s7 += (m * P4) & MASK;
    s8 += Math.multiplyHigh(H4, h);

    m = (s4 * N0) & MASK;
    h = m << 4;
    s5 += ((s4 + MASK) >> 52) + Math.multiplyHigh(H0, h);
    s5 += (m * P1) & MASK;
    s6 += Math.multiplyHigh(H1, h);
    s6 += (m * P2) & MASK;
    s7 += Math.multiplyHigh(H2, h);
    s7 += (m * P3) & MASK;
    s8 += Math.multiplyHigh(H3, h);
    s8 += (m * P4) & MASK;
    s9 += Math.multiplyHigh(H4, h);

    s6 += s5 >> 52;
    z[zo] = s5 & MASK;
    s7 += s6 >> 52;
    z[zo + 1] = s6 & MASK;
    s8 += s7 >> 52;
    z[zo + 2] = s7 & MASK;
    s9 += s8 >> 52;
    z[zo + 3] = s8 & MASK;
    z[zo + 4] = s9;

    m = (t0 * N0) & MASK;
    h = m << 4;
    t1 += ((t0 + MASK) >> 52) + Math.multiplyHigh(H0, h);
    t1 += (m * P1) & MASK;
    t2 += Math.multiplyHigh(H1, h);
    t2 += (m * P2) & MASK;
    t3 += Math.multiplyHigh(H2, h);
    t3 += (m * P3) & MASK;
    t4 += Math.multiplyHigh(H3, h);
    t4 += (m * P4) & MASK;
    t5 += Math.multiplyHigh(H4, h);

    m = (t1 * N0) & MASK;
    h = m << 4;
    t2 += ((t1 + MASK) >> 52) + Math.multiplyHigh(H0, h);
    t2 += (m * P1) & MASK;
    t3 += Math.multiplyHigh(H1, h);
    t3 += (m * P2) & MASK;
    t4 += Math.multiplyHigh(H2, h);
    t4 += (m * P3) & MASK;
    t5 += Math.multiplyHigh(H3, h);
    t5 += (m * P4) & MASK;
    t6 += Math.multiplyHigh(H4, h);

    m = (t2 * N0) & MASK;
    h = m << 4;
    t3 += ((t2 + MASK) >> 52) + Math.multiplyHigh(H0, h);
    t3 += (m * P1) & MASK;
    t4 += Math.multiplyHigh(H1, h);
    t4 += (m * P2) & MASK;
    t5 += Math.multiplyHigh(H2, h);
    t5 += (m * P3) & MASK;
    t6 += Math.multiplyHigh(H3, h);
    t6 += (m * P4) & MASK;
    t7 += Math.multiplyHigh(H4, h);

    m = (t3 * N0) & MASK;
    h = m << 4;
    t4 += ((t3 + MASK) >> 52) + Math.multiplyHigh(H0, h);
    t4 += (m * P1) & MASK;
    t5 += Math.multiplyHigh(H1, h);
    t5 += (m * P2) & MASK;
    t6 += Math.multiplyHigh(H2, h);
    t6 += (m * P3) & MASK;
    t7 += Math.multiplyHigh(H3, h);
    t7 += (m * P4) & MASK;
    t8 += Math.multiplyHigh(H4, h);

    m = (t4 * N0) & MASK;
    h = m << 4;
    t5 += ((t4 + MASK) >> 52) + Math.multiplyHigh(H0, h);
    t5 += (m * P1) & MASK;
    t6 += Math.multiplyHigh(H1, h);
    t6 += (m * P2) & MASK;
    t7 += Math.multiplyHigh(H2, h);
    t7 += (m * P3) & MASK;
    t8 += Math.multiplyHigh(H3, h);
    t8 += (m * P4) & MASK;
    t9 += Math.multiplyHigh(H4, h);

    t6 += t5 >> 52;
    z[zo + 5] = t5 & MASK;
    t7 += t6 >> 52;
    z[zo + 6] = t6 & MASK;
    t8 += t7 >> 52;
    z[zo + 7] = t7 & MASK;
    t9 += t8 >> 52;
    z[zo + 8] = t8 & MASK;
    z[zo + 9] = t9;
  }

  /** Wide t = x * y. From limbs below 4U. */
  public static void mulWide(long[] t, int to, long[] x, int xo, long[] y, int yo) {
    long a0 = x[xo] << 8;
    long a1 = x[xo + 1] << 8;
    long a2 = x[xo + 2] << 8;
    long a3 = x[xo + 3] << 8;
    long a4 = x[xo + 4] << 8;
    long b0 = x[xo + 5] << 8;
    long b1 = x[xo + 6] << 8;
    long b2 = x[xo + 7] << 8;
    long b3 = x[xo + 8] << 8;
    long b4 = x[xo + 9] << 8;
    long c0 = y[yo] << 4;
    long c1 = y[yo + 1] << 4;
    long c2 = y[yo + 2] << 4;
    long c3 = y[yo + 3] << 4;
    long c4 = y[yo + 4] << 4;
    long d0 = y[yo + 5] << 4;
    long d1 = y[yo + 6] << 4;
    long d2 = y[yo + 7] << 4;
    long d3 = y[yo + 8] << 4;
    long d4 = y[yo + 9] << 4;
    long e0 = a0 - b0;
    long e1 = a1 - b1;
    long e2 = a2 - b2;
    long e3 = a3 - b3;
    long e4 = a4 - b4;
    long f0 = c0 - d0;
    long f1 = c1 - d1;
    long f2 = c2 - d2;
    long f3 = c3 - d3;
    long f4 = c4 - d4;
    long u = 0;
    long v = 0;
    long w = 0;
    long uHigh;
    long vHigh;
    long wHigh;

    u += (a0 * c0) >>> 12;
    uHigh = Math.multiplyHigh(a0, c0);
    v += (b0 * d0) >>> 12;
    vHigh = Math.multiplyHigh(b0, d0);
    w += (e0 * f0) >>> 12;
    wHigh = Math.multiplyHigh(e0, f0);
    t[to] = u - v;
    t[to + 10] = u + v - w;
    u = uHigh;
    v = vHigh;
    w = wHigh;

    u += (a0 * c1) >>> 12;
    uHigh = Math.multiplyHigh(a0, c1);
    u += (a1 * c0) >>> 12;
    uHigh += Math.multiplyHigh(a1, c0);
    v += (b0 * d1) >>> 12;
    vHigh = Math.multiplyHigh(b0, d1);
    v += (b1 * d0) >>> 12;
    vHigh += Math.multiplyHigh(b1, d0);
    w += (e0 * f1) >>> 12;
    wHigh = Math.multiplyHigh(e0, f1);
    w += (e1 * f0) >>> 12;
    wHigh += Math.multiplyHigh(e1, f0);
    t[to + 1] = u - v;
    t[to + 11] = u + v - w;
    u = uHigh;
    v = vHigh;
    w = wHigh;

    u += (a0 * c2) >>> 12;
    uHigh = Math.multiplyHigh(a0, c2);
    u += (a1 * c1) >>> 12;
    uHigh += Math.multiplyHigh(a1, c1);
    u += (a2 * c0) >>> 12;
    uHigh += Math.multiplyHigh(a2, c0);
    v += (b0 * d2) >>> 12;
    vHigh = Math.multiplyHigh(b0, d2);
    v += (b1 * d1) >>> 12;
    vHigh += Math.multiplyHigh(b1, d1);
    v += (b2 * d0) >>> 12;
    vHigh += Math.multiplyHigh(b2, d0);
    w += (e0 * f2) >>> 12;
    wHigh = Math.multiplyHigh(e0, f2);
    w += (e1 * f1) >>> 12;
    wHigh += Math.multiplyHigh(e1, f1);
    w += (e2 * f0) >>> 12;
    wHigh += Math.multiplyHigh(e2, f0);
    t[to + 2] = u - v;
    t[to + 12] = u + v - w;
    u = uHigh;
    v = vHigh;
    w = wHigh;

    u += (a0 * c3) >>> 12;
    uHigh = Math.multiplyHigh(a0, c3);
    u += (a1 * c2) >>> 12;
    uHigh += Math.multiplyHigh(a1, c2);
    u += (a2 * c1) >>> 12;
    uHigh += Math.multiplyHigh(a2, c1);
    u += (a3 * c0) >>> 12;
    uHigh += Math.multiplyHigh(a3, c0);
    v += (b0 * d3) >>> 12;
    vHigh = Math.multiplyHigh(b0, d3);
    v += (b1 * d2) >>> 12;
    vHigh += Math.multiplyHigh(b1, d2);
    v += (b2 * d1) >>> 12;
    vHigh += Math.multiplyHigh(b2, d1);
    v += (b3 * d0) >>> 12;
    vHigh += Math.multiplyHigh(b3, d0);
    w += (e0 * f3) >>> 12;
    wHigh = Math.multiplyHigh(e0, f3);
    w += (e1 * f2) >>> 12;
    wHigh += Math.multiplyHigh(e1, f2);
    w += (e2 * f1) >>> 12;
    wHigh += Math.multiplyHigh(e2, f1);
    w += (e3 * f0) >>> 12;
    wHigh += Math.multiplyHigh(e3, f0);
    t[to + 3] = u - v;
    t[to + 13] = u + v - w;
    u = uHigh;
    v = vHigh;
    w = wHigh;

    u += (a0 * c4) >>> 12;
    uHigh = Math.multiplyHigh(a0, c4);
    u += (a1 * c3) >>> 12;
    uHigh += Math.multiplyHigh(a1, c3);
    u += (a2 * c2) >>> 12;
    uHigh += Math.multiplyHigh(a2, c2);
    u += (a3 * c1) >>> 12;
    uHigh += Math.multiplyHigh(a3, c1);
    u += (a4 * c0) >>> 12;
    uHigh += Math.multiplyHigh(a4, c0);
    v += (b0 * d4) >>> 12;
    vHigh = Math.multiplyHigh(b0, d4);
    v += (b1 * d3) >>> 12;
    vHigh += Math.multiplyHigh(b1, d3);
    v += (b2 * d2) >>> 12;
    vHigh += Math.multiplyHigh(b2, d2);
    v += (b3 * d1) >>> 12;
    vHigh += Math.multiplyHigh(b3, d1);
    v += (b4 * d0) >>> 12;
    vHigh += Math.multiplyHigh(b4, d0);
    w += (e0 * f4) >>> 12;
    wHigh = Math.multiplyHigh(e0, f4);
    w += (e1 * f3) >>> 12;
    wHigh += Math.multiplyHigh(e1, f3);
    w += (e2 * f2) >>> 12;
    wHigh += Math.multiplyHigh(e2, f2);
    w += (e3 * f1) >>> 12;
    wHigh += Math.multiplyHigh(e3, f1);
    w += (e4 * f0) >>> 12;
    wHigh += Math.multiplyHigh(e4, f0);
    t[to + 4] = u - v;
    t[to + 14] = u + v - w;
    u = uHigh;
    v = vHigh;
    w = wHigh;

    u += (a1 * c4) >>> 12;
    uHigh = Math.multiplyHigh(a1, c4);
    u += (a2 * c3) >>> 12;
    uHigh += Math.multiplyHigh(a2, c3);
    u += (a3 * c2) >>> 12;
    uHigh += Math.multiplyHigh(a3, c2);
    u += (a4 * c1) >>> 12;
    uHigh += Math.multiplyHigh(a4, c1);
    v += (b1 * d4) >>> 12;
    vHigh = Math.multiplyHigh(b1, d4);
    v += (b2 * d3) >>> 12;
    vHigh += Math.multiplyHigh(b2, d3);
    v += (b3 * d2) >>> 12;
    vHigh += Math.multiplyHigh(b3, d2);
    v += (b4 * d1) >>> 12;
    vHigh += Math.multiplyHigh(b4, d1);
    w += (e1 * f4) >>> 12;
    wHigh = Math.multiplyHigh(e1, f4);
    w += (e2 * f3) >>> 12;
    wHigh += Math.multiplyHigh(e2, f3);
    w += (e3 * f2) >>> 12;
    wHigh += Math.multiplyHigh(e3, f2);
    w += (e4 * f1) >>> 12;
    wHigh += Math.multiplyHigh(e4, f1);
    t[to + 5] = u - v;
    t[to + 15] = u + v - w;
    u = uHigh;
    v = vHigh;
    w = wHigh;

    u += (a2 * c4) >>> 12;
    uHigh = Math.multiplyHigh(a2, c4);
    u += (a3 * c3) >>> 12;
    uHigh += Math.multiplyHigh(a3, c3);
    u += (a4 * c2) >>> 12;
    uHigh += Math.multiplyHigh(a4, c2);
    v += (b2 * d4) >>> 12;
    vHigh = Math.multiplyHigh(b2, d4);
    v += (b3 * d3) >>> 12;
    vHigh += Math.multiplyHigh(b3, d3);
    v += (b4 * d2) >>> 12;
    vHigh += Math.multiplyHigh(b4, d2);
    w += (e2 * f4) >>> 12;
    wHigh = Math.multiplyHigh(e2, f4);
    w += (e3 * f3) >>> 12;
    wHigh += Math.multiplyHigh(e3, f3);
    w += (e4 * f2) >>> 12;
    wHigh += Math.multiplyHigh(e4, f2);
    t[to + 6] = u - v;
    t[to + 16] = u + v - w;
    u = uHigh;
    v = vHigh;
    w = wHigh;

    u += (a3 * c4) >>> 12;
    uHigh = Math.multiplyHigh(a3, c4);
    u += (a4 * c3) >>> 12;
    uHigh += Math.multiplyHigh(a4, c3);
    v += (b3 * d4) >>> 12;
    vHigh = Math.multiplyHigh(b3, d4);
    v += (b4 * d3) >>> 12;
    vHigh += Math.multiplyHigh(b4, d3);
    w += (e3 * f4) >>> 12;
    wHigh = Math.multiplyHigh(e3, f4);
    w += (e4 * f3) >>> 12;
    wHigh += Math.multiplyHigh(e4, f3);
    t[to + 7] = u - v;
    t[to + 17] = u + v - w;
    u = uHigh;
    v = vHigh;
    w = wHigh;

    u += (a4 * c4) >>> 12;
    uHigh = Math.multiplyHigh(a4, c4);
    v += (b4 * d4) >>> 12;
    vHigh = Math.multiplyHigh(b4, d4);
    w += (e4 * f4) >>> 12;
    wHigh = Math.multiplyHigh(e4, f4);
    t[to + 8] = u - v;
    t[to + 18] = u + v - w;
    u = uHigh;
    v = vHigh;
    w = wHigh;
    t[to + 9] = u - v;
    t[to + 19] = u + v - w;
  }

  /** Wide t = x * x. From limbs below 4U. */
  public static void sqrWide(long[] t, int to, long[] x, int xo) {
    long a0 = x[xo];
    long b0 = x[xo + 5];
    long c0 = (a0 + b0) << 8;
    long d0 = (a0 - b0) << 4;
    a0 <<= 8;
    b0 <<= 5;
    long a1 = x[xo + 1];
    long b1 = x[xo + 6];
    long c1 = (a1 + b1) << 8;
    long d1 = (a1 - b1) << 4;
    a1 <<= 8;
    b1 <<= 5;
    long a2 = x[xo + 2];
    long b2 = x[xo + 7];
    long c2 = (a2 + b2) << 8;
    long d2 = (a2 - b2) << 4;
    a2 <<= 8;
    b2 <<= 5;
    long a3 = x[xo + 3];
    long b3 = x[xo + 8];
    long c3 = (a3 + b3) << 8;
    long d3 = (a3 - b3) << 4;
    a3 <<= 8;
    b3 <<= 5;
    long a4 = x[xo + 4];
    long b4 = x[xo + 9];
    long c4 = (a4 + b4) << 8;
    long d4 = (a4 - b4) << 4;
    a4 <<= 8;
    b4 <<= 5;
    long u = 0;
    long v = 0;
    long uHigh;
    long vHigh;

    u += (c0 * d0) >>> 12;
    uHigh = Math.multiplyHigh(c0, d0);
    v += (a0 * b0) >>> 12;
    vHigh = Math.multiplyHigh(a0, b0);
    t[to] = u;
    t[to + 10] = v;
    u = uHigh;
    v = vHigh;

    u += (c0 * d1) >>> 12;
    uHigh = Math.multiplyHigh(c0, d1);
    u += (c1 * d0) >>> 12;
    uHigh += Math.multiplyHigh(c1, d0);
    v += (a0 * b1) >>> 12;
    vHigh = Math.multiplyHigh(a0, b1);
    v += (a1 * b0) >>> 12;
    vHigh += Math.multiplyHigh(a1, b0);
    t[to + 1] = u;
    t[to + 11] = v;
    u = uHigh;
    v = vHigh;

    u += (c0 * d2) >>> 12;
    uHigh = Math.multiplyHigh(c0, d2);
    u += (c1 * d1) >>> 12;
    uHigh += Math.multiplyHigh(c1, d1);
    u += (c2 * d0) >>> 12;
    uHigh += Math.multiplyHigh(c2, d0);
    v += (a0 * b2) >>> 12;
    vHigh = Math.multiplyHigh(a0, b2);
    v += (a1 * b1) >>> 12;
    vHigh += Math.multiplyHigh(a1, b1);
    v += (a2 * b0) >>> 12;
    vHigh += Math.multiplyHigh(a2, b0);
    t[to + 2] = u;
    t[to + 12] = v;
    u = uHigh;
    v = vHigh;

    u += (c0 * d3) >>> 12;
    uHigh = Math.multiplyHigh(c0, d3);
    u += (c1 * d2) >>> 12;
    uHigh += Math.multiplyHigh(c1, d2);
    u += (c2 * d1) >>> 12;
    uHigh += Math.multiplyHigh(c2, d1);
    u += (c3 * d0) >>> 12;
    uHigh += Math.multiplyHigh(c3, d0);
    v += (a0 * b3) >>> 12;
    vHigh = Math.multiplyHigh(a0, b3);
    v += (a1 * b2) >>> 12;
    vHigh += Math.multiplyHigh(a1, b2);
    v += (a2 * b1) >>> 12;
    vHigh += Math.multiplyHigh(a2, b1);
    v += (a3 * b0) >>> 12;
    vHigh += Math.multiplyHigh(a3, b0);
    t[to + 3] = u;
    t[to + 13] = v;
    u = uHigh;
    v = vHigh;

    u += (c0 * d4) >>> 12;
    uHigh = Math.multiplyHigh(c0, d4);
    u += (c1 * d3) >>> 12;
    uHigh += Math.multiplyHigh(c1, d3);
    u += (c2 * d2) >>> 12;
    uHigh += Math.multiplyHigh(c2, d2);
    u += (c3 * d1) >>> 12;
    uHigh += Math.multiplyHigh(c3, d1);
    u += (c4 * d0) >>> 12;
    uHigh += Math.multiplyHigh(c4, d0);
    v += (a0 * b4) >>> 12;
    vHigh = Math.multiplyHigh(a0, b4);
    v += (a1 * b3) >>> 12;
    vHigh += Math.multiplyHigh(a1, b3);
    v += (a2 * b2) >>> 12;
    vHigh += Math.multiplyHigh(a2, b2);
    v += (a3 * b1) >>> 12;
    vHigh += Math.multiplyHigh(a3, b1);
    v += (a4 * b0) >>> 12;
    vHigh += Math.multiplyHigh(a4, b0);
    t[to + 4] = u;
    t[to + 14] = v;
    u = uHigh;
    v = vHigh;

    u += (c1 * d4) >>> 12;
    uHigh = Math.multiplyHigh(c1, d4);
    u += (c2 * d3) >>> 12;
    uHigh += Math.multiplyHigh(c2, d3);
    u += (c3 * d2) >>> 12;
    uHigh += Math.multiplyHigh(c3, d2);
    u += (c4 * d1) >>> 12;
    uHigh += Math.multiplyHigh(c4, d1);
    v += (a1 * b4) >>> 12;
    vHigh = Math.multiplyHigh(a1, b4);
    v += (a2 * b3) >>> 12;
    vHigh += Math.multiplyHigh(a2, b3);
    v += (a3 * b2) >>> 12;
    vHigh += Math.multiplyHigh(a3, b2);
    v += (a4 * b1) >>> 12;
    vHigh += Math.multiplyHigh(a4, b1);
    t[to + 5] = u;
    t[to + 15] = v;
    u = uHigh;
    v = vHigh;

    u += (c2 * d4) >>> 12;
    uHigh = Math.multiplyHigh(c2, d4);
    u += (c3 * d3) >>> 12;
    uHigh += Math.multiplyHigh(c3, d3);
    u += (c4 * d2) >>> 12;
    uHigh += Math.multiplyHigh(c4, d2);
    v += (a2 * b4) >>> 12;
    vHigh = Math.multiplyHigh(a2, b4);
    v += (a3 * b3) >>> 12;
    vHigh += Math.multiplyHigh(a3, b3);
    v += (a4 * b2) >>> 12;
    vHigh += Math.multiplyHigh(a4, b2);
    t[to + 6] = u;
    t[to + 16] = v;
    u = uHigh;
    v = vHigh;

    u += (c3 * d4) >>> 12;
    uHigh = Math.multiplyHigh(c3, d4);
    u += (c4 * d3) >>> 12;
    uHigh += Math.multiplyHigh(c4, d3);
    v += (a3 * b4) >>> 12;
    vHigh = Math.multiplyHigh(a3, b4);
    v += (a4 * b3) >>> 12;
    vHigh += Math.multiplyHigh(a4, b3);
    t[to + 7] = u;
    t[to + 17] = v;
    u = uHigh;
    v = vHigh;

    u += (c4 * d4) >>> 12;
    uHigh = Math.multiplyHigh(c4, d4);
    v += (a4 * b4) >>> 12;
    vHigh = Math.multiplyHigh(a4, b4);
    t[to + 8] = u;
    t[to + 18] = v;
    u = uHigh;
    v = vHigh;
    t[to + 9] = u;
    t[to + 19] = v;
  }

  /** Wide z = x + y. z may be x or y. */
  public static void addWide(long[] z, int zo, long[] x, int xo, long[] y, int yo) {
    z[zo] = x[xo] + y[yo];
    z[zo + 1] = x[xo + 1] + y[yo + 1];
    z[zo + 2] = x[xo + 2] + y[yo + 2];
    z[zo + 3] = x[xo + 3] + y[yo + 3];
    z[zo + 4] = x[xo + 4] + y[yo + 4];
    z[zo + 5] = x[xo + 5] + y[yo + 5];
    z[zo + 6] = x[xo + 6] + y[yo + 6];
    z[zo + 7] = x[xo + 7] + y[yo + 7];
    z[zo + 8] = x[xo + 8] + y[yo + 8];
    z[zo + 9] = x[xo + 9] + y[yo + 9];
    z[zo + 10] = x[xo + 10] + y[yo + 10];
    z[zo + 11] = x[xo + 11] + y[yo + 11];
    z[zo + 12] = x[xo + 12] + y[yo + 12];
    z[zo + 13] = x[xo + 13] + y[yo + 13];
    z[zo + 14] = x[xo + 14] + y[yo + 14];
    z[zo + 15] = x[xo + 15] + y[yo + 15];
    z[zo + 16] = x[xo + 16] + y[yo + 16];
    z[zo + 17] = x[xo + 17] + y[yo + 17];
    z[zo + 18] = x[xo + 18] + y[yo + 18];
    z[zo + 19] = x[xo + 19] + y[yo + 19];
  }

  /** Wide z = z + x + y. */
  public static void addBothWide(long[] z, int zo, long[] x, int xo, long[] y, int yo) {
    z[zo] = z[zo] + x[xo] + y[yo];
    z[zo + 1] = z[zo + 1] + x[xo + 1] + y[yo + 1];
    z[zo + 2] = z[zo + 2] + x[xo + 2] + y[yo + 2];
    z[zo + 3] = z[zo + 3] + x[xo + 3] + y[yo + 3];
    z[zo + 4] = z[zo + 4] + x[xo + 4] + y[yo + 4];
    z[zo + 5] = z[zo + 5] + x[xo + 5] + y[yo + 5];
    z[zo + 6] = z[zo + 6] + x[xo + 6] + y[yo + 6];
    z[zo + 7] = z[zo + 7] + x[xo + 7] + y[yo + 7];
    z[zo + 8] = z[zo + 8] + x[xo + 8] + y[yo + 8];
    z[zo + 9] = z[zo + 9] + x[xo + 9] + y[yo + 9];
    z[zo + 10] = z[zo + 10] + x[xo + 10] + y[yo + 10];
    z[zo + 11] = z[zo + 11] + x[xo + 11] + y[yo + 11];
    z[zo + 12] = z[zo + 12] + x[xo + 12] + y[yo + 12];
    z[zo + 13] = z[zo + 13] + x[xo + 13] + y[yo + 13];
    z[zo + 14] = z[zo + 14] + x[xo + 14] + y[yo + 14];
    z[zo + 15] = z[zo + 15] + x[xo + 15] + y[yo + 15];
    z[zo + 16] = z[zo + 16] + x[xo + 16] + y[yo + 16];
    z[zo + 17] = z[zo + 17] + x[xo + 17] + y[yo + 17];
    z[zo + 18] = z[zo + 18] + x[xo + 18] + y[yo + 18];
    z[zo + 19] = z[zo + 19] + x[xo + 19] + y[yo + 19];
  }

  /** Wide z = x - y. z may be x or y. */
  public static void subWide(long[] z, int zo, long[] x, int xo, long[] y, int yo) {
    z[zo] = x[xo] - y[yo];
    z[zo + 1] = x[xo + 1] - y[yo + 1];
    z[zo + 2] = x[xo + 2] - y[yo + 2];
    z[zo + 3] = x[xo + 3] - y[yo + 3];
    z[zo + 4] = x[xo + 4] - y[yo + 4];
    z[zo + 5] = x[xo + 5] - y[yo + 5];
    z[zo + 6] = x[xo + 6] - y[yo + 6];
    z[zo + 7] = x[xo + 7] - y[yo + 7];
    z[zo + 8] = x[xo + 8] - y[yo + 8];
    z[zo + 9] = x[xo + 9] - y[yo + 9];
    z[zo + 10] = x[xo + 10] - y[yo + 10];
    z[zo + 11] = x[xo + 11] - y[yo + 11];
    z[zo + 12] = x[xo + 12] - y[yo + 12];
    z[zo + 13] = x[xo + 13] - y[yo + 13];
    z[zo + 14] = x[xo + 14] - y[yo + 14];
    z[zo + 15] = x[xo + 15] - y[yo + 15];
    z[zo + 16] = x[xo + 16] - y[yo + 16];
    z[zo + 17] = x[xo + 17] - y[yo + 17];
    z[zo + 18] = x[xo + 18] - y[yo + 18];
    z[zo + 19] = x[xo + 19] - y[yo + 19];
  }

  /** Wide z = x + (9 + u) y. z may be x. */
  public static void addXiWide(long[] z, int zo, long[] x, int xo, long[] y, int yo) {
    z[zo] = x[xo] + 9 * y[yo] - y[yo + 10];
    z[zo + 1] = x[xo + 1] + 9 * y[yo + 1] - y[yo + 11];
    z[zo + 2] = x[xo + 2] + 9 * y[yo + 2] - y[yo + 12];
    z[zo + 3] = x[xo + 3] + 9 * y[yo + 3] - y[yo + 13];
    z[zo + 4] = x[xo + 4] + 9 * y[yo + 4] - y[yo + 14];
    z[zo + 5] = x[xo + 5] + 9 * y[yo + 5] - y[yo + 15];
    z[zo + 6] = x[xo + 6] + 9 * y[yo + 6] - y[yo + 16];
    z[zo + 7] = x[xo + 7] + 9 * y[yo + 7] - y[yo + 17];
    z[zo + 8] = x[xo + 8] + 9 * y[yo + 8] - y[yo + 18];
    z[zo + 9] = x[xo + 9] + 9 * y[yo + 9] - y[yo + 19];
    z[zo + 10] = x[xo + 10] + 9 * y[yo + 10] + y[yo];
    z[zo + 11] = x[xo + 11] + 9 * y[yo + 11] + y[yo + 1];
    z[zo + 12] = x[xo + 12] + 9 * y[yo + 12] + y[yo + 2];
    z[zo + 13] = x[xo + 13] + 9 * y[yo + 13] + y[yo + 3];
    z[zo + 14] = x[xo + 14] + 9 * y[yo + 14] + y[yo + 4];
    z[zo + 15] = x[xo + 15] + 9 * y[yo + 15] + y[yo + 5];
    z[zo + 16] = x[xo + 16] + 9 * y[yo + 16] + y[yo + 6];
    z[zo + 17] = x[xo + 17] + 9 * y[yo + 17] + y[yo + 7];
    z[zo + 18] = x[xo + 18] + 9 * y[yo + 18] + y[yo + 8];
    z[zo + 19] = x[xo + 19] + 9 * y[yo + 19] + y[yo + 9];
  }

  /** Wide z = 3x + k y, for an element y. z may be x. */
  public static void triple(long[] z, int zo, long[] x, int xo, long k, long[] y, int yo) {
    z[zo] = 3 * x[xo];
    z[zo + 1] = 3 * x[xo + 1];
    z[zo + 2] = 3 * x[xo + 2];
    z[zo + 3] = 3 * x[xo + 3];
    z[zo + 4] = 3 * x[xo + 4];
    z[zo + 5] = 3 * x[xo + 5] + k * y[yo];
    z[zo + 6] = 3 * x[xo + 6] + k * y[yo + 1];
    z[zo + 7] = 3 * x[xo + 7] + k * y[yo + 2];
    z[zo + 8] = 3 * x[xo + 8] + k * y[yo + 3];
    z[zo + 9] = 3 * x[xo + 9] + k * y[yo + 4];
    z[zo + 10] = 3 * x[xo + 10];
    z[zo + 11] = 3 * x[xo + 11];
    z[zo + 12] = 3 * x[xo + 12];
    z[zo + 13] = 3 * x[xo + 13];
    z[zo + 14] = 3 * x[xo + 14];
    z[zo + 15] = 3 * x[xo + 15] + k * y[yo + 5];
    z[zo + 16] = 3 * x[xo + 16] + k * y[yo + 6];
    z[zo + 17] = 3 * x[xo + 17] + k * y[yo + 7];
    z[zo + 18] = 3 * x[xo + 18] + k * y[yo + 8];
    z[zo + 19] = 3 * x[xo + 19] + k * y[yo + 9];
  }

  /** Wide t = t + x, for an element x. */
  public static void addElement(long[] t, int to, long[] x, int xo) {
    t[to + 5] += x[xo];
    t[to + 6] += x[xo + 1];
    t[to + 7] += x[xo + 2];
    t[to + 8] += x[xo + 3];
    t[to + 9] += x[xo + 4];
    t[to + 15] += x[xo + 5];
    t[to + 16] += x[xo + 6];
    t[to + 17] += x[xo + 7];
    t[to + 18] += x[xo + 8];
    t[to + 19] += x[xo + 9];
  }

  /**
   * z = t, as {@link FqKernels#tighten}. From columns below 2030U, while c0 and c1 are below 2000
   * p^2: 2^260 is 84 p, so that less than 25 p is left to tighten.
   */
  public static void reduce(long[] z, int zo, long[] t, int to) {
    reduceHalf(z, zo, t, to);
    reduceHalf(z, zo + 5, t, to + 10);
  }

  private static void reduceHalf(long[] z, int zo, long[] t, int to) {
    long t0 = t[to];
    long t1 = t[to + 1];
    long t2 = t[to + 2];
    long t3 = t[to + 3];
    long t4 = t[to + 4];
    long t5 = t[to + 5];
    long t6 = t[to + 6];
    long t7 = t[to + 7];
    long t8 = t[to + 8];
    long t9 = t[to + 9];
    long m;
    long h;

    m = (t0 * N0) & MASK;
    h = m << 4;
    t1 += ((t0 + MASK) >> 52) + Math.multiplyHigh(H0, h);
    t1 += (m * P1) & MASK;
    t2 += Math.multiplyHigh(H1, h);
    t2 += (m * P2) & MASK;
    t3 += Math.multiplyHigh(H2, h);
    t3 += (m * P3) & MASK;
    t4 += Math.multiplyHigh(H3, h);
    t4 += (m * P4) & MASK;
    t5 += Math.multiplyHigh(H4, h);

    m = (t1 * N0) & MASK;
    h = m << 4;
    t2 += ((t1 + MASK) >> 52) + Math.multiplyHigh(H0, h);
    t2 += (m * P1) & MASK;
    t3 += Math.multiplyHigh(H1, h);
    t3 += (m * P2) & MASK;
    t4 += Math.multiplyHigh(H2, h);
    t4 += (m * P3) & MASK;
    t5 += Math.multiplyHigh(H3, h);
    t5 += (m * P4) & MASK;
    t6 += Math.multiplyHigh(H4, h);

    m = (t2 * N0) & MASK;
    h = m << 4;
    t3 += ((t2 + MASK) >> 52) + Math.multiplyHigh(H0, h);
    t3 += (m * P1) & MASK;
    t4 += Math.multiplyHigh(H1, h);
    t4 += (m * P2) & MASK;
    t5 += Math.multiplyHigh(H2, h);
    t5 += (m * P3) & MASK;
    t6 += Math.multiplyHigh(H3, h);
    t6 += (m * P4) & MASK;
    t7 += Math.multiplyHigh(H4, h);

    m = (t3 * N0) & MASK;
    h = m << 4;
    t4 += ((t3 + MASK) >> 52) + Math.multiplyHigh(H0, h);
    t4 += (m * P1) & MASK;
    t5 += Math.multiplyHigh(H1, h);
    t5 += (m * P2) & MASK;
    t6 += Math.multiplyHigh(H2, h);
    t6 += (m * P3) & MASK;
    t7 += Math.multiplyHigh(H3, h);
    t7 += (m * P4) & MASK;
    t8 += Math.multiplyHigh(H4, h);

    m = (t4 * N0) & MASK;
    h = m << 4;
    t5 += ((t4 + MASK) >> 52) + Math.multiplyHigh(H0, h);
    t5 += (m * P1) & MASK;
    t6 += Math.multiplyHigh(H1, h);
    t6 += (m * P2) & MASK;
    t7 += Math.multiplyHigh(H2, h);
    t7 += (m * P3) & MASK;
    t8 += Math.multiplyHigh(H3, h);
    t8 += (m * P4) & MASK;
    t9 += Math.multiplyHigh(H4, h);

    t6 += t5 >> 52;
    t7 += t6 >> 52;
    t8 += t7 >> 52;
    t9 += t8 >> 52;
    long q = (t9 * TOP) >> 57;
    t5 = (t5 & MASK) - q * P0;
    t6 = (t6 & MASK) - q * P1 + (t5 >> 52);
    t7 = (t7 & MASK) - q * P2 + (t6 >> 52);
    t8 = (t8 & MASK) - q * P3 + (t7 >> 52);
    z[zo] = t5 & MASK;
    z[zo + 1] = t6 & MASK;
    z[zo + 2] = t7 & MASK;
    z[zo + 3] = t8 & MASK;
    z[zo + 4] = t9 - q * P4 + (t8 >> 52);
  }
}
