package zk4j.vector;

import static zk4j.vector.Lanes.BLOCK;
import static zk4j.vector.Lanes.LANES;

import java.lang.System.Logger.Level;
import java.math.BigInteger;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Vector passes on probation. Until the just-in-time compiler has turned a pass into vector
 * instructions it is ten thousand times slower, and compilation can fail silently. So each pass
 * begins with a few blocks of each call, on copies and checked against the scalar pass, which does
 * the work; it takes over when it has been right and fast. One that is ever wrong, or not fast
 * after very many calls, is given up for good, which is logged. The layout is the same for both.
 */
final class WatchedPasses implements FieldPasses {
  /** Blocks of a call that are tried: more than one, so that the compiler sees a loop. */
  private static final int SHARE = 4;

  /** Calls in a row that must be fast. */
  private static final int FAST_CALLS = 16;

  /** Nanoseconds an element that are fast; a scalar multiplication takes more. */
  private static final long FAST = 60;

  /** Calls after which a pass is given up; compilation takes some thousands. */
  private static final int PATIENCE = 1 << 18;

  private final FieldPasses vectors;
  private final FieldPasses scalar;
  private final BigInteger p;
  private final Trial multiply = new Trial("multiply");
  private final Trial reduce = new Trial("reduce");
  private final Trial frequency = new Trial("frequency");
  private final Trial time = new Trial("time");

  WatchedPasses(FieldPasses vectors, FieldPasses scalar, BigInteger p) {
    this.vectors = vectors;
    this.scalar = scalar;
    this.p = p;
  }

  @Override
  public void multiply(
      double[] z, int zo, double[] x, int xo, double[] y, int yo, int yStep, int blocks) {
    if (multiply.passed) {
      vectors.multiply(z, zo, x, xo, y, yo, yStep, blocks);
      return;
    }
    int share = multiply.share(blocks);
    double[] tried = new double[share * BLOCK];
    long start = System.nanoTime();
    vectors.multiply(tried, 0, x, xo, y, yo, yStep, share);
    long end = System.nanoTime();
    scalar.multiply(z, zo, x, xo, y, yo, yStep, blocks);
    multiply.judge(end - start, tried, 0, z, zo, share);
  }

  @Override
  public void reduce(double[] z, int zo, int blocks) {
    if (reduce.passed) {
      vectors.reduce(z, zo, blocks);
      return;
    }
    int share = reduce.share(blocks);
    double[] tried = new double[share * BLOCK];
    System.arraycopy(z, zo, tried, 0, tried.length);
    long start = System.nanoTime();
    vectors.reduce(tried, 0, share);
    long end = System.nanoTime();
    scalar.reduce(z, zo, blocks);
    reduce.judge(end - start, tried, 0, z, zo, share);
  }

  @Override
  public void frequency(double[] a, int xo, int yo, double[] w, int wo, int wStep, int blocks) {
    if (frequency.passed) {
      vectors.frequency(a, xo, yo, w, wo, wStep, blocks);
      return;
    }
    int share = frequency.share(blocks);
    double[] tried = operands(a, xo, yo, share);
    long start = System.nanoTime();
    vectors.frequency(tried, 0, share * BLOCK, w, wo, wStep, share);
    long end = System.nanoTime();
    scalar.frequency(a, xo, yo, w, wo, wStep, blocks);
    frequency.judge(end - start, tried, 0, a, xo, share);
    frequency.judge(end - start, tried, share * BLOCK, a, yo, share);
  }

  @Override
  public void time(double[] a, int xo, int yo, double[] w, int wo, int wStep, int blocks) {
    if (time.passed) {
      vectors.time(a, xo, yo, w, wo, wStep, blocks);
      return;
    }
    int share = time.share(blocks);
    double[] tried = operands(a, xo, yo, share);
    long start = System.nanoTime();
    vectors.time(tried, 0, share * BLOCK, w, wo, wStep, share);
    long end = System.nanoTime();
    scalar.time(a, xo, yo, w, wo, wStep, blocks);
    time.judge(end - start, tried, 0, a, xo, share);
    time.judge(end - start, tried, share * BLOCK, a, yo, share);
  }

  /** Copies of the first blocks at xo, and then of those at yo. */
  private static double[] operands(double[] a, int xo, int yo, int share) {
    double[] copies = new double[2 * share * BLOCK];
    System.arraycopy(a, xo, copies, 0, share * BLOCK);
    System.arraycopy(a, yo, copies, share * BLOCK, share * BLOCK);
    return copies;
  }

  /** What is known of one pass. */
  private final class Trial {
    volatile boolean passed;

    private final String name;
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger fast = new AtomicInteger();
    private volatile boolean failed;

    Trial(String name) {
      this.name = name;
    }

    /** How many blocks of a call to try. */
    int share(int blocks) {
      return failed ? 0 : Math.min(blocks, SHARE);
    }

    /** Notes the time of a try; compares an element of its results with what they should be. */
    void judge(long nanos, double[] tried, int to, double[] expected, int eo, int share) {
      if (share == 0 || passed) {
        return;
      }
      int call = calls.incrementAndGet();
      int lane = call % LANES;
      BigInteger difference =
          Limbs.join(tried, to + lane, LANES).subtract(Limbs.join(expected, eo + lane, LANES));
      if (difference.mod(p).signum() != 0) {
        giveUp("is wrong");
      } else if (nanos > FAST * share * LANES) {
        fast.set(0);
        if (call >= PATIENCE) {
          giveUp("takes " + nanos / (share * LANES) + " ns an element");
        }
      } else if (fast.incrementAndGet() >= FAST_CALLS) {
        passed = !failed;
      }
    }

    private void giveUp(String reason) {
      failed = true;
      System.getLogger("zk4j")
          .log(Level.WARNING, "vector kernel {0} gives way to a scalar one: it {1}", name, reason);
    }
  }
}
