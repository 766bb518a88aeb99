package zk4j.bn254;

import zk4j.core.Execution;
import zk4j.core.internal.spi.Curve;
import zk4j.core.internal.spi.FrStore;
import zk4j.core.internal.spi.PointStore;

/**
 * Multi-scalar multiplication: sums of scalars times points. Cheap for scalars that are small or
 * close to r, and for infinities. Takes time that depends on scalars and points.
 */
public final class Msm {
  private Msm() {}

  /**
   * The sum of scalars[i] * points[i].
   *
   * @throws IllegalArgumentException unless there are as many of one as of the other
   */
  public static G1 sum(G1Vector points, FrVector scalars, Execution execution) {
    return G1.fromWords(sum(Curve.G1, points.store(), scalars.store(), execution));
  }

  /**
   * The sum of scalars[i] * points[i].
   *
   * @throws IllegalArgumentException unless there are as many of one as of the other
   */
  public static G2 sum(G2Vector points, FrVector scalars, Execution execution) {
    return G2.fromWords(sum(Curve.G2, points.store(), scalars.store(), execution));
  }

  private static long[] sum(Curve curve, PointStore points, FrStore scalars, Execution execution) {
    if (points.size() != scalars.size()) {
      throw new IllegalArgumentException(
          scalars.size() + " scalars for " + points.size() + " points");
    }
    long[] sum = new long[curve.words()];
    points.multiScalarSum(sum, scalars, execution);
    return sum;
  }
}
