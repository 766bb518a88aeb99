package zk4j.core.internal.curve;

import zk4j.core.internal.field.FqKernels;
import zk4j.core.internal.spi.Curve;

/** {@link CurveKernels} over Fq. G2Kernels is this text over Fq2; a test keeps the two alike. */
final class G1Kernels extends CurveKernels {
  private static final int F = FqKernels.LIMBS;
  private static final int X = 0;
  private static final int Y = F;
  private static final int Z = 2 * F;
  private static final int AFFINE = 2 * F;
  private static final int JACOBIAN = 3 * F;

  /** Pairs that share an inversion; denominators and products stay within a second-level cache. */
  private static final int BATCH = 1024;

  private static final byte COPY_LEFT = 0;
  private static final byte COPY_RIGHT = 1;
  private static final byte CANCEL = 2;
  private static final byte DOUBLE = 3;
  private static final byte ADD = 4;

  private final long[] b;
  private final long[] t = new long[9 * F];

  // Of a batch; made when the first one comes.
  private byte[] kind = {};
  private long[] denominator = {};
  private long[] product = {};

  G1Kernels(long[] b) {
    this.b = b;
  }

  @Override
  public Curve curve() {
    return Curve.G1;
  }

  @Override
  public int affine() {
    return AFFINE;
  }

  @Override
  public int jacobian() {
    return JACOBIAN;
  }

  @Override
  public boolean isOnCurve(long[] p, int po) {
    FqKernels.sqr(t, 0, p, po + X);
    FqKernels.mul(t, F, t, 0, p, po + X);
    FqKernels.add(t, F, t, F, b, 0);
    FqKernels.sqr(t, 0, p, po + Y);
    FqKernels.sub(t, 0, t, 0, t, F);
    FqKernels.canonical(t, 0, t, 0);
    return FqKernels.isZero(t, 0);
  }

  @Override
  public boolean isInfinity(long[] p, int po) {
    return FqKernels.isZero(p, po + X) && FqKernels.isZero(p, po + Y);
  }

  @Override
  public void addPairs(long[] out, int outAt, long[] in, int[] pairs, int count) {
    if (kind.length == 0) {
      kind = new byte[BATCH];
      denominator = new long[BATCH * F];
      product = new long[(BATCH + 1) * F];
    }
    for (int done = 0; done < count; done += BATCH) {
      addBatch(out, outAt + done, in, pairs, done, Math.min(BATCH, count - done));
    }
  }

  private void addBatch(long[] out, int outAt, long[] in, int[] pairs, int from, int count) {
    FqKernels.setOne(product, 0);
    for (int k = 0; k < count; k++) {
      int left = pairs[2 * (from + k)];
      int right = pairs[2 * (from + k) + 1];
      kind[k] = prepare(denominator, k * F, in, left, right);
      if (kind[k] >= DOUBLE) {
        FqKernels.mul(product, (k + 1) * F, product, k * F, denominator, k * F);
      } else {
        FqKernels.copy(product, (k + 1) * F, product, k * F);
      }
    }
    int inverse = 0; // slots 0 and 1 of t hold 1 / product by turns
    FqKernels.inv(t, inverse, product, count * F);
    for (int k = count - 1; k >= 0; k--) {
      int left = pairs[2 * (from + k)];
      int right = pairs[2 * (from + k) + 1];
      int z = (outAt + k) * AFFINE;
      if (kind[k] >= DOUBLE) {
        FqKernels.mul(t, 2 * F, t, inverse, product, k * F);
        FqKernels.mul(t, F - inverse, t, inverse, denominator, k * F);
        inverse = F - inverse;
        addAffine(out, z, in, left, right, kind[k]);
      } else if (kind[k] == CANCEL) {
        FqKernels.setZero(out, z + X);
        FqKernels.setZero(out, z + Y);
      } else {
        int entry = kind[k] == COPY_LEFT ? left : right;
        int p = (entry >> 1) * AFFINE;
        FqKernels.copy(out, z + X, in, p + X);
        FqKernels.copy(out, z + Y, in, p + Y);
        if ((entry & 1) != 0) {
          FqKernels.neg(out, z + Y, out, z + Y);
          FqKernels.canonical(out, z + Y, out, z + Y);
        }
      }
    }
  }

  /** Finds what kind of sum left + right is; d = its denominator if it has one. */
  private byte prepare(long[] d, int to, long[] in, int left, int right) {
    int p = (left >> 1) * AFFINE;
    int q = (right >> 1) * AFFINE;
    if (right == NONE || isInfinity(in, q)) {
      return COPY_LEFT;
    }
    if (isInfinity(in, p)) {
      return COPY_RIGHT;
    }
    if (!FqKernels.equal(in, p + X, in, q + X)) {
      FqKernels.sub(d, to, in, q + X, in, p + X);
      return ADD;
    }
    boolean sameY = FqKernels.equal(in, p + Y, in, q + Y);
    boolean sameSign = ((left ^ right) & 1) == 0;
    if (sameY != sameSign) {
      return CANCEL;
    }
    FqKernels.add(d, to, in, p + Y, in, p + Y);
    if ((left & 1) != 0) {
      FqKernels.neg(d, to, d, to);
    }
    return DOUBLE;
  }

