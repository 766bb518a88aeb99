package zk4j.core.internal.scalar;

import zk4j.core.internal.curve.CurveKernels;
import zk4j.core.internal.msm.AffinePoints;

/** The kernels of a curve, as they are. */
record ScalarAffinePoints(CurveKernels kernels) implements AffinePoints<long[]> {
  @Override
  public long[] allocate(int count) {
    return new long[count * kernels.affine()];
  }

  @Override
  public int capacity(long[] points) {
    return points.length / kernels.affine();
  }

  @Override
  public void addPairs(long[] out, int outAt, long[] in, int[] pairs, int count) {
    kernels.addPairs(out, outAt, in, pairs, count);
  }

  @Override
  public void set(long[] points, int i, long[] p, int po) {
    System.arraycopy(p, po, points, i * kernels.affine(), kernels.affine());
  }

  @Override
  public void get(long[] p, int po, long[] points, int i) {
    System.arraycopy(points, i * kernels.affine(), p, po, kernels.affine());
  }

  @Override
  public void toJacobian(long[] z, int zo, long[] points, int i) {
    kernels.toJacobian(z, zo, points, i * kernels.affine());
  }
}
