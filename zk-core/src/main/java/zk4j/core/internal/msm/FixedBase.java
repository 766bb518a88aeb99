package zk4j.core.internal.msm;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import zk4j.core.Execution;
import zk4j.core.internal.curve.CurveKernels;
import zk4j.core.internal.spi.Curve;
import zk4j.core.internal.spi.FrStore;

/**
 * Many multiples of one point P, from a table of d * 2^(cw) * P for all windows w and 1 <= d <=
 * 2^(c-1) (Brickell et al., "Fast exponentiation with precomputation", EUROCRYPT 1992): one
 * addition a window, and those of many multiples share an inversion.
 */
public final class FixedBase<A> {
  private static final int MIN_WINDOW = 4;

  /** Tables of more would not stay in caches: 6.5 MB here in G1. */
  private static final int MAX_WINDOW = 13;

  private static final int CHUNK = 1 << 10;

  private final Supplier<AffinePoints<A>> arithmetic;
  private final SignedWindows scalars;
  private final int half;
  private final A table;
  private final Queue<Worker> idle = new ConcurrentLinkedQueue<>();

  private FixedBase(
      Curve curve,
      Supplier<AffinePoints<A>> arithmetic,
      long[] point,
      FrStore scalars,
      Execution execution) {
    this.arithmetic = arithmetic;
    this.scalars = new SignedWindows(scalars, execution);
    int window = chooseWindow(scalars.size());
    this.half = 1 << (window - 1);
    this.scalars.split(window);
    this.table = table(CurveKernels.of(curve), point);
  }

  /**
   * Point i of out = element i of scalars times an affine point (of CurveKernels).
   *
   * @param arithmetic makes what one thread needs
   */
  public static <A> void multiples(
      A out,
      Curve curve,
      Supplier<AffinePoints<A>> arithmetic,
      long[] point,
      FrStore scalars,
      Execution execution) {
    int n = scalars.size();
    FixedBase<A> base = new FixedBase<>(curve, arithmetic, point, scalars, execution);
    execution.forEach(
        (n + CHUNK - 1) / CHUNK,
        chunk -> base.multiples(out, chunk * CHUNK, Math.min(n, (chunk + 1) * CHUNK)));
  }

  /** The window with the least additions, for the table and from it. */
  private static int chooseWindow(int n) {
    int best = MIN_WINDOW;
    double least = Double.MAX_VALUE;
    for (int c = MIN_WINDOW; c <= MAX_WINDOW; c++) {
      double cost = (253.0 / c + 1) * (n + (1 << (c - 1)));
      if (cost < least) {
        least = cost;
        best = c;
      }
    }
    return best;
  }

  /** Infinity, and then each window's multiples; made by doubling how many a window has. */
  private A table(CurveKernels kernels, long[] point) {
    AffinePoints<A> affine = arithmetic.get();
    int windows = scalars.windows();
    A multiples = affine.allocate(1 + windows);
    long[] power = new long[kernels.jacobian()];
    long[] space = new long[kernels.affine()];
    kernels.toJacobian(power, 0, point, 0);
    for (int w = 0; w < windows; w++) {
      kernels.toAffine(space, 0, power, 0);
      affine.set(multiples, 1 + w, space, 0);
      for (int d = 1; d <= half; d *= 2) {
        kernels.twice(power, 0);
      }
    }
    for (int known = 1; known < half; known *= 2) {
      int[] pairs = new int[2 * (1 + 2 * known * windows)];
      pairs[1] = AffinePoints.NONE;
      int to = 2;
      for (int w = 0; w < windows; w++) {
        int last = w * known + known;
        for (int d = 1; d <= known; d++) {
          pairs[to++] = (w * known + d) << 1;
          pairs[to++] = AffinePoints.NONE;
        }
        for (int d = 1; d <= known; d++) {
          pairs[to++] = (w * known + d) << 1;
          pairs[to++] = last << 1;
        }
      }
      A more = affine.allocate(pairs.length / 2);
      affine.addPairs(more, 0, multiples, pairs, pairs.length / 2);
      multiples = more;
    }
    return multiples;
  }

  private void multiples(A out, int from, int to) {
    Worker worker = idle.poll();
    if (worker == null) {
      worker = new Worker();
    }
    worker.multiples(out, from, to);
    idle.add(worker);
  }

  /** One thread's space. */
  private final class Worker {
    private final AffinePoints<A> affine = arithmetic.get();
    private final SegmentSums<A> sums = new SegmentSums<>(affine);
    private final int windows = scalars.windows();
    private final int[] entries = new int[CHUNK * Math.max(1, windows)];
    private final int[] lengths = new int[CHUNK];
    private final int[] copies = new int[2 * CHUNK];

    void multiples(A out, int from, int to) {
      int filled = 0;
      for (int i = from; i < to; i++) {
        int before = filled;
        for (int w = 0; w < windows; w++) {
          int d = scalars.digit(i, w);
          if (d != 0) {
            int sign = (d < 0) ^ scalars.isNegative(i) ? 1 : 0;
            entries[filled++] = ((w * half + Math.abs(d)) << 1) | sign;
          }
        }
        if (filled == before) {
          entries[filled++] = 0; // infinity
        }
        lengths[i - from] = filled - before;
        copies[2 * (i - from)] = (i - from) << 1;
        copies[2 * (i - from) + 1] = AffinePoints.NONE;
      }
      A results = sums.sum(table, entries, lengths, to - from);
      affine.addPairs(out, from, results, copies, to - from);
    }
  }
}
