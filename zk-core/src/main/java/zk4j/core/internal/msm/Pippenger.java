package zk4j.core.internal.msm;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import zk4j.core.Execution;
import zk4j.core.internal.curve.CurveKernels;
import zk4j.core.internal.field.Words;
import zk4j.core.internal.spi.Curve;
import zk4j.core.internal.spi.FrStore;

/**
 * The sum of scalars times points by Pippenger's buckets with signed digits, over tiles of one
 * window of the scalars and one range of the points.
 *
 * <p>A scalar s above r/2 becomes r - s with its point negated, so that -1 is as cheap as 1. Adding
 * half = 2^(c-1) to every window but the top one, once for all of them, turns the unsigned digits d
 * of the sum into signed digits d - half without a carry from window to window; zero digits cost
 * nothing, and so small scalars are cheap. A tile sorts its points by digit, sums each bucket by a
 * tree of affine additions ({@link SegmentSums}), and sums the buckets by the same trees over rows
 * and columns: with weight 1 + u*V + v for the bucket in row u and column v, the weighted sum is V
 * times the sum of u * row[u] plus the sum of (v + 1) * column[v].
 */
public final class Pippenger<A> {
  /** Points in a tile at most: bounds what a thread needs to 80 (G2: 140) bytes a point. */
  private static final int RANGE = 1 << 18;

  private static final int MAX_WINDOW = 16;
  private static final int CHUNK = 1 << 12;
  private static final BigInteger MODULUS =
      new BigInteger(
          "21888242871839275222246405745257275088548364400416034343698204186575808495617");
  private static final long[] R = Words.of(MODULUS);
  private static final long[] HALF_R = Words.of(MODULUS.shiftRight(1));

  private final Curve curve;
  private final Supplier<AffinePoints<A>> arithmetic;
  private final A points;
  private final int n;
  private final Execution execution;
  private final int rangeLimit;

  /** The scalars' absolute values in words, plus the windows' halves. */
  private final long[] scalars;

  private final boolean[] negative;

  private final Queue<Tile> idle = new ConcurrentLinkedQueue<>();
  private int window;
  private int windows;

  private Pippenger(
      Curve curve,
      Supplier<AffinePoints<A>> arithmetic,
      A points,
      int n,
      Execution execution,
      int window,
      int rangeLimit) {
    this.curve = curve;
    this.arithmetic = arithmetic;
    this.points = points;
    this.n = n;
    this.execution = execution;
    this.window = window;
    this.rangeLimit = rangeLimit;
    this.scalars = new long[Words.COUNT * n];
    this.negative = new boolean[n];
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
    new Pippenger<>(curve, arithmetic, points, scalars.size(), execution, window, rangeLimit)
        .run(sum, scalars);
  }

  private void run(long[] sum, FrStore elements) {
    CurveKernels kernels = CurveKernels.of(curve);
    int[] lengths = readScalars(elements);
    int longest = 253;
    while (longest > 0 && lengths[longest] == 0) {
      longest--;
    }
    long[] total = new long[kernels.jacobian()];
    if (longest > 0) {
      int ranges = (n + rangeLimit - 1) / rangeLimit;
      if (window == 0) {
        window = chooseWindow(lengths, longest, ranges);
      }
      windows = longest / window + 1;
      // Enough tiles for every thread to have several.
      while (ranges * windows < 2 * execution.parallelism() && n / ranges > CHUNK) {
        ranges *= 2;
      }
      offsetScalars();
      long[] partial = sumTiles(kernels.jacobian(), ranges);
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

  /** Fills in signs and absolute values; how many of these have each bit length. */
  private int[] readScalars(FrStore elements) {
    int chunks = Math.max(1, (n + CHUNK - 1) / CHUNK);
    int[][] lengths = new int[chunks][254];
    execution.forEach(
        chunks,
        chunk -> {
          int from = chunk * CHUNK;
          int to = Math.min(n, from + CHUNK);
          ByteBuffer words = ByteBuffer.allocate((to - from) * Words.BYTES);
          elements.encode(words, from, to, false);
          words.flip().order(ByteOrder.LITTLE_ENDIAN);
          words.asLongBuffer().get(scalars, Words.COUNT * from, Words.COUNT * (to - from));
          for (int i = from; i < to; i++) {
            negative[i] = isAboveHalf(4 * i);
            if (negative[i]) {
              negate(4 * i);
            }
            lengths[chunk][bitLength(4 * i)]++;
          }
        });
    for (int chunk = 1; chunk < chunks; chunk++) {
      for (int bits = 0; bits < 254; bits++) {
        lengths[0][bits] += lengths[chunk][bits];
      }
    }
    return lengths[0];
  }

  private boolean isAboveHalf(int at) {
    for (int i = 3; i >= 0; i--) {
      int order = Long.compareUnsigned(scalars[at + i], HALF_R[i]);
      if (order != 0) {
        return order > 0;
      }
    }
    return false;
  }

  private void negate(int at) {
    long borrow = 0;
    for (int i = 0; i < 4; i++) {
      long s = scalars[at + i];
      scalars[at + i] = R[i] - s - borrow;
      int order = Long.compareUnsigned(R[i], s);
      borrow = order < 0 || (order == 0 && borrow == 1) ? 1 : 0;
    }
  }

  private int bitLength(int at) {
    for (int i = 3; i >= 0; i--) {
      if (scalars[at + i] != 0) {
        return 64 * i + 64 - Long.numberOfLeadingZeros(scalars[at + i]);
      }
    }
    return 0;
  }

  /** The window with the least additions; those of the last few buckets of a tile are Jacobian. */
  private static int chooseWindow(int[] lengths, int longest, int ranges) {
    int best = 0;
    double least = Double.MAX_VALUE;
    for (int c = 2; c <= MAX_WINDOW; c++) {
      double cost = 0;
      double entries = 0; // of a window, from the top one down
      for (int w = longest / c; w >= 0; w--) {
        for (int bits = w * c; bits < Math.min(254, (w + 1) * c); bits++) {
          entries += bits == 0 ? 0 : lengths[bits];
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

  private void offsetScalars() {
    long[] halves = new long[4];
    for (int w = 0; w < windows - 1; w++) {
      int bit = w * window + window - 1;
      halves[bit >> 6] |= 1L << bit;
    }
    execution.forEach(
        (n + CHUNK - 1) / CHUNK,
        chunk -> {
          for (int i = chunk * CHUNK; i < Math.min(n, (chunk + 1) * CHUNK); i++) {
            long carry = 0;
            for (int k = 0; k < 4; k++) {
              long x = scalars[4 * i + k];
              long s = x + halves[k];
              long t = s + carry;
              carry = Long.compareUnsigned(s, x) < 0 || Long.compareUnsigned(t, s) < 0 ? 1 : 0;
              scalars[4 * i + k] = t;
            }
          }
        });
  }

  private long[] sumTiles(int jacobian, int ranges) {
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

  /** The signed digit of scalar i's absolute value in window w. */
  private int digit(int i, int w) {
    int bit = w * window;
    int at = 4 * i + (bit >> 6);
    long bits = scalars[at] >>> bit;
    if ((bit & 63) + window > 64 && bit < 192) {
      bits |= scalars[at + 1] << -bit;
    }
    int digit = (int) bits & ((1 << window) - 1);
    return w < windows - 1 ? digit - (1 << (window - 1)) : digit;
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
        int d = digit(i, w);
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
          entries[ends[Math.abs(d) - 1]++] = (i << 1) | ((d < 0) ^ negative[i] ? 1 : 0);
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
