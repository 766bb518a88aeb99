package zk4j.vector;

import static zk4j.vector.Lanes.BLOCK;
import static zk4j.vector.Lanes.LANES;

import java.lang.System.Logger.Level;
import java.math.BigInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Vector passes on probation: just-in-time compilation can fail silently, which makes them a
 * hundred times slower. Their first block is checked at the 1st, 2nd, 4th, 8th... call against the
 * scalar passes, and their time while they are new; vectors that prove wrong, or slow after many
 * calls, are given up for good, which is logged. The layout stays, so that nothing else changes.
 */
final class WatchedPasses implements FieldPasses {
  /** Multiplications after which the compiler must have done its work. */
  private static final long PROBATION = 1L << 22;

  /** Those that are timed then. */
  private static final long TRIAL = 1L << 20;

  /** What vectors must stay below, in nanoseconds a multiplication; scalar ones take about 100. */
  private static final long SLOW = 100;

  private final FieldPasses vectors;
  private final FieldPasses scalar;
  private final BigInteger p;
  private final AtomicLong calls = new AtomicLong();
  private final AtomicLong done = new AtomicLong();
  private final AtomicLong nanos = new AtomicLong();

  private volatile FieldPasses chosen;
  private volatile boolean watched = true;

  WatchedPasses(FieldPasses vectors, FieldPasses scalar, BigInteger p) {
    this.vectors = vectors;
    this.scalar = scalar;
    this.p = p;
    this.chosen = vectors;
  }

  @Override
  public void multiply(
      double[] z, int zo, double[] x, int xo, double[] y, int yo, int yStep, int blocks) {
    if (!watched) {
      chosen.multiply(z, zo, x, xo, y, yo, yStep, blocks);
      return;
    }
    double[] expected = null;
    if (blocks > 0 && Long.bitCount(calls.incrementAndGet()) == 1) {
      expected = new double[BLOCK];
      scalar.multiply(expected, 0, x, xo, y, yo, yStep, 1);
      double[] found = new double[BLOCK];
      vectors.multiply(found, 0, x, xo, y, yo, yStep, 1);
      if (!congruent(expected, found)) {
        giveUp("a product is wrong");
      }
    }
    long start = System.nanoTime();
    chosen.multiply(z, zo, x, xo, y, yo, yStep, blocks);
    time(start, blocks);
  }

  @Override
  public void reduce(double[] z, int zo, int blocks) {
    chosen.reduce(z, zo, blocks);
  }

  @Override
  public void frequency(double[] a, int xo, int yo, double[] w, int wo, int wStep, int blocks) {
    long start = watched ? System.nanoTime() : 0;
    chosen.frequency(a, xo, yo, w, wo, wStep, blocks);
    if (watched) {
      time(start, blocks);
    }
  }

  @Override
  public void time(double[] a, int xo, int yo, double[] w, int wo, int wStep, int blocks) {
    long start = watched ? System.nanoTime() : 0;
    chosen.time(a, xo, yo, w, wo, wStep, blocks);
    if (watched) {
      time(start, blocks);
    }
  }

  private void time(long start, int blocks) {
    long elements = (long) blocks * LANES;
    long total = done.addAndGet(elements);
    if (total < PROBATION) {
      return;
    }
    long spent = nanos.addAndGet(System.nanoTime() - start);
    if (total > PROBATION + TRIAL && watched) {
      if (spent > SLOW * TRIAL) {
        giveUp("a multiplication takes " + spent / TRIAL + " ns");
      }
      watched = false;
    }
  }

  private boolean congruent(double[] x, double[] y) {
    for (int lane = 0; lane < LANES; lane++) {
      BigInteger difference = Limbs.join(x, lane, LANES).subtract(Limbs.join(y, lane, LANES));
      if (difference.mod(p).signum() != 0) {
        return false;
      }
    }
    return true;
  }

  private void giveUp(String reason) {
    chosen = scalar;
    watched = false;
    System.getLogger("zk4j")
        .log(Level.WARNING, "vector kernels give way to scalar ones: {0}", reason);
  }
}
