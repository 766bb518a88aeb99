package zk4j.plonk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static zk4j.plonk.TestCircuit.CIRCUIT;
import static zk4j.plonk.TestCircuit.publics;
import static zk4j.plonk.TestCircuit.witness;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import zk4j.bn254.EvaluationDomain;
import zk4j.bn254.Fr;
import zk4j.bn254.FrVector;
import zk4j.bn254.G1;
import zk4j.bn254.G2;
import zk4j.bn254.InsecurePowersOfTau;
import zk4j.bn254.Polynomial;
import zk4j.bn254.PowersOfTau;
import zk4j.bn254.SparseMatrix;
import zk4j.circuit.CompiledCircuit;
import zk4j.circuit.Inputs;
import zk4j.core.Execution;
import zk4j.r1cs.ProvingException;
import zk4j.r1cs.R1cs;
import zk4j.r1cs.Witness;

class FflonkTest {
  private static final Execution EXECUTION = Execution.defaults();
  private static final FflonkProvingKey KEY = key(CIRCUIT.r1cs());
  private static final FflonkProver PROVER = FflonkProver.of(KEY);
  private static final FflonkVerifier VERIFIER = FflonkVerifier.of(KEY.verifyingKey());

  /** A proof for the witness of (3, 99). */
  private static final FflonkProof PROOF;

  private static final List<Fr> PUBLICS;

