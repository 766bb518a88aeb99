package zk4j.core.internal.msm;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import zk4j.core.Execution;
import zk4j.core.internal.spi.FrStore;

/**
 * Products of many points with a scalar each, by windows of signed digits from the top: all points
 * of a chunk are doubled, and what their digits ask for is added, at the same time, so that each
 * step is a batch of affine additions.
 */
public final class Products<A> {
  /** Odd: doublings go from one array to another and back, and end where the multiples are. */
  private static final int WINDOW = 5;

  /** The largest digit. */
  private static final int HALF = 1 << (WINDOW - 1);

  private static final int CHUNK = 1 << 10;

  private final Supplier<AffinePoints<A>> arithmetic;
  private final A points;
  private final SignedWindows scalars;
  private final Queue<Worker> idle = new ConcurrentLinkedQueue<>();

  private Products(Supplier<AffinePoints<A>> arithmetic, A points, SignedWindows scalars) {
    this.arithmetic = arithmetic;
    this.points = points;
    this.scalars = scalars;
  }

  /**
   * Point i = element i of scalars times point i.
   *
   * @param arithmetic makes what one thread needs
   */
  public static <A> void multiply(
      Supplier<AffinePoints<A>> arithmetic, A points, FrStore scalars, Execution execution) {
    SignedWindows windows = new SignedWindows(scalars, execution);
    windows.split(WINDOW);
    Products<A> products = new Products<>(arithmetic, points, windows);
    int n = scalars.size();
    execution.forEach(
        (n + CHUNK - 1) / CHUNK,
        chunk -> products.multiply(chunk * CHUNK, Math.min(n, (chunk + 1) * CHUNK)));
  }

  private void multiply(int from, int to) {
    Worker worker = idle.poll();
    if (worker == null) {
      worker = new Worker();
    }
    worker.multiply(from, to);
    idle.add(worker);
  }

  /** One thread's space. */
  private final class Worker {
    private final AffinePoints<A> affine = arithmetic.get();

    /** CHUNK sums, then as many times 1, 2 .. HALF times the points, and infinity at the end. */
    private final A table = affine.allocate((HALF + 1) * CHUNK + 1);

    /** CHUNK sums. */
    private final A sums = affine.allocate(CHUNK);

    private final int[] pairs = new int[2 * CHUNK];
    private final int[] active = new int[CHUNK];
    private int filled;

    void multiply(int from, int to) {
      int count = 0;
      for (int i = from; i < to; i++) {
        if (!isUnit(i)) {
          active[count++] = i;
        }
      }
      if (count > 0) {
        fillTable(count);
        sum(count);
      }
      for (int i = from; i < to; i++) { // 1 or -1 times a point
        if (isUnit(i)) {
          pair((i << 1) | sign(i, 1), AffinePoints.NONE);
        }
      }
      flush(sums, count, points);
      int next = 0;
      for (int i = from; i < to; i++) {
        boolean isActive = next < count && active[next] == i;
        pair((isActive ? next++ : count + i - from - next) << 1, AffinePoints.NONE);
      }
      flush(points, from, sums);
    }

    private void fillTable(int count) {
      for (int k = 0; k < count; k++) {
        pair(active[k] << 1, AffinePoints.NONE);
      }
      flush(table, CHUNK, points);
      for (int d = 2; d <= HALF; d++) {
        for (int k = 0; k < count; k++) {
          pair(((d - 1) * CHUNK + k) << 1, (CHUNK + k) << 1);
        }
        flush(sums, 0, table);
        copySums(table, d * CHUNK, count);
      }
    }

    private void copySums(A to, int toAt, int count) {
      for (int k = 0; k < count; k++) {
        pair(k << 1, AffinePoints.NONE);
      }
      flush(to, toAt, sums);
    }

    private void sum(int count) {
      int top = scalars.windows() - 1;
      for (int k = 0; k < count; k++) {
        pair(multiple(k, top), AffinePoints.NONE);
      }
      flush(sums, 0, table);
      for (int w = top - 1; w >= 0; w--) {
        for (int bit = 0; bit < WINDOW; bit++) {
          for (int k = 0; k < count; k++) {
            pair(k << 1, k << 1);
          }
          if (bit % 2 == 0) {
            flush(table, 0, sums);
          } else {
            flush(sums, 0, table);
          }
        }
        for (int k = 0; k < count; k++) {
          pair(k << 1, multiple(k, w));
        }
        flush(sums, 0, table);
      }
    }

    /** The entry of a digit's multiple of an active point. */
    private int multiple(int k, int w) {
      int d = scalars.digit(active[k], w);
      int at = d == 0 ? (HALF + 1) * CHUNK : Math.abs(d) * CHUNK + k;
      return (at << 1) | sign(active[k], d);
    }

    private int sign(int i, int digit) {
      return (digit < 0) ^ scalars.isNegative(i) ? 1 : 0;
    }

    private boolean isUnit(int i) {
      for (int w = scalars.windows() - 1; w > 0; w--) {
        if (scalars.digit(i, w) != 0) {
          return false;
        }
      }
      return scalars.digit(i, 0) == 1;
    }

    private void pair(int left, int right) {
      pairs[2 * filled] = left;
      pairs[2 * filled + 1] = right;
      filled++;
    }

    private void flush(A out, int outAt, A in) {
      affine.addPairs(out, outAt, in, pairs, filled);
      filled = 0;
    }
  }
}
