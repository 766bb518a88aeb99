package zk4j.r1cs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import zk4j.bn254.Fr;
import zk4j.bn254.FrVector;
import zk4j.bn254.SparseMatrix;
import zk4j.core.CancellationToken;
import zk4j.core.Execution;

class R1csTest {
  private static final Execution SEQUENTIAL = Execution.sequential();
  private static final Execution PARALLEL =
      Execution.defaults().withExecutor(ForkJoinPool.commonPool()).withParallelism(4);

  /** A matrix of rows that are written as wire, coefficient, wire, coefficient, ... */
  private static SparseMatrix matrix(int columns, long[]... rows) {
    int[] rowStart = new int[rows.length + 1];
    for (int row = 0; row < rows.length; row++) {
      rowStart[row + 1] = rowStart[row] + rows[row].length / 2;
    }
    int[] column = new int[rowStart[rows.length]];
    FrVector values = FrVector.zeros(column.length);
    for (int row = 0; row < rows.length; row++) {
      for (int i = 0; i < rows[row].length / 2; i++) {
        column[rowStart[row] + i] = (int) rows[row][2 * i];
        long value = rows[row][2 * i + 1];
        values.set(rowStart[row] + i, value < 0 ? Fr.of(-value).negate() : Fr.of(value));
      }
    }
    return SparseMatrix.of(columns, rowStart, column, values);
  }

  private static long[] row(long... wiresAndCoefficients) {
    return wiresAndCoefficients;
  }

  /** Wires: one, out, x, t. t = (x - 3) * (2x + 1); out = -t * t + 5. */
  private static R1cs example() {
    return R1cs.of(
        1,
        0,
        1,
        4,
        new long[] {0, 1, 2, 3},
        matrix(4, row(2, 1, 0, -3), row(3, -1)),
        matrix(4, row(2, 2, 0, 1), row(3, 1)),
        matrix(4, row(3, 1), row(1, 1, 0, -5)));
  }

  private static Witness witness(long... values) {
    FrVector vector = FrVector.zeros(values.length);
    for (int i = 0; i < values.length; i++) {
      vector.set(i, values[i] < 0 ? Fr.of(-values[i]).negate() : Fr.of(values[i]));
    }
    return Witness.of(vector);
  }

  private static final SignalNames NAMES =
      wire -> List.of("one", "main.out", "main.x", "main.t").get(wire);

  @Test
  void satisfied() throws UnsatisfiedConstraintException {
    for (Execution execution : List.of(SEQUENTIAL, PARALLEL)) {
      // x = 4: t = 1 * 9, out = 5 - 81
      assertEquals(OptionalInt.empty(), example().firstViolation(witness(1, -76, 4, 9), execution));
      example().requireSatisfied(witness(1, -76, 4, 9), NAMES, execution);
    }
  }

  @Test
  void everyWireMatters() {
    long[] good = {1, -76, 4, 9};
    for (int wire = 1; wire < good.length; wire++) {
      long[] bad = good.clone();
      bad[wire]++;
      assertTrue(example().firstViolation(witness(bad), SEQUENTIAL).isPresent(), "wire " + wire);
    }
  }

  @Test
  void violationNamesConstraintSignalsAndValues() {
    UnsatisfiedConstraintException e =
        assertThrows(
            UnsatisfiedConstraintException.class,
            () -> example().requireSatisfied(witness(1, 7, 4, 9), NAMES, SEQUENTIAL));
    assertEquals(1, e.constraint());
    assertEquals("(-main.t) * (main.t) = main.out - 5", e.equation());
    assertEquals(Map.of("main.out", "7", "main.t", "9"), e.signals());
    assertEquals(
        "constraint 1 does not hold: (-main.t) * (main.t) = main.out - 5\n"
            + "  A = "
            + Fr.of(9).negate()
            + ", B = 9, C = 2\n"
            + "  main.out = 7\n"
            + "  main.t = 9",
        e.getMessage());
  }

  @Test
  void messageOfLargeConstraintIsBounded() {
    int wires = 80;
    long[] all = LongStream.range(0, wires).flatMap(i -> LongStream.of(i, 1)).toArray();
    R1cs r1cs =
        R1cs.of(
            0,
            0,
            79,
            80,
            new long[wires],
            matrix(wires, all),
            matrix(wires, all),
            matrix(wires, row()));
    long[] values = new long[wires];
    values[0] = 1;
    UnsatisfiedConstraintException e =
        assertThrows(
            UnsatisfiedConstraintException.class,
            () -> r1cs.requireSatisfied(witness(values), SignalNames.byWire(), SEQUENTIAL));
    assertEquals(79, e.signals().size());
    assertTrue(e.toString().endsWith("\n  w50 = 0\n  and 29 more"), e.toString());
  }

