package zk4j.groth16;

import java.util.List;
import zk4j.bn254.Fr;
import zk4j.bn254.FrVector;
import zk4j.bn254.SparseMatrix;
import zk4j.core.Execution;
import zk4j.r1cs.R1cs;
import zk4j.r1cs.Witness;

/**
 * y = x^3 + x + 5 for a private x, with a public input u that no constraint names. Wires: 1, y, u,
 * x, x^2, x^3.
 */
final class Cubic {
  static final R1cs CIRCUIT =
      R1cs.of(
          1,
          1,
          1,
          6,
          new long[] {0, 1, 2, 3, 4, 5},
          rows(new int[] {3}, new int[] {4}, new int[] {5, 3, 0, 0, 0, 0, 0}),
          rows(new int[] {3}, new int[] {3}, new int[] {0}),
          rows(new int[] {4}, new int[] {5}, new int[] {1}));

  static final ProvingKey KEY = key(Fr.of(1005));

  private Cubic() {}

  /** A key with secrets that the tests know. */
  static ProvingKey key(Fr delta) {
    return new InsecureSetup(Fr.of(1001), Fr.of(1002), Fr.of(1003), Fr.ONE, delta)
        .provingKey(CIRCUIT, Execution.defaults());
  }

  static Witness witness(long x, long u) {
    Fr z = Fr.of(x);
    return Witness.of(FrVector.of(Fr.ONE, y(x), Fr.of(u), z, z.square(), z.square().times(z)));
  }

  static List<Fr> signals(long x, long u) {
    return List.of(y(x), Fr.of(u));
  }

  private static Fr y(long x) {
    Fr z = Fr.of(x);
    return z.square().times(z).plus(z).plus(Fr.of(5));
  }

  /** One row each, with a coefficient of 1 for every mention of a wire. */
  private static SparseMatrix rows(int[]... wires) {
    int[] rowStart = new int[wires.length + 1];
    for (int row = 0; row < wires.length; row++) {
      rowStart[row + 1] = rowStart[row] + wires[row].length;
    }
    int[] column = new int[rowStart[wires.length]];
    FrVector values = FrVector.zeros(column.length);
    for (int row = 0; row < wires.length; row++) {
      for (int i = 0; i < wires[row].length; i++) {
        column[rowStart[row] + i] = wires[row][i];
        values.set(rowStart[row] + i, Fr.ONE);
      }
    }
    return SparseMatrix.of(6, rowStart, column, values);
  }
}
