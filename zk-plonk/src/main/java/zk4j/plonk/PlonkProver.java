package zk4j.plonk;

import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import zk4j.bn254.EvaluationDomain;
import zk4j.bn254.Fr;
import zk4j.bn254.FrVector;
import zk4j.bn254.G1;
import zk4j.bn254.Polynomial;
import zk4j.core.Execution;
import zk4j.r1cs.ProvingException;
import zk4j.r1cs.Witness;

/**
 * Makes PLONK proofs (ePrint 2019/953, section 8.3) with keys of snarkjs's layout. Immutable and
 * thread-safe.
 *
 * <p>Takes time that depends on the witness: do not let adversaries measure it.
 */
public final class PlonkProver {
  private static final Phases PHASES = new Phases("wires", "permutation", "quotient", "openings");

  /** b1 to b11 of the paper. */
  static final int BLINDINGS = 11;

  /** Cosets that determine the quotient, of degree below 3n + 6. */
  private static final int COSETS = 4;

  private final PlonkProvingKey key;
  private final PlonkVerifier verifier;
  private final EvaluationDomain domain;
  private final Kzg kzg;
  private final int n;
  private final SecureRandom random = new SecureRandom();

  private PlonkProver(PlonkProvingKey key) {
    this.key = key;
    this.n = key.verifyingKey().domainSize();
    this.verifier = PlonkVerifier.of(key.verifyingKey());
    this.domain = EvaluationDomain.ofSize(n);
    this.kzg = Kzg.of(key.ownPowers());
  }

  /** A prover for a key; computes the tables of its domain. */
  public static PlonkProver of(PlonkProvingKey key) {
    return new PlonkProver(key);
  }

  /** As {@link #prove(Witness, Execution)}, on all processors. */
  public PlonkProof prove(Witness witness) throws ProvingException {
    return prove(witness, Execution.defaults());
  }

  /**
   * Makes a proof, with fresh blinding, and verifies it.
   *
   * @throws ProvingException if the witness has another number of wires than the key, or does not
   *     satisfy a gate
   */
  public PlonkProof prove(Witness witness, Execution execution) throws ProvingException {
    List<Fr> blinding = Stream.generate(() -> Fr.random(random)).limit(BLINDINGS).toList();
    return prove(witness, blinding, execution);
  }

  /**
   * Makes a proof with the given blinding, which must be fresh and uniform.
   *
   * @param blinding b1 to b11
   */
  PlonkProof prove(Witness witness, List<Fr> blinding, Execution execution)
      throws ProvingException {
    List<Fr> publics = key.circuit().publicSignals(witness);
    PlonkProof proof = new Rounds(publics, blinding, execution).prove(witness);
    PHASES.verify(() -> verifier.check(proof, publics), execution);
    return proof;
  }

  /** One proof. */
  private final class Rounds {
    private final List<Fr> publics;
    private final List<Fr> blinding;
    private final Execution execution;
    private final Challenges challenges = Challenges.of(key.verifyingKey());
    private final DomainPolynomials polynomials;
    private final PlonkEquations equations;

    Rounds(List<Fr> publics, List<Fr> blinding, Execution execution) {
      this.publics = publics;
      this.blinding = blinding;
      this.execution = execution;
      this.polynomials = new DomainPolynomials(domain, execution);
      this.equations = new PlonkEquations(key.circuit(), publics, polynomials);
    }

