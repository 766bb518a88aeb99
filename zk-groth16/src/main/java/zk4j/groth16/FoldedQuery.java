package zk4j.groth16;

import zk4j.bn254.EvaluationDomain;
import zk4j.bn254.Fr;
import zk4j.bn254.FrVector;
import zk4j.bn254.G1Vector;
import zk4j.bn254.SparseMatrix;
import zk4j.core.Execution;
import zk4j.r1cs.R1cs;

/**
 * The key's points C with the circuit's matrix C folded in, one for each wire, the public ones
 * among them: with these, a proof takes the values of A z * B z alone at the odd powers of the
 * 2n-th root of unity u, and those of C z need not be computed.
 *
 * <p>Let H_i be the key's point for u^(2i+1), L_j the Lagrange polynomials of the domain, which has
 * n elements, c_js the entries of C, and z a witness. The value of C z at u^(2i+1) is the sum over
 * j of (C z)_j L_j(u^(2i+1)), whence
 *
 * <pre>
 * sum_i (C z)(u^(2i+1)) H_i = sum_s z_s sum_j c_js K_j,  K_j = sum_i L_j(u^(2i+1)) H_i.
 * </pre>
 *
 * What a prover subtracts from the sum H is thus a sum over the wires, of z_s times a point of the
 * key and the circuit alone, and point s here is the key's (or infinity, of a public wire) less
 * sum_j c_js K_j. Rows beyond the constraints are empty in C, and A z * B z is 0 in them, B being
 * empty: where the witness satisfies the circuit, proofs are the same, point by point.
 *
 * <p>K is E'H, for the matrix E that takes values on the domain to values at the odd powers, and E'
 * its transpose. E = F D F^-1 with F_ik = w^ik, w = u^2, and D the diagonal of u^k. F is symmetric,
 * so that E' = F^-1 D F: a transform of points, a scaling, and the inverse transform.
 */
final class FoldedQuery {
  private final int n;
  private final Execution execution;

  private FoldedQuery(int n, Execution execution) {
    this.n = n;
    this.execution = execution;
  }

  /** Point s is to be multiplied by wire s. The circuit is the key's. */
  static G1Vector of(ProvingKey key, R1cs circuit, Execution execution) {
    int n = key.domainSize();
    G1Vector k = new FoldedQuery(n, execution).extendTransposed(key.hQuery());
    G1Vector folded = G1Vector.infinities(key.wires());
    Groth16Setup.padded(circuit.c(), n, 0).addTransposedTimes(k, folded, execution);
    G1Vector query = G1Vector.infinities(key.wires());
    int first = key.publicSignals() + 1;
    for (int i = first; i < key.wires(); i++) {
      query.set(i, key.cQuery().get(i - first));
    }
    query.subtractInPlace(folded, execution);
    return query;
  }

  /**
   * K = E'H. Decimation in frequency leaves the transform in the order of reversed bits, and in it
   * the inverse begins, decimated in time.
   */
  private G1Vector extendTransposed(G1Vector h) {
    Fr u = EvaluationDomain.rootOfUnity(Integer.numberOfTrailingZeros(n) + 1);
    FrVector powers = powers(u);
    G1Vector points = h.slice(0, n);
    for (int length = n; length > 1; length /= 2) {
      points = butterflies(points, length);
      points.multiplyInPlace(twiddles(powers, length, false), execution);
    }
    FrVector factors = FrVector.zeros(n); // u^k / n
    Fr inverse = Fr.of(n).inverse();
    for (int i = 0; i < n; i++) {
      factors.set(i, powers.get(reversed(i)).times(inverse));
    }
    points.multiplyInPlace(factors, execution);
    for (int length = 2; length <= n; length *= 2) {
      points.multiplyInPlace(twiddles(powers, length, true), execution);
      points = butterflies(points, length);
    }
    return points;
  }

  /** u^0 .. u^(2n - 1). */
  private FrVector powers(Fr u) {
    FrVector powers = FrVector.zeros(2 * n);
    Fr power = Fr.ONE;
    for (int i = 0; i < 2 * n; i++) {
      powers.set(i, power);
      power = power.times(u);
    }
    return powers;
  }

  private int reversed(int i) {
    return Integer.reverse(i) >>> (1 + Integer.numberOfLeadingZeros(n));
  }

  /**
   * In each part of a length, 1 for the first half, and for element j of the second half the j-th
   * power of the root of unity of that order, or its inverse.
   */
  private FrVector twiddles(FrVector powers, int length, boolean inverse) {
    FrVector twiddles = FrVector.zeros(n);
    int half = length / 2;
    int step = 2 * n / length;
    for (int i = 0; i < n; i++) {
      int exponent = (i & half) == 0 ? 0 : (i & (half - 1)) * step;
      twiddles.set(i, powers.get(inverse ? (2 * n - exponent) % (2 * n) : exponent));
    }
    return twiddles;
  }

  /**
   * In each part of a length, (x, y) -> (x + y, x - y) for x in its first half, y in its second.
   */
  private G1Vector butterflies(G1Vector points, int length) {
    int half = length / 2;
    int[] rowStart = new int[n + 1];
    int[] column = new int[2 * n];
    FrVector values = FrVector.zeros(2 * n);
    Fr minusOne = Fr.ONE.negate();
    for (int i = 0; i < n; i++) {
      rowStart[i + 1] = 2 * i + 2;
      column[2 * i] = i & ~half;
      column[2 * i + 1] = i | half;
      values.set(2 * i, Fr.ONE);
      values.set(2 * i + 1, (i & half) == 0 ? Fr.ONE : minusOne);
    }
    return transposedTimes(SparseMatrix.of(n, rowStart, column, values), points);
  }

  private G1Vector transposedTimes(SparseMatrix matrix, G1Vector points) {
    G1Vector sums = G1Vector.infinities(n);
    matrix.addTransposedTimes(points, sums, execution);
    return sums;
  }
}