  /** out[z] = left + right, by chord or tangent, with 1/denominator in slot 2 of t. */
  private void addAffine(long[] out, int z, long[] in, int left, int right, byte sum) {
    int p = (left >> 1) * AFFINE;
    int q = (right >> 1) * AFFINE;
    int y = 3 * F; // the left y with its sign
    FqKernels.copy(t, y, in, p + Y);
    if ((left & 1) != 0) {
      FqKernels.neg(t, y, t, y);
    }
    int n = 4 * F; // the slope's numerator
    if (sum == DOUBLE) {
      FqKernels.sqr(t, 5 * F, in, p + X);
      FqKernels.add(t, n, t, 5 * F, t, 5 * F);
      FqKernels.add(t, n, t, n, t, 5 * F);
      FqKernels.tighten(t, n, t, n);
    } else if ((right & 1) == 0) {
      FqKernels.sub(t, n, in, q + Y, t, y);
    } else {
      FqKernels.add(t, n, in, q + Y, t, y);
      FqKernels.neg(t, n, t, n);
    }
    int slope = 5 * F;
    FqKernels.mul(t, slope, t, n, t, 2 * F);
    FqKernels.sqr(t, n, t, slope);
    FqKernels.sub(t, n, t, n, in, p + X);
    FqKernels.sub(t, n, t, n, in, q + X);
    FqKernels.canonical(out, z + X, t, n);
    FqKernels.sub(t, n, in, p + X, out, z + X);
    FqKernels.mul(t, 6 * F, t, n, t, slope);
    FqKernels.sub(t, n, t, 6 * F, t, y);
    FqKernels.canonical(out, z + Y, t, n);
  }

  @Override
  public void toJacobian(long[] z, int zo, long[] p, int po) {
    if (isInfinity(p, po)) {
      setInfinity(z, zo);
      return;
    }
    FqKernels.copy(z, zo + X, p, po + X);
    FqKernels.copy(z, zo + Y, p, po + Y);
    FqKernels.setOne(z, zo + Z);
  }

  @Override
  public void toAffine(long[] z, int zo, long[] p, int po) {
    if (FqKernels.isZero(p, po + Z)) {
      FqKernels.setZero(z, zo + X);
      FqKernels.setZero(z, zo + Y);
      return;
    }
    FqKernels.inv(t, 0, p, po + Z);
    FqKernels.sqr(t, F, t, 0);
    FqKernels.mul(t, 2 * F, t, F, t, 0);
    FqKernels.mul(t, 3 * F, p, po + X, t, F);
    FqKernels.mul(t, 4 * F, p, po + Y, t, 2 * F);
    FqKernels.canonical(z, zo + X, t, 3 * F);
    FqKernels.canonical(z, zo + Y, t, 4 * F);
  }

  @Override
  public void setInfinity(long[] p, int po) {
    FqKernels.setZero(p, po + X);
    FqKernels.setZero(p, po + Y);
    FqKernels.setZero(p, po + Z);
  }

  @Override
  public void twice(long[] p, int po) {
    if (FqKernels.isZero(p, po + Z)) {
      return;
    }
    int a = 0;
    int bb = F;
    int c = 2 * F;
    int d = 3 * F;
    int e = 4 * F;
    int u = 5 * F;
    FqKernels.sqr(t, a, p, po + X);
    FqKernels.sqr(t, bb, p, po + Y);
    FqKernels.sqr(t, c, t, bb);
    FqKernels.add(t, u, p, po + X, t, bb);
    FqKernels.sqr(t, d, t, u);
    FqKernels.sub(t, d, t, d, t, a);
    FqKernels.sub(t, d, t, d, t, c);
    FqKernels.add(t, d, t, d, t, d);
    FqKernels.tighten(t, d, t, d); // 2((X + B)^2 - A - C)
    FqKernels.add(t, e, t, a, t, a);
    FqKernels.add(t, e, t, e, t, a);
    FqKernels.tighten(t, e, t, e); // 3A
    FqKernels.mul(t, u, p, po + Y, p, po + Z);
    FqKernels.add(t, u, t, u, t, u);
    FqKernels.tighten(p, po + Z, t, u);
    FqKernels.sqr(t, u, t, e);
    FqKernels.sub(t, u, t, u, t, d);
    FqKernels.sub(t, u, t, u, t, d);
    FqKernels.tighten(p, po + X, t, u);
    FqKernels.sub(t, d, t, d, p, po + X);
    FqKernels.mul(t, u, t, e, t, d);
    FqKernels.add(t, c, t, c, t, c);
    FqKernels.add(t, c, t, c, t, c);
    FqKernels.add(t, c, t, c, t, c);
    FqKernels.sub(t, u, t, u, t, c);
    FqKernels.tighten(p, po + Y, t, u); // E(D - X3) - 8C
  }

