package zk4j.groth16;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import zk4j.bn254.EvaluationDomain;
import zk4j.bn254.Fr;
import zk4j.bn254.FrVector;
import zk4j.bn254.G1;
import zk4j.bn254.SparseMatrix;
import zk4j.core.Execution;
import zk4j.r1cs.ProvingException;
import zk4j.r1cs.R1cs;
import zk4j.r1cs.Witness;

class FoldedQueryTest {
  private static final Execution EXECUTION = Execution.defaults();

  private final Random random = new Random(4);

  /** A circuit of random constraints with a witness that satisfies them. */
  private record Statement(R1cs circuit, Witness witness) {}

  /**
   * Wires are random but for the last ones, of which each constraint has one in C that makes it
   * hold. A third of the constraints have an empty B and an empty C instead. Public signals are
   * named in C like other wires, but the last one nowhere.
   */
  private Statement statement(int constraints, int publics, int privates) {
    int solved = 1 + publics + privates;
    int wires = solved + constraints;
    List<Fr> z = new ArrayList<>(List.of(Fr.ONE));
    while (z.size() < solved) {
      z.add(random.nextInt(4) == 0 ? Fr.ZERO : scalar());
    }
    List<List<Integer>> columns = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    List<List<Fr>> values = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    int[][] starts = new int[3][constraints + 1];
    for (int row = 0; row < constraints; row++) {
      Fr[] sums = new Fr[3];
      boolean empty = row % 3 == 2;
      for (int k = 0; k < 3; k++) {
        sums[k] = Fr.ZERO;
        int terms = empty && k > 0 ? 0 : random.nextInt(4);
        for (int t = 0; t < terms; t++) {
          int column = random.nextInt(solved);
          if (column == publics && publics > 0) {
            continue;
          }
          Fr value = random.nextBoolean() ? scalar() : Fr.ONE.negate();
          columns.get(k).add(column);
          values.get(k).add(value);
          sums[k] = sums[k].plus(value.times(z.get(column)));
        }
      }
      if (empty) {
        z.add(scalar());
      } else {
        columns.get(2).add(solved + row);
        Fr value = scalar();
        values.get(2).add(value);
        z.add(sums[0].times(sums[1]).minus(sums[2]).times(value.inverse()));
      }
      for (int k = 0; k < 3; k++) {
        starts[k][row + 1] = columns.get(k).size();
      }
    }
    SparseMatrix[] matrices = new SparseMatrix[3];
    for (int k = 0; k < 3; k++) {
      matrices[k] =
          SparseMatrix.of(
              wires,
              starts[k],
              columns.get(k).stream().mapToInt(i -> i).toArray(),
              FrVector.copyOf(values.get(k)));
    }
    long[] labels = new long[wires];
    for (int i = 0; i < wires; i++) {
      labels[i] = i;
    }
    R1cs circuit =
        R1cs.of(
            publics / 2,
            publics - publics / 2,
            privates,
            wires,
            labels,
            matrices[0],
            matrices[1],
            matrices[2]);
    return new Statement(circuit, Witness.of(FrVector.copyOf(z)));
  }

  private Fr scalar() {
    return Fr.of(new BigInteger(320, random).mod(Fr.MODULUS));
  }

  private ProvingKey key(R1cs circuit, Fr tau) {
    return new InsecureSetup(tau, scalar(), scalar(), Fr.ONE, scalar())
        .provingKey(circuit, EXECUTION);
  }

