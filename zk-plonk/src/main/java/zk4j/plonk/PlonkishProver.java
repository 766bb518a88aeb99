package zk4j.plonk;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import zk4j.bn254.EvaluationDomain;
import zk4j.bn254.Fr;
import zk4j.bn254.FrVector;
import zk4j.bn254.G1;
import zk4j.bn254.Polynomial;
import zk4j.circuit.GateSystem;
import zk4j.core.Execution;
import zk4j.r1cs.ProvingException;
import zk4j.r1cs.Witness;

/**
 * Makes proofs about gates with lookups, as docs/plonkish.md says. Immutable and thread-safe.
 *
 * <p>Takes time that depends on the witness: do not let adversaries measure it.
 */
public final class PlonkishProver {
  private static final Phases PHASES = new Phases("columns", "running", "quotient", "openings");

  /** Random coefficients of a mask: as many as points where something of a polynomial is known. */
  static final int ONE_POINT = 2; // zeta and tau

  static final int TWO_POINTS = 4; // the next ones too

  /** Those of a, b, c, d, m, z and phi, and two for the quotient's parts. */
  static final List<Integer> MASKS =
      List.of(ONE_POINT, ONE_POINT, ONE_POINT, TWO_POINTS, ONE_POINT, TWO_POINTS, TWO_POINTS);

  static final int BLINDINGS = MASKS.stream().mapToInt(Integer::intValue).sum() + 2;

  /** Cosets that determine the quotient, of degree below 3n + 7. */
  private static final int COSETS = 4;

  private final PlonkishProvingKey key;
  private final PlonkishVerifier verifier;
  private final EvaluationDomain domain;
  private final Kzg kzg;
  private final int n;

  /** Qs and the table, on the domain. */
  private final FrVector lookupFactors;

  private final FrVector table;

  private final List<Polynomial> columns;
  private final SecureRandom random = new SecureRandom();

  private PlonkishProver(PlonkishProvingKey key, Execution execution) {
    this.key = key;
    this.verifier = PlonkishVerifier.of(key.verifyingKey());
    this.domain = EvaluationDomain.ofSize(key.verifyingKey().domainSize());
    this.n = domain.size();
    this.kzg = Kzg.of(key.ownPowers());
    DomainPolynomials polynomials = new DomainPolynomials(domain, execution);
    List<FrVector> values = PlonkishColumns.of(key.system(), domain);
    this.lookupFactors = values.get(PlonkishColumns.QS);
    this.table = values.get(PlonkishColumns.TABLE);
    this.columns = values.stream().map(polynomials::interpolated).toList();
  }

  /** A prover for a key; computes the circuit's polynomials. */
  public static PlonkishProver of(PlonkishProvingKey key, Execution execution) {
    return new PlonkishProver(key, execution);
  }

  /** As {@link #prove(Witness, Execution)}, on all processors. */
  public PlonkishProof prove(Witness witness) throws ProvingException {
    return prove(witness, Execution.defaults());
  }

  /**
   * Checks the witness against the gates, makes a proof, with fresh blinding, and verifies it.
   *
   * @throws ProvingException if the witness has another number of wires than the key, or does not
   *     satisfy a gate
   */
  public PlonkishProof prove(Witness witness, Execution execution) throws ProvingException {
    GateSystem system = key.system();
    if (witness.size() != system.wires()) {
      throw new ProvingException(
          "the witness has " + witness.size() + " wires, but the key is for " + system.wires());
    }
    List<FrVector> cells = system.columns(witness);
    List<Fr> publics = witness.publicSignals(system.publicSignals()).toList();
    Optional<GateSystem.Violation> violation = system.violation(cells, publics);
    if (violation.isPresent()) {
      throw new ProvingException(
          "the witness does not satisfy gate "
              + violation.get().gate()
              + ": "
              + violation.get().requirement());
    }
    List<Fr> blinding = Stream.generate(() -> Fr.random(random)).limit(BLINDINGS).toList();
    PlonkishProof proof = prove(cells, publics, blinding, execution);
    PHASES.verify(() -> verifier.check(proof, publics), execution);
    return proof;
  }

