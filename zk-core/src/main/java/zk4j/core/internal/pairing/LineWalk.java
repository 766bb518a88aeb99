package zk4j.core.internal.pairing;

import zk4j.core.internal.field.Fq2Kernels;
import zk4j.core.internal.field.Fq2Products;

/**
 * The Miller loop's running point T = (X/Z, Y/Z) for a point Q of G2, with the line that its last
 * step took: a y + b x w + c w^3 at (x, y). For one thread.
 */
final class LineWalk {
  private static final int F = Fq2Kernels.LIMBS;
  private static final int W = Fq2Products.WIDE;

  /** 9 / xi, three times the twist's coefficient. */
  private static final long[] THREE_B = threeB();

  /** The factors of x and y of the Frobenius map carried over to the twist. */
  private static final long[] IMAGE = image();

  // In s: T, Q, -Q and their images, scratch space.
  private static final int X = 0;
  private static final int Y = F;
  private static final int Z = 2 * F;
  private static final int Q = 3 * F;
  private static final int MINUS_Q = Q + 2 * F;
  private static final int IMAGE_Q = MINUS_Q + 2 * F;
  private static final int MINUS_IMAGE_2_Q = IMAGE_Q + 2 * F;
  private static final int T = MINUS_IMAGE_2_Q + 2 * F;

  private final long[] s = new long[T + 6 * F + 2 * W];

  /** Starts at Q = (x, y), canonical and not infinity. */
  LineWalk(long[] q, int qo) {
    System.arraycopy(q, qo, s, X, 2 * F);
    Fq2Kernels.setOne(s, Z);
    System.arraycopy(q, qo, s, Q, 2 * F);
    Fq2Kernels.copy(s, MINUS_Q, q, qo);
    Fq2Kernels.neg(s, MINUS_Q + F, q, qo + F);
    Fq2Kernels.tighten(s, MINUS_Q + F, s, MINUS_Q + F);
    toImage(IMAGE_Q, Q);
    toImage(MINUS_IMAGE_2_Q, IMAGE_Q);
    Fq2Kernels.neg(s, MINUS_IMAGE_2_Q + F, s, MINUS_IMAGE_2_Q + F);
    Fq2Kernels.tighten(s, MINUS_IMAGE_2_Q + F, s, MINUS_IMAGE_2_Q + F);
  }

  private void toImage(int z, int p) {
    for (int k = 0; k < 2 * F; k += F) {
      Fq2Kernels.conj(s, z + k, s, p + k);
      Fq2Kernels.mul(s, z + k, s, z + k, IMAGE, k);
    }
  }

  private static long[] image() {
    long[] image = new long[2 * F];
    Fq12Kernels.frobeniusFactor(image, 0, 2);
    Fq12Kernels.frobeniusFactor(image, F, 3);
    return image;
  }

  private static long[] threeB() {
    long[] xi = new long[F];
    Fq2Kernels.setOne(xi, 0);
    Fq2Kernels.mulXi(xi, 0, xi, 0);
    long[] z = new long[F];
    Fq2Kernels.inv(z, 0, xi, 0);
    for (int i = 0; i < F; i++) {
      z[i] *= 9;
    }
    Fq2Kernels.canonical(z, 0, z, 0);
    return z;
  }

  /**
   * Takes one of {@link MillerLoop}'s steps. The line's a, b, c go to three slots from lo, a and c
   * tight, b below 6q with limbs below 2^54.
   */
  void step(long[] line, int lo, int step) {
    switch (step) {
      case MillerLoop.TWICE -> twice(line, lo);
      case MillerLoop.PLUS_Q -> add(line, lo, Q);
      case MillerLoop.MINUS_Q -> add(line, lo, MINUS_Q);
      case MillerLoop.PLUS_IMAGE -> add(line, lo, IMAGE_Q);
      case MillerLoop.MINUS_SECOND_IMAGE -> add(line, lo, MINUS_IMAGE_2_Q);
      default -> throw new AssertionError(step);
    }
  }

