package zk4j.bn254;

import zk4j.core.internal.curve.CurveKernels;
import zk4j.core.internal.pairing.MillerLoop;
import zk4j.core.internal.spi.Curve;

/** A point of G2 as the pairing takes it. Immutable. */
public final class PreparedG2 {
  /** The lines of a point, or a point itself, affine. */
  private final long[] limbs;

  private final boolean lines;
  private final boolean infinity;

  private PreparedG2(long[] limbs, boolean lines, boolean infinity) {
    this.limbs = limbs;
    this.lines = lines;
    this.infinity = infinity;
  }

  /**
   * Finds the lines that the Miller loop evaluates: 14 KB, worth keeping for a point that is paired
   * more than once, as those of a verification key.
   */
  public static PreparedG2 of(G2 q) {
    PreparedG2 once = once(q);
    return once.infinity ? once : new PreparedG2(MillerLoop.lines(once.limbs, 0), true, false);
  }

  /** A point that is paired once: its lines are found on the way, which costs less in all. */
  public static PreparedG2 once(G2 q) {
    long[] limbs = new long[CurveKernels.of(Curve.G2).affine()];
    q.toLimbs(limbs, 0);
    return new PreparedG2(limbs, false, q.isInfinity());
  }

  /** Adds e(p, this) to the product that a loop is for. */
  void addTo(MillerLoop loop, G1 p) {
    if (infinity || p.isInfinity()) {
      return;
    }
    long[] point = new long[CurveKernels.of(Curve.G1).affine()];
    p.toLimbs(point, 0);
    if (lines) {
      loop.addPrepared(point, 0, limbs);
    } else {
      loop.add(point, 0, limbs, 0);
    }
  }
}
