package zk4j.core.internal.pairing;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import zk4j.core.internal.curve.SignedDigits;
import zk4j.core.internal.field.Fq2Kernels;
import zk4j.core.internal.field.FqKernels;

/**
 * The Miller loop of the optimal ate pairing (Vercauteren, ePrint 2008/096) over all pairs of a
 * product, which share its squarings: 6x + 2 in non-adjacent form, then the two Frobenius images.
 * For one thread.
 *
 * <p>A line may be scaled by any element of Fq2, which the final exponentiation makes 1. Lines that
 * are kept have a = 1, and are evaluated at (x/y, 1/y) instead of (x, y): a + b (x/y) w + c/y w^3.
 */
public final class MillerLoop {
  /** BN254's parameter. */
  public static final BigInteger X = new BigInteger("4965661367192848881");

  // The steps: T = 2T, and what is added to T.
  static final int TWICE = 0;
  static final int PLUS_Q = 1;
  static final int MINUS_Q = 2;
  static final int PLUS_IMAGE = 3;
  static final int MINUS_SECOND_IMAGE = 4;

  private static final int[] STEPS = steps();

  private static final int F = Fq2Kernels.LIMBS;
  private static final int Y = FqKernels.LIMBS;

  private final Fq12Kernels kernels;
  private final List<Pair> pairs = new ArrayList<>();

  /** A loop without pairs. */
  public MillerLoop(Fq12Kernels kernels) {
    this.kernels = kernels;
  }

  private static int[] steps() {
    SignedDigits digits = SignedDigits.of(X.multiply(BigInteger.valueOf(6)).add(BigInteger.TWO), 2);
    int[] steps = new int[2 * digits.length()];
    int length = 0;
    for (int i = digits.length() - 2; i >= 0; i--) {
      steps[length++] = TWICE;
      if (digits.digit(i) != 0) {
        steps[length++] = digits.digit(i) > 0 ? PLUS_Q : MINUS_Q;
      }
    }
    steps[length++] = PLUS_IMAGE;
    steps[length++] = MINUS_SECOND_IMAGE;
    return Arrays.copyOf(steps, length);
  }

  /** The lines of a canonical point Q of G2 that is not infinity: b and c of each, a being 1. */
  public static long[] lines(long[] q, int qo) {
    LineWalk walk = new LineWalk(q, qo);
    int n = STEPS.length;
    long[] full = new long[3 * F * n];
    long[] product = new long[F * (n + 1)];
    Fq2Kernels.setOne(product, 0);
    for (int i = 0; i < n; i++) {
      walk.step(full, 3 * F * i, STEPS[i]);
      Fq2Kernels.mul(product, F * (i + 1), product, F * i, full, 3 * F * i);
    }
    long[] inverse = new long[2 * F]; // of the product up to line i; of a
    Fq2Kernels.inv(inverse, 0, product, F * n);
    long[] lines = new long[2 * F * n];
    for (int i = n - 1; i >= 0; i--) {
      int at = 3 * F * i;
      Fq2Kernels.mul(inverse, F, inverse, 0, product, F * i);
      Fq2Kernels.mul(inverse, 0, inverse, 0, full, at);
      Fq2Kernels.mul(lines, 2 * F * i, full, at + F, inverse, F);
      Fq2Kernels.mul(lines, 2 * F * i + F, full, at + 2 * F, inverse, F);
    }
    return lines;
  }

  /** Takes in the pair of a canonical point of G1, not infinity, and a point of G2's lines. */
  public void addPrepared(long[] p, int po, long[] lines) {
    pairs.add(new Prepared(p, po, lines));
  }

  /** Takes in a pair of canonical points, not infinity. */
  public void add(long[] p, int po, long[] q, int qo) {
    pairs.add(new Fresh(p, po, q, qo));
  }

  /** f = the product of the pairs' functions. Once for a loop. */
  public void run(long[] f, int fo) {
    Fq12Kernels.setOne(f, fo);
    for (int i = 0; i < STEPS.length; i++) {
      if (STEPS[i] == TWICE && i > 0) {
        kernels.sqr(f, fo, f, fo);
      }
      for (Pair pair : pairs) {
        pair.timesLine(f, fo, i);
      }
    }
  }

  private interface Pair {
    /** f = f times the line of step i. */
    void timesLine(long[] f, int fo, int i);
  }

  private final class Prepared implements Pair {
    private final long[] lines;
    private final long[] at = new long[2 * Y]; // x/y, 1/y
    private final long[] line = new long[2 * F];

    Prepared(long[] p, int po, long[] lines) {
      this.lines = lines;
      FqKernels.inv(at, Y, p, po + Y);
      FqKernels.mul(at, 0, p, po, at, Y);
    }

    @Override
    public void timesLine(long[] f, int fo, int i) {
      Fq2Kernels.mulFq(line, 0, lines, 2 * F * i, at, 0);
      Fq2Kernels.mulFq(line, F, lines, 2 * F * i + F, at, Y);
      kernels.mulLine(f, fo, f, fo, line, 0);
    }
  }

  private final class Fresh implements Pair {
    private final LineWalk walk;
    private final long[] at = new long[2 * Y];
    private final long[] line = new long[3 * F];

    Fresh(long[] p, int po, long[] q, int qo) {
      System.arraycopy(p, po, at, 0, 2 * Y);
      walk = new LineWalk(q, qo);
    }

    @Override
    public void timesLine(long[] f, int fo, int i) {
      walk.step(line, 0, STEPS[i]);
      Fq2Kernels.mulFq(line, 0, line, 0, at, Y);
      Fq2Kernels.mulFq(line, F, line, F, at, 0);
      kernels.mulFullLine(f, fo, f, fo, line, 0);
    }
  }
}
