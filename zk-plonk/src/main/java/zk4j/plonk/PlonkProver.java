package zk4j.plonk;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import zk4j.bn254.EvaluationDomain;
import zk4j.bn254.Fr;
import zk4j.bn254.FrVector;
import zk4j.bn254.G1;
import zk4j.bn254.Polynomial;
import zk4j.core.Execution;
import zk4j.core.VerificationResult;
import zk4j.r1cs.ProvingException;
import zk4j.r1cs.Witness;

/**
 * Makes PLONK proofs (ePrint 2019/953, section 8.3) with keys of snarkjs's layout. Immutable and
 * thread-safe.
 *
 * <p>The quotient of degree below 3n + 6 is computed on four cosets of the domain's size, one after
 * the other, so that no vector is longer than n and a few.
 *
 * <p>Takes time that depends on the witness: do not let adversaries measure it.
 */
public final class PlonkProver {
  private static final List<String> PHASES =
      List.of("wires", "permutation", "quotient", "openings", "verification", "done");

  /** b1 to b11 of the paper. */
  static final int BLINDINGS = 11;

  /** Cosets that determine the quotient. */
  private static final int COSETS = 4;

  /** A generator of the field's units, none of whose powers below r - 1 is 1: in no domain. */
  private static final Fr SHIFT = Fr.of(5);

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
   * Checks the witness against the gates, makes a proof, with fresh blinding, and verifies it.
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
    if (witness.size() != key.circuitWires()) {
      throw new ProvingException(
          "the witness has " + witness.size() + " wires, but the key is for " + key.circuitWires());
    }
    List<Fr> publics = witness.publicSignals(key.verifyingKey().publicSignals()).toList();
    PlonkProof proof = new Rounds(publics, blinding, execution).prove(witness);
    progress(execution, 4);
    VerificationResult result = verifier.check(proof, publics);
    if (!result.valid()) {
      throw new ProvingException("the finished proof does not hold: " + result.reason());
    }
    progress(execution, PHASES.size() - 1);
    return proof;
  }

  private static void progress(Execution execution, int step) {
    execution.checkpoint();
    execution.progress().update(PHASES.get(step), step, PHASES.size() - 1);
  }

  /** One proof. */
  private final class Rounds {
    private final List<Fr> publics;
    private final List<Fr> blinding;
    private final Execution execution;
    private final Challenges challenges = Challenges.of(key.verifyingKey());

    Rounds(List<Fr> publics, List<Fr> blinding, Execution execution) {
      this.publics = publics;
      this.blinding = blinding;
      this.execution = execution;
    }

    PlonkProof prove(Witness witness) throws ProvingException {
      progress(execution, 0);
      FrVector wires = wires(witness);
      FrVector[] columns = {column(wires, 0), column(wires, 1), column(wires, 2)};
      Polynomial withPublics = key.selectors().get(4).plus(interpolated(publicInputs()));
      requireGates(columns, withPublics);
      Polynomial a = blinded(columns[0], 2, 1);
      Polynomial b = blinded(columns[1], 4, 3);
      Polynomial c = blinded(columns[2], 6, 5);
      G1 commitA = commit(a);
      G1 commitB = commit(b);
      G1 commitC = commit(c);

      progress(execution, 1);
      challenges.drawBetaAndGamma(publics, commitA, commitB, commitC);
      Polynomial z = blinded(runningProduct(columns), 9, 8, 7);
      G1 commitZ = commit(z);

      progress(execution, 2);
      challenges.drawAlpha(commitZ);
      List<Polynomial> t = quotient(a, b, c, z, withPublics);
      List<G1> commitT = t.stream().map(this::commit).toList();

      progress(execution, 3);
      challenges.drawXi(commitT.get(0), commitT.get(1), commitT.get(2));
      Fr xi = challenges.xi;
      Fr xiW = xi.times(domain.generator());
      List<Polynomial> opened =
          List.of(a, b, c, key.permutation().get(0), key.permutation().get(1));
      List<Fr> values = opened.stream().map(polynomial -> polynomial.evaluate(xi)).toList();
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

    /** The values of all wires, those of additions included; wire 0 is 0. */
    private FrVector wires(Witness witness) {
      FrVector wires = witness.values().padded(key.circuitWires() + key.additions());
      wires.set(0, Fr.ZERO);
      FrVector factors = key.ownAdditionFactors();
      for (int i = 0; i < key.additions(); i++) {
        Fr left = wires.get(key.additionWire(i, 0)).times(factors.get(2 * i));
        Fr right = wires.get(key.additionWire(i, 1)).times(factors.get(2 * i + 1));
        wires.set(key.circuitWires() + i, left.plus(right));
      }
      return wires;
    }

    private FrVector column(FrVector wires, int column) {
      FrVector values = FrVector.zeros(n);
      for (int gate = 0; gate < key.gates(); gate++) {
        values.set(gate, wires.get(key.gateWire(gate, column)));
      }
      return values;
    }

    private FrVector publicInputs() {
      FrVector values = FrVector.zeros(n);
      for (int i = 0; i < publics.size(); i++) {
        values.set(i, publics.get(i).negate());
      }
      return values;
    }

    private Polynomial interpolated(FrVector values) {
      FrVector coefficients = values.copy();
      domain.inverse(coefficients, execution);
      return Polynomial.of(coefficients);
    }

    /** The polynomial of some values on the domain, plus (b_i + b_j x + ...) (x^n - 1). */
    private Polynomial blinded(FrVector values, int... indices) {
      Fr[] factors = new Fr[indices.length];
      for (int i = 0; i < factors.length; i++) {
        factors[i] = blinding.get(indices[i] - 1);
      }
      Polynomial mask = Polynomial.of(factors);
      return interpolated(values).minus(mask).plus(shifted(mask, n));
    }

    /** x^power times a short polynomial. */
    private Polynomial shifted(Polynomial polynomial, int power) {
      FrVector coefficients = FrVector.zeros(power + polynomial.degree() + 1);
      for (int i = 0; i <= polynomial.degree(); i++) {
        coefficients.set(power + i, polynomial.coefficient(i));
      }
      return Polynomial.of(coefficients);
    }

    private FrVector onDomain(Polynomial polynomial) {
      FrVector values = polynomial.coefficients(n);
      domain.forward(values, execution);
      return values;
    }

    private void requireGates(FrVector[] columns, Polynomial withPublics) throws ProvingException {
      FrVector gates =
          gates(
              columns[0],
              columns[1],
              columns[2],
              key.selectors().subList(0, 4).stream().map(this::onDomain).toList(),
              onDomain(withPublics));
      if (gates.contentEquals(FrVector.zeros(n))) {
        return;
      }
      for (int gate = 0; gate < n; gate++) {
        if (!gates.get(gate).isZero()) {
          throw new ProvingException(
              "the witness does not satisfy the circuit: gate "
                  + gate
                  + " is "
                  + gates.get(gate)
                  + ", not 0, with wires "
                  + columns[0].get(gate)
                  + ", "
                  + columns[1].get(gate)
                  + " and "
                  + columns[2].get(gate));
        }
      }
    }

    /** Qm a b + Ql a + Qr b + Qo c + Qc, with the public inputs in Qc. */
    private FrVector gates(FrVector a, FrVector b, FrVector c, List<FrVector> q, FrVector qc) {
      FrVector sum = product(a, b, q.get(0));
      sum.addInPlace(product(a, q.get(1)));
      sum.addInPlace(product(b, q.get(2)));
      sum.addInPlace(product(c, q.get(3)));
      sum.addInPlace(qc);
      return sum;
    }

    private static FrVector product(FrVector first, FrVector... others) {
      FrVector product = first.copy();
      for (FrVector other : others) {
        product.multiplyInPlace(other);
      }
      return product;
    }

    /** gamma + factor x. */
    private Polynomial place(Fr factor) {
      return Polynomial.of(challenges.gamma, factor);
    }

    /** The wires' polynomials, each plus beta times a place's number, and gamma. */
    private List<Polynomial> identity(Polynomial a, Polynomial b, Polynomial c) {
      Fr beta = challenges.beta;
      return List.of(
          a.plus(place(beta)),
          b.plus(place(beta.times(key.verifyingKey().k1()))),
          c.plus(place(beta.times(key.verifyingKey().k2()))));
    }

    /** The same with the number of the place that the permutation says. */
    private List<Polynomial> permuted(Polynomial a, Polynomial b, Polynomial c) {
      Polynomial gamma = Polynomial.of(challenges.gamma);
      List<Polynomial> s =
          key.permutation().stream().map(p -> p.times(challenges.beta).plus(gamma)).toList();
      return List.of(a.plus(s.get(0)), b.plus(s.get(1)), c.plus(s.get(2)));
    }

    /** On each row the product, over all rows before, of identity factors over permuted ones. */
    private FrVector runningProduct(FrVector[] columns) {
      Polynomial none = Polynomial.ZERO;
      return quotientsOfPrefixes(
          rowProducts(identity(none, none, none), columns),
          rowProducts(permuted(none, none, none), columns));
    }

    private FrVector rowProducts(List<Polynomial> places, FrVector[] columns) {
      FrVector product = onDomain(places.get(0));
      product.addInPlace(columns[0]);
      for (int column = 1; column < columns.length; column++) {
        FrVector factor = onDomain(places.get(column));
        factor.addInPlace(columns[column]);
        product.multiplyInPlace(factor);
      }
      return product;
    }

    /** Element i is the product of up[j] / down[j] for j below i, with a single inversion. */
    private FrVector quotientsOfPrefixes(FrVector up, FrVector down) {
      FrVector z = FrVector.zeros(n);
      // First 1 over the product of all denominators, and from the last on one by one taken away.
      Fr all = Fr.ONE;
      Fr[] prefix = new Fr[n];
      Fr product = Fr.ONE;
      for (int i = 0; i < n; i++) {
        prefix[i] = product;
        product = product.times(up.get(i));
        all = all.times(down.get(i));
      }
      Fr inverse = all.inverse();
      for (int i = n - 1; i >= 0; i--) {
        inverse = inverse.times(down.get(i));
        z.set(i, prefix[i].times(inverse));
      }
      return z;
    }

    /**
     * The quotient of the equation by x^n - 1, in three parts of degree n, n and n + 5, blinded so
     * that their sum stays the same.
     */
    private List<Polynomial> quotient(
        Polynomial a, Polynomial b, Polynomial c, Polynomial z, Polynomial withPublics)
        throws ProvingException {
      FrVector[] parts = new FrVector[COSETS];
      Fr root = EvaluationDomain.rootOfUnity(Integer.numberOfTrailingZeros(COSETS * n));
      Fr shift = SHIFT;
      for (int coset = 0; coset < COSETS; coset++) {
        parts[coset] = quotientOn(shift, a, b, c, z, withPublics);
        shift = shift.times(root);
      }
      List<FrVector> t = combined(parts);
      for (int i = PlonkProvingKey.MORE_POWERS; i < n; i++) {
        if (!t.get(3).get(i).isZero()) {
          throw new ProvingException("the quotient's degree is too large: the key is inconsistent");
        }
      }
      Polynomial b10 = Polynomial.of(blinding.get(9));
      Polynomial b11 = Polynomial.of(blinding.get(10));
      Polynomial high = Polynomial.of(t.get(3).slice(0, Math.min(n, PlonkProvingKey.MORE_POWERS)));
      return List.of(
          Polynomial.of(t.get(0)).plus(shifted(b10, n)),
          Polynomial.of(t.get(1)).minus(b10).plus(shifted(b11, n)),
          Polynomial.of(t.get(2)).minus(b11).plus(shifted(high, n)));
    }

    /** The quotient modulo x^n - shift^n, by its values on a coset. */
    private FrVector quotientOn(
        Fr shift, Polynomial a, Polynomial b, Polynomial c, Polynomial z, Polynomial withPublics) {
      Coset coset = new Coset(shift);
      FrVector result =
          gates(
              coset.values(a),
              coset.values(b),
              coset.values(c),
              key.selectors().subList(0, 4).stream().map(coset::values).toList(),
              coset.values(withPublics));
      FrVector zValues = coset.values(z);
      FrVector identity = zValues.copy();
      for (Polynomial factor : identity(a, b, c)) {
        identity.multiplyInPlace(coset.values(factor));
      }
      FrVector permuted = zValues.slice(1, n).padded(n); // z(w x): the next of the coset
      permuted.set(n - 1, zValues.get(0));
      for (Polynomial factor : permuted(a, b, c)) {
        permuted.multiplyInPlace(coset.values(factor));
      }
      identity.subtractInPlace(permuted);
      identity.scaleInPlace(challenges.alpha);
      result.addInPlace(identity);
      FrVector start = coset.values(z.minus(Polynomial.of(Fr.ONE)));
      FrVector one = FrVector.zeros(n);
      one.set(0, Fr.ONE);
      start.multiplyInPlace(coset.values(interpolated(one)));
      start.scaleInPlace(challenges.alpha.square());
      result.addInPlace(start);
      result.scaleInPlace(coset.power.minus(Fr.ONE).inverse());
      coset.coset.inverse(result, execution);
      return result;
    }

    /** A coset, on which x^n is constant. */
    private final class Coset {
      private final EvaluationDomain.Coset coset;
      private final Fr power;

      Coset(Fr shift) {
        this.coset = domain.coset(shift);
        this.power = shift.pow(BigInteger.valueOf(n));
      }

      FrVector values(Polynomial polynomial) {
        FrVector all = polynomial.coefficients(Math.max(n, polynomial.degree() + 1));
        FrVector values = all.slice(0, n);
        for (int i = n; i < all.size(); i++) {
          values.set(i - n, values.get(i - n).plus(all.get(i).times(power)));
        }
        coset.forward(values, execution);
        return values;
      }
    }

    /**
     * The parts t_k of t(x) = the sum of x^(kn) t_k(x), from t modulo x^n - s i^j for each j, with
     * s = SHIFT^n and i of order four: u_j = the sum over k of (s i^j)^k t_k.
     */
    private List<FrVector> combined(FrVector[] u) {
      Fr i = EvaluationDomain.rootOfUnity(Integer.numberOfTrailingZeros(COSETS)).inverse();
      Fr s = SHIFT.pow(BigInteger.valueOf(n)).inverse();
      FrVector[] t = new FrVector[COSETS];
      Fr scale = Fr.of(COSETS).inverse();
      for (int k = 0; k < COSETS; k++) {
        t[k] = FrVector.zeros(n);
        for (int j = 0; j < COSETS; j++) {
          FrVector part = u[j].copy();
          part.scaleInPlace(i.pow(BigInteger.valueOf((long) j * k)).times(scale));
          t[k].addInPlace(part);
        }
        scale = scale.times(s);
      }
      return List.of(t);
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
      List<Polynomial> q = key.selectors();
      return q.get(0)
          .times(a.times(b))
          .plus(q.get(1).times(a))
          .plus(q.get(2).times(b))
          .plus(q.get(3).times(c))
          .plus(q.get(4))
          .plus(z.times(linear.zFactor()))
          .minus(key.permutation().get(2).times(linear.s3Factor()))
          .minus(quotient.times(linear.zh()))
          .plus(Polynomial.of(linear.r0()));
    }
  }
}
