package zk4j.vector;

import static zk4j.vector.Lanes.BLOCK;
import static zk4j.vector.Lanes.LANES;
import static zk4j.vector.Lanes.LIMBS;

import java.lang.System.Logger.Level;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Vector passes on probation. Until the just-in-time compiler has turned a pass into vector
 * instructions it is ten thousand times slower, and compilation can fail silently. So each pass
 * begins with a few blocks of a call, checked against the scalar pass, which does the work; it
 * takes over when it has been right and fast. One that is ever wrong, or not fast after very many
 * calls, is given up for good, which is logged. The layout is the same for both.
 */
final class WatchedPasses implements FieldPasses {
  /**
   * Blocks of a call that are tried. Calls of fewer are not, least of all of none: the compiler,
   * which learns from them whether there is a loop, would leave it out, and make no vector
   * instructions on JDK 17.
   */
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

  WatchedPasses(FieldPasses vectors, FieldPasses scalar, BigInteger p) {
    this.vectors = vectors;
    this.scalar = scalar;
    this.p = p;
  }

  @Override
  public void multiply(
      double[] z, int zo, double[] x, int xo, double[] y, int yo, int yStep, int blocks) {
    assert areApart(z, zo, blocks * BLOCK, y, yo, yStep * (blocks - 1) + BLOCK) : zo + ", " + yo;
    if (multiply.passed) {
      vectors.multiply(z, zo, x, xo, y, yo, yStep, blocks);
      return;
    }
    multiply(multiply.share(blocks), true, z, zo, x, xo, y, yo, yStep, blocks);
  }

  private static boolean areApart(double[] a, int ao, int size, double[] b, int bo, int other) {
    return a != b || ao + size <= bo || bo + other <= ao;
  }

  private void multiply(
      int share,
      boolean owed,
      double[] z,
      int zo,
      double[] x,
      int xo,
      double[] y,
      int yo,
      int yStep,
      int blocks) {
    double[] tried = new double[share * BLOCK];
    long start = System.nanoTime();
    if (share > 0) {
      vectors.multiply(tried, 0, x, xo, y, yo, yStep, share);
    }
    long middle = System.nanoTime();
    scalar.multiply(z, zo, x, xo, y, yo, yStep, blocks);
    multiply.judge(
        middle - start, owed ? System.nanoTime() - middle : middle - start, tried, z, zo);
  }

  @Override
  public void reduce(double[] z, int zo, int blocks) {
    if (reduce.passed) {
      vectors.reduce(z, zo, blocks);
      return;
    }
    reduce(reduce.share(blocks), true, z, zo, blocks);
  }

  private void reduce(int share, boolean owed, double[] z, int zo, int blocks) {
    double[] tried = Arrays.copyOfRange(z, zo, zo + share * BLOCK);
    long start = System.nanoTime();
    if (share > 0) {
      vectors.reduce(tried, 0, share);
    }
    long middle = System.nanoTime();
    scalar.reduce(z, zo, blocks);
    reduce.judge(middle - start, owed ? System.nanoTime() - middle : middle - start, tried, z, zo);
  }

  /**
   * Tries passes that are neither taken nor given up yet, on random numbers; whether there are any.
   * No work pays for the time.
   */
  boolean tryOnce() {
    if (multiply.isOpen()) {
      double[] x = random(0x1p51, 0x1p48);
      multiply(SHARE, false, x, 0, x, 0, random(0x1p51, 0x1p48), 0, BLOCK, SHARE);
    }
    if (reduce.isOpen()) {
      reduce(SHARE, false, random(0x1p52, 0x1p51), 0, SHARE);
    }
    return multiply.isOpen() || reduce.isOpen();
  }

  /** Blocks whose limbs are within bounds, the top ones' another. */
  private static double[] random(double bound, double topBound) {
    SplittableRandom random = new SplittableRandom();
    double[] limbs = new double[SHARE * BLOCK];
    for (int i = 0; i < limbs.length; i++) {
      boolean top = i % BLOCK >= (LIMBS - 1) * LANES;
      limbs[i] = Math.rint((2 * random.nextDouble() - 1) * (top ? topBound : bound));
    }
    return limbs;
  }

  /** What is known of one pass. */
  private final class Trial {
    volatile boolean passed;

    private final String name;
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger fast = new AtomicInteger();

    /** What tries took beyond what the work took, in nanoseconds. */
    private final AtomicLong debt = new AtomicLong();

    private final AtomicBoolean failed = new AtomicBoolean();

    Trial(String name) {
      this.name = name;
    }

    boolean isOpen() {
      return !passed && !failed.get();
    }

    /** How many blocks of a call to try: none while tries have taken more time than the work. */
    int share(int blocks) {
      return blocks < SHARE || failed.get() || debt.get() > 0 ? 0 : SHARE;
    }

    /** Notes times; compares an element of what was tried with what it should be. */
    void judge(long trial, long work, double[] tried, double[] expected, int eo) {
      debt.addAndGet(trial - work);
      if (tried.length == 0 || passed) {
        return;
      }
      int call = calls.incrementAndGet();
      int lane = call % LANES;
      BigInteger difference =
          Limbs.join(tried, lane, LANES).subtract(Limbs.join(expected, eo + lane, LANES));
      long each = trial / (tried.length / LIMBS);
      if (difference.mod(p).signum() != 0) {
        giveUp("is wrong");
      } else if (each > FAST) {
        fast.set(0);
        if (call >= PATIENCE) {
          giveUp("takes " + each + " ns an element");
        }
      } else if (fast.incrementAndGet() >= FAST_CALLS) {
        passed = !failed.get();
      }
    }

    private void giveUp(String reason) {
      if (failed.compareAndSet(false, true)) {
        System.getLogger("zk4j")
            .log(
                Level.WARNING, "vector kernel {0} gives way to a scalar one: it {1}", name, reason);
      }
    }
  }
}
