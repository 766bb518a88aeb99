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

    /** Lengths of the buckets that are not empty, and what they weigh, in this order. */
    private final int[] lengths = new int[rows * columns];

    private final int[] weights = new int[rows * columns];

    /** Jacobian sum = the sum over points from..to-1 of their digits in window w times them. */
    void sum(long[] sum, int at, int w, int from, int to) {
      kernels.setInfinity(sum, at);
      int filled = sort(w, from, to);
      if (filled == 0) {
        return;
      }
      A sums = bucketSums.sum(points, entries, lengths, filled);
      addLines(sum, at, sums, filled, false);
      for (int k = 0; k < columnBits; k++) {
        kernels.twice(sum, at);
      }
      addLines(sum, at, sums, filled, true);
    }

    /**
     * Sorts points by their digits into entries; how many buckets are not empty. A method of its
     * own, so that a compiler of these loops does not take in all that a sum calls.
     */
    private int sort(int w, int from, int to) {
      int[] ends = new int[lengths.length + 1];
      for (int i = from; i < to; i++) {
        int d = scalars.digit(i, w);
        digits[i - from] = d;
        if (d != 0) {
          ends[Math.abs(d)]++;
        }
      }
      int filled = 0;
      for (int b = 0; b < lengths.length; b++) {
        if (ends[b + 1] != 0) {
          weights[filled] = b;
          lengths[filled++] = ends[b + 1];
        }
        ends[b + 1] += ends[b];
      }
      for (int i = from; i < to; i++) {
        int d = digits[i - from];
        if (d != 0) {
          entries[ends[Math.abs(d) - 1]++] = (i << 1) | ((d < 0) ^ scalars.isNegative(i) ? 1 : 0);
        }
      }
      return filled;
    }

    /** Adds the sum of u * row[u], or of (v + 1) * column[v]. */
    private void addLines(long[] sum, int at, A sums, int filled, boolean byColumn) {
      int[] counts = new int[byColumn ? columns : rows]; // buckets of each line
      int[] members = sortByLine(counts, filled, byColumn);
      int[] full = Arrays.stream(counts).filter(count -> count != 0).toArray();
      A lineSums = this.lineSums.sum(sums, members, full, full.length);
      addWeighted(sum, at, lineSums, full.length, counts, byColumn ? 0 : 1);
    }

    private int[] sortByLine(int[] counts, int filled, boolean byColumn) {
      int[] ends = new int[counts.length + 1];
      for (int k = 0; k < filled; k++) {
        int line = line(weights[k], byColumn);
        counts[line]++;
        ends[line + 1]++;
      }
      for (int u = 1; u <= counts.length; u++) {
        ends[u] += ends[u - 1];
      }
      int[] members = new int[filled];
      for (int k = 0; k < filled; k++) {
        members[ends[line(weights[k], byColumn)]++] = k << 1;
      }
      return members;
    }

    /** Adds the sum of (u + 1 - first) * line[u], by sums of sums from the last one down. */
    private void addWeighted(long[] sum, int at, A lines, int full, int[] counts, int first) {
      int next = full;
      int size = kernels.jacobian();
      long[] space = new long[3 * size]; // a point, the running sum, the sum of running sums
      for (int u = counts.length - 1; u >= first; u--) {
        if (counts[u] != 0) {
          affine.toJacobian(space, 0, lines, --next);
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
