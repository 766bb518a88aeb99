package zk4j.core.internal.scalar;

import zk4j.core.internal.curve.CurveKernels;
import zk4j.core.internal.msm.AffinePoints;
import zk4j.core.internal.msm.RunOrder;

/** The kernels of a curve, as they are. */
public record ScalarAffinePoints(CurveKernels kernels) implements AffinePoints<long[]> {
  /** Runs that are summed side by side. */
  private static final int GROUP = 1 << 10;

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
  public boolean isInfinity(long[] points, int i) {
    return kernels.isInfinity(points, i * kernels.affine());
  }

  @Override
  public void sumRuns(long[] out, long[] in, int[] entries, int[] starts, int runs) {
    RunOrder order = new RunOrder(starts, runs);
    int size = kernels.affine();
    for (int from = 0; from < runs; from += GROUP) {
      int active = Math.min(GROUP, runs - from);
      long[] sums = new long[2 * active * size]; // and behind them what is added
      long[] next = new long[2 * active * size];
      int[] pairs = new int[2 * active];
      for (int step = 0; active > 0; step++) {
        for (int k = 0; k < active; k++) {
          pairs[2 * k] = entries[starts[order.run(from + k)] + step];
          pairs[2 * k + 1] = NONE;
        }
        kernels.addPairs(sums, step == 0 ? 0 : active, in, pairs, active);
        if (step > 0) {
          for (int k = 0; k < active; k++) {
            pairs[2 * k] = k << 1;
            pairs[2 * k + 1] = (active + k) << 1;
          }
          kernels.addPairs(next, 0, sums, pairs, active);
          long[] last = sums;
          sums = next;
          next = last;
        }
        while (active > 0 && order.length(from + active - 1) == step + 1) {
          active--;
          int to = order.run(from + active) * size;
          System.arraycopy(sums, active * size, out, to, size);
        }
      }
    }
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
