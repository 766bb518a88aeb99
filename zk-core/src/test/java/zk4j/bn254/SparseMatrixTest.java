package zk4j.bn254;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
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

  /**
   * Columns that are empty, short, or have thousands of entries; entries that are edges, small, or
   * random; points that are equal, opposite or infinity, in what is there too.
   */
  @ParameterizedTest(name = "{0}")
  @MethodSource("zk4j.bn254.PointsUnderTest#both")
  <P, V> void transposedProductsAreSumsOfColumns(PointsUnderTest<P, V> g) {
    Samples samples = new Samples(11);
    List<Fr> edges = FieldUnderTest.FR.elements();
    for (int[] shape : new int[][] {{0, 3}, {1, 1}, {7, 5}, {2100, 2300}, {5000, 2}}) {
      int rows = shape[0];
      int columns = shape[1];
      List<Fr> logs = new ArrayList<>(); // discrete logarithms of the points
      for (int row = 0; row < rows; row++) {
        logs.add(Fr.of(samples.below(9)).minus(Fr.of(4)));
      }
      List<Fr> sums = new ArrayList<>();
      for (int column = 0; column < columns; column++) {
        sums.add(Fr.of(samples.below(3)));
      }
      V vector = multiples(g, logs);
      V found = multiples(g, sums);
      int[] rowStart = new int[rows + 1];
      int[] column = new int[3 * rows];
      List<Fr> values = new ArrayList<>();
      for (int row = 0; row < rows; row++) {
        for (int entries = columns == 2 ? 2 : samples.below(3); entries > 0; entries--) {
          int at = columns == 2 ? entries - 1 : samples.below(columns);
          Fr value =
              switch (samples.below(6)) {
                case 0 -> edges.get(samples.below(edges.size()));
                case 1 -> samples.below(50) == 0 ? samples.fr() : Fr.of(samples.below(300));
                case 2 -> Fr.ONE.negate();
                default -> Fr.ONE;
              };
          column[values.size()] = at;
          values.add(value);
          sums.set(at, sums.get(at).plus(value.times(logs.get(row))));
        }
        rowStart[row + 1] = values.size();
      }
      SparseMatrix matrix =
          SparseMatrix.of(
              columns, rowStart, Arrays.copyOf(column, values.size()), FrVector.copyOf(values));
      Execution execution = Execution.defaults().withParallelism(3);
      g.addTransposedTimes().add(matrix, vector, found, execution);
      assertSame(g, multiples(g, sums), found, columns);
    }
  }

  private static <P, V> V multiples(PointsUnderTest<P, V> g, List<Fr> scalars) {
    return g.multiples().of(g.generator(), FrVector.copyOf(scalars), Execution.sequential());
  }

  private static <P, V> void assertSame(PointsUnderTest<P, V> g, V expected, V found, int size) {
    byte[] bytes = g.encodeSlice().encode(expected, 0, size);
    assertArrayEquals(bytes, g.encodeSlice().encode(found, 0, size));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("zk4j.bn254.PointsUnderTest#both")
  <P, V> void pointsAreSubtracted(PointsUnderTest<P, V> g) {
    Samples samples = new Samples(12);
    List<Fr> from = List.of(Fr.ZERO, Fr.ONE, Fr.of(7), Fr.of(7), Fr.of(7), samples.fr());
    List<Fr> other = List.of(Fr.ZERO, Fr.ZERO, Fr.of(7), Fr.of(7).negate(), Fr.ONE, samples.fr());
    List<Fr> expected = new ArrayList<>();
    for (int i = 0; i < from.size(); i++) {
      expected.add(from.get(i).minus(other.get(i)));
    }
    V difference = multiples(g, from);
    g.subtractInPlace().subtract(difference, multiples(g, other), Execution.defaults());
    assertSame(g, multiples(g, expected), difference, from.size());
    assertThrows(
        IllegalArgumentException.class,
        () ->
            g.subtractInPlace()
                .subtract(difference, multiples(g, List.of(Fr.ONE)), Execution.defaults()));
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
    for (int[] sizes : new int[][] {{2, 2}, {1, 1}, {0, 2}}) {
      G1Vector points = G1Vector.infinities(sizes[0]);
      G1Vector sums = G1Vector.infinities(sizes[1]);
      assertThrows(
          IllegalArgumentException.class,
          () -> matrix.addTransposedTimes(points, sums, Execution.sequential()));
    }
    assertThrows(IndexOutOfBoundsException.class, () -> matrix.rowTimes(1, FrVector.zeros(2)));
  }

  private static void refused(int columns, int[] rowStart, int[] column, FrVector values) {
    assertThrows(
        IllegalArgumentException.class, () -> SparseMatrix.of(columns, rowStart, column, values));
  }
}
