package zk4j.core.internal.msm;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import zk4j.core.Execution;
import zk4j.core.internal.curve.CurveKernels;
import zk4j.core.internal.curve.SignedDigits;
import zk4j.core.internal.field.Words;
import zk4j.core.internal.spi.Curve;
import zk4j.core.internal.spi.FrStore;

/**
 * Many sums of a few scalars times points each, as the columns of a sparse matrix ask for. Scalars
 * are mostly 1 and -1 there: such points are summed for many sums at once by {@link SegmentSums}.
 * The others of a sum share their doublings (CurveKernels.sum), or, if they are thousands, are
 * {@link Pippenger}'s.
 */
public final class Combinations<A> {
  /** Terms of a task, unless a single sum has more, and sums of a task. */
  private static final int CHUNK = 1 << 11;

  /** Sums of more terms are left to Pippenger, whose threads share one. */
  private static final int LARGE = 1 << 12;

  private static final int DIGITS = 4;

  private final Curve curve;
  private final Supplier<AffinePoints<A>> arithmetic;
  private final A out;
  private final A points;
  private final int[] starts;
  private final int[] index;
  private final int[] element;
  private final FrStore scalars;
  private final Queue<Worker> idle = new ConcurrentLinkedQueue<>();

  private Combinations(
      Curve curve,
      Supplier<AffinePoints<A>> arithmetic,
      A out,
      A points,
      int[] starts,
      int[] index,
      int[] element,
      FrStore scalars) {
    this.curve = curve;
    this.arithmetic = arithmetic;
    this.out = out;
    this.points = points;
    this.starts = starts;
    this.index = index;
    this.element = element;
    this.scalars = scalars;
  }

  /**
   * Point i of out += the sum over starts[i] <= e < starts[i + 1] of scalar element[e] times point
   * index[e]. out must not be points.
   *
   * @param arithmetic makes what one thread needs
   */
  public static <A> void add(
      Curve curve,
      Supplier<AffinePoints<A>> arithmetic,
      A out,
      A points,
      int[] starts,
      int[] index,
      int[] element,
      FrStore scalars,
      Execution execution) {
    new Combinations<>(curve, arithmetic, out, points, starts, index, element, scalars)
        .run(execution);
  }

  private void run(Execution execution) {
    int sums = starts.length - 1;
    int[] bounds = new int[sums + 1]; // of tasks; a large sum is alone
    int tasks = 0;
    for (int i = 0; i < sums; i++) {
      int from = bounds[tasks];
      if (i > from && (i - from == CHUNK || starts[i + 1] - starts[from] > CHUNK)) {
        bounds[++tasks] = i;
      }
    }
    if (sums > 0) {
      bounds[++tasks] = sums;
    }
    for (int task = 0; task < tasks; task++) {
      if (isLarge(bounds[task])) {
        addLarge(bounds[task], execution);
      }
    }
    execution.forEach(
        tasks,
        task -> {
          if (!isLarge(bounds[task])) {
            Worker worker = idle.poll();
            if (worker == null) {
              worker = new Worker();
            }
            worker.add(bounds[task], bounds[task + 1]);
            idle.add(worker);
          }
        });
  }

  private boolean isLarge(int sum) {
    return starts[sum + 1] - starts[sum] > LARGE;
  }

  private void addLarge(int i, Execution execution) {
    int terms = starts[i + 1] - starts[i];
    AffinePoints<A> affine = arithmetic.get();
    A gathered = affine.allocate(terms);
    FrStore factors = scalars.copy(0, terms); // of the same provider; all are replaced
    int[] copies = new int[2 * terms];
    long[] words = new long[Words.COUNT];
    for (int k = 0; k < terms; k++) {
      scalars.get(element[starts[i] + k], words);
      factors.set(k, words);
      copies[2 * k] = index[starts[i] + k] << 1;
      copies[2 * k + 1] = AffinePoints.NONE;
    }
    affine.addPairs(gathered, 0, points, copies, terms);
    long[] sum = new long[CurveKernels.of(curve).affine()];
    Pippenger.sum(sum, curve, arithmetic, gathered, factors, execution);
    A pair = affine.allocate(2);
    affine.addPairs(pair, 0, out, new int[] {i << 1, AffinePoints.NONE}, 1);
    affine.set(pair, 1, sum, 0);
    affine.addPairs(out, i, pair, new int[] {0, 2}, 1);
  }

