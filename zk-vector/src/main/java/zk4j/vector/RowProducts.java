package zk4j.vector;

import static zk4j.vector.Lanes.BLOCK;
import static zk4j.vector.Lanes.LANES;
import static zk4j.vector.Lanes.LIMBS;
import static zk4j.vector.Lanes.slot;

/**
 * A sparse matrix times a vector: entries are multiplied in chunks that run over the ends of rows,
 * and the products added up row by row. Sums are reduced every few additions, so that they stay
 * exact. One thread.
 */
final class RowProducts {
  /** Products that may be added to what is reduced before it must be reduced again. */
  private static final int ADDITIONS = 4;

  private final double[] z;
  private final double[] values;
  private final double[] vector;
  private final double[] products = Layout.scratch();
  private final double[] factors = Layout.scratch();

  /** In lane 0, the sum of a row. */
  private final double[] sum = new double[BLOCK];

  /** Products in the sum. */
  private int terms;

  RowProducts(double[] z, double[] values, double[] vector) {
    this.z = z;
    this.values = values;
    this.vector = vector;
  }

  void compute(int fromRow, int toRow, int[] rowStart, int[] column) {
    int row = fromRow;
    int chunk = Layout.scratchElements();
    int end = rowStart[toRow];
    int from = rowStart[fromRow];
    while (from < end) {
      int part = Math.min(chunk, end - from);
      for (int i = 0; i < part; i++) {
        copy(products, slot(i), values, slot(from + i));
        copy(factors, slot(i), vector, slot(column[from + i]));
      }
      Layout.FR.passes.multiply(products, 0, products, 0, factors, 0, BLOCK, Lanes.blocks(part));
      for (int i = 0; i < part; i++) {
        while (rowStart[row + 1] <= from + i) {
          finish(row++);
        }
        add(slot(i));
      }
      from += part;
    }
    while (row < toRow) {
      finish(row++);
    }
  }

  private void add(int at) {
    if (terms > 0 && terms % ADDITIONS == 0) {
      Layout.FR.passes.reduce(sum, 0, 1);
    }
    for (int j = 0; j < LIMBS; j++) {
      sum[j * LANES] += products[at + j * LANES];
    }
    terms++;
  }

  /** Stores the row's sum and begins the next one. */
  private void finish(int row) {
    if (terms > 1) {
      Layout.FR.passes.reduce(sum, 0, 1);
    }
    copy(z, slot(row), sum, 0);
    for (int j = 0; j < LIMBS; j++) {
      sum[j * LANES] = 0;
    }
    terms = 0;
  }

  private static void copy(double[] z, int zo, double[] x, int xo) {
    for (int j = 0; j < LIMBS; j++) {
      z[zo + j * LANES] = x[xo + j * LANES];
    }
  }
}
