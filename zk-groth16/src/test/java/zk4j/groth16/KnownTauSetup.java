package zk4j.groth16;

import java.util.ArrayList;
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
import zk4j.r1cs.R1cs;

/**
 * The textbook setup (ePrint 2016/260, section 3.2) with secrets that the tests know, in snarkjs's
 * layout: one row after the other, one scalar multiplication after the other.
 */
record KnownTauSetup(Fr tau, Fr alpha, Fr beta, Fr gamma, Fr delta) {
  static final KnownTauSetup FIXED =
      new KnownTauSetup(Fr.of(1001), Fr.of(1002), Fr.of(1003), Fr.ONE, Fr.of(1005));

  KnownTauSetup withDelta(Fr newDelta) {
    return new KnownTauSetup(tau, alpha, beta, gamma, newDelta);
  }

  ProvingKey provingKey(R1cs circuit) {
    int publics = circuit.publicSignals();
    int constraints = circuit.constraints();
    EvaluationDomain domain = EvaluationDomain.ofSize(constraints + publics + 1);
    int n = domain.size();
    Fr[] lagrange = lagrange(domain);
    SparseMatrix a = padded(circuit.a(), n, publics + 1);
    SparseMatrix b = padded(circuit.b(), n, 0);
    Fr[] at = atTau(a, lagrange);
    Fr[] bt = atTau(b, lagrange);
    Fr[] ct = atTau(padded(circuit.c(), n, 0), lagrange);

    List<G1> ic = new ArrayList<>();
    List<G1> cQuery = new ArrayList<>();
    for (int i = 0; i < circuit.wires(); i++) {
      Fr k = beta.times(at[i]).plus(alpha.times(bt[i])).plus(ct[i]);
      if (i <= publics) {
        ic.add(g1(k.times(gamma.inverse())));
      } else {
        cQuery.add(g1(k.times(delta.inverse())));
      }
    }
    Fr[] odd = lagrange(EvaluationDomain.ofSize(2 * n));
    List<G1> hQuery = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      hQuery.add(g1(odd[2 * i + 1].times(delta.inverse())));
    }
    VerifyingKey verifyingKey =
        VerifyingKey.ofInsecureDevelopmentKey(g1(alpha), g2(beta), g2(gamma), g2(delta), ic);
    return ProvingKey.of(
        verifyingKey,
        g1(beta),
        g1(delta),
        a,
        b,
        G1Vector.copyOf(Arrays.stream(at).map(KnownTauSetup::g1).toList()),
        G1Vector.copyOf(Arrays.stream(bt).map(KnownTauSetup::g1).toList()),
        G2Vector.copyOf(Arrays.stream(bt).map(KnownTauSetup::g2).toList()),
        G1Vector.copyOf(cQuery),
        G1Vector.copyOf(hQuery));
  }

  /** L_k(tau) = w^k (tau^n - 1) / (n (tau - w^k)). */
  private Fr[] lagrange(EvaluationDomain domain) {
    Fr[] values = new Fr[domain.size()];
    for (int k = 0; k < values.length; k++) {
      Fr w = domain.element(k);
      Fr denominator = Fr.of(values.length).times(tau.minus(w));
      values[k] = w.times(domain.vanishing(tau)).times(denominator.inverse());
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
    return G1.GENERATOR.times(scalar);
  }

  private static G2 g2(Fr scalar) {
    return G2.GENERATOR.times(scalar);
  }
}
