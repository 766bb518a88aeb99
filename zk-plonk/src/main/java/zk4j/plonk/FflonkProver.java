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
 * Makes fflonk proofs (ePrint 2021/1167) with keys of snarkjs's layout. Immutable and thread-safe.
 *
 * <p>Takes time that depends on the witness: do not let adversaries measure it.
 */
public final class FflonkProver {
  private static final Phases PHASES = new Phases("wires", "permutation", "values", "openings");

  /** Two for each column of wires, and three for the running product. */
  static final int BLINDINGS = 9;

  /** Cosets that determine a quotient of degree below 2n, and one below 4n. */
  private static final int FEW_COSETS = 2;

  private static final int COSETS = 4;

  private final FflonkProvingKey key;
  private final FflonkVerifier verifier;
  private final EvaluationDomain domain;
  private final Kzg kzg;
  private final int n;
  private final Polynomial c0;
  private final SecureRandom random = new SecureRandom();

  private FflonkProver(FflonkProvingKey key) {
    this.key = key;
    this.n = key.verifyingKey().domainSize();
    this.verifier = FflonkVerifier.of(key.verifyingKey());
    this.domain = EvaluationDomain.ofSize(n);
    this.kzg = Kzg.of(key.ownPowers());
    this.c0 = key.circuit().combined();
  }

  /** A prover for a key; computes the tables of its domain. */
  public static FflonkProver of(FflonkProvingKey key) {
    return new FflonkProver(key);
  }

  /** As {@link #prove(Witness, Execution)}, on all processors. */
  public FflonkProof prove(Witness witness) throws ProvingException {
    return prove(witness, Execution.defaults());
  }

  /**
   * Checks the witness against the gates, makes a proof, with fresh blinding, and verifies it.
   *
   * @throws ProvingException if the witness has another number of wires than the key, or does not
   *     satisfy a gate
   */
  public FflonkProof prove(Witness witness, Execution execution) throws ProvingException {
    List<Fr> blinding = Stream.generate(() -> Fr.random(random)).limit(BLINDINGS).toList();
    return prove(witness, blinding, execution);
  }

  /**
   * Makes a proof with the given blinding, which must be fresh and uniform.
   *
   * @param blinding the values of a, b and c in the two spare rows, and the coefficients of z's
   *     mask from the constant one up
   */
  FflonkProof prove(Witness witness, List<Fr> blinding, Execution execution)
      throws ProvingException {
    List<Fr> publics = key.circuit().publicSignals(witness);
    FflonkProof proof = new Rounds(publics, blinding, execution).prove(witness);
    PHASES.verify(() -> verifier.check(proof, publics), execution);
    return proof;
  }

  /** One proof. */
  private final class Rounds {
    private final List<Fr> publics;
    private final List<Fr> blinding;
    private final Execution execution;
    private final FflonkChallenges challenges = new FflonkChallenges();
    private final DomainPolynomials polynomials;
    private final PlonkEquations equations;

    Rounds(List<Fr> publics, List<Fr> blinding, Execution execution) {
      this.publics = publics;
      this.blinding = blinding;
      this.execution = execution;
      this.polynomials = new DomainPolynomials(domain, execution);
      this.equations = new PlonkEquations(key.circuit(), publics, polynomials);
    }

    FflonkProof prove(Witness witness) throws ProvingException {
      PHASES.begin(0, execution);
      List<FrVector> columns = key.circuit().columns(witness, n);
      equations.requireGates(columns);
      for (int column = 0; column < columns.size(); column++) {
        columns.get(column).set(n - 2, blinding.get(2 * column));
        columns.get(column).set(n - 1, blinding.get(2 * column + 1));
      }
      Polynomial a = polynomials.interpolated(columns.get(0));
      Polynomial b = polynomials.interpolated(columns.get(1));
      Polynomial c = polynomials.interpolated(columns.get(2));
      Polynomial t0 =
          joined(
              polynomials.quotient(
                  FEW_COSETS, coset -> equations.gates(coset, values(coset, a, b, c))));
      Polynomial c1 = FflonkPolynomials.combined(List.of(a, b, c, t0));
      G1 commitC1 = kzg.commit(c1, execution);

      PHASES.begin(1, execution);
      challenges.drawBetaAndGamma(key.verifyingKey(), publics, commitC1);
      PermutationArgument permutation =
          new PermutationArgument(
              polynomials,
              key.circuit().permutation(),
              List.of(Fr.ONE, key.verifyingKey().k1(), key.verifyingKey().k2()),
              challenges.beta,
              challenges.gamma);
      Polynomial z =
          polynomials.blinded(
              permutation.runningProduct(columns),
              blinding.get(6),
              blinding.get(7),
              blinding.get(8));
      Polynomial t1 =
          joined(polynomials.quotient(FEW_COSETS, coset -> coset.start(coset.values(z))));
      Polynomial t2 =
          joined(
              polynomials.quotient(
                  COSETS,
                  coset -> permutation.dividend(coset, values(coset, a, b, c), coset.values(z))));
      Polynomial c2 = FflonkPolynomials.combined(List.of(z, t1, t2));
      G1 commitC2 = kzg.commit(c2, execution);

      PHASES.begin(2, execution);
      challenges.drawXi(commitC2);
      Fr xi = challenges.xi;
      Fr xiW = xi.times(domain.generator());
      List<Polynomial> q = key.circuit().selectors();
      List<Polynomial> s = key.circuit().permutation();
      FflonkEvaluations evaluations =
          new FflonkEvaluations(
              q.get(1).evaluate(xi),
              q.get(2).evaluate(xi),
              q.get(0).evaluate(xi),
              q.get(3).evaluate(xi),
              q.get(4).evaluate(xi),
              s.get(0).evaluate(xi),
              s.get(1).evaluate(xi),
              s.get(2).evaluate(xi),
              a.evaluate(xi),
              b.evaluate(xi),
              c.evaluate(xi),
              z.evaluate(xi),
              z.evaluate(xiW),
              t1.evaluate(xiW),
              t2.evaluate(xiW));

      PHASES.begin(3, execution);
      challenges.drawAlpha(evaluations);
      Polynomial shown =
          FflonkPolynomials.quotient(c0, 8, xi)
              .plus(FflonkPolynomials.quotient(c1, 4, xi).times(challenges.alpha))
              .plus(
                  FflonkPolynomials.quotient(FflonkPolynomials.quotient(c2, 3, xi), 3, xiW)
                      .times(challenges.alpha.square()));
      G1 w1 = kzg.commit(shown, execution);
      challenges.drawY(w1);
      FflonkLinearisation linear =
          FflonkLinearisation.of(key.verifyingKey(), challenges, publics, evaluations);
      Polynomial atY =
          c0.plus(c1.times(linear.factor1()))
              .plus(c2.times(linear.factor2()))
              .minus(shown.times(linear.z0()))
              .minus(Polynomial.of(linear.value()));
      return new FflonkProof(
          commitC1,
          commitC2,
          w1,
          kzg.open(atY, challenges.y, execution).proof(),
          evaluations,
          FflonkLinearisation.denominators(key.verifyingKey(), challenges).inverse());
    }

    private static List<FrVector> values(DomainPolynomials.Coset coset, Polynomial... polynomials) {
      return Stream.of(polynomials).map(coset::values).toList();
    }

    /** The polynomial of parts of length n. */
    private Polynomial joined(List<FrVector> parts) {
      Polynomial joined = Polynomial.ZERO;
      for (int i = 0; i < parts.size(); i++) {
        joined = joined.plus(DomainPolynomials.shifted(Polynomial.of(parts.get(i)), i * n));
      }
      return joined;
    }
  }
}