  /** One thread's space. */
  private final class Worker {
    private final CurveKernels kernels = CurveKernels.of(curve);
    private final AffinePoints<A> affine = arithmetic.get();
    private final SegmentSums<A> segments = new SegmentSums<>(affine);
    private final long[] words = new long[Words.COUNT];
    private final long[] jacobian = new long[kernels.jacobian()];
    private final long[] product = new long[kernels.affine()];

    /** For each sum what it has already, then for each the terms that share doublings, the rest. */
    private A terms = affine.allocate(0);

    private int[] pairs = {};
    private int filled;

    void add(int from, int to) {
      int sums = to - from;
      int most = 2 * sums + starts[to] - starts[from];
      if (affine.capacity(terms) < most) {
        terms = affine.allocate(most);
        pairs = new int[2 * most];
      }
      copyAll(terms, 0, out, from, sums);
      int[] lengths = new int[sums];
      int[] entries = new int[most];
      int size = 0;
      filled = 0;
      for (int k = 0; k < sums; k++) {
        int begin = size;
        entries[size++] = k << 1;
        List<SignedDigits> factors = new ArrayList<>();
        List<Integer> factorsPoints = new ArrayList<>();
        for (int e = starts[from + k]; e < starts[from + k + 1]; e++) {
          BigInteger factor = factor(e);
          if (factor.abs().equals(BigInteger.ONE)) {
            entries[size++] = (2 * sums + filled) << 1;
            pair((index[e] << 1) | (factor.signum() < 0 ? 1 : 0));
          } else if (factor.signum() != 0) {
            factors.add(SignedDigits.of(factor, DIGITS));
            factorsPoints.add(index[e]);
          }
        }
        if (!factors.isEmpty()) {
          multiply(factorsPoints, factors);
          affine.set(terms, sums + k, product, 0);
          entries[size++] = (sums + k) << 1;
        }
        lengths[k] = size - begin;
      }
      affine.addPairs(terms, 2 * sums, points, pairs, filled);
      copyAll(out, from, segments.sum(terms, entries, lengths, sums), 0, sums);
    }

    private void copyAll(A to, int toAt, A from, int fromAt, int count) {
      filled = 0;
      for (int k = 0; k < count; k++) {
        pair((fromAt + k) << 1);
      }
      affine.addPairs(to, toAt, from, pairs, count);
    }

    private void pair(int left) {
      pairs[2 * filled] = left;
      pairs[2 * filled + 1] = AffinePoints.NONE;
      filled++;
    }

    /** The scalar of a term, between -r/2 and r/2. */
    private BigInteger factor(int e) {
      scalars.get(element[e], words);
      if ((words[1] | words[2] | words[3]) == 0 && words[0] >= 0) {
        return BigInteger.valueOf(words[0]); // most of them
      }
      BigInteger scalar = Words.toBigInteger(words, 0);
      return scalar.compareTo(SignedWindows.HALF) > 0
          ? scalar.subtract(SignedWindows.MODULUS)
          : scalar;
    }

    /** Affine product = the sum of factors times points. */
    private void multiply(List<Integer> indices, List<SignedDigits> factors) {
      long[] multiplied = new long[factors.size() * kernels.affine()];
      for (int k = 0; k < factors.size(); k++) {
        affine.get(multiplied, k * kernels.affine(), points, indices.get(k));
      }
      kernels.sum(jacobian, 0, multiplied, factors.toArray(new SignedDigits[0]));
      kernels.toAffine(product, 0, jacobian, 0);
    }
  }
}
