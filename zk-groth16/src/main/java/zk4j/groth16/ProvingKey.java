package zk4j.groth16;

import java.security.SecureRandom;
import java.util.List;
import zk4j.bn254.Fr;
import zk4j.bn254.FrVector;
import zk4j.bn254.G1;
import zk4j.bn254.G1Vector;
import zk4j.bn254.G2;
import zk4j.bn254.G2Vector;
import zk4j.bn254.Pairing;
import zk4j.bn254.PreparedG2;
import zk4j.bn254.SparseMatrix;
import zk4j.core.Execution;
import zk4j.r1cs.R1cs;

/**
 * A Groth16 proving key as snarkjs lays it out. Immutable, shared between threads.
 *
 * <p>With m wires, l public signals and a domain of n: the matrices A and B have n rows, the first
 * for constraints, then one for the constant 1 and for each public signal (in A alone), then empty
 * ones. There is no matrix C: the prover takes a satisfied circuit's A z * B z instead. {@code
 * hQuery} holds, over delta, the Lagrange basis of the domain of 2n at the odd powers of its
 * generator, where the prover evaluates A z * B z - C z; no division by the vanishing polynomial
 * remains. (libsnark's keys differ in this: powers of tau.)
 *
 * <p>Takes about 400 bytes a wire, 88 a row of the domain, and 44 an entry of the matrices.
 */
public final class ProvingKey {
  /** The largest domain: vectors hold up to 10^8 points, and 2^27 are more. */
  public static final int MAX_DOMAIN_SIZE = 1 << 26;

  private final VerifyingKey verifyingKey;
  private final G1 beta1;
  private final G1 delta1;
  private final SparseMatrix a;
  private final SparseMatrix b;
  private final G1Vector aQuery;
  private final G1Vector b1Query;
  private final G2Vector b2Query;
  private final G1Vector cQuery;
  private final G1Vector hQuery;

  private ProvingKey(
      VerifyingKey verifyingKey,
      G1 beta1,
      G1 delta1,
      SparseMatrix a,
      SparseMatrix b,
      G1Vector aQuery,
      G1Vector b1Query,
      G2Vector b2Query,
      G1Vector cQuery,
      G1Vector hQuery) {
    this.verifyingKey = verifyingKey;
    this.beta1 = beta1;
    this.delta1 = delta1;
    this.a = a;
    this.b = b;
    this.aQuery = aQuery;
    this.b1Query = b1Query;
    this.b2Query = b2Query;
    this.cQuery = cQuery;
    this.hQuery = hQuery;
  }

  /**
   * Makes a key of its parts, which it takes over: the caller must not change the vectors any more.
   * Checks by pairings that beta and delta are the same in both groups.
   *
   * @param beta1 beta of the verification key, in G1
   * @param delta1 delta of the verification key, in G1
   * @param a n rows, m columns
   * @param b n rows, m columns
   * @param aQuery m points
   * @param b1Query m points
   * @param b2Query m points
   * @param cQuery m - l - 1 points
   * @param hQuery n points, n a power of two up to {@link #MAX_DOMAIN_SIZE}
   * @throws IllegalArgumentException if sizes do not agree, delta1 is infinity (proofs could hold
   *     that hide nothing), or beta1 or delta1 is not the verification key's in G1
   */
  public static ProvingKey of(
      VerifyingKey verifyingKey,
      G1 beta1,
      G1 delta1,
      SparseMatrix a,
      SparseMatrix b,
      G1Vector aQuery,
      G1Vector b1Query,
      G2Vector b2Query,
      G1Vector cQuery,
      G1Vector hQuery) {
    int wires = aQuery.size();
    int domainSize = hQuery.size();
    if (Integer.bitCount(domainSize) != 1) {
      throw new IllegalArgumentException("a domain of " + domainSize + ", not a power of two");
    }
    requireSize("columns of A", a.columns(), wires);
    requireSize("columns of B", b.columns(), wires);
    requireSize("rows of A", a.rows(), domainSize);
    requireSize("rows of B", b.rows(), domainSize);
    requireSize("points B in G1", b1Query.size(), wires);
    requireSize("points B in G2", b2Query.size(), wires);
    requireSize("points C", cQuery.size(), wires - verifyingKey.publicSignals() - 1);
    if (delta1.isInfinity()) {
      throw new IllegalArgumentException("delta1 is infinity, with which no proof is blinded");
    }
    requireSameSecret("beta", beta1, verifyingKey.beta());
    requireSameSecret("delta", delta1, verifyingKey.delta());
    return new ProvingKey(
        verifyingKey, beta1, delta1, a, b, aQuery, b1Query, b2Query, cQuery, hQuery);
  }

