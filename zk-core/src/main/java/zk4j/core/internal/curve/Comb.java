package zk4j.core.internal.curve;

import zk4j.core.internal.spi.Curve;

/**
 * Sums of multiples of fixed points, from all sums of P, 2^32 P, .., 2^224 P for each point P (Lim
 * and Lee, "More flexible exponentiation with precomputation", CRYPTO 1994): 32 doublings in all
 * and at most 32 additions a point. Immutable.
 */
public final class Comb {
  private static final int TEETH = 8;
  private static final int SPACING = 32;
  private static final int ENTRIES = 1 << TEETH;

  private final Curve curve;

  /** Entry e of a point's table is the sum of the 2^(32 j) P for the bits j of e, affine. */
  private final long[][] tables;

  /** Makes the tables of so many affine points. */
  public Comb(Curve curve, long[] points, int count) {
    this.curve = curve;
    this.tables = new long[count][];
    CurveKernels kernels = CurveKernels.of(curve);
    for (int k = 0; k < count; k++) {
      tables[k] = table(kernels, points, k * kernels.affine());
    }
  }

  private static long[] table(CurveKernels kernels, long[] points, int p) {
    int size = kernels.affine();
    long[] table = new long[ENTRIES * size];
    long[] tooth = new long[kernels.jacobian()];
    kernels.toJacobian(tooth, 0, points, p);
    for (int filled = 1; filled < ENTRIES; filled *= 2) {
      kernels.toAffine(table, filled * size, tooth, 0);
      int[] pairs = new int[2 * (filled - 1)];
      for (int e = 1; e < filled; e++) {
        pairs[2 * e - 2] = 2 * e;
        pairs[2 * e - 1] = 2 * filled;
      }
      long[] sums = new long[(filled - 1) * size];
      kernels.addPairs(sums, 0, table, pairs, filled - 1);
      System.arraycopy(sums, 0, table, (filled + 1) * size, sums.length);
      for (int i = 0; i < SPACING; i++) {
        kernels.twice(tooth, 0);
      }
    }
    return table;
  }

  /** Affine z = the sum of the points times scalars below 2^256, in four words each. */
  public void sum(long[] z, int zo, long[] scalars) {
    CurveKernels kernels = CurveKernels.of(curve);
    long[] sum = new long[kernels.jacobian()];
    kernels.setInfinity(sum, 0);
    for (int column = SPACING - 1; column >= 0; column--) {
      kernels.twice(sum, 0);
      for (int k = 0; k < tables.length; k++) {
        int entry = 0;
        for (int tooth = TEETH - 1; tooth >= 0; tooth--) {
          int bit = tooth * SPACING + column;
          entry = (entry << 1) | ((int) (scalars[4 * k + (bit >> 6)] >>> (bit & 63)) & 1);
        }
        kernels.addMixed(sum, 0, tables[k], entry * kernels.affine());
      }
    }
    kernels.toAffine(z, zo, sum, 0);
  }
}
