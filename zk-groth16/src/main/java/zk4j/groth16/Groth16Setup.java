package zk4j.groth16;

import zk4j.bn254.EvaluationDomain;
import zk4j.bn254.Fr;
import zk4j.bn254.FrVector;
import zk4j.bn254.G1;
import zk4j.bn254.G1Vector;
import zk4j.bn254.G2;
import zk4j.bn254.G2Vector;
import zk4j.bn254.PowersOfTau;
import zk4j.bn254.PowersOfTau.Factor;
import zk4j.bn254.SparseMatrix;
import zk4j.core.Execution;
import zk4j.core.MalformedDataException;
import zk4j.r1cs.R1cs;

/**
 * The key that a circuit's own ceremony, phase 2, begins with (ePrint 2017/1050), from powers of
 * tau that others made. gamma and delta are 1 in it: until somebody contributes a delta, anyone can
 * prove anything, and {@link VerifyingKey#of} refuses it.
 */
public final class Groth16Setup {
  /** Points read at a time of a basis of which every second one is wanted. */
  private static final int BLOCK = 1 << 16;

  private Groth16Setup() {}

  /** The least power of tau for a circuit: the logarithm of its domain's size. */
  public static int requiredPower(R1cs circuit) {
    return logSize(domain(circuit.constraints(), circuit.publicSignals()).size());
  }

  /**
   * Makes the key. Deterministic: everybody gets the same one.
   *
   * @param powers whose ceremony is to be trusted or verified; not verified here
   * @throws MalformedDataException if a point that is read is not valid
   * @throws IllegalArgumentException if the powers are fewer than {@link #requiredPower} says, or
   *     the circuit's constraints, public signals and one more do not fit in a domain of {@link
   *     ProvingKey#MAX_DOMAIN_SIZE}
   */
  public static ProvingKey provingKey(R1cs circuit, PowersOfTau powers, Execution execution)
      throws MalformedDataException {
    int n = domain(circuit.constraints(), circuit.publicSignals()).size();
    int log = logSize(n);
    if (log > powers.power()) {
      throw new IllegalArgumentException(
          "the circuit needs powers of tau up to 2^" + log + ", not 2^" + powers.power());
    }
    int wires = circuit.wires();
    int first = circuit.publicSignals() + 1;
    SparseMatrix a = padded(circuit.a(), n, first);
    SparseMatrix b = padded(circuit.b(), n, 0);

    G1Vector lagrange = powers.lagrangeG1(Factor.ONE, log, 0, n, execution);
    G1Vector aQuery = G1Vector.infinities(wires);
    a.addTransposedTimes(lagrange, aQuery, execution);
    G1Vector b1Query = G1Vector.infinities(wires);
    b.addTransposedTimes(lagrange, b1Query, execution);
    // beta A_i + alpha B_i + C_i, over gamma or delta, which are 1
    G1Vector k = G1Vector.infinities(wires);
    padded(circuit.c(), n, 0).addTransposedTimes(lagrange, k, execution);
    a.addTransposedTimes(powers.lagrangeG1(Factor.BETA, log, 0, n, execution), k, execution);
    b.addTransposedTimes(powers.lagrangeG1(Factor.ALPHA, log, 0, n, execution), k, execution);
    G2Vector b2Query = G2Vector.infinities(wires);
    b.addTransposedTimes(powers.lagrangeG2(log, 0, n, execution), b2Query, execution);

    VerifyingKey verifyingKey =
        VerifyingKey.ofInsecureDevelopmentKey(
            powers.powersG1(Factor.ALPHA, 0, 1, execution).get(0),
            powers.betaG2(),
            G2.GENERATOR,
            G2.GENERATOR,
            k.slice(0, first).toList());
    return ProvingKey.of(
        verifyingKey,
        powers.powersG1(Factor.BETA, 0, 1, execution).get(0),
        G1.GENERATOR,
        a,
        b,
        aQuery,
        b1Query,
        b2Query,
        k.slice(first, wires),
        oddLagrange(powers, log, execution));
  }

  /** The Lagrange basis of the domain of 2n at the odd powers of its generator. */
  private static G1Vector oddLagrange(PowersOfTau powers, int log, Execution execution)
      throws MalformedDataException {
    int n = 1 << log;
    G1Vector odd = G1Vector.infinities(n);
    for (int from = 0; from < n; from += BLOCK) {
      int to = Math.min(n, from + BLOCK);
      G1Vector block = powers.lagrangeG1(Factor.ONE, log + 1, 2 * from, 2 * to, execution);
      for (int i = from; i < to; i++) {
        odd.set(i, block.get(2 * (i - from) + 1));
      }
    }
    return odd;
  }

  static EvaluationDomain domain(int constraints, int publics) {
    long rows = (long) constraints + publics + 1;
    if (rows > ProvingKey.MAX_DOMAIN_SIZE) {
      throw new IllegalArgumentException(
          constraints
              + " constraints and "
              + publics
              + " public signals need a domain of "
              + rows
              + " rows, more than "
              + ProvingKey.MAX_DOMAIN_SIZE);
    }
    return EvaluationDomain.ofSize((int) rows);
  }

  private static int logSize(int size) {
    return Integer.numberOfTrailingZeros(size);
  }

  /**
   * The matrix with one more row for each of the first wires, s * 0 = 0, and empty ones up to n.
   */
  static SparseMatrix padded(SparseMatrix matrix, int n, int wires) {
    int[] rowStart = new int[n + 1];
    int[] column = new int[matrix.entries() + wires];
    FrVector values = FrVector.zeros(column.length);
    for (int row = 0; row <= n; row++) {
      int beyond = Math.min(Math.max(0, row - matrix.rows()), wires);
      rowStart[row] = matrix.rowStart(Math.min(row, matrix.rows())) + beyond;
    }
    for (int e = 0; e < column.length; e++) {
      boolean extra = e >= matrix.entries();
      column[e] = extra ? e - matrix.entries() : matrix.column(e);
      values.set(e, extra ? Fr.ONE : matrix.value(e));
    }
    return SparseMatrix.of(matrix.columns(), rowStart, column, values);
  }
}
