package zk4j.groth16;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import zk4j.bn254.EvaluationDomain;
import zk4j.bn254.Fr;
import zk4j.bn254.FrVector;
import zk4j.bn254.G1;
import zk4j.bn254.G1Vector;
import zk4j.bn254.G2;
import zk4j.bn254.G2Vector;
import zk4j.bn254.SparseMatrix;
import zk4j.core.Execution;
import zk4j.r1cs.R1cs;

/**
 * A key pair made by one party (ePrint 2016/260, section 3.2), in snarkjs's layout. Whoever ran it
 * may have kept the secrets, with which anyone can prove anything: keys for development, tests and
 * benchmarks alone.
 *
 * <p>One scalar multiplication a point, in parallel: about two milliseconds a constraint.
 */
public final class InsecureSetup {
  private final Fr tau;
  private final Fr alpha;
  private final Fr beta;
  private final Fr gamma;
  private final Fr delta;

  InsecureSetup(Fr tau, Fr alpha, Fr beta, Fr gamma, Fr delta) {
    this.tau = tau;
    this.alpha = alpha;
    this.beta = beta;
    this.gamma = gamma;
    this.delta = delta;
  }

  /**
   * Makes a key for a circuit, with gamma 1 as snarkjs has it and all other secrets random.
   *
   * @throws IllegalArgumentException if the circuit's constraints, public signals and one more do
   *     not fit in a domain of {@link ProvingKey#MAX_DOMAIN_SIZE}
   */
  public static ProvingKey provingKey(R1cs circuit, SecureRandom random, Execution execution) {
    Fr[] secrets = new Fr[4];
    for (int i = 0; i < secrets.length; i++) {
      do {
        secrets[i] = Fr.random(random);
      } while (secrets[i].isZero());
    }
    return new InsecureSetup(secrets[0], secrets[1], secrets[2], Fr.ONE, secrets[3])
        .provingKey(circuit, execution);
  }

  ProvingKey provingKey(R1cs circuit, Execution execution) {
    int publics = circuit.publicSignals();
    int constraints = circuit.constraints();
    EvaluationDomain domain = domain(constraints, publics);
    int n = domain.size();
    Fr[] lagrange = lagrange(domain);
    SparseMatrix a = padded(circuit.a(), n, publics + 1);
    SparseMatrix b = padded(circuit.b(), n, 0);
    Fr[] at = atTau(a, lagrange);
    Fr[] bt = atTau(b, lagrange);
    Fr[] ct = atTau(padded(circuit.c(), n, 0), lagrange);

    int wires = circuit.wires();
    G1[] ic = new G1[publics + 1];
    G1Vector aQuery = G1Vector.infinities(wires);
    G1Vector b1Query = G1Vector.infinities(wires);
    G2Vector b2Query = G2Vector.infinities(wires);
    G1Vector cQuery = G1Vector.infinities(wires - publics - 1);
    Fr gammaInverse = gamma.inverse();
    Fr deltaInverse = delta.inverse();
    execution.forEach(
        wires,
        i -> {
          Fr k = beta.times(at[i]).plus(alpha.times(bt[i])).plus(ct[i]);
          if (i <= publics) {
            ic[i] = g1(k.times(gammaInverse));
          } else {
            cQuery.set(i - publics - 1, g1(k.times(deltaInverse)));
          }
          aQuery.set(i, g1(at[i]));
          b1Query.set(i, g1(bt[i]));
          b2Query.set(i, g2(bt[i]));
        });
    Fr[] odd = lagrange(EvaluationDomain.ofSize(2 * n));
    G1Vector hQuery = G1Vector.infinities(n);
    execution.forEach(n, i -> hQuery.set(i, g1(odd[2 * i + 1].times(deltaInverse))));
    VerifyingKey verifyingKey =
        VerifyingKey.ofInsecureDevelopmentKey(
            g1(alpha), g2(beta), g2(gamma), g2(delta), List.of(ic));
    return ProvingKey.of(
        verifyingKey, g1(beta), g1(delta), a, b, aQuery, b1Query, b2Query, cQuery, hQuery);
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

  /** L_k(tau) = w^k (tau^n - 1) / (n (tau - w^k)). */
  private Fr[] lagrange(EvaluationDomain domain) {
    Fr[] values = new Fr[domain.size()];
    Fr common = domain.vanishing(tau).times(Fr.of(values.length).inverse());
    Fr w = Fr.ONE;
    for (int k = 0; k < values.length; k++) {
      values[k] = w.times(common).times(tau.minus(w).inverse());
      w = w.times(domain.generator());
    }
    return values;
  }

  /** The value at tau of each column's polynomial. */
  private static Fr[] atTau(SparseMatrix matrix, Fr[] lagrange) {
    Fr[] sums = new Fr[matrix.columns()];
    Arrays.fill(sums, Fr.ZERO);
    for (int row = 0; row < matrix.rows(); row++) {
      for (int e = matrix.rowStart(row); e < matrix.rowStart(row + 1); e++) {
        int column = matrix.column(e);
        sums[column] = sums[column].plus(matrix.value(e).times(lagrange[row]));
      }
    }
    return sums;
  }

  /**
   * The matrix with one more row for each of the first wires, s * 0 = 0, and empty ones up to n.
   */
  private static SparseMatrix padded(SparseMatrix matrix, int n, int wires) {
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

  private static G1 g1(Fr scalar) {
    return scalar.isZero() ? G1.INFINITY : G1.GENERATOR.times(scalar);
  }

  private static G2 g2(Fr scalar) {
    return scalar.isZero() ? G2.INFINITY : G2.GENERATOR.times(scalar);
  }
}
