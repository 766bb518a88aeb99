package zk4j.core.internal.field;

/**
 * Division modulo a prime p below 2^254 by Bernstein's and Yang's division steps (ePrint 2019/266),
 * 60 of them at a time on the lowest limbs alone. Takes time that depends on the divisor.
 *
 * <p>A number takes five limbs of 60 bits, least significant first, the top one having the sign.
 * The high half of a limb product is {@code multiplyHigh(x << 2, y << 2)}, the floor of x * y /
 * 2^60, for |x| and |y| of at most 2^61 - 1; the low half is {@code (x * y) & MASK}.
 */
final class Inversion {
  private static final int BITS = 60;
  private static final long MASK = (1L << BITS) - 1;

  private final long p0;
  private final long p1;
  private final long p2;
  private final long p3;
  private final long p4;
  private final long n0;
  private final long n1;
  private final long n2;
  private final long n3;
  private final long n4;

  /** 1/p mod 2^60. */
  private final long inverse;

  /** For an odd prime p and a numerator, both in five limbs of 52 bits as field elements have. */
  Inversion(long[] p, long[] numerator) {
    this.p0 = limb(p, 0, 0);
    this.p1 = limb(p, 0, 1);
    this.p2 = limb(p, 0, 2);
    this.p3 = limb(p, 0, 3);
    this.p4 = limb(p, 0, 4);
    this.n0 = limb(numerator, 0, 0);
    this.n1 = limb(numerator, 0, 1);
    this.n2 = limb(numerator, 0, 2);
    this.n3 = limb(numerator, 0, 3);
    this.n4 = limb(numerator, 0, 4);
    long y = p0; // right in 3 bits, and in twice as many after each of Newton's steps
    for (int bits = 3; bits < BITS; bits *= 2) {
      y *= 2 - p0 * y;
    }
    this.inverse = y;
  }

