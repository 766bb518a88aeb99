package zk4j.bn254;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * A point of G2 with the lines that the Miller loop of the optimal ate pairing evaluates: 6x + 2 in
 * non-adjacent form, then the two Frobenius images (Vercauteren, ePrint 2008/096). Immutable; worth
 * keeping for the fixed points of a verification key.
 */
public final class PreparedG2 {
  /** BN254's parameter. */
  static final BigInteger X = new BigInteger("4965661367192848881");

  /** The digits of 6x + 2 below the top one, highest first. */
  static final int[] LOOP = nonAdjacentForm(X.multiply(BigInteger.valueOf(6)).add(BigInteger.TWO));

  private static final Fq2 TWIST_B = Fq2.of(Fq.of(3), Fq.ZERO).times(Fq2.XI.inverse());
  private static final Fq HALF = Fq.of(2).inverse();

  /** Three to a line: the factors a of y and b of x, and c, of a y + b x w + c w^3 at (x, y). */
  private final Fq2[] lines;

  private final boolean infinity;

  private PreparedG2(Fq2[] lines, boolean infinity) {
    this.lines = lines;
    this.infinity = infinity;
  }

  /** Finds the lines of a point. */
  public static PreparedG2 of(G2 q) {
    return q.isInfinity() ? new PreparedG2(new Fq2[0], true) : new Walk(q).prepare();
  }

  boolean isInfinity() {
    return infinity;
  }

  /** f times the value of line i at (x, y). */
  Fq12 timesLine(Fq12 f, int i, Fq x, Fq y) {
    return f.timesLine(lines[3 * i].times(y), lines[3 * i + 1].times(x), lines[3 * i + 2]);
  }

  private static int[] nonAdjacentForm(BigInteger n) {
    int[] digits = new int[n.bitLength() + 1];
    int length = 0;
    for (BigInteger rest = n; rest.signum() != 0; rest = rest.shiftRight(1)) {
      int digit = 0;
      if (rest.testBit(0)) {
        digit = rest.testBit(1) ? -1 : 1;
        rest = rest.subtract(BigInteger.valueOf(digit));
      }
      digits[length++] = digit;
    }
    int[] below = new int[length - 1];
    for (int i = 0; i < below.length; i++) {
      below[i] = digits[length - 2 - i];
    }
    return below;
  }

  /** The loop's running point T = (X/Z, Y/Z), with the lines it has left behind. */
  private static final class Walk {
    private final G2 q;
    private Fq2 x;
    private Fq2 y;
    private Fq2 z = Fq2.ONE;
    private final Fq2[] lines = new Fq2[3 * (2 * LOOP.length + 2)];
    private int length = 0;

    Walk(G2 q) {
      this.q = q;
      this.x = q.x();
      this.y = q.y();
    }

    PreparedG2 prepare() {
      G2 minusQ = q.negate();
      for (int digit : LOOP) {
        twice();
        if (digit != 0) {
          add(digit == 1 ? q : minusQ);
        }
      }
      G2 image = q.frobenius();
      add(image);
      add(image.frobenius().negate());
      return new PreparedG2(Arrays.copyOf(lines, length), false);
    }

    private void line(Fq2 a, Fq2 b, Fq2 c) {
      lines[length++] = a;
      lines[length++] = b;
      lines[length++] = c;
    }

    /** T = 2T, with the tangent (Aranha et al., ePrint 2010/526, section 4.2). */
    private void twice() {
      Fq2 a = x.times(y).times(HALF);
      Fq2 b = y.square();
      Fq2 c = z.square();
      Fq2 e = c.twice().plus(c).times(TWIST_B);
      Fq2 f = e.twice().plus(e);
      Fq2 g = b.plus(f).times(HALF);
      Fq2 h = y.plus(z).square().minus(b).minus(c);
      Fq2 j = x.square();
      Fq2 e2 = e.square();
      line(h.negate(), j.twice().plus(j), e.minus(b));
      x = a.times(b.minus(f));
      y = g.square().minus(e2.twice().plus(e2));
      z = b.times(h);
    }

    /** T = T + p, with the chord. */
    private void add(G2 p) {
      Fq2 theta = y.minus(p.y().times(z));
      Fq2 lambda = x.minus(p.x().times(z));
      Fq2 d = lambda.square();
      Fq2 e = lambda.times(d);
      Fq2 f = z.times(theta.square());
      Fq2 g = x.times(d);
      Fq2 h = e.plus(f).minus(g.twice());
      line(lambda, theta.negate(), theta.times(p.x()).minus(lambda.times(p.y())));
      x = lambda.times(h);
      y = theta.times(g.minus(h)).minus(e.times(y));
      z = z.times(e);
    }
  }
}