    PlonkProof prove(Witness witness) throws ProvingException {
      PHASES.begin(0, execution);
      List<FrVector> columns = key.circuit().columns(witness, n);
      Polynomial a = blinded(columns.get(0), 2, 1);
      Polynomial b = blinded(columns.get(1), 4, 3);
      Polynomial c = blinded(columns.get(2), 6, 5);
      G1 commitA = commit(a);
      G1 commitB = commit(b);
      G1 commitC = commit(c);

      PHASES.begin(1, execution);
      challenges.drawBetaAndGamma(publics, commitA, commitB, commitC);
      PermutationArgument permutation =
          new PermutationArgument(
              polynomials,
              key.circuit().permutation(),
              List.of(Fr.ONE, key.verifyingKey().k1(), key.verifyingKey().k2()),
              challenges.beta,
              challenges.gamma);
      Polynomial z = blinded(permutation.runningProduct(columns), 9, 8, 7);
      G1 commitZ = commit(z);

      PHASES.begin(2, execution);
      challenges.drawAlpha(commitZ);
      List<Polynomial> t = quotient(columns, a, b, c, z, permutation);
      List<G1> commitT = t.stream().map(this::commit).toList();

      PHASES.begin(3, execution);
      challenges.drawXi(commitT.get(0), commitT.get(1), commitT.get(2));
      Fr xi = challenges.xi;
      Fr xiW = xi.times(domain.generator());
      List<Polynomial> s = key.circuit().permutation();
      List<Polynomial> opened = List.of(a, b, c, s.get(0), s.get(1));
      Fr[] at = new Fr[opened.size()];
      execution.forEach(at.length, i -> at[i] = opened.get(i).evaluate(xi));
      List<Fr> values = List.of(at);
      KzgOpening shifted = kzg.open(z, xiW, execution);
      Fr zw = shifted.value();
      challenges.drawV(
          values.get(0), values.get(1), values.get(2), values.get(3), values.get(4), zw);
      Polynomial atXi = linearised(values, zw, z, t);
      Fr power = Fr.ONE;
      for (int i = 0; i < opened.size(); i++) {
        power = power.times(challenges.v);
        atXi = atXi.plus(opened.get(i).minus(Polynomial.of(values.get(i))).times(power));
      }
      return new PlonkProof(
          commitA,
          commitB,
          commitC,
          commitZ,
          commitT.get(0),
          commitT.get(1),
          commitT.get(2),
          values.get(0),
          values.get(1),
          values.get(2),
          values.get(3),
          values.get(4),
          zw,
          commit(atXi.divideByLinear(xi)),
          shifted.proof());
    }

    private G1 commit(Polynomial polynomial) {
      return kzg.commit(polynomial, execution);
    }

    /** The polynomial of some values on the domain, plus (b_i + b_j x + ...) (x^n - 1). */
    private Polynomial blinded(FrVector values, int... indices) {
      Fr[] mask = new Fr[indices.length];
      for (int i = 0; i < mask.length; i++) {
        mask[i] = blinding.get(indices[i] - 1);
      }
      return polynomials.blinded(values, mask);
    }

    /**
     * The quotient of the equation by x^n - 1, in three parts of degree n, n and n + 5, blinded so
     * that their sum stays the same. If it is no polynomial of that degree, looks for the gate that
     * the wires' values do not satisfy.
     */
    private List<Polynomial> quotient(
        List<FrVector> wires,
        Polynomial a,
        Polynomial b,
        Polynomial c,
        Polynomial z,
        PermutationArgument permutation)
        throws ProvingException {
      List<FrVector> t =
          polynomials.quotient(
              COSETS,
              coset -> {
                List<FrVector> columns = Stream.of(a, b, c).map(coset::values).toList();
                FrVector sum = equations.gates(coset, columns);
                FrVector products = coset.values(z);
                sum.addScaledInPlace(
                    permutation.dividend(coset, columns, products), challenges.alpha);
                sum.addScaledInPlace(coset.start(products), challenges.alpha.square());
                return sum;
              });
      int used = PlonkProvingKey.MORE_POWERS;
      if (!t.get(3).slice(used, n).contentEquals(FrVector.zeros(n - used))) {
        equations.requireGates(wires);
        throw new ProvingException("the quotient's degree is too large: the key is inconsistent");
      }
      return DomainPolynomials.blindedParts(t, blinding.get(9), blinding.get(10), used);
    }

    private Polynomial linearised(List<Fr> values, Fr zw, Polynomial z, List<Polynomial> t) {
      Fr a = values.get(0);
      Fr b = values.get(1);
      Fr c = values.get(2);
      Linearisation linear =
          Linearisation.of(
              key.verifyingKey(), challenges, publics, a, b, c, values.get(3), values.get(4), zw);
      Polynomial quotient =
          t.get(2).times(linear.xiN()).plus(t.get(1)).times(linear.xiN()).plus(t.get(0));
      List<Polynomial> q = key.circuit().selectors();
      return q.get(0)
          .times(a.times(b))
          .plus(q.get(1).times(a))
          .plus(q.get(2).times(b))
          .plus(q.get(3).times(c))
          .plus(q.get(4))
          .plus(z.times(linear.zFactor()))
          .minus(key.circuit().permutation().get(2).times(linear.s3Factor()))
          .minus(quotient.times(linear.zh()))
          .plus(Polynomial.of(linear.r0()));
    }
  }
}