  /** e(s g1, g2) = e(g1, s g2). */
  private static void requireSameSecret(String name, G1 inG1, G2 inG2) {
    List<PreparedG2> right = List.of(PreparedG2.of(G2.GENERATOR), PreparedG2.of(inG2));
    if (!Pairing.productIsOne(List.of(inG1, G1.GENERATOR.negate()), right)) {
      throw new IllegalArgumentException(
          name + "1 is not the point of the same secret as " + name + "2");
    }
  }

  private static void requireSize(String what, int actual, int expected) {
    if (actual != expected) {
      throw new IllegalArgumentException(actual + " " + what + ", not " + expected);
    }
  }

  /**
   * Refuses another circuit than the key's. Keys have no matrix C: of circuits that differ in that
   * alone, it does not tell.
   *
   * @throws IllegalArgumentException if the circuit's wires, public signals, or matrices A and B
   *     are not the key's
   */
  public void requireCircuit(R1cs circuit, Execution execution) {
    requireSame("wires", circuit.wires(), wires());
    requireSame("public signals", circuit.publicSignals(), publicSignals());
    int n = Groth16Setup.domain(circuit.constraints(), circuit.publicSignals()).size();
    requireSame("rows of the domain", n, domainSize());
    FrVector sample = FrVector.zeros(wires()); // powers of a random x
    Fr x = Fr.randomNonZero(new SecureRandom());
    Fr power = Fr.ONE;
    for (int i = 0; i < sample.size(); i++) {
      sample.set(i, power);
      power = power.times(x);
    }
    int first = publicSignals() + 1;
    requireSame("A", Groth16Setup.padded(circuit.a(), n, first), a, sample, execution);
    requireSame("B", Groth16Setup.padded(circuit.b(), n, 0), b, sample, execution);
  }

  private static void requireSame(String what, int circuit, int key) {
    if (circuit != key) {
      throw new IllegalArgumentException(
          "the circuit has " + circuit + " " + what + ", but the key is for " + key);
    }
  }

  /** Different rows have the same product with one x of up to r - 1 by a chance of wires/r. */
  private static void requireSame(
      String name, SparseMatrix circuit, SparseMatrix key, FrVector sample, Execution execution) {
    FrVector ofCircuit = circuit.times(sample, execution);
    FrVector ofKey = key.times(sample, execution);
    if (ofCircuit.contentEquals(ofKey)) {
      return;
    }
    int row = 0;
    while (ofCircuit.get(row).equals(ofKey.get(row))) {
      row++;
    }
    throw new IllegalArgumentException(
        "constraint " + row + ": the circuit's matrix " + name + " is not the key's");
  }

  /** The key that verifies this one's proofs. */
  public VerifyingKey verifyingKey() {
    return verifyingKey;
  }

  /** How many wires a witness has, the constant 1 among them: m. */
  public int wires() {
    return aQuery.size();
  }

  /** How many of them are public signals: l. */
  public int publicSignals() {
    return verifyingKey.publicSignals();
  }

  /** The size of the domain: n, a power of two above the number of constraints plus l. */
  public int domainSize() {
    return hQuery.size();
  }

  /** beta, in G1. */
  public G1 beta1() {
    return beta1;
  }

  /** delta, in G1. */
  public G1 delta1() {
    return delta1;
  }

  /** The matrix A, of n rows. */
  public SparseMatrix a() {
    return a;
  }

  /** The matrix B, of n rows. */
  public SparseMatrix b() {
    return b;
  }

  /** A_i(tau) of each wire. Not to be changed. */
  public G1Vector aQuery() {
    return aQuery;
  }

  /** B_i(tau) of each wire, in G1. Not to be changed. */
  public G1Vector b1Query() {
    return b1Query;
  }

  /** B_i(tau) of each wire, in G2. Not to be changed. */
  public G2Vector b2Query() {
    return b2Query;
  }

  /**
   * (beta A_i(tau) + alpha B_i(tau) + C_i(tau)) / delta of each private wire. Not to be changed.
   */
  public G1Vector cQuery() {
    return cQuery;
  }

  /** The odd Lagrange basis of the domain of 2n, at tau, over delta. Not to be changed. */
  public G1Vector hQuery() {
    return hQuery;
  }

  @Override
  public String toString() {
    return "Groth16 proving key for "
        + wires()
        + " wires, "
        + publicSignals()
        + " of them public signals, in a domain of "
        + domainSize();
  }
}
