package zk4j.poseidon.internal;

import java.util.Arrays;
import zk4j.bn254.Fr;

/** Square matrices and vectors of the scalar field, rows first. */
final class Matrices {
  private Matrices() {}

  static Fr[][] identity(int size) {
    Fr[][] z = new Fr[size][size];
    for (int i = 0; i < size; i++) {
      Arrays.fill(z[i], Fr.ZERO);
      z[i][i] = Fr.ONE;
    }
    return z;
  }

  static Fr dot(Fr[] x, Fr[] y) {
    Fr sum = Fr.ZERO;
    for (int i = 0; i < x.length; i++) {
      sum = sum.plus(x[i].times(y[i]));
    }
    return sum;
  }

  /** Matrix times column. */
  static Fr[] times(Fr[][] matrix, Fr[] column) {
    return Arrays.stream(matrix).map(row -> dot(row, column)).toArray(Fr[]::new);
  }

  /** Row times matrix. */
  static Fr[] times(Fr[] row, Fr[][] matrix) {
    return times(transposed(matrix), row);
  }

  static Fr[][] transposed(Fr[][] x) {
    Fr[][] z = new Fr[x.length][x.length];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < x.length; j++) {
        z[j][i] = x[i][j];
      }
    }
    return z;
  }

  /**
   * The inverse, by Gauss and Jordan.
   *
   * @throws ArithmeticException if there is none
   */
  static Fr[][] inverse(Fr[][] matrix) {
    int size = matrix.length;
    Fr[][] left = Arrays.stream(matrix).map(Fr[]::clone).toArray(Fr[][]::new);
    Fr[][] right = identity(size);
    for (int k = 0; k < size; k++) {
      int pivot = k;
      while (pivot < size && left[pivot][k].isZero()) {
        pivot++;
      }
      if (pivot == size) {
        throw new ArithmeticException("a singular matrix has no inverse");
      }
      swap(left, k, pivot);
      swap(right, k, pivot);
      Fr scale = left[k][k].inverse();
      left[k] = scaled(left[k], scale);
      right[k] = scaled(right[k], scale);
      for (int i = 0; i < size; i++) {
        if (i != k) {
          Fr factor = left[i][k].negate();
          left[i] = sum(left[i], scaled(left[k], factor));
          right[i] = sum(right[i], scaled(right[k], factor));
        }
      }
    }
    return right;
  }

  private static void swap(Fr[][] rows, int i, int j) {
    Fr[] row = rows[i];
    rows[i] = rows[j];
    rows[j] = row;
  }

  static Fr[] scaled(Fr[] x, Fr factor) {
    return Arrays.stream(x).map(factor::times).toArray(Fr[]::new);
  }

  static Fr[] sum(Fr[] x, Fr[] y) {
    Fr[] z = new Fr[x.length];
    Arrays.setAll(z, i -> x[i].plus(y[i]));
    return z;
  }
}