  static {
    try {
      Witness witness = witness(3, 99);
      PROOF = PROVER.prove(witness);
      PUBLICS = publics(witness);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static FflonkProvingKey key(R1cs circuit) {
    PowersOfTau powers =
        InsecurePowersOfTau.random(FflonkSetup.requiredPower(circuit), new SecureRandom());
    try {
      return FflonkSetup.provingKey(circuit, powers, EXECUTION);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void proofsHold() throws Exception {
    for (int x : new int[] {3, 99, 255}) {
      Witness witness = witness(x, 99);
      FflonkProof proof = PROVER.prove(witness);
      assertTrue(VERIFIER.verify(proof, publics(witness)));
      assertEquals(Fr.of(x < 99 ? 1 : 0), publics(witness).get(0));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5})
  void parallelism(int threads) throws Exception {
    Witness witness = witness(3, 99);
    List<Fr> blinding = blinding();
    Execution execution =
        threads == 1 ? Execution.sequential() : EXECUTION.withParallelism(threads);
    assertEquals(
        PROVER.prove(witness, blinding, EXECUTION), PROVER.prove(witness, blinding, execution));
  }

  private static List<Fr> blinding() {
    return IntStream.rangeClosed(1, FflonkProver.BLINDINGS).mapToObj(Fr::of).toList();
  }

  @Test
  void proofsAreBlinded() throws Exception {
    FflonkProof other = PROVER.prove(witness(3, 99));
    assertNotEquals(PROOF.c1(), other.c1());
    assertNotEquals(PROOF.c2(), other.c2());
    List<Fr> ours = PROOF.evaluations().toList();
    List<Fr> others = other.evaluations().toList();
    for (int i = 0; i < ours.size(); i++) {
      assertNotEquals(ours.get(i), others.get(i));
    }
  }

  /** Each number of the blinding goes into the proof: into the wires, or the running product. */
  @Test
  void allBlindingIsUsed() throws Exception {
    FflonkProof proof = PROVER.prove(witness(3, 99), blinding(), EXECUTION);
    for (int i = 0; i < FflonkProver.BLINDINGS; i++) {
      List<Fr> blinding = new ArrayList<>(blinding());
      blinding.set(i, other(blinding.get(i)));
      FflonkProof changed = PROVER.prove(witness(3, 99), blinding, EXECUTION);
      assertNotEquals(proof.c2(), changed.c2());
      assertEquals(i >= 6, proof.c1().equals(changed.c1()), "number " + i);
    }
  }

  private static G1 other(G1 point) {
    return point.plus(G1.GENERATOR);
  }

  private static Fr other(Fr value) {
    return value.plus(Fr.ONE);
  }

  private static FflonkProof withPoint(FflonkProof p, int index, UnaryOperator<G1> change) {
    List<G1> g = new ArrayList<>(List.of(p.c1(), p.c2(), p.w1(), p.w2()));
    g.set(index, change.apply(g.get(index)));
    return new FflonkProof(g.get(0), g.get(1), g.get(2), g.get(3), p.evaluations(), p.inv());
  }

  private static FflonkProof withValue(FflonkProof p, int index) {
    List<Fr> values = new ArrayList<>(p.evaluations().toList());
    values.set(index, other(values.get(index)));
    return new FflonkProof(p.c1(), p.c2(), p.w1(), p.w2(), FflonkEvaluations.of(values), p.inv());
  }

  private static FflonkProof withInv(FflonkProof p, Fr inv) {
    return new FflonkProof(p.c1(), p.c2(), p.w1(), p.w2(), p.evaluations(), inv);
  }

  static List<FflonkProof> changedProofs() {
    List<FflonkProof> changed = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      changed.add(withPoint(PROOF, i, FflonkTest::other));
      changed.add(withPoint(PROOF, i, G1::negate));
      changed.add(withPoint(PROOF, i, point -> G1.INFINITY));
    }
    for (int i = 0; i < FflonkEvaluations.COUNT; i++) {
      changed.add(withValue(PROOF, i));
    }
    return changed;
  }

  /** Even if inv is made to fit, which is checked before. */
  @ParameterizedTest
  @MethodSource("changedProofs")
  void everythingOfAProofIsBound(FflonkProof changed) {
    assertTrue(VERIFIER.verify(PROOF, PUBLICS));
    assertFalse(VERIFIER.verify(changed, PUBLICS));
    FflonkVerifyingKey key = KEY.verifyingKey();
    Fr inv =
        FflonkLinearisation.denominators(key, FflonkChallenges.of(key, PUBLICS, changed)).inverse();
    assertEquals(
        "the pairing equation does not hold",
        VERIFIER.check(withInv(changed, inv), PUBLICS).reason());
  }

  @Test
  void invIsBound() {
    for (Fr inv : List.of(Fr.ZERO, other(PROOF.inv()), PROOF.inv().negate())) {
      assertEquals(
          "inv is not the inverse of the denominators",
          VERIFIER.check(withInv(PROOF, inv), PUBLICS).reason());
    }
  }

  /** The last challenge depends on all that was said before: else proofs could be made to fit. */
  @Test
  void everythingIsAbsorbed() {
    FflonkVerifyingKey key = KEY.verifyingKey();
    Set<Fr> challenges = new HashSet<>();
    challenges.add(FflonkChallenges.of(key, PUBLICS, PROOF).y);
    for (int i = 0; i < 3; i++) {
      challenges.add(FflonkChallenges.of(key, PUBLICS, withPoint(PROOF, i, FflonkTest::other)).y);
      challenges.add(FflonkChallenges.of(key, changed(PUBLICS, i), PROOF).y);
    }
    for (int i = 0; i < FflonkEvaluations.COUNT; i++) {
      challenges.add(FflonkChallenges.of(key, PUBLICS, withValue(PROOF, i)).y);
    }
    challenges.add(
        FflonkChallenges.of(with(key, key.k1(), key.tau2(), other(key.c0())), PUBLICS, PROOF).y);
    assertEquals(1 + 3 + 3 + FflonkEvaluations.COUNT + 1, challenges.size());
  }

  private static List<Fr> changed(List<Fr> values, int index) {
    List<Fr> changed = new ArrayList<>(values);
    changed.set(index, other(changed.get(index)));
    return changed;
  }

  @Test
  void publicSignalsAreBound() {
    for (int i = 0; i < PUBLICS.size(); i++) {
      assertFalse(VERIFIER.verify(PROOF, changed(PUBLICS, i)));
    }
    assertEquals(
        "2 public signals, but the key is for 3",
        VERIFIER.check(PROOF, PUBLICS.subList(0, 2)).reason());
    assertFalse(
        VERIFIER.verify(PROOF, Stream.concat(PUBLICS.stream(), Stream.of(Fr.ZERO)).toList()));
  }

  @Test
  void keysAreBound() {
    FflonkVerifyingKey key = KEY.verifyingKey();
    for (FflonkVerifyingKey other :
        List.of(
            with(key, Fr.of(7), key.tau2(), key.c0()),
            with(key, key.k1(), key.tau2().negate(), key.c0()),
            with(key, key.k1(), key.tau2(), other(key.c0())),
            new FflonkVerifyingKey(
                key.publicSignals(), key.domainSize(), key.k1(), Fr.of(7), key.tau2(), key.c0()),
            new FflonkVerifyingKey(
                key.publicSignals(),
                2 * key.domainSize(),
                key.k1(),
                key.k2(),
                key.tau2(),
                key.c0()))) {
      Fr inv =
          FflonkLinearisation.denominators(other, FflonkChallenges.of(other, PUBLICS, PROOF))
              .inverse();
      assertEquals(
          "the pairing equation does not hold",
          FflonkVerifier.of(other).check(withInv(PROOF, inv), PUBLICS).reason());
    }
  }

  private static FflonkVerifyingKey with(FflonkVerifyingKey key, Fr k1, G2 tau2, G1 c0) {
    return new FflonkVerifyingKey(key.publicSignals(), key.domainSize(), k1, key.k2(), tau2, c0);
  }

  @Test
  void keysThatAreNone() {
    FflonkVerifyingKey key = KEY.verifyingKey();
    refused(() -> with(key, Fr.ONE, key.tau2(), key.c0()));
    refused(() -> with(key, key.k2(), key.tau2(), key.c0()));
    refused(() -> with(key, key.k1(), G2.GENERATOR, key.c0()));
    refused(() -> with(key, key.k1(), G2.INFINITY, key.c0()));
    for (int size : new int[] {0, 4, 9, 1 << 24}) {
      refused(() -> new FflonkVerifyingKey(0, size, key.k1(), key.k2(), key.tau2(), key.c0()));
    }
    refused(() -> new FflonkVerifyingKey(7, 8, key.k1(), key.k2(), key.tau2(), key.c0()));
    refused(() -> new FflonkVerifyingKey(-1, 8, key.k1(), key.k2(), key.tau2(), key.c0()));
  }

  private static void refused(Runnable making) {
    assertThrows(IllegalArgumentException.class, making::run);
  }

  @Test
  void provingKeysThatAreNone() {
    FflonkVerifyingKey key = KEY.verifyingKey();
    PlonkCircuit circuit = KEY.circuit();
    int n = key.domainSize();
    refused(
        () -> FflonkProvingKey.of(key, circuit, KEY.powers().slice(0, KEY.powers().size() - 1)));
    FflonkVerifyingKey few = new FflonkVerifyingKey(2, n, key.k1(), key.k2(), key.tau2(), key.c0());
    refused(() -> FflonkProvingKey.of(few, circuit, KEY.powers()));
    FflonkVerifyingKey half =
        new FflonkVerifyingKey(3, n / 2, key.k1(), key.k2(), key.tau2(), key.c0());
    refused(
        () ->
            FflonkProvingKey.of(
                half, circuit, KEY.powers().slice(0, FflonkProvingKey.powersFor(n / 2))));
  }

  @Test
  void batches() throws Exception {
    List<FflonkVerifier.Claim> claims = new ArrayList<>();
    for (int x : new int[] {1, 200}) {
      Witness witness = witness(x, 99);
      claims.add(new FflonkVerifier.Claim(PROVER.prove(witness), publics(witness)));
    }
    assertTrue(VERIFIER.verifyBatch(claims));
    assertTrue(VERIFIER.verifyBatch(List.of()));
    // Two wrong claims whose errors cancel where nothing is random.
    List<FflonkVerifier.Claim> opposite =
        List.of(
            new FflonkVerifier.Claim(withPoint(PROOF, 3, FflonkTest::other), PUBLICS),
            new FflonkVerifier.Claim(
                withPoint(PROOF, 3, point -> point.minus(G1.GENERATOR)), PUBLICS));
    assertFalse(VERIFIER.verifyBatch(opposite));
  }

  @Test
  void witnessesAreChecked() throws Exception {
    Witness witness = witness(3, 99);
    for (int wire = 1; wire < witness.size(); wire += 5) {
      Witness wrong = TestCircuit.changed(witness, wire);
      ProvingException e = assertThrows(ProvingException.class, () -> PROVER.prove(wrong));
      assertTrue(String.valueOf(e.getMessage()).contains(": gate "), e.getMessage());
    }
    Witness few = Witness.of(witness.values().slice(0, 10));
    assertThrows(ProvingException.class, () -> PROVER.prove(few));
  }

  /** A key whose commitment is another circuit's gives no proofs that do not hold. */
  @Test
  void finishedProofsAreVerified() throws Exception {
    FflonkVerifyingKey key = KEY.verifyingKey();
    FflonkVerifyingKey wrong = with(key, key.k1(), key.tau2(), other(key.c0()));
    FflonkProver prover = FflonkProver.of(FflonkProvingKey.of(wrong, KEY.circuit(), KEY.powers()));
    Witness witness = witness(3, 99);
    ProvingException e = assertThrows(ProvingException.class, () -> prover.prove(witness));
    assertEquals(
        "the finished proof does not hold: the pairing equation does not hold", e.getMessage());
  }

  /** Larger than the blocks in which vectors are worked on. */
  @Test
  void largerCircuits() throws Exception {
    CompiledCircuit circuit =
        CompiledCircuit.of(c -> c.output("less", c.input("x", 100).isLessThan(c.input("y", 100))));
    FflonkProvingKey key = key(circuit.r1cs());
    assertEquals(1024, key.verifyingKey().domainSize());
    FflonkProof proof = FflonkProver.of(key).prove(circuit.witness(Inputs.of("x", 5).and("y", 9)));
    FflonkVerifier verifier = FflonkVerifier.of(key.verifyingKey());
    assertTrue(verifier.verify(proof, List.of(Fr.ONE)));
    assertFalse(verifier.verify(proof, List.of(Fr.ZERO)));
  }

  /** Of six gates, which is all that the smallest domain has room for, and of seven. */
  @Test
  void spareRows() throws Exception {
    for (int gates = 6; gates <= 7; gates++) {
      int squares = gates - 1;
      CompiledCircuit circuit =
          CompiledCircuit.of(
              c -> {
                c.publicInput("unused");
                for (int i = 0; i < squares; i++) {
                  c.input("x" + i).square().assertEquals(c.input("y" + i));
                }
              });
      Inputs inputs = Inputs.of("unused", 8);
      for (int i = 0; i < squares; i++) {
        inputs = inputs.and("x" + i, i).and("y" + i, (long) i * i);
      }
      FflonkProvingKey key = key(circuit.r1cs());
      assertEquals(gates, key.circuit().gates());
      assertEquals(gates == 6 ? 8 : 16, key.verifyingKey().domainSize());
      FflonkProof proof = FflonkProver.of(key).prove(circuit.witness(inputs));
      FflonkVerifier verifier = FflonkVerifier.of(key.verifyingKey());
      assertTrue(verifier.verify(proof, List.of(Fr.of(8))));
      assertFalse(verifier.verify(proof, List.of(Fr.of(9))));
    }
  }

  @Test
  void noPublicSignals() throws Exception {
    CompiledCircuit none =
        CompiledCircuit.of(c -> c.input("x").square().assertEquals(c.input("y")));
    FflonkProvingKey key = key(none.r1cs());
    FflonkProof proof = FflonkProver.of(key).prove(none.witness(Inputs.of("x", 5).and("y", 25)));
    assertTrue(FflonkVerifier.of(key.verifyingKey()).verify(proof, List.of()));
    assertFalse(FflonkVerifier.of(key.verifyingKey()).verify(proof, List.of(Fr.ZERO)));
  }

  @Test
  void tooFewPowersAreRefused() {
    int required = FflonkSetup.requiredPower(CIRCUIT.r1cs());
    InsecurePowersOfTau powers = InsecurePowersOfTau.random(required - 1, new SecureRandom());
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> FflonkSetup.provingKey(CIRCUIT.r1cs(), powers, EXECUTION));
    assertEquals(
        "the circuit needs powers of tau up to 2^" + required + ", not 2^" + (required - 1),
        e.getMessage());
  }

  /** The product that the linearisation simplifies, root by root. */
  @Test
  void denominators() {
    FflonkVerifyingKey key = KEY.verifyingKey();
    SecureRandom random = new SecureRandom();
    FflonkChallenges challenges = new FflonkChallenges();
    Fr seed = Fr.random(random);
    challenges.xi = seed.pow(BigInteger.valueOf(24));
    challenges.y = Fr.random(random);
    EvaluationDomain domain = EvaluationDomain.ofSize(key.domainSize());
    Fr w = domain.generator();
    Fr cubeRoot = w.pow(BigInteger.valueOf(3).modInverse(BigInteger.valueOf(key.domainSize())));
    Fr third = Fr.of(5).pow(Fr.MODULUS.subtract(BigInteger.ONE).divide(BigInteger.valueOf(3)));
    Fr h2 = seed.pow(BigInteger.valueOf(8));
    List<Fr> s0 = roots(seed.pow(BigInteger.valueOf(3)), EvaluationDomain.rootOfUnity(3), 8);
    List<Fr> s1 = roots(seed.pow(BigInteger.valueOf(6)), EvaluationDomain.rootOfUnity(2), 4);
    List<Fr> s2 = new ArrayList<>(roots(h2, third, 3));
    s2.addAll(roots(h2.times(cubeRoot), third, 3));
    Fr product = domain.vanishing(challenges.xi);
    for (List<Fr> roots : List.of(s0, s1, s2)) {
      for (Fr x : roots) {
        Fr difference = challenges.y.minus(x);
        product = product.times(difference);
        if (roots != s0) {
          product = product.times(difference); // of Z1(y) and Z2(y)
        }
        for (Fr other : roots) {
          product = other.equals(x) ? product : product.times(x.minus(other));
        }
      }
    }
    for (int i = 0; i < 3; i++) {
      product =
          product.times(Fr.of(key.domainSize())).times(challenges.xi.minus(domain.element(i)));
    }
    assertEquals(product, FflonkLinearisation.denominators(key, challenges));
  }

  private static List<Fr> roots(Fr first, Fr ratio, int count) {
    return Stream.iterate(first, x -> x.times(ratio)).limit(count).toList();
  }

  @Test
  void combinedPolynomials() {
    Polynomial f = Polynomial.of(Fr.of(1), Fr.of(2), Fr.of(3));
    Polynomial g = Polynomial.of(Fr.of(4));
    Polynomial both = FflonkPolynomials.combined(List.of(f, g));
    assertEquals(Polynomial.of(Fr.of(1), Fr.of(4), Fr.of(2), Fr.ZERO, Fr.of(3)), both);
    assertEquals(Polynomial.ZERO, FflonkPolynomials.combined(List.of(Polynomial.ZERO)));

    Polynomial quotient = FflonkPolynomials.quotient(both, 2, Fr.of(7));
    Polynomial divisor = Polynomial.of(Fr.of(-7), Fr.ZERO, Fr.ONE);
    Polynomial rest = both.minus(quotient.times(divisor, EXECUTION));
    assertEquals(Polynomial.of(f.evaluate(Fr.of(7)), Fr.of(4)), rest);
    assertEquals(Polynomial.ZERO, FflonkPolynomials.quotient(g, 2, Fr.of(7)));
  }

  /** x1 + x2 + x3 + x4 = x1 + x2 + x3 + 2 x4: three of four terms cancel. */
  @Test
  void termsOfFactorZero() {
    SparseMatrix a = row(Fr.ONE);
    SparseMatrix b = row(Fr.ZERO, Fr.of(1), Fr.of(1), Fr.of(1), Fr.of(1));
    SparseMatrix c = row(Fr.ZERO, Fr.of(1), Fr.of(1), Fr.of(1), Fr.of(2));
    R1cs circuit = R1cs.of(0, 0, 4, 5, new long[] {0, 1, 2, 3, 4}, a, b, c);
    PlonkGates kept = PlonkGates.of(circuit, PlonkGates.ZeroTerms.KEPT);
    PlonkGates dropped = PlonkGates.of(circuit, PlonkGates.ZeroTerms.DROPPED);
    assertEquals(2, kept.gates().size());
    assertEquals(1, dropped.gates().size());
    assertEquals(4, dropped.gates().get(0).a());
  }

  private static SparseMatrix row(Fr... values) {
    int[] columns = IntStream.range(0, values.length).toArray();
    return SparseMatrix.of(5, new int[] {0, values.length}, columns, FrVector.of(values));
  }
}