  @Test
  void constraintText() {
    R1cs r1cs = example();
    assertEquals("(main.x - 3) * (2*main.x + 1) = main.t", r1cs.constraintText(0, NAMES));
    assertEquals("(w2 - 3) * (2*w2 + 1) = w3", r1cs.constraintText(0, SignalNames.byWire()));
    SparseMatrix nothing = matrix(1, row());
    SparseMatrix one = matrix(1, row(0, -1));
    R1cs constant = R1cs.of(0, 0, 0, 1, new long[1], nothing, one, matrix(1, row(0, 0)));
    assertEquals("(0) * (-1) = 0", constant.constraintText(0, NAMES));
  }

  @Test
  void coefficientsAboveHalfAreNegative() {
    Fr half = Fr.of(Fr.MODULUS.shiftRight(1));
    SparseMatrix matrix =
        SparseMatrix.of(
            2, new int[] {0, 2}, new int[] {1, 1}, FrVector.of(half, half.plus(Fr.ONE)));
    R1cs r1cs = R1cs.of(0, 0, 1, 2, new long[2], matrix, matrix, matrix);
    String text = half + "*w1 - " + half + "*w1";
    assertEquals(
        "(" + text + ") * (" + text + ") = " + text, r1cs.constraintText(0, SignalNames.byWire()));
  }

  /** x_i * x_i = x_{i+1} for a row i; one wire is wrong. */
  @Property(tries = 30)
  void lowestViolationIsFound(
      @ForAll @IntRange(min = 1, max = 5000) int rows, @ForAll @IntRange(max = 4999) int wrong) {
    int wires = rows + 2;
    long[][] left = new long[rows][];
    long[][] right = new long[rows][];
    FrVector values = FrVector.zeros(wires);
    values.set(0, Fr.ONE);
    values.set(1, Fr.of(3));
    for (int row = 0; row < rows; row++) {
      left[row] = row(row + 1, 1);
      right[row] = row(row + 2, 1);
      values.set(row + 2, values.get(row + 1).square());
    }
    SparseMatrix a = matrix(wires, left);
    R1cs r1cs = R1cs.of(0, 0, 1, wires, new long[wires], a, a, matrix(wires, right));
    assertEquals(OptionalInt.empty(), r1cs.firstViolation(Witness.of(values.copy()), PARALLEL));

    int wrongRow = wrong % rows;
    for (int row = wrongRow; row < rows; row += 2) {
      values.set(row + 2, values.get(row + 2).plus(Fr.ONE));
    }
    assertEquals(OptionalInt.of(wrongRow), r1cs.firstViolation(Witness.of(values), PARALLEL));
  }

  @Test
  void cancellation() {
    CancellationToken token = new CancellationToken();
    token.cancel();
    assertThrows(
        CancellationException.class,
        () -> example().firstViolation(witness(1, -76, 4, 9), SEQUENTIAL.withCancellation(token)));
  }

  @Test
  void wrongShapesAreRefused() {
    SparseMatrix m = matrix(2, row(1, 1));
    SparseMatrix twoRows = matrix(2, row(1, 1), row());
    SparseMatrix threeColumns = matrix(3, row(1, 1));
    long[] labels = new long[2];
    for (SparseMatrix bad : List.of(twoRows, threeColumns)) {
      refused(() -> R1cs.of(0, 0, 1, 2, labels, bad, m, m));
      refused(() -> R1cs.of(0, 0, 1, 2, labels, m, bad, m));
      refused(() -> R1cs.of(0, 0, 1, 2, labels, m, m, bad));
    }
    refused(() -> R1cs.of(-1, 0, 1, 2, labels, m, m, m));
    refused(() -> R1cs.of(0, -1, 1, 2, labels, m, m, m));
    refused(() -> R1cs.of(0, 0, -1, 2, labels, m, m, m));
    refused(() -> R1cs.of(0, 0, 1, -1, labels, m, m, m));
    refused(() -> R1cs.of(1, 1, 0, 2, labels, m, m, m));
    refused(() -> R1cs.of(Integer.MAX_VALUE, Integer.MAX_VALUE, 0, 2, labels, m, m, m));
    R1cs.of(1, 0, 5, 2, labels, m, m, m); // a compiler drops unused private inputs
    refused(() -> example().firstViolation(witness(1, 2, 3), SEQUENTIAL));
    refused(() -> example().firstViolation(witness(1, 2, 3, 4, 5), SEQUENTIAL));
  }

  @Test
  void witnesses() {
    Witness witness = witness(1, 5, 6, 7);
    assertEquals(4, witness.size());
    assertEquals(Fr.of(6), witness.get(2));
    assertTrue(witness.publicSignals(2).contentEquals(FrVector.of(Fr.of(5), Fr.of(6))));
    assertEquals(0, witness.publicSignals(0).size());
    assertEquals(3, witness.publicSignals(3).size());
    refused(() -> witness.publicSignals(4));
    refused(() -> witness.publicSignals(-1));
    refused(() -> Witness.of(FrVector.zeros(0)));
    refused(() -> witness(2, 5));
    refused(() -> witness(0));
  }

  private static void refused(Runnable wrong) {
    assertThrows(IllegalArgumentException.class, wrong::run);
  }
}
