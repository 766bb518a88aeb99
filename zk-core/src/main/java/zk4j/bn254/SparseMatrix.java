package zk4j.bn254;

import java.util.Objects;
import zk4j.core.Execution;
import zk4j.core.internal.spi.PointStore;

/**
 * A matrix over the scalar field of which only the entries that are not 0 are kept, row by row
 * (compressed rows). A row may name a column twice; its entries add up. Immutable.
 */
public final class SparseMatrix {
  private static final int CHUNK = 1 << 11;

  private final int columns;
  private final int[] rowStart;
  private final int[] column;
  private final FrVector values;

  private SparseMatrix(int columns, int[] rowStart, int[] column, FrVector values) {
    this.columns = columns;
    this.rowStart = rowStart;
    this.column = column;
    this.values = values;
  }

  /**
   * Makes a matrix of arrays, which it takes over: the caller must not change them any more.
   *
   * @param columns how many
   * @param rowStart where in column and values each row's entries begin, from 0; one more than
   *     there are rows, the last being the number of entries
   * @param column of each entry
   * @param values of the entries
   * @throws IllegalArgumentException if sizes do not agree, starts decrease, or a column is not
   *     below columns
   */
  public static SparseMatrix of(int columns, int[] rowStart, int[] column, FrVector values) {
    if (rowStart.length == 0 || rowStart[0] != 0) {
      throw new IllegalArgumentException("the first row begins at 0");
    }
    for (int row = 1; row < rowStart.length; row++) {
      if (rowStart[row] < rowStart[row - 1]) {
        throw new IllegalArgumentException(
            "row " + row + " begins at " + rowStart[row] + ", before " + rowStart[row - 1]);
      }
    }
    int entries = rowStart[rowStart.length - 1];
    if (column.length != entries || values.size() != entries) {
      throw new IllegalArgumentException(
          entries + " entries of " + column.length + " columns and " + values.size() + " values");
    }
    for (int entry = 0; entry < entries; entry++) {
      if (column[entry] < 0 || column[entry] >= columns) {
        throw new IllegalArgumentException(
            "entry " + entry + " is in column " + column[entry] + " of " + columns);
      }
    }
    return new SparseMatrix(columns, rowStart, column, values);
  }

  /** How many rows. */
  public int rows() {
    return rowStart.length - 1;
  }

  /** How many columns. */
  public int columns() {
    return columns;
  }

  /** How many entries are kept. */
  public int entries() {
    return column.length;
  }

  /** The first entry of a row; that of row {@link #rows} is the number of entries. */
  public int rowStart(int row) {
    return rowStart[row];
  }

  /** The column of an entry. */
  public int column(int entry) {
    return column[entry];
  }

  /** The value of an entry. */
  public Fr value(int entry) {
    return values.get(entry);
  }

  /** The product with a vector of as many elements as there are columns. */
  public FrVector times(FrVector vector, Execution execution) {
    requireColumns(vector);
    FrVector product = FrVector.zeros(rows());
    execution.forEach(
        (rows() + CHUNK - 1) / CHUNK,
        chunk ->
            product
                .store()
                .setProducts(
                    chunk * CHUNK,
                    Math.min(rows(), (chunk + 1) * CHUNK),
                    rowStart,
                    column,
                    values.store(),
                    vector.store()));
    return product;
  }

  /**
   * Adds the transposed matrix's product with points: sums[column] += the sum over all rows of the
   * entry times points[row]. For matrices of few entries a column, most of them 1 or -1. Takes time
   * that depends on both.
   *
   * @param sums as many as there are columns; not {@code points}
   */
  public void addTransposedTimes(G1Vector points, G1Vector sums, Execution execution) {
    addTransposedTimes(points.store(), sums.store(), execution);
  }

  /** As {@link #addTransposedTimes(G1Vector, G1Vector, Execution)}. */
  public void addTransposedTimes(G2Vector points, G2Vector sums, Execution execution) {
    addTransposedTimes(points.store(), sums.store(), execution);
  }

  private void addTransposedTimes(PointStore points, PointStore sums, Execution execution) {
    if (points.size() != rows() || sums.size() != columns || points == sums) {
      throw new IllegalArgumentException(
          "%d rows and %d columns transposed times %d points, added to %d"
              .formatted(rows(), columns, points.size(), sums.size()));
    }
    int[] starts = new int[columns + 1];
    for (int of : column) {
      starts[of + 1]++;
    }
    for (int k = 0; k < columns; k++) {
      starts[k + 1] += starts[k];
    }
    int[] next = starts.clone();
    int[] row = new int[entries()];
    int[] entry = new int[entries()];
    for (int r = 0; r < rows(); r++) {
      for (int e = rowStart[r]; e < rowStart[r + 1]; e++) {
        int at = next[column[e]]++;
        row[at] = r;
        entry[at] = e;
      }
    }
    sums.addCombinations(points, starts, row, entry, values.store(), execution);
  }

  /** The product of one row with a vector. */
  public Fr rowTimes(int row, FrVector vector) {
    Objects.checkIndex(row, rows());
    requireColumns(vector);
    Fr sum = Fr.ZERO;
    for (int entry = rowStart[row]; entry < rowStart[row + 1]; entry++) {
      sum = sum.plus(value(entry).times(vector.get(column[entry])));
    }
    return sum;
  }

  private void requireColumns(FrVector vector) {
    if (vector.size() != columns) {
      throw new IllegalArgumentException(columns + " columns times a vector of " + vector.size());
    }
  }
}
