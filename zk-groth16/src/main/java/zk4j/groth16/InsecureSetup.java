package zk4j.groth16;

import java.security.SecureRandom;
import java.util.Arrays;
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
 * <p>In parallel: less than a tenth of a millisecond a constraint on two processors.
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
    return new InsecureSetup(
            Fr.randomNonZero(random),
            Fr.randomNonZero(random),
            Fr.randomNonZero(random),
            Fr.ONE,
            Fr.randomNonZero(random))
        .provingKey(circuit, execution);
  }

  ProvingKey provingKey(R1cs circuit, Execution execution) {
    int publics = circuit.publicSignals();
    int constraints = circuit.constraints();
    EvaluationDomain domain = Groth16Setup.domain(constraints, publics);
    int n = domain.size();
    FrVector lagrange = lagrange(domain, execution);
    SparseMatrix a = Groth16Setup.padded(circuit.a(), n, publics + 1);
    SparseMatrix b = Groth16Setup.padded(circuit.b(), n, 0);
    FrVector at = atTau(a, lagrange);
    FrVector bt = atTau(b, lagrange);
    FrVector k = atTau(Groth16Setup.padded(circuit.c(), n, 0), lagrange);
    k.addInPlace(scaled(at, beta));
    k.addInPlace(scaled(bt, alpha));

    int first = publics + 1;
    Fr deltaInverse = delta.inverse();
    FrVector publicK = scaled(k.slice(0, first), gamma.inverse());
    FrVector privateK = scaled(k.slice(first, circuit.wires()), deltaInverse);
    FrVector twice = lagrange(EvaluationDomain.ofSize(2 * n), execution);
    FrVector odd = FrVector.zeros(n);
    for (int i = 0; i < n; i++) {
      odd.set(i, twice.get(2 * i + 1));
    }
    VerifyingKey verifyingKey =
        VerifyingKey.ofInsecureDevelopmentKey(
            G1.GENERATOR.times(alpha),
            G2.GENERATOR.times(beta),
            G2.GENERATOR.times(gamma),
            G2.GENERATOR.times(delta),
            G1Vector.multiples(G1.GENERATOR, publicK, execution).toList());
    return ProvingKey.of(
        verifyingKey,
        G1.GENERATOR.times(beta),
        G1.GENERATOR.times(delta),
        a,
        b,
        G1Vector.multiples(G1.GENERATOR, at, execution),
        G1Vector.multiples(G1.GENERATOR, bt, execution),
        G2Vector.multiples(G2.GENERATOR, bt, execution),
        G1Vector.multiples(G1.GENERATOR, privateK, execution),
        G1Vector.multiples(G1.GENERATOR, scaled(odd, deltaInverse), execution));
  }

  /** The Lagrange polynomials at tau: L_k(tau) = 1/n * the sum over j of tau^j w^(-jk). */
  private FrVector lagrange(EvaluationDomain domain, Execution execution) {
    FrVector values = FrVector.zeros(domain.size());
    Fr power = Fr.ONE;
    for (int j = 0; j < domain.size(); j++) {
      values.set(j, power);
      power = power.times(tau);
    }
    domain.inverse(values, execution);
    return values;
  }

  /** The value at tau of each column's polynomial. */
  private static FrVector atTau(SparseMatrix matrix, FrVector lagrange) {
    Fr[] sums = new Fr[matrix.columns()];
    Arrays.fill(sums, Fr.ZERO);
    for (int row = 0; row < matrix.rows(); row++) {
      if (matrix.rowStart(row) == matrix.rowStart(row + 1)) {
        continue;
      }
      Fr value = lagrange.get(row);
      for (int e = matrix.rowStart(row); e < matrix.rowStart(row + 1); e++) {
        int column = matrix.column(e);
        sums[column] = sums[column].plus(matrix.value(e).times(value));
      }
    }
    return FrVector.of(sums);
  }

  private static FrVector scaled(FrVector vector, Fr factor) {
    FrVector product = vector.copy();
    product.scaleInPlace(factor);
    return product;
  }
}