  /**
   * Makes a proof whatever the cells are: one of cells that do not satisfy the gates does not hold.
   *
   * @param blinding fresh and uniform
   */
  PlonkishProof prove(
      List<FrVector> cells, List<Fr> publics, List<Fr> blinding, Execution execution)
      throws ProvingException {
    return new Rounds(publics, blinding, execution)
        .prove(cells.stream().map(column -> column.padded(n)).toList());
  }

  /** One proof. */
  private final class Rounds {
    private final List<Fr> publics;
    private final List<Fr> blinding;
    private final Execution execution;
    private final PlonkishChallenges challenges;
    private final DomainPolynomials polynomials;
    private int blinded;
    private int masks;

    Rounds(List<Fr> publics, List<Fr> blinding, Execution execution) {
      this.publics = publics;
      this.blinding = blinding;
      this.execution = execution;
      this.challenges = new PlonkishChallenges(key.verifyingKey(), publics);
      this.polynomials = new DomainPolynomials(domain, execution);
    }

    PlonkishProof prove(List<FrVector> cells) throws ProvingException {
      PHASES.begin(0, execution);
      FrVector looked = DomainPolynomials.product(lookupFactors, cells.get(0));
      FrVector multiplicities =
          LookupArgument.multiplicities(looked, key.verifyingKey().tableBits());
      List<Polynomial> witness = new ArrayList<>(); // a, b, c, d and m
      Stream.concat(cells.stream(), Stream.of(multiplicities))
          .forEach(column -> witness.add(masked(column)));
      List<G1> witnessPoints = commit(witness);

      PHASES.begin(1, execution);
      challenges.afterColumns(witnessPoints);
      PermutationArgument permutation =
          new PermutationArgument(
              polynomials,
              columns.subList(PlonkishColumns.S1, PlonkishColumns.COUNT),
              PlonkGates.COSETS,
              challenges.beta,
              challenges.gamma);
      Polynomial z = masked(permutation.runningProduct(cells.subList(0, 3)));
      LookupArgument lookups = new LookupArgument(looked, table, multiplicities);
      Polynomial phi = masked(lookups.runningSum(challenges.lambda));
      List<G1> runningPoints = commit(List.of(z, phi));

      PHASES.begin(2, execution);
      challenges.afterRunning(runningPoints);
      List<Polynomial> quotient = quotient(witness, z, phi, permutation);
      List<G1> quotientPoints = commit(quotient);

      PHASES.begin(3, execution);
      challenges.afterQuotient(quotientPoints);
      Fr zeta = challenges.zeta;
      Fr next = zeta.times(domain.generator());
      Polynomial d = witness.get(3);
      List<Polynomial> atZeta = new ArrayList<>(witness.subList(0, 4));
      atZeta.addAll(
          List.of(
              columns.get(PlonkishColumns.S1),
              columns.get(PlonkishColumns.S2),
              columns.get(PlonkishColumns.QS),
              columns.get(PlonkishColumns.TABLE)));
      List<Polynomial> atNext = List.of(z, phi, d);
      PlonkishEvaluations evaluations =
          PlonkishEvaluations.of(
              Stream.concat(
                      atZeta.stream().map(polynomial -> polynomial.evaluate(zeta)),
                      atNext.stream().map(polynomial -> polynomial.evaluate(next)))
                  .toList());
      challenges.afterEvaluations(evaluations);
      atZeta.add(0, linearised(evaluations, witness.get(4), z, phi, quotient));
      return new PlonkishProof(
          witnessPoints.get(0),
          witnessPoints.get(1),
          witnessPoints.get(2),
          witnessPoints.get(3),
          witnessPoints.get(4),
          runningPoints.get(0),
          runningPoints.get(1),
          quotientPoints.get(0),
          quotientPoints.get(1),
          quotientPoints.get(2),
          evaluations,
          kzg.open(atZeta, challenges.v, zeta, execution).proof(),
          kzg.open(atNext, challenges.v, next, execution).proof());
    }

    private List<G1> commit(List<Polynomial> list) {
      return list.stream().map(polynomial -> kzg.commit(polynomial, execution)).toList();
    }

    private List<Fr> blinding(int count) {
      blinded += count;
      return blinding.subList(blinded - count, blinded);
    }

