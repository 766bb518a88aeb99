package zk4j.core.internal.msm;

import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import zk4j.core.Execution;
import zk4j.core.internal.curve.CurveKernels;
import zk4j.core.internal.spi.Curve;
import zk4j.core.internal.spi.FrStore;

/**
 * The sum of scalars times points by Pippenger's buckets with signed digits, over tiles of one
 * window of the scalars and one range of the points.
 *
 * <p>Digits that are zero and points that are infinity cost nothing, and so small scalars are
 * cheap. A tile sorts its points by digit, sums all buckets by batches of affine additions ({@link
 * SegmentSums}), and sums the buckets in the same way over rows and columns: with weight 1 + u*V +
 * v for the bucket in row u and column v, the weighted sum is V times the sum of u * row[u] plus
 * the sum of (v + 1) * column[v].
 */
public final class Pippenger<A> {
  /** Points in a tile at most: bounds what a thread needs to 80 (G2: 140) bytes a point. */
  private static final int RANGE = 1 << 18;

  private static final int MAX_WINDOW = 16;

  /** Points for which a range is not split further. */
  private static final int MIN_RANGE = 1 << 12;

  private final Curve curve;
  private final Supplier<AffinePoints<A>> arithmetic;
  private final A points;
  private final SignedWindows scalars;
  private final int n;
  private final int window;
  private final Execution execution;
  private final int rangeLimit;
  private final Queue<Tile> idle = new ConcurrentLinkedQueue<>();

  private Pippenger(
      Curve curve,
      Supplier<AffinePoints<A>> arithmetic,
      A points,
      FrStore scalars,
      Execution execution,
      int window,
      int rangeLimit) {
    this.curve = curve;
    this.arithmetic = arithmetic;
    this.points = points;
    AffinePoints<A> affine = arithmetic.get();
    this.scalars = new SignedWindows(scalars, i -> affine.isInfinity(points, i), execution);
    this.n = scalars.size();
    this.window = window != 0 ? window : chooseWindow(this.scalars, ranges(n, rangeLimit));
    this.execution = execution;
    this.rangeLimit = rangeLimit;
  }

  /**
   * Affine sum (of CurveKernels) = the sum of element i of scalars times point i.
   *
   * @param arithmetic makes what one thread needs
   */
  public static <A> void sum(
      long[] sum,
      Curve curve,
      Supplier<AffinePoints<A>> arithmetic,
      A points,
      FrStore scalars,
      Execution execution) {
    sum(sum, curve, arithmetic, points, scalars, execution, 0, RANGE);
  }

  /**
   * As the other method, for windows of a given width, 0 for the best or 2 to 16, and tiles of at
   * most so many points.
   */
  public static <A> void sum(
      long[] sum,
      Curve curve,
      Supplier<AffinePoints<A>> arithmetic,
      A points,
      FrStore scalars,
      Execution execution,
      int window,
      int rangeLimit) {
    new Pippenger<>(curve, arithmetic, points, scalars, execution, window, rangeLimit).run(sum);
  }

  private static int ranges(int n, int rangeLimit) {
    return (n + rangeLimit - 1) / rangeLimit;
  }

  private void run(long[] sum) {
    CurveKernels kernels = CurveKernels.of(curve);
    long[] total = new long[kernels.jacobian()];
    if (scalars.longest() > 0) {
      scalars.split(window);
      int windows = scalars.windows();
      int ranges = ranges(n, rangeLimit);
      // Enough tiles for every thread to have several.
      while (ranges * windows < 2 * execution.parallelism() && n / ranges > MIN_RANGE) {
        ranges *= 2;
      }
      long[] partial = sumTiles(kernels.jacobian(), windows, ranges);
      for (int w = windows - 1; w >= 0; w--) {
        for (int k = 0; k < window; k++) {
          kernels.twice(total, 0);
        }
        for (int range = 0; range < ranges; range++) {
          kernels.add(total, 0, partial, (w * ranges + range) * kernels.jacobian());
        }
      }
    }
    kernels.toAffine(sum, 0, total, 0);
  }

  /** The window with the least additions; those of the last few buckets of a tile are Jacobian. */
  private static int chooseWindow(SignedWindows scalars, int ranges) {
    int best = 0;
    double least = Double.MAX_VALUE;
    for (int c = 2; c <= MAX_WINDOW; c++) {
      double cost = 0;
      double entries = 0; // of a window, from the top one down
      for (int w = scalars.longest() / c; w >= 0; w--) {
        for (int bits = Math.max(1, w * c); bits < (w + 1) * c; bits++) {
          entries += scalars.ofLength(bits);
        }
        double buckets = 1 << (c - 1);
        double fold = 2.7 * 3 * Math.sqrt(buckets);
        cost += entries + ranges * (2 * Math.min(buckets, entries / ranges) + fold);
      }
      if (cost < least) {
        least = cost;
        best = c;
      }
    }
    return best;
  }

