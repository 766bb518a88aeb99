package zk4j.bn254;

import java.util.List;
import zk4j.core.internal.curve.Comb;
import zk4j.core.internal.curve.CurveKernels;
import zk4j.core.internal.field.Words;
import zk4j.core.internal.spi.Curve;

/**
 * A few fixed points of G1 with tables, 20 KB each, that make sums of their multiples fast; sums of
 * many points are {@link Msm}'s work. Immutable. Sums take time that depends on the scalars.
 */
public final class G1Table {
  private final Comb comb;
  private final int size;

  private G1Table(Comb comb, int size) {
    this.comb = comb;
    this.size = size;
  }

  /** Makes the tables, which costs some 500 additions a point. */
  public static G1Table of(List<G1> points) {
    int affine = CurveKernels.of(Curve.G1).affine();
    long[] limbs = new long[points.size() * affine];
    for (int i = 0; i < points.size(); i++) {
      points.get(i).toLimbs(limbs, i * affine);
    }
    return new G1Table(new Comb(Curve.G1, limbs, points.size()), points.size());
  }

  /**
   * The sum of scalars[i] * points[i].
   *
   * @throws IllegalArgumentException if there are not as many scalars as points
   */
  public G1 sum(List<Fr> scalars) {
    if (scalars.size() != size) {
      throw new IllegalArgumentException(scalars.size() + " scalars for " + size + " points");
    }
    long[] words = new long[size * Words.COUNT];
    for (int i = 0; i < size; i++) {
      System.arraycopy(scalars.get(i).toWords(), 0, words, i * Words.COUNT, Words.COUNT);
    }
    long[] sum = new long[CurveKernels.of(Curve.G1).affine()];
    comb.sum(sum, 0, words);
    return G1.fromLimbs(sum);
  }
}