    /** The polynomial of some values on the domain, plus a random one times x^n - 1. */
    private Polynomial masked(FrVector values) {
      return polynomials.blinded(values, blinding(MASKS.get(masks++)).toArray(new Fr[0]));
    }

    /**
     * The quotient of all equations by x^n - 1, in three parts of degree n, n and n + 6, masked so
     * that their sum stays the same.
     */
    private List<Polynomial> quotient(
        List<Polynomial> witness, Polynomial z, Polynomial phi, PermutationArgument permutation) {
      Polynomial publicInputs = polynomials.publicInputs(publics);
      FrVector lambda = FrVector.filled(n, challenges.lambda);
      List<FrVector> t =
          polynomials.quotient(
              COSETS,
              coset -> {
                List<FrVector> w = witness.stream().map(coset::values).toList();
                List<FrVector> abc = w.subList(0, 3);
                LookupArgument lookups =
                    new LookupArgument(
                        DomainPolynomials.product(column(coset, PlonkishColumns.QS), w.get(0)),
                        column(coset, PlonkishColumns.TABLE),
                        w.get(4));
                // From the highest power of alpha down.
                FrVector sum = lookups.dividend(coset, lambda, coset.values(phi));
                FrVector raises = column(coset, PlonkishColumns.QP);
                FrVector square = DomainPolynomials.product(w.get(0), w.get(0));
                FrVector fifth = DomainPolynomials.product(w.get(0), w.get(1), w.get(1));
                fifth.subtractInPlace(w.get(2));
                square.subtractInPlace(w.get(1));
                add(sum, DomainPolynomials.product(raises, fifth));
                add(sum, DomainPolynomials.product(raises, square));
                FrVector products = coset.values(z);
                add(sum, coset.start(products));
                add(sum, permutation.dividend(coset, abc, products));
                add(sum, gates(coset, w));
                sum.addInPlace(coset.values(publicInputs));
                return sum;
              });
      List<Fr> masks = blinding(2);
      return DomainPolynomials.blindedParts(
          t, masks.get(0), masks.get(1), PlonkishProvingKey.MORE_POWERS);
    }

    /** sum = alpha * sum + next. */
    private void add(FrVector sum, FrVector next) {
      sum.scaleInPlace(challenges.alpha);
      sum.addInPlace(next);
    }

    private FrVector column(DomainPolynomials.Coset coset, int index) {
      return coset.values(columns.get(index));
    }

    /** Qm a b + Ql a + Qr b + Qo c + Qd d - Qn d(wx) + Qc. */
    private FrVector gates(DomainPolynomials.Coset coset, List<FrVector> w) {
      FrVector sum =
          DomainPolynomials.product(column(coset, PlonkishColumns.QM), w.get(0), w.get(1));
      for (int i = 0; i < 4; i++) {
        sum.addInPlace(DomainPolynomials.product(column(coset, PlonkishColumns.QL + i), w.get(i)));
      }
      sum.subtractInPlace(
          DomainPolynomials.product(column(coset, PlonkishColumns.QN), coset.next(w.get(3))));
      sum.addInPlace(column(coset, PlonkishColumns.QC));
      return sum;
    }

    private Polynomial linearised(
        PlonkishEvaluations at,
        Polynomial m,
        Polynomial z,
        Polynomial phi,
        List<Polynomial> quotient) {
      PlonkishLinearisation linear =
          PlonkishLinearisation.of(key.verifyingKey(), challenges, publics, at);
      List<Polynomial> parts = new ArrayList<>(columns.subList(0, PlonkishColumns.QS));
      List<Fr> factors = new ArrayList<>(linear.columns());
      parts.addAll(List.of(columns.get(PlonkishColumns.S3), m, z, phi));
      factors.addAll(List.of(linear.s3(), linear.m()));
      factors.addAll(linear.running());
      parts.addAll(quotient);
      factors.addAll(linear.quotient());
      Polynomial sum = Polynomial.of(linear.constant());
      for (int i = 0; i < parts.size(); i++) {
        sum = sum.plus(parts.get(i).times(factors.get(i)));
      }
      return sum;
    }
  }
}