  private long[] sumTiles(int jacobian, int windows, int ranges) {
    long[] partial = new long[windows * ranges * jacobian];
    execution.forEach(
        windows * ranges,
        task -> {
          Tile tile = idle.poll();
          if (tile == null) {
            tile = new Tile();
          }
          int range = task % ranges;
          int from = (int) ((long) n * range / ranges);
          int to = (int) ((long) n * (range + 1) / ranges);
          tile.sum(partial, task * jacobian, task / ranges, from, to);
          idle.add(tile);
        });
    return partial;
  }

  /** One thread's space for tiles. */
  private final class Tile {
    private final CurveKernels kernels = CurveKernels.of(curve);
    private final AffinePoints<A> affine = arithmetic.get();
    private final SegmentSums<A> bucketSums = new SegmentSums<>(affine);
    private final SegmentSums<A> lineSums = new SegmentSums<>(affine);
    private final int columnBits = (window - 1) / 2;
    private final int columns = 1 << columnBits;
    private final int rows = 1 << (window - 1 - columnBits);
    private final int[] digits = new int[Math.min(n, rangeLimit) + 1];
    private final int[] entries = new int[digits.length];

    /** Jacobian sum = the sum over points from..to-1 of their digits in window w times them. */
    void sum(long[] sum, int at, int w, int from, int to) {
      int buckets = rows * columns;
      int[] ends = new int[buckets + 1];
      for (int i = from; i < to; i++) {
        int d = scalars.digit(i, w);
        digits[i - from] = d;
        if (d != 0) {
          ends[Math.abs(d)]++;
        }
      }
      int[] lengths = Arrays.copyOfRange(ends, 1, buckets + 1);
      for (int b = 1; b <= buckets; b++) {
        ends[b] += ends[b - 1];
      }
      for (int i = from; i < to; i++) {
        int d = digits[i - from];
        if (d != 0) {
          entries[ends[Math.abs(d) - 1]++] = (i << 1) | ((d < 0) ^ scalars.isNegative(i) ? 1 : 0);
        }
      }
      // From here on only the buckets that are not empty, in order of weight.
      int[] weights = new int[buckets];
      int filled = 0;
      for (int b = 0; b < buckets; b++) {
        if (lengths[b] != 0) {
          weights[filled] = b;
          lengths[filled++] = lengths[b];
        }
      }
      kernels.setInfinity(sum, at);
      if (filled == 0) {
        return;
      }
      A sums = bucketSums.sum(points, entries, lengths, filled);
      addLines(sum, at, sums, weights, filled, false);
      for (int k = 0; k < columnBits; k++) {
        kernels.twice(sum, at);
      }
      addLines(sum, at, sums, weights, filled, true);
    }

    /** Adds the sum of u * row[u], or of (v + 1) * column[v]. */
    private void addLines(long[] sum, int at, A sums, int[] weights, int filled, boolean byColumn) {
      int lines = byColumn ? columns : rows;
      int[] ends = new int[lines + 1];
      for (int k = 0; k < filled; k++) {
        ends[line(weights[k], byColumn) + 1]++;
      }
      int[] lengths = Arrays.copyOfRange(ends, 1, lines + 1);
      for (int u = 1; u <= lines; u++) {
        ends[u] += ends[u - 1];
      }
      int[] members = new int[filled];
      for (int k = 0; k < filled; k++) {
        members[ends[line(weights[k], byColumn)]++] = k << 1;
      }
      int[] full = Arrays.stream(lengths).filter(length -> length != 0).toArray();
      A lineSum = lineSums.sum(sums, members, full, full.length);
      int next = full.length;
      int size = kernels.jacobian();
      long[] space = new long[3 * size]; // a point, the running sum, the sum of running sums
      for (int u = lines - 1; u >= (byColumn ? 0 : 1); u--) {
        if (lengths[u] != 0) {
          affine.toJacobian(space, 0, lineSum, --next);
          kernels.add(space, size, space, 0);
        }
        kernels.add(space, 2 * size, space, size);
      }
      kernels.add(sum, at, space, 2 * size);
    }

    private int line(int weight, boolean byColumn) {
      return byColumn ? weight & (columns - 1) : weight >> columnBits;
    }
  }
}