  /** T = 2T, with the tangent (Aranha et al., ePrint 2010/526, section 4.2, times 4). */
  private void twice(long[] line, int lo) {
    int a = T;
    int b = T + F;
    int e = T + 2 * F;
    int h = T + 3 * F;
    int g = T + 4 * F;
    int u = T + 5 * F;
    Fq2Kernels.mul(s, a, s, X, s, Y);
    Fq2Kernels.sqr(s, b, s, Y);
    Fq2Kernels.sqr(s, u, s, Z);
    Fq2Kernels.mul(s, e, s, u, THREE_B, 0);
    Fq2Kernels.add(s, h, s, Y, s, Z);
    Fq2Kernels.sqr(s, h, s, h);
    Fq2Kernels.sub(s, h, s, h, s, b);
    Fq2Kernels.sub(s, h, s, h, s, u);
    Fq2Kernels.tighten(s, h, s, h); // 2YZ
    Fq2Kernels.neg(s, u, s, h);
    Fq2Kernels.tighten(line, lo, s, u);
    Fq2Kernels.sqr(s, u, s, X);
    triple(line, lo + F, u);
    Fq2Kernels.sub(s, u, s, e, s, b);
    Fq2Kernels.tighten(line, lo + 2 * F, s, u); // 3b'Z^2 - Y^2

    triple(s, u, e);
    Fq2Kernels.add(s, g, s, b, s, u);
    Fq2Kernels.tighten(s, g, s, g); // Y^2 + 9b'Z^2
    Fq2Kernels.sub(s, u, s, b, s, u); // in (-7q, 5q)
    Fq2Kernels.add(s, a, s, a, s, a); // in (-2q, 4q)
    Fq2Kernels.mul(s, X, s, a, s, u);
    Fq2Kernels.add(s, b, s, b, s, b);
    Fq2Kernels.add(s, h, s, h, s, h);
    Fq2Kernels.mul(s, Z, s, b, s, h);
    Fq2Kernels.sqr(s, g, s, g);
    Fq2Kernels.sqr(s, e, s, e);
    for (int i = 0; i < F; i++) {
      s[g + i] -= 12 * s[e + i]; // in (-25q, 14q)
    }
    Fq2Kernels.tighten(s, Y, s, g);
  }

  /** z = 3x, limb by limb. */
  private void triple(long[] z, int zo, int x) {
    for (int i = 0; i < F; i++) {
      z[zo + i] = 3 * s[x + i];
    }
  }

  /** T = T + p, with the chord. */
  private void add(long[] line, int lo, int p) {
    int theta = T;
    int lambda = T + F;
    int d = T + 2 * F;
    int e = T + 3 * F;
    int g = T + 4 * F;
    int h = T + 5 * F;
    int v = T + 6 * F;
    int w = v + W;
    Fq2Kernels.mul(s, theta, s, p + F, s, Z);
    Fq2Kernels.sub(s, theta, s, Y, s, theta);
    Fq2Kernels.mul(s, lambda, s, p, s, Z);
    Fq2Kernels.sub(s, lambda, s, X, s, lambda);
    Fq2Kernels.tighten(line, lo, s, lambda);
    Fq2Kernels.neg(line, lo + F, s, theta);
    Fq2Products.mulWide(s, v, s, theta, s, p);
    Fq2Products.mulWide(s, w, s, lambda, s, p + F);
    Fq2Products.subWide(s, v, s, v, s, w);
    Fq2Products.reduce(line, lo + 2 * F, s, v);

    Fq2Kernels.sqr(s, d, s, lambda);
    Fq2Kernels.mul(s, e, s, lambda, s, d);
    Fq2Kernels.mul(s, g, s, X, s, d);
    Fq2Kernels.sqr(s, d, s, theta);
    Fq2Kernels.mul(s, h, s, Z, s, d);
    Fq2Kernels.add(s, h, s, h, s, e);
    Fq2Kernels.sub(s, h, s, h, s, g);
    Fq2Kernels.sub(s, h, s, h, s, g);
    Fq2Kernels.tighten(s, h, s, h); // lambda^3 + Z theta^2 - 2 X lambda^2
    Fq2Kernels.mul(s, X, s, lambda, s, h);
    Fq2Kernels.sub(s, g, s, g, s, h);
    Fq2Products.mulWide(s, v, s, theta, s, g);
    Fq2Products.mulWide(s, w, s, e, s, Y);
    Fq2Products.subWide(s, v, s, v, s, w);
    Fq2Products.reduce(s, Y, s, v);
    Fq2Kernels.mul(s, Z, s, Z, s, e);
  }
}