  @Override
  public void add(long[] p, int po, long[] q, int qo) {
    if (FqKernels.isZero(q, qo + Z)) {
      return;
    }
    if (FqKernels.isZero(p, po + Z)) {
      System.arraycopy(q, qo, p, po, JACOBIAN);
      return;
    }
    int u1 = 0;
    int s1 = F;
    int h = 2 * F;
    int r = 3 * F;
    int v = 4 * F;
    int w = 5 * F;
    FqKernels.sqr(t, v, q, qo + Z);
    FqKernels.mul(t, u1, p, po + X, t, v);
    FqKernels.mul(t, w, t, v, q, qo + Z);
    FqKernels.mul(t, s1, p, po + Y, t, w);
    FqKernels.sqr(t, v, p, po + Z);
    FqKernels.mul(t, h, q, qo + X, t, v);
    FqKernels.mul(t, w, t, v, p, po + Z);
    FqKernels.mul(t, r, q, qo + Y, t, w);
    FqKernels.sub(t, h, t, h, t, u1);
    FqKernels.canonical(t, h, t, h); // U2 - U1
    FqKernels.sub(t, r, t, r, t, s1);
    FqKernels.canonical(t, r, t, r); // S2 - S1
    if (FqKernels.isZero(t, h)) {
      if (FqKernels.isZero(t, r)) {
        twice(p, po);
      } else {
        setInfinity(p, po);
      }
      return;
    }
    FqKernels.mul(t, v, p, po + Z, q, qo + Z);
    FqKernels.mul(t, w, t, v, t, h);
    FqKernels.copy(p, po + Z, t, w);
    FqKernels.sqr(t, v, t, h);
    FqKernels.mul(t, w, t, v, t, h); // H^3
    FqKernels.mul(t, h, t, v, t, u1); // U1 H^2
    FqKernels.sqr(t, v, t, r);
    FqKernels.sub(t, v, t, v, t, w);
    FqKernels.sub(t, v, t, v, t, h);
    FqKernels.sub(t, v, t, v, t, h);
    FqKernels.tighten(p, po + X, t, v);
    FqKernels.sub(t, v, t, h, p, po + X);
    FqKernels.mul(t, h, t, v, t, r);
    FqKernels.mul(t, v, t, s1, t, w);
    FqKernels.sub(t, v, t, h, t, v);
    FqKernels.tighten(p, po + Y, t, v);
  }

  @Override
  public void addMixed(long[] p, int po, long[] q, int qo) {
    if (isInfinity(q, qo)) {
      return;
    }
    if (FqKernels.isZero(p, po + Z)) {
      toJacobian(p, po, q, qo);
      return;
    }
    int h = 0;
    int r = F;
    int v = 2 * F;
    int w = 3 * F;
    FqKernels.sqr(t, v, p, po + Z);
    FqKernels.mul(t, h, q, qo + X, t, v);
    FqKernels.mul(t, w, t, v, p, po + Z);
    FqKernels.mul(t, r, q, qo + Y, t, w);
    FqKernels.sub(t, h, t, h, p, po + X);
    FqKernels.canonical(t, h, t, h); // U2 - X1
    FqKernels.sub(t, r, t, r, p, po + Y);
    FqKernels.canonical(t, r, t, r); // S2 - Y1
    if (FqKernels.isZero(t, h)) {
      if (FqKernels.isZero(t, r)) {
        twice(p, po);
      } else {
        setInfinity(p, po);
      }
      return;
    }
    FqKernels.mul(p, po + Z, p, po + Z, t, h);
    FqKernels.sqr(t, v, t, h);
    FqKernels.mul(t, w, t, v, t, h); // H^3
    FqKernels.mul(t, h, t, v, p, po + X); // X1 H^2
    FqKernels.sqr(t, v, t, r);
    FqKernels.sub(t, v, t, v, t, w);
    FqKernels.sub(t, v, t, v, t, h);
    FqKernels.sub(t, v, t, v, t, h);
    FqKernels.tighten(p, po + X, t, v);
    FqKernels.sub(t, v, t, h, p, po + X);
    FqKernels.mul(t, h, t, v, t, r);
    FqKernels.mul(t, v, p, po + Y, t, w);
    FqKernels.sub(t, v, t, h, t, v);
    FqKernels.tighten(p, po + Y, t, v);
  }

  @Override
  public void negate(long[] p, int po) {
    FqKernels.neg(p, po + Y, p, po + Y);
    FqKernels.tighten(p, po + Y, p, po + Y);
  }
}
