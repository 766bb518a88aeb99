package zk4j.groth16;

import java.security.SecureRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;
import zk4j.bn254.EvaluationDomain;
import zk4j.bn254.Fr;
import zk4j.bn254.FrVector;
import zk4j.bn254.G1;
import zk4j.bn254.G1Vector;
import zk4j.bn254.G2;
import zk4j.bn254.Msm;
import zk4j.core.Execution;
import zk4j.core.VerificationResult;
import zk4j.r1cs.ProvingException;
import zk4j.r1cs.R1cs;
import zk4j.r1cs.SignalNames;
import zk4j.r1cs.UnsatisfiedConstraintException;
import zk4j.r1cs.Witness;

/**
 * Makes Groth16 proofs (ePrint 2016/260, section 3.2) with a key of snarkjs's layout. Immutable and
 * thread-safe: one prover serves any number of threads at once.
 *
 * <p>Beside the key, a proof with m wires in a domain of n takes about 75 m + 150 n bytes, and for
 * each thread 10 MB and 8 bytes for each of at most 2^18 wires.
 *
 * <p>Takes time that depends on the witness: do not let adversaries measure it.
 */
public final class Groth16Prover {
  private static final List<String> PHASES =
      List.of(
          "matrices",
          "transforms",
          "sum A",
          "sum B in G1",
          "sum B in G2",
          "sum C",
          "sum H and verification",
          "done");

  private final ProvingKey key;
  private final Groth16Verifier verifier;
  private final EvaluationDomain domain;
  private final EvaluationDomain.Coset coset;

  /** The key's points C; if folded, of all wires, with the circuit's matrix C in them. */
  private final G1Vector cQuery;

  private final boolean folded;

  private final SecureRandom random = new SecureRandom();

  private Groth16Prover(ProvingKey key, G1Vector cQuery) {
    this.key = key;
    this.cQuery = cQuery;
    this.folded = cQuery.size() == key.wires();
    this.verifier = Groth16Verifier.of(key.verifyingKey());
    this.domain = EvaluationDomain.ofSize(key.domainSize());
    int logSize = Integer.numberOfTrailingZeros(key.domainSize());
    this.coset = domain.coset(EvaluationDomain.rootOfUnity(logSize + 1));
  }

  /**
   * A prover for a key; computes the tables of its domain, 120 bytes an element, a third of them
   * with the first proof.
   */
  public static Groth16Prover of(ProvingKey key) {
    return new Groth16Prover(key, key.cQuery());
  }

  /**
   * A prover that makes the same proofs with four transforms instead of six, for a key that is used
   * for long: the circuit's matrix C is folded into the key's points, 80 bytes a wire. That takes n
   * log2(n) products of a point and a scalar, as long as some 50 proofs.
   *
   * @throws IllegalArgumentException if the circuit's wires, public signals, or matrices A and B
   *     are not the key's
   */
  public static Groth16Prover folded(ProvingKey key, R1cs circuit, Execution execution) {
    key.requireCircuit(circuit, execution);
    return new Groth16Prover(key, FoldedQuery.of(key, circuit, execution));
  }

  /** As {@link #prove(Witness, Execution)}, on all processors. */
  public Proof prove(Witness witness) throws ProvingException {
    return prove(witness, Execution.defaults());
  }

  /**
   * Makes a proof, with fresh blinding, and verifies it.
   *
   * @throws ProvingException if the witness has another number of wires than the key, or the
   *     finished proof does not hold, as when the witness does not satisfy the circuit; {@link
   *     #prove(Witness, R1cs, SignalNames, Execution)} names the constraint
   */
  public Proof prove(Witness witness, Execution execution) throws ProvingException {
    return prove(witness, Fr.random(random), Fr.random(random), execution);
  }

  /**
   * Checks the witness against the circuit, makes a proof, and verifies it.
   *
   * @param names of the circuit's signals, for the error
   * @throws UnsatisfiedConstraintException naming a constraint that the witness does not satisfy
   * @throws ProvingException if the witness, the circuit and the key do not belong together
   */
  public Proof prove(Witness witness, R1cs circuit, SignalNames names, Execution execution)
      throws ProvingException, UnsatisfiedConstraintException {
    if (circuit.wires() != key.wires() || circuit.publicSignals() != key.publicSignals()) {
      throw new ProvingException(
          "the circuit has "
              + circuit.wires()
              + " wires, "
              + circuit.publicSignals()
              + " of them public signals, but the key is for "
              + key.wires()
              + " and "
              + key.publicSignals());
    }
    requireWires(witness);
    circuit.requireSatisfied(witness, names, execution);
    return prove(witness, execution);
  }

  private void requireWires(Witness witness) throws ProvingException {
    if (witness.size() != key.wires()) {
      throw new ProvingException(
          "the witness has " + witness.size() + " wires, but the key is for " + key.wires());
    }
  }

  /** Makes a proof with the given blinding, which must be fresh and uniform, and verifies it. */
  Proof prove(Witness witness, Fr r, Fr s, Execution execution) throws ProvingException {
    requireWires(witness);
    FrVector z = witness.values();

    FrVector h = quotient(z, execution);
    progress(execution, 2);
    G1 a = Msm.sum(key.aQuery(), z, execution).plus(key.verifyingKey().alpha());
    a = a.plus(key.delta1().times(r));
    progress(execution, 3);
    G1 b1 = Msm.sum(key.b1Query(), z, execution).plus(key.beta1());
    b1 = b1.plus(key.delta1().times(s));
    progress(execution, 4);
    G2 b = Msm.sum(key.b2Query(), z, execution).plus(key.verifyingKey().beta());
    b = b.plus(key.verifyingKey().delta().times(s));
    progress(execution, 5);
    G1 c = Msm.sum(cQuery, z.slice(z.size() - cQuery.size(), z.size()), execution);
    progress(execution, 6);
    c = c.plus(Msm.sum(key.hQuery(), h, execution));
    c = c.plus(a.times(s)).plus(b1.times(r)).minus(key.delta1().times(r.times(s)));

    Proof proof = new Proof(a, b, c);
    List<Fr> publics = witness.publicSignals(key.publicSignals()).toList();
    VerificationResult result = verifier.check(proof, publics);
    if (!result.valid()) {
      throw new ProvingException(
          "the witness does not satisfy the circuit, or is another circuit's: the finished proof"
              + " does not hold ("
              + result.reason()
              + ")");
    }
    progress(execution, PHASES.size() - 1);
    return proof;
  }

  /**
   * The values of A z * B z - C z at the odd powers of the 2n-th root of unity: in a satisfied
   * circuit, those of C z on the domain are the products of those of A z and B z. If C is folded
   * into the points, the values of A z * B z.
   */
  private FrVector quotient(FrVector z, Execution execution) {
    progress(execution, 0);
    FrVector a = key.a().times(z, execution);
    FrVector b = key.b().times(z, execution);
    @Nullable FrVector c = null;
    if (!folded) {
      c = a.copy();
      c.multiplyInPlace(b);
    }
    progress(execution, 1);
    coset.extend(a, execution);
    coset.extend(b, execution);
    a.multiplyInPlace(b);
    if (c != null) {
      coset.extend(c, execution);
      a.subtractInPlace(c);
    }
    return a;
  }

  private static void progress(Execution execution, int step) {
    execution.checkpoint();
    execution.progress().update(PHASES.get(step), step, PHASES.size() - 1);
  }
}