  /**
   * z = numerator/x mod p, or 0 for 0. Canonical to canonical; z may be x.
   *
   * <p>Throughout, d * x = f * numerator and e * x = g * numerator mod p, d and e are in (-2p, p),
   * and f is odd. Division steps bring g to 0; then f is 1 or -1, or p for x = 0.
   */
  void divide(long[] z, int zo, long[] x, int xo) {
    long f0 = p0;
    long f1 = p1;
    long f2 = p2;
    long f3 = p3;
    long f4 = p4;
    long g0 = limb(x, xo, 0);
    long g1 = limb(x, xo, 1);
    long g2 = limb(x, xo, 2);
    long g3 = limb(x, xo, 3);
    long g4 = limb(x, xo, 4);
    long d0 = 0;
    long d1 = 0;
    long d2 = 0;
    long d3 = 0;
    long d4 = 0;
    long e0 = n0;
    long e1 = n1;
    long e2 = n2;
    long e3 = n3;
    long e4 = n4;
    int delta = 1;
    while ((g0 | g1 | g2 | g3 | g4) != 0) {
      // 60 steps take f and g to (u f + v g)/2^60 and (q f + r g)/2^60; |u| + |v| and |q| + |r| are
      // at most 2^60. A step is (delta, f, g) -> (1 - delta, g, (g - f)/2) if delta > 0 and g is
      // odd, else (1 + delta, f, (g + (g mod 2) f)/2).
      long u = 1;
      long v = 0;
      long q = 0;
      long r = 1;
      long f = f0;
      long g = g0;
      int left = BITS;
      while (true) {
        int zeros = Long.numberOfTrailingZeros(g | (1L << left));
        g >>= zeros;
        u <<= zeros;
        v <<= zeros;
        delta += zeros;
        left -= zeros;
        if (left == 0) {
          break;
        }
        if (delta > 0) {
          delta = -delta;
          long t = f;
          f = g;
          g = -t;
          t = u;
          u = q;
          q = -t;
          t = v;
          v = r;
          r = -t;
        }
        // The next 1 - delta steps leave f alone: up to 6 of them add w f at once, w = -g/f mod a
        // power of 2. f (f^2 - 2) is -1/f mod 2^6, for f^2 is 1 mod 8.
        int steps = Math.min(Math.min(1 - delta, left), 6);
        long w = (f * g * (f * f - 2)) & ((1L << steps) - 1);
        g += w * f;
        q += w * u;
        r += w * v;
      }

      long a = low(u, f0, v, g0) >> BITS;
      long b = low(q, f0, r, g0) >> BITS;
      a = a + high(u, f0, v, g0) + low(u, f1, v, g1);
      b = b + high(q, f0, r, g0) + low(q, f1, r, g1);
      f0 = a & MASK;
      g0 = b & MASK;
      a = (a >> BITS) + high(u, f1, v, g1) + low(u, f2, v, g2);
      b = (b >> BITS) + high(q, f1, r, g1) + low(q, f2, r, g2);
      f1 = a & MASK;
      g1 = b & MASK;
      a = (a >> BITS) + high(u, f2, v, g2) + low(u, f3, v, g3);
      b = (b >> BITS) + high(q, f2, r, g2) + low(q, f3, r, g3);
      f2 = a & MASK;
      g2 = b & MASK;
      a = (a >> BITS) + high(u, f3, v, g3) + low(u, f4, v, g4);
      b = (b >> BITS) + high(q, f3, r, g3) + low(q, f4, r, g4);
      f3 = a & MASK;
      g3 = b & MASK;
      a = (a >> BITS) + high(u, f4, v, g4);
      b = (b >> BITS) + high(q, f4, r, g4);
      f4 = a;
      g4 = b;

      // The same for d and e mod p: p is added to one below 0, which brings it to (-p, p), and to
      // the sum a multiple of p in (-2^60 p, 0], which makes it divisible.
      long m = (u & (d4 >> 63)) + (v & (e4 >> 63));
      long n = (q & (d4 >> 63)) + (r & (e4 >> 63));
      m -= (inverse * (u * d0 + v * e0) + m) & MASK;
      n -= (inverse * (q * d0 + r * e0) + n) & MASK;
      a = (low(u, d0, v, e0) + low(m, p0)) >> BITS;
      b = (low(q, d0, r, e0) + low(n, p0)) >> BITS;
      a = a + high(u, d0, v, e0) + high(m, p0) + low(u, d1, v, e1) + low(m, p1);
      b = b + high(q, d0, r, e0) + high(n, p0) + low(q, d1, r, e1) + low(n, p1);
      d0 = a & MASK;
      e0 = b & MASK;
      a = (a >> BITS) + high(u, d1, v, e1) + high(m, p1) + low(u, d2, v, e2) + low(m, p2);
      b = (b >> BITS) + high(q, d1, r, e1) + high(n, p1) + low(q, d2, r, e2) + low(n, p2);
      d1 = a & MASK;
      e1 = b & MASK;
      a = (a >> BITS) + high(u, d2, v, e2) + high(m, p2) + low(u, d3, v, e3) + low(m, p3);
      b = (b >> BITS) + high(q, d2, r, e2) + high(n, p2) + low(q, d3, r, e3) + low(n, p3);
      d2 = a & MASK;
      e2 = b & MASK;
      a = (a >> BITS) + high(u, d3, v, e3) + high(m, p3) + low(u, d4, v, e4) + low(m, p4);
      b = (b >> BITS) + high(q, d3, r, e3) + high(n, p3) + low(q, d4, r, e4) + low(n, p4);
      d3 = a & MASK;
      e3 = b & MASK;
      a = (a >> BITS) + high(u, d4, v, e4) + high(m, p4);
      b = (b >> BITS) + high(q, d4, r, e4) + high(n, p4);
      d4 = a;
      e4 = b;
    }

    // d from (-2p, p) to (-p, p), times f, to [0, p).
    long below = d4 >> 63;
    long sign = f4 >> 63;
    d0 = ((d0 + (p0 & below)) ^ sign) - sign;
    d1 = ((d1 + (p1 & below)) ^ sign) - sign;
    d2 = ((d2 + (p2 & below)) ^ sign) - sign;
    d3 = ((d3 + (p3 & below)) ^ sign) - sign;
    d4 = ((d4 + (p4 & below)) ^ sign) - sign;
    d1 += d0 >> BITS;
    d2 += d1 >> BITS;
    d3 += d2 >> BITS;
    d4 += d3 >> BITS;
    below = d4 >> 63;
    d0 = (d0 & MASK) + (p0 & below);
    d1 = (d1 & MASK) + (p1 & below) + (d0 >> BITS);
    d2 = (d2 & MASK) + (p2 & below) + (d1 >> BITS);
    d3 = (d3 & MASK) + (p3 & below) + (d2 >> BITS);
    d4 = d4 + (p4 & below) + (d3 >> BITS);
    long mask = (1L << 52) - 1;
    z[zo] = d0 & mask;
    z[zo + 1] = (((d0 & MASK) >> 52) | (d1 << 8)) & mask;
    z[zo + 2] = (((d1 & MASK) >> 44) | (d2 << 16)) & mask;
    z[zo + 3] = (((d2 & MASK) >> 36) | (d3 << 24)) & mask;
    z[zo + 4] = ((d3 & MASK) >> 28) | (d4 << 32);
  }

  /** Limb i of 60 bits of a canonical element. */
  private static long limb(long[] x, int xo, int i) {
    long low = x[xo + i] >>> (8 * i);
    return i == 4 ? low : (low | (x[xo + i + 1] << (52 - 8 * i))) & MASK;
  }

  private static long low(long x, long y) {
    return (x * y) & MASK;
  }

  private static long low(long x, long y, long s, long t) {
    return low(x, y) + low(s, t);
  }

  private static long high(long x, long y) {
    return Math.multiplyHigh(x << 2, y << 2);
  }

  private static long high(long x, long y, long s, long t) {
    return high(x, y) + high(s, t);
  }
}