  private void assertSameProofs(ProvingKey key, Statement statement) throws ProvingException {
    Groth16Prover folded = Groth16Prover.folded(key, statement.circuit(), EXECUTION);
    Fr r = scalar();
    Fr s = scalar();
    assertEquals(
        Groth16Prover.of(key).prove(statement.witness(), r, s, EXECUTION),
        folded.prove(statement.witness(), r, s, EXECUTION));
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 1", "1, 0, 1", "1, 1, 1", "2, 0, 3", "3, 4, 2", "9, 1, 3", "40, 5, 9"})
  void proofsAreTheSame(int constraints, int publics, int privates) throws Exception {
    Statement statement = statement(constraints, publics, privates);
    assertSameProofs(key(statement.circuit(), scalar()), statement);
  }

  /** At an odd power of the 2n-th root of unity all Lagrange polynomials are 0 but one. */
  @ParameterizedTest
  @CsvSource({"1, 1", "7, 1", "8, 0"})
  void pointsOfHMayBeInfinity(int power, int finite) throws Exception {
    Statement statement = statement(5, 2, 3);
    Fr tau = EvaluationDomain.rootOfUnity(4).pow(BigInteger.valueOf(power));
    ProvingKey key = key(statement.circuit(), tau);
    assertEquals(8, key.domainSize());
    assertEquals(
        finite, key.hQuery().toList().stream().filter(point -> !point.isInfinity()).count());
    assertSameProofs(key, statement);
  }

  /** The definition: C's points less, for each entry of C, a sum over the odd powers. */
  @Test
  void pointsAreTheSumsThatTheyAreSaidToBe() {
    Statement statement = statement(5, 2, 3);
    ProvingKey key = key(statement.circuit(), scalar());
    int n = key.domainSize();
    EvaluationDomain domain = EvaluationDomain.ofSize(n);
    Fr u = EvaluationDomain.rootOfUnity(Integer.numberOfTrailingZeros(n) + 1);
    List<G1> points = new ArrayList<>(Collections.nCopies(3, G1.INFINITY));
    points.addAll(key.cQuery().toList());
    SparseMatrix c = statement.circuit().c();
    for (int row = 0; row < c.rows(); row++) {
      FrVector lagrange = FrVector.zeros(n);
      lagrange.set(row, Fr.ONE);
      domain.coset(u).extend(lagrange, EXECUTION);
      G1 k = G1.sumOfProducts(key.hQuery().toList(), lagrange.toList());
      for (int e = c.rowStart(row); e < c.rowStart(row + 1); e++) {
        int wire = c.column(e);
        points.set(wire, points.get(wire).minus(k.times(c.value(e))));
      }
    }
    assertEquals(points, FoldedQuery.of(key, statement.circuit(), EXECUTION).toList());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 5})
  void aWrongWitnessIsRefused(int wire) {
    Groth16Prover prover = Groth16Prover.folded(Cubic.KEY, Cubic.CIRCUIT, EXECUTION);
    FrVector values = Cubic.witness(3, 9).values().copy();
    values.set(wire, values.get(wire).plus(Fr.ONE));
    assertThrows(ProvingException.class, () -> prover.prove(Witness.of(values)));
  }

  @Test
  void theCircuitMustBeTheKeys() {
    R1cs c = Cubic.CIRCUIT;
    refused(
        "the circuit has 3 public signals, but the key is for 2",
        R1cs.of(1, 2, 1, 6, new long[] {0, 1, 2, 3, 4, 5}, none(6), none(6), none(6)));
    refused(
        "the circuit has 7 wires, but the key is for 6",
        R1cs.of(1, 1, 1, 7, new long[] {0, 1, 2, 3, 4, 5, 6}, none(7), none(7), none(7)));
    refused(
        "the circuit has 4 rows of the domain, but the key is for 8",
        R1cs.of(1, 1, 1, 6, new long[] {0, 1, 2, 3, 4, 5}, none(6), none(6), none(6)));
    long[] labels = {0, 1, 2, 3, 4, 5};
    refused(
        "constraint 1: the circuit's matrix A is not the key's",
        R1cs.of(1, 1, 1, 6, labels, c.b(), c.b(), c.c()));
    refused(
        "constraint 1: the circuit's matrix B is not the key's",
        R1cs.of(1, 1, 1, 6, labels, c.a(), c.a(), c.c()));
  }

  private static SparseMatrix none(int columns) {
    return SparseMatrix.of(columns, new int[2], new int[0], FrVector.zeros(0));
  }

  private static void refused(String reason, R1cs circuit) {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> Groth16Prover.folded(Cubic.KEY, circuit, EXECUTION));
    assertEquals(reason, refused.getMessage());
  }
}
