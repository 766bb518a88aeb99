package zk4j.core.internal.curve;

import zk4j.core.internal.field.Fq2Kernels;
import zk4j.core.internal.spi.Curve;

/** {@link CurveKernels} over Fq2. G2Kernels is G1Kernels with other names; a test keeps it so. */
final class G2Kernels extends CurveKernels {
  private static final int F = Fq2Kernels.LIMBS;
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

  G2Kernels(long[] b) {
    this.b = b;
  }

  @Override
  public Curve curve() {
    return Curve.G2;
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
    Fq2Kernels.sqr(t, 0, p, po + X);
    Fq2Kernels.mul(t, F, t, 0, p, po + X);
    Fq2Kernels.add(t, F, t, F, b, 0);
    Fq2Kernels.sqr(t, 0, p, po + Y);
    Fq2Kernels.sub(t, 0, t, 0, t, F);
    Fq2Kernels.canonical(t, 0, t, 0);
    return Fq2Kernels.isZero(t, 0);
  }

  @Override
  public boolean isInfinity(long[] p, int po) {
    return Fq2Kernels.isZero(p, po + X) && Fq2Kernels.isZero(p, po + Y);
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
    Fq2Kernels.setOne(product, 0);
    for (int k = 0; k < count; k++) {
      int left = pairs[2 * (from + k)];
      int right = pairs[2 * (from + k) + 1];
      kind[k] = prepare(denominator, k * F, in, left, right);
      if (kind[k] >= DOUBLE) {
        Fq2Kernels.mul(product, (k + 1) * F, product, k * F, denominator, k * F);
      } else {
        Fq2Kernels.copy(product, (k + 1) * F, product, k * F);
      }
    }
    int inverse = 0; // slots 0 and 1 of t hold 1 / product by turns
    Fq2Kernels.inv(t, inverse, product, count * F);
    for (int k = count - 1; k >= 0; k--) {
      int left = pairs[2 * (from + k)];
      int right = pairs[2 * (from + k) + 1];
      int z = (outAt + k) * AFFINE;
      if (kind[k] >= DOUBLE) {
        Fq2Kernels.mul(t, 2 * F, t, inverse, product, k * F);
        Fq2Kernels.mul(t, F - inverse, t, inverse, denominator, k * F);
        inverse = F - inverse;
        addAffine(out, z, in, left, right, kind[k]);
      } else if (kind[k] == CANCEL) {
        Fq2Kernels.setZero(out, z + X);
        Fq2Kernels.setZero(out, z + Y);
      } else {
        int entry = kind[k] == COPY_LEFT ? left : right;
        int p = (entry >> 1) * AFFINE;
        Fq2Kernels.copy(out, z + X, in, p + X);
        Fq2Kernels.copy(out, z + Y, in, p + Y);
        if ((entry & 1) != 0) {
          Fq2Kernels.neg(out, z + Y, out, z + Y);
          Fq2Kernels.canonical(out, z + Y, out, z + Y);
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
    if (!Fq2Kernels.equal(in, p + X, in, q + X)) {
      Fq2Kernels.sub(d, to, in, q + X, in, p + X);
      return ADD;
    }
    boolean sameY = Fq2Kernels.equal(in, p + Y, in, q + Y);
    boolean sameSign = ((left ^ right) & 1) == 0;
    if (sameY != sameSign) {
      return CANCEL;
    }
    Fq2Kernels.add(d, to, in, p + Y, in, p + Y);
    if ((left & 1) != 0) {
      Fq2Kernels.neg(d, to, d, to);
    }
    return DOUBLE;
  }

  /** out[z] = left + right, by chord or tangent, with 1/denominator in slot 2 of t. */
  private void addAffine(long[] out, int z, long[] in, int left, int right, byte sum) {
    int p = (left >> 1) * AFFINE;
    int q = (right >> 1) * AFFINE;
    int y = 3 * F; // the left y with its sign
    Fq2Kernels.copy(t, y, in, p + Y);
    if ((left & 1) != 0) {
      Fq2Kernels.neg(t, y, t, y);
    }
    int n = 4 * F; // the slope's numerator
    if (sum == DOUBLE) {
      Fq2Kernels.sqr(t, 5 * F, in, p + X);
      Fq2Kernels.add(t, n, t, 5 * F, t, 5 * F);
      Fq2Kernels.add(t, n, t, n, t, 5 * F);
      Fq2Kernels.tighten(t, n, t, n);
    } else if ((right & 1) == 0) {
      Fq2Kernels.sub(t, n, in, q + Y, t, y);
    } else {
      Fq2Kernels.add(t, n, in, q + Y, t, y);
      Fq2Kernels.neg(t, n, t, n);
    }
    int slope = 5 * F;
    Fq2Kernels.mul(t, slope, t, n, t, 2 * F);
    Fq2Kernels.sqr(t, n, t, slope);
    Fq2Kernels.sub(t, n, t, n, in, p + X);
    Fq2Kernels.sub(t, n, t, n, in, q + X);
    Fq2Kernels.canonical(out, z + X, t, n);
    Fq2Kernels.sub(t, n, in, p + X, out, z + X);
    Fq2Kernels.mul(t, 6 * F, t, n, t, slope);
    Fq2Kernels.sub(t, n, t, 6 * F, t, y);
    Fq2Kernels.canonical(out, z + Y, t, n);
  }

  @Override
  public void toJacobian(long[] z, int zo, long[] p, int po) {
    if (isInfinity(p, po)) {
      setInfinity(z, zo);
      return;
    }
    Fq2Kernels.copy(z, zo + X, p, po + X);
    Fq2Kernels.copy(z, zo + Y, p, po + Y);
    Fq2Kernels.setOne(z, zo + Z);
  }

  @Override
  public void toAffine(long[] z, int zo, long[] p, int po) {
    if (Fq2Kernels.isZero(p, po + Z)) {
      Fq2Kernels.setZero(z, zo + X);
      Fq2Kernels.setZero(z, zo + Y);
      return;
    }
    Fq2Kernels.inv(t, 0, p, po + Z);
    Fq2Kernels.sqr(t, F, t, 0);
    Fq2Kernels.mul(t, 2 * F, t, F, t, 0);
    Fq2Kernels.mul(t, 3 * F, p, po + X, t, F);
    Fq2Kernels.mul(t, 4 * F, p, po + Y, t, 2 * F);
    Fq2Kernels.canonical(z, zo + X, t, 3 * F);
    Fq2Kernels.canonical(z, zo + Y, t, 4 * F);
  }

  @Override
  public void setInfinity(long[] p, int po) {
    Fq2Kernels.setZero(p, po + X);
    Fq2Kernels.setZero(p, po + Y);
    Fq2Kernels.setZero(p, po + Z);
  }

  @Override
  public void twice(long[] p, int po) {
    if (Fq2Kernels.isZero(p, po + Z)) {
      return;
    }
    int a = 0;
    int bb = F;
    int c = 2 * F;
    int d = 3 * F;
    int e = 4 * F;
    int u = 5 * F;
    Fq2Kernels.sqr(t, a, p, po + X);
    Fq2Kernels.sqr(t, bb, p, po + Y);
    Fq2Kernels.sqr(t, c, t, bb);
    Fq2Kernels.add(t, u, p, po + X, t, bb);
    Fq2Kernels.sqr(t, d, t, u);
    Fq2Kernels.sub(t, d, t, d, t, a);
    Fq2Kernels.sub(t, d, t, d, t, c);
    Fq2Kernels.add(t, d, t, d, t, d);
    Fq2Kernels.tighten(t, d, t, d); // 2((X + B)^2 - A - C)
    Fq2Kernels.add(t, e, t, a, t, a);
    Fq2Kernels.add(t, e, t, e, t, a);
    Fq2Kernels.tighten(t, e, t, e); // 3A
    Fq2Kernels.mul(t, u, p, po + Y, p, po + Z);
    Fq2Kernels.add(t, u, t, u, t, u);
    Fq2Kernels.tighten(p, po + Z, t, u);
    Fq2Kernels.sqr(t, u, t, e);
    Fq2Kernels.sub(t, u, t, u, t, d);
    Fq2Kernels.sub(t, u, t, u, t, d);
    Fq2Kernels.tighten(p, po + X, t, u);
    Fq2Kernels.sub(t, d, t, d, p, po + X);
    Fq2Kernels.mul(t, u, t, e, t, d);
    Fq2Kernels.add(t, c, t, c, t, c);
    Fq2Kernels.add(t, c, t, c, t, c);
    Fq2Kernels.add(t, c, t, c, t, c);
    Fq2Kernels.sub(t, u, t, u, t, c);
    Fq2Kernels.tighten(p, po + Y, t, u); // E(D - X3) - 8C
  }

  @Override
  public void add(long[] p, int po, long[] q, int qo) {
    if (Fq2Kernels.isZero(q, qo + Z)) {
      return;
    }
    if (Fq2Kernels.isZero(p, po + Z)) {
      System.arraycopy(q, qo, p, po, JACOBIAN);
      return;
    }
    int u1 = 0;
    int s1 = F;
    int h = 2 * F;
    int r = 3 * F;
    int v = 4 * F;
    int w = 5 * F;
    Fq2Kernels.sqr(t, v, q, qo + Z);
    Fq2Kernels.mul(t, u1, p, po + X, t, v);
    Fq2Kernels.mul(t, w, t, v, q, qo + Z);
    Fq2Kernels.mul(t, s1, p, po + Y, t, w);
    Fq2Kernels.sqr(t, v, p, po + Z);
    Fq2Kernels.mul(t, h, q, qo + X, t, v);
    Fq2Kernels.mul(t, w, t, v, p, po + Z);
    Fq2Kernels.mul(t, r, q, qo + Y, t, w);
    Fq2Kernels.sub(t, h, t, h, t, u1);
    Fq2Kernels.canonical(t, h, t, h); // U2 - U1
    Fq2Kernels.sub(t, r, t, r, t, s1);
    Fq2Kernels.canonical(t, r, t, r); // S2 - S1
    if (Fq2Kernels.isZero(t, h)) {
      if (Fq2Kernels.isZero(t, r)) {
        twice(p, po);
      } else {
        setInfinity(p, po);
      }
      return;
    }
    Fq2Kernels.mul(t, v, p, po + Z, q, qo + Z);
    Fq2Kernels.mul(t, w, t, v, t, h);
    Fq2Kernels.copy(p, po + Z, t, w);
    Fq2Kernels.sqr(t, v, t, h);
    Fq2Kernels.mul(t, w, t, v, t, h); // H^3
    Fq2Kernels.mul(t, h, t, v, t, u1); // U1 H^2
    Fq2Kernels.sqr(t, v, t, r);
    Fq2Kernels.sub(t, v, t, v, t, w);
    Fq2Kernels.sub(t, v, t, v, t, h);
    Fq2Kernels.sub(t, v, t, v, t, h);
    Fq2Kernels.tighten(p, po + X, t, v);
    Fq2Kernels.sub(t, v, t, h, p, po + X);
    Fq2Kernels.mul(t, h, t, v, t, r);
    Fq2Kernels.mul(t, v, t, s1, t, w);
    Fq2Kernels.sub(t, v, t, h, t, v);
    Fq2Kernels.tighten(p, po + Y, t, v);
  }

  @Override
  public void addMixed(long[] p, int po, long[] q, int qo) {
    if (isInfinity(q, qo)) {
      return;
    }
    if (Fq2Kernels.isZero(p, po + Z)) {
      toJacobian(p, po, q, qo);
      return;
    }
    int h = 0;
    int r = F;
    int v = 2 * F;
    int w = 3 * F;
    Fq2Kernels.sqr(t, v, p, po + Z);
    Fq2Kernels.mul(t, h, q, qo + X, t, v);
    Fq2Kernels.mul(t, w, t, v, p, po + Z);
    Fq2Kernels.mul(t, r, q, qo + Y, t, w);
    Fq2Kernels.sub(t, h, t, h, p, po + X);
    Fq2Kernels.canonical(t, h, t, h); // U2 - X1
    Fq2Kernels.sub(t, r, t, r, p, po + Y);
    Fq2Kernels.canonical(t, r, t, r); // S2 - Y1
    if (Fq2Kernels.isZero(t, h)) {
      if (Fq2Kernels.isZero(t, r)) {
        twice(p, po);
      } else {
        setInfinity(p, po);
      }
      return;
    }
    Fq2Kernels.mul(p, po + Z, p, po + Z, t, h);
    Fq2Kernels.sqr(t, v, t, h);
    Fq2Kernels.mul(t, w, t, v, t, h); // H^3
    Fq2Kernels.mul(t, h, t, v, p, po + X); // X1 H^2
    Fq2Kernels.sqr(t, v, t, r);
    Fq2Kernels.sub(t, v, t, v, t, w);
    Fq2Kernels.sub(t, v, t, v, t, h);
    Fq2Kernels.sub(t, v, t, v, t, h);
    Fq2Kernels.tighten(p, po + X, t, v);
    Fq2Kernels.sub(t, v, t, h, p, po + X);
    Fq2Kernels.mul(t, h, t, v, t, r);
    Fq2Kernels.mul(t, v, p, po + Y, t, w);
    Fq2Kernels.sub(t, v, t, h, t, v);
    Fq2Kernels.tighten(p, po + Y, t, v);
  }

  @Override
  public void negate(long[] p, int po) {
    Fq2Kernels.neg(p, po + Y, p, po + Y);
    Fq2Kernels.tighten(p, po + Y, p, po + Y);
  }
}
