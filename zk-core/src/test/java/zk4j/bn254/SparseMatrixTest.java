package zk4j.bn254;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import zk4j.core.Execution;

class SparseMatrixTest {
  /** Against a dense matrix; rows are empty, name a column twice, or have edges as values. */
  @ParameterizedTest
  @CsvSource({"0, 3", "1, 1", "7, 5", "40, 60", "5000, 30"})
  void productsAgreeWithADenseMatrix(int rows, int columns) {
    Samples samples = new Samples(rows);
    List<Fr> edges = FieldUnderTest.FR.elements();
    Fr[][] dense = new Fr[rows][columns];
    int[] rowStart = new int[rows + 1];
    List<Integer> column = new ArrayList<>();
    List<Fr> values = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      Arrays.fill(dense[row], Fr.ZERO);
      for (int entries = samples.below(6); entries > 0; entries--) {
        int at = samples.below(columns);
        Fr value = edges.get(samples.below(edges.size()));
        dense[row][at] = dense[row][at].plus(value);
        column.add(at);
        values.add(value);
      }
      rowStart[row + 1] = column.size();
    }
    SparseMatrix matrix =
        SparseMatrix.of(
            columns,
            rowStart,
            column.stream().mapToInt(Integer::intValue).toArray(),
            FrVector.copyOf(values));
    FrVector vector = samples.frs(columns);
    List<Fr> expected = new ArrayList<>();
    for (Fr[] row : dense) {
      Fr sum = Fr.ZERO;
      for (int k = 0; k < columns; k++) {
        sum = sum.plus(row[k].times(vector.get(k)));
      }
      expected.add(sum);
    }
    for (int parallelism : new int[] {1, 7}) {
      Execution execution = Execution.defaults().withParallelism(parallelism);
      assertEquals(expected, Samples.list(matrix.times(vector, execution)));
    }
    for (int row = 0; row < rows; row++) {
      assertEquals(expected.get(row), matrix.rowTimes(row, vector));
    }
  }

  @Test
  void entriesAreKeptAsGiven() {
    SparseMatrix matrix =
        SparseMatrix.of(
            4,
            new int[] {0, 1, 1, 3},
            new int[] {3, 0, 2},
            FrVector.of(Fr.ONE, Fr.of(2), Fr.of(3)));
    assertEquals(3, matrix.rows());
    assertEquals(4, matrix.columns());
    assertEquals(3, matrix.entries());
    assertEquals(1, matrix.rowStart(2));
    assertEquals(3, matrix.rowStart(3));
    assertEquals(2, matrix.column(2));
    assertEquals(Fr.of(3), matrix.value(2));
  }

  @Test
  void shapesThatDoNotAgreeAreRefused() {
    FrVector one = FrVector.of(Fr.ONE);
    refused(2, new int[] {}, new int[] {}, FrVector.zeros(0));
    refused(2, new int[] {1, 1}, new int[] {0}, one);
    refused(2, new int[] {0, 2, 1}, new int[] {0}, one);
    refused(2, new int[] {0, 2}, new int[] {0}, one);
    refused(2, new int[] {0, 1}, new int[] {0}, FrVector.zeros(2));
    refused(2, new int[] {0, 1}, new int[] {2}, one);
    refused(2, new int[] {0, 1}, new int[] {-1}, one);
    SparseMatrix matrix = SparseMatrix.of(2, new int[] {0, 1}, new int[] {1}, one);
    assertThrows(
        IllegalArgumentException.class,
        () -> matrix.times(FrVector.zeros(3), Execution.sequential()));
    assertThrows(IllegalArgumentException.class, () -> matrix.rowTimes(0, FrVector.zeros(1)));
    assertThrows(IndexOutOfBoundsException.class, () -> matrix.rowTimes(1, FrVector.zeros(2)));
  }

  private static void refused(int columns, int[] rowStart, int[] column, FrVector values) {
    assertThrows(
        IllegalArgumentException.class, () -> SparseMatrix.of(columns, rowStart, column, values));
  }
}
