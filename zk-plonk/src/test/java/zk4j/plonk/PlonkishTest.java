package zk4j.plonk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import zk4j.bn254.EvaluationDomain;
import zk4j.bn254.Fr;
import zk4j.bn254.FrVector;
import zk4j.bn254.G1;
import zk4j.bn254.InsecurePowersOfTau;
import zk4j.bn254.Polynomial;
import zk4j.circuit.Bounded;
import zk4j.circuit.CompiledGates;
import zk4j.circuit.GateSystem;
import zk4j.circuit.GateSystem.Gate;
import zk4j.circuit.GateSystem.Requirement;
import zk4j.circuit.Inputs;
import zk4j.circuit.PoseidonCircuit;
import zk4j.circuit.Signal;
import zk4j.core.Execution;
import zk4j.r1cs.ProvingException;
import zk4j.r1cs.Witness;

class PlonkishTest {
  private static final Execution EXECUTION = Execution.defaults();
  private static final Fr TAU = Fr.of(1234567);
  private static final InsecurePowersOfTau POWERS =
      InsecurePowersOfTau.of(10, TAU, Fr.of(2), Fr.of(3));

  /** A range, a comparison, a hash, a product, two outputs and a public input. */
  private static final CompiledGates CIRCUIT =
      CompiledGates.of(
          c -> {
            Bounded x = c.input("x", 11);
            Bounded limit = c.publicInput("limit", 8);
            c.output("less", x.isLessThan(limit));
            Signal sum = x.plus(limit).plus(x.square()).plus(limit.square()).plus(7);
            c.output("hash", PoseidonCircuit.hash(c, sum.times(sum.minus(x))));
          },
          4);

  private static final PlonkishProvingKey KEY = key(CIRCUIT.system());
  private static final PlonkishProver PROVER = PlonkishProver.of(KEY, EXECUTION);
  private static final PlonkishVerifier VERIFIER = PlonkishVerifier.of(KEY.verifyingKey());
  private static final Witness WITNESS = witness(70, 100);
  private static final List<Fr> PUBLICS = WITNESS.publicSignals(3).toList();
  private static final PlonkishProof PROOF = proof();

  private static PlonkishProvingKey key(GateSystem system) {
    try {
      return PlonkishSetup.provingKey(system, POWERS, EXECUTION);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static Witness witness(int x, int limit) {
    try {
      return CIRCUIT.witness(Inputs.of("x", x).and("limit", limit));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static PlonkishProof proof() {
    try {
      return PROVER.prove(WITNESS);
    } catch (ProvingException e) {
      throw new AssertionError(e);
    }
  }

  private static List<Fr> blinding(Random random) {
    return Stream.generate(() -> Fr.of(random.nextLong())).limit(PlonkishProver.BLINDINGS).toList();
  }

  @Test
  void proofsHold() throws Exception {
    assertTrue(VERIFIER.verify(PROOF, PUBLICS));
    Witness other = witness(2047, 255);
    List<Fr> otherPublics = other.publicSignals(3).toList();
    PlonkishProof second = PROVER.prove(other);
    assertTrue(VERIFIER.verify(second, otherPublics));
    assertFalse(VERIFIER.verify(second, PUBLICS));
    PlonkishVerifier.Claim good = new PlonkishVerifier.Claim(PROOF, PUBLICS);
    assertTrue(
        VERIFIER.verifyBatch(List.of(good, new PlonkishVerifier.Claim(second, otherPublics))));
    assertFalse(VERIFIER.verifyBatch(List.of(good, new PlonkishVerifier.Claim(second, PUBLICS))));
  }

  /** Also the smallest domain, full tables, and domains whose last row is taken. */
  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 9, 16})
  void domainsMayBeFull(int lookups) throws Exception {
    CompiledGates circuit = CompiledGates.of(c -> c.inputs("x", lookups, 3), 3);
    assertEquals(lookups, circuit.system().gates().size());
    PlonkishProvingKey key = key(circuit.system());
    assertEquals(lookups <= 8 ? 8 : 16, key.verifyingKey().domainSize());
    Witness witness =
        circuit.witness(
            Inputs.of("x", IntStream.range(0, lookups).mapToObj(i -> Fr.of(i % 8)).toList()));
    PlonkishProof proof = PlonkishProver.of(key, EXECUTION).prove(witness);
    assertTrue(PlonkishVerifier.of(key.verifyingKey()).verify(proof, List.of()));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void randomCircuits(long seed) throws Exception {
    CompiledGates circuit =
        CompiledGates.of(
            c -> {
              Random random = new Random(seed);
              List<Signal> signals = new ArrayList<>(c.inputs("x", 4, 9));
              Bounded limit = c.publicInput("limit", 5);
              for (int i = 0; i < 8; i++) {
                Signal left = signals.get(random.nextInt(signals.size()));
                Bounded right = (Bounded) signals.get(random.nextInt(4));
                signals.add(
                    switch (random.nextInt(4)) {
                      case 0 -> left.times(right).plus(c.sum(signals));
                      case 1 -> right.isLessThan(limit);
                      case 2 -> PoseidonCircuit.hash(c, left);
                      default -> left.isEqualTo(right).choose(left, limit);
                    });
              }
              c.output("sum", c.sum(signals));
            });
    Random random = new Random(seed);
    Witness witness =
        circuit.witness(
            Inputs.of("limit", random.nextInt(32))
                .and("x", LongStream.generate(() -> random.nextInt(512)).limit(4).toArray()));
    PlonkishProvingKey key = key(circuit.system());
    PlonkishProof proof = PlonkishProver.of(key, EXECUTION).prove(witness);
    assertTrue(
        PlonkishVerifier.of(key.verifyingKey()).verify(proof, witness.publicSignals(2).toList()));
  }

  // What must be refused.

  static Stream<Requirement> requirements() {
    return Stream.of(Requirement.values());
  }

  /**
   * Cells that break one requirement of one gate are refused by the checker, and proofs of them,
   * made nevertheless, by the verifier.
   */
  @ParameterizedTest
  @MethodSource("requirements")
  void forgedProofsDoNotHold(Requirement requirement) throws Exception {
    GateSystem system = CIRCUIT.system();
    List<FrVector> cells = system.columns(WITNESS);
    int row = breakGate(system, cells, requirement);
    GateSystem.Violation violation = system.violation(cells, PUBLICS).orElseThrow();
    assertEquals(new GateSystem.Violation(row, requirement), violation);
    assertFalse(VERIFIER.verify(forged(cells, PUBLICS), PUBLICS));
  }

  private static PlonkishProof forged(List<FrVector> cells, List<Fr> publics) throws Exception {
    return PROVER.prove(cells, publics, blinding(new Random(5)), EXECUTION);
  }

  /** Changes cells so that this is all that fails first; returns the row. */
  private static int breakGate(GateSystem system, List<FrVector> cells, Requirement requirement) {
    for (int row = system.publicSignals(); row < system.gates().size(); row++) {
      Gate gate = system.gates().get(row);
      boolean bare = gate.qm().isZero() && !gate.raises() && !gate.carries();
      switch (requirement) {
        case SUM -> {
          if (gate.carries()) {
            add(cells.get(3), row + 1);
            return row;
          }
        }
        case FIFTH_POWER -> {
          if (gate.raises()) {
            add(cells.get(2), row);
            return row;
          }
        }
        case LOOKUP -> {
          // The cell alone, so that no row before it fails.
          if (bare && gate.ql().isZero() && gate.shift() == 0) {
            cells.get(0).set(row, cells.get(0).get(row).plus(Fr.of(16)));
            return row;
          }
        }
        case COPY -> {
          if (bare && gate.ql().isZero() && gate.shift() == 0 && isEarlier(system, row)) {
            boolean zero = cells.get(0).get(row).isZero();
            cells.get(0).set(row, zero ? Fr.ONE : Fr.ZERO);
            return row;
          }
        }
      }
    }
    throw new AssertionError("no gate for " + requirement);
  }

  private static boolean isEarlier(GateSystem system, int row) {
    int wire = system.gates().get(row).a();
    return system.gates().subList(0, row).stream().anyMatch(g -> g.wires().contains(wire));
  }

  private static void add(FrVector vector, int i) {
    vector.set(i, vector.get(i).plus(Fr.ONE));
  }

  @Test
  void lookupsOutsideOfTheTableAreRefused() throws Exception {
    CompiledGates circuit = CompiledGates.of(c -> c.input("x", 4), 4);
    PlonkishProvingKey key = key(circuit.system());
    PlonkishProver prover = PlonkishProver.of(key, EXECUTION);
    PlonkishVerifier verifier = PlonkishVerifier.of(key.verifyingKey());
    for (Fr x : List.of(Fr.ZERO, Fr.of(15), Fr.of(16), Fr.of(-1), Fr.of(2).inverse())) {
      Witness witness = circuit.uncheckedWitness(Inputs.of("x", x));
      boolean inside = x.toBigInteger().bitLength() <= 4;
      PlonkishProof proof =
          prover.prove(
              circuit.system().columns(witness), List.of(), blinding(new Random(1)), EXECUTION);
      assertEquals(inside, verifier.verify(proof, List.of()), x.toString());
      if (!inside) {
        ProvingException e = assertThrows(ProvingException.class, () -> prover.prove(witness));
        assertEquals("the witness does not satisfy gate 0: LOOKUP", e.getMessage());
      }
    }
  }

  @Test
  void witnessesOfOtherCircuitsAreRefused() {
    Witness witness = Witness.of(FrVector.of(Fr.ONE, Fr.ONE));
    assertThrows(ProvingException.class, () -> PROVER.prove(witness));
  }

  static Stream<Integer> points() {
    return IntStream.range(0, 12).boxed();
  }

  private static PlonkishProof with(List<G1> p, PlonkishEvaluations evaluations) {
    return new PlonkishProof(
        p.get(0),
        p.get(1),
        p.get(2),
        p.get(3),
        p.get(4),
        p.get(5),
        p.get(6),
        p.get(7),
        p.get(8),
        p.get(9),
        evaluations,
        p.get(10),
        p.get(11));
  }

  private static List<G1> pointsOf(PlonkishProof proof) {
    return new ArrayList<>(
        Stream.of(proof.columns(), proof.running(), proof.quotient(), proof.openings())
            .flatMap(List::stream)
            .toList());
  }

  private static List<Fr> numbersOf(PlonkishEvaluations evaluations) {
    return new ArrayList<>(
        Stream.concat(evaluations.atZeta().stream(), evaluations.atNext().stream()).toList());
  }

  @ParameterizedTest
  @MethodSource("points")
  void everyPointCounts(int i) {
    for (G1 delta : List.of(G1.GENERATOR, pointsOf(PROOF).get(i).negate())) {
      List<G1> points = pointsOf(PROOF);
      points.set(i, points.get(i).plus(delta)); // the other one gives infinity
      assertFalse(VERIFIER.verify(with(points, PROOF.evaluations()), PUBLICS));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void everyEvaluationCounts(int i) {
    List<Fr> numbers = numbersOf(PROOF.evaluations());
    numbers.set(i, numbers.get(i).plus(Fr.ONE));
    PlonkishEvaluations changed = PlonkishEvaluations.of(numbers);
    assertFalse(VERIFIER.verify(with(pointsOf(PROOF), changed), PUBLICS));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void everyPublicSignalCounts(int i) throws Exception {
    List<Fr> publics = new ArrayList<>(PUBLICS);
    publics.set(i, publics.get(i).plus(Fr.ONE));
    assertFalse(VERIFIER.verify(PROOF, publics));
    // Nor does a proof hold that was made for the other signal.
    assertFalse(VERIFIER.verify(forged(CIRCUIT.system().columns(WITNESS), publics), publics));
  }

  @Test
  void statementsHaveAllSignals() {
    assertEquals(
        "2 public signals, but the key is for 3",
        VERIFIER.check(PROOF, PUBLICS.subList(0, 2)).reason());
    List<Fr> more = new ArrayList<>(PUBLICS);
    more.add(Fr.ZERO);
    assertFalse(VERIFIER.verify(PROOF, more));
  }

  static Stream<Integer> columns() {
    return IntStream.range(0, PlonkishColumns.COUNT).boxed();
  }

  /** A key with another column is another circuit's, and so is one with another table or domain. */
  @ParameterizedTest
  @MethodSource("columns")
  void everyColumnOfTheKeyCounts(int i) {
    PlonkishVerifyingKey key = KEY.verifyingKey();
    List<G1> columns = new ArrayList<>(key.columns());
    columns.set(i, columns.get(i).plus(G1.GENERATOR));
    PlonkishVerifyingKey other =
        new PlonkishVerifyingKey(3, key.domainSize(), key.tableBits(), columns, key.tau2());
    assertFalse(PlonkishVerifier.of(other).verify(PROOF, PUBLICS));
  }

  @Test
  void everyNumberOfTheKeyCounts() {
    PlonkishVerifyingKey key = KEY.verifyingKey();
    int n = key.domainSize();
    for (PlonkishVerifyingKey other :
        List.of(
            new PlonkishVerifyingKey(3, n, key.tableBits() + 1, key.columns(), key.tau2()),
            new PlonkishVerifyingKey(3, 2 * n, key.tableBits(), key.columns(), key.tau2()),
            new PlonkishVerifyingKey(3, n, key.tableBits(), key.columns(), key.tau2().twice()))) {
      assertFalse(PlonkishVerifier.of(other).verify(PROOF, PUBLICS));
    }
  }

  /** Each message changes all challenges that are drawn after it, and none before it. */
  @Test
  void everyMessageIsInTheTranscript() {
    List<Fr> challenges = challenges(KEY.verifyingKey(), PUBLICS, PROOF);
    for (int i = 0; i < 12; i++) {
      List<G1> points = pointsOf(PROOF);
      points.set(i, points.get(i).twice());
      int first = i < 5 ? 0 : i < 7 ? 3 : i < 10 ? 4 : 6;
      assertChanged(
          challenges,
          challenges(KEY.verifyingKey(), PUBLICS, with(points, PROOF.evaluations())),
          first);
    }
    for (int i = 0; i < PlonkishEvaluations.COUNT; i++) {
      List<Fr> numbers = numbersOf(PROOF.evaluations());
      numbers.set(i, numbers.get(i).plus(Fr.ONE));
      PlonkishProof other = with(pointsOf(PROOF), PlonkishEvaluations.of(numbers));
      assertChanged(challenges, challenges(KEY.verifyingKey(), PUBLICS, other), 5);
    }
    List<Fr> publics = new ArrayList<>(PUBLICS);
    publics.set(2, Fr.of(5));
    assertChanged(challenges, challenges(KEY.verifyingKey(), publics, PROOF), 0);
    PlonkishVerifyingKey key = KEY.verifyingKey();
    PlonkishVerifyingKey other =
        new PlonkishVerifyingKey(
            3, key.domainSize(), key.tableBits() - 1, key.columns(), key.tau2());
    assertChanged(challenges, challenges(other, PUBLICS, PROOF), 0);
  }

  private static List<Fr> challenges(
      PlonkishVerifyingKey key, List<Fr> publics, PlonkishProof proof) {
    PlonkishChallenges c = PlonkishChallenges.of(key, publics, proof);
    return List.of(c.beta, c.gamma, c.lambda, c.alpha, c.zeta, c.v, c.u);
  }

  private static void assertChanged(List<Fr> before, List<Fr> after, int first) {
    for (int i = 0; i < before.size(); i++) {
      assertEquals(i < first, before.get(i).equals(after.get(i)), "challenge " + i);
    }
  }

  @Test
  void transcriptsTellMessagesApart() {
    List<Transcript> transcripts = Stream.generate(() -> new Transcript("test")).limit(7).toList();
    transcripts.get(0).numbers("a", List.of(Fr.ZERO, Fr.ZERO));
    transcripts.get(1).points("a", List.of(G1.INFINITY));
    transcripts.get(2).bytes("a", new byte[64]);
    transcripts.get(3).numbers("b", List.of(Fr.ZERO, Fr.ZERO));
    transcripts.get(4).numbers("a", List.of(Fr.ZERO));
    transcripts.get(4).numbers("a", List.of(Fr.ZERO));
    transcripts.get(5).challenge("a");
    assertEquals(7, transcripts.stream().map(t -> t.challenge("c")).distinct().count());
    assertNotEquals(new Transcript("one").challenge("c"), new Transcript("two").challenge("c"));
    Transcript transcript = new Transcript("test");
    assertNotEquals(transcript.challenge("c"), transcript.challenge("c"));
  }

  // Zero knowledge, by the book.

  /** Polynomials are masked with a coefficient for each point where something of them is known. */
  @Test
  void masksHaveAsManyCoefficientsAsThereAreOpenings() {
    // a, b, c and d at zeta, and m, z and phi by the equation that the others satisfy there.
    List<Integer> atZeta = List.of(1, 1, 1, 1, 1, 1, 1);
    List<Integer> atNext = List.of(0, 0, 0, 1, 0, 1, 1);
    for (int i = 0; i < PlonkishProver.MASKS.size(); i++) {
      int commitment = 1;
      int openings = atZeta.get(i) + atNext.get(i);
      assertTrue(PlonkishProver.MASKS.get(i) >= openings + commitment, "polynomial " + i);
    }
    assertEquals(22, PlonkishProver.BLINDINGS);
  }

  /** Each blinding coefficient changes the commitment whose mask it is in, and none before it. */
  @Test
  void everyBlindingCoefficientIsUsed() throws Exception {
    CompiledGates circuit = CompiledGates.of(c -> c.input("x", 3), 3);
    PlonkishProver prover = PlonkishProver.of(key(circuit.system()), EXECUTION);
    List<FrVector> cells = circuit.system().columns(circuit.witness(Inputs.of("x", 6)));
    List<Fr> blinding = blinding(new Random(3));
    List<G1> points = pointsOf(prover.prove(cells, List.of(), blinding, EXECUTION));
    int polynomial = 0;
    int left = PlonkishProver.MASKS.get(0);
    for (int i = 0; i < blinding.size(); i++) {
      if (left == 0) {
        polynomial++;
        left = polynomial < 7 ? PlonkishProver.MASKS.get(polynomial) : 1;
      }
      left--;
      List<Fr> changed = new ArrayList<>(blinding);
      changed.set(i, blinding.get(i).plus(Fr.ONE));
      List<G1> other = pointsOf(prover.prove(cells, List.of(), changed, EXECUTION));
      assertEquals(points.subList(0, polynomial), other.subList(0, polynomial));
      assertNotEquals(points.get(polynomial), other.get(polynomial), "coefficient " + i);
    }
    assertEquals(8, polynomial);
  }

  @Test
  void twoProofsOfOneWitnessHaveNothingInCommon() throws Exception {
    PlonkishProof other = PROVER.prove(WITNESS);
    assertTrue(VERIFIER.verify(other, PUBLICS));
    for (int i = 0; i < 12; i++) {
      assertNotEquals(pointsOf(PROOF).get(i), pointsOf(other).get(i), "point " + i);
    }
    for (int i = 0; i < PlonkishEvaluations.COUNT; i++) {
      assertNotEquals(numbersOf(PROOF.evaluations()).get(i), numbersOf(other.evaluations()).get(i));
    }
  }

  // Slow references.

  @Test
  void keysCommitToTheColumnsOfTheCircuit() {
    EvaluationDomain domain = EvaluationDomain.ofSize(KEY.verifyingKey().domainSize());
    List<FrVector> columns = PlonkishColumns.of(CIRCUIT.system(), domain);
    for (int i = 0; i < columns.size(); i++) {
      // Lagrange's formula at tau.
      Fr value = Fr.ZERO;
      Fr overN = domain.vanishing(TAU).times(Fr.of(domain.size()).inverse());
      for (int row = 0; row < domain.size(); row++) {
        Fr w = domain.element(row);
        value =
            value.plus(columns.get(i).get(row).times(overN).times(w).times(TAU.minus(w).inverse()));
      }
      assertEquals(G1.GENERATOR.times(value), KEY.verifyingKey().columns().get(i), "column " + i);
    }
  }

  @Test
  void quotientsAreThoseOfLongDivision() {
    int n = 8;
    DomainPolynomials polynomials = new DomainPolynomials(EvaluationDomain.ofSize(n), EXECUTION);
    Random random = new Random(9);
    Polynomial quotient =
        Polynomial.of(
            FrVector.copyOf(
                Stream.generate(() -> Fr.of(random.nextLong())).limit(4L * n).toList()));
    Polynomial dividend = DomainPolynomials.shifted(quotient, n).minus(quotient);
    List<FrVector> parts = polynomials.quotient(4, coset -> coset.values(dividend));
    for (int i = 0; i < 4 * n; i++) {
      assertEquals(quotient.coefficient(i), parts.get(i / n).get(i % n));
    }
  }

  @Test
  void runningSumsAreThoseOfTheFormula() throws Exception {
    Random random = new Random(11);
    int n = 32;
    FrVector looked =
        FrVector.copyOf(IntStream.range(0, n).mapToObj(i -> Fr.of(random.nextInt(8))).toList());
    FrVector table = LookupArgument.table(3, n);
    FrVector m = LookupArgument.multiplicities(looked, 3);
    for (int j = 0; j < n; j++) {
      Fr t = Fr.of(j);
      assertEquals(Fr.of(looked.toList().stream().filter(t::equals).count()), m.get(j));
    }
    Fr lambda = Fr.of(random.nextLong());
    FrVector phi = new LookupArgument(looked, table, m).runningSum(lambda);
    Fr sum = Fr.ZERO;
    for (int i = 0; i < n; i++) {
      assertEquals(sum, phi.get(i));
      sum =
          sum.plus(lambda.plus(looked.get(i)).inverse())
              .minus(m.get(i).times(lambda.plus(table.get(i)).inverse()));
    }
    assertTrue(sum.isZero(), "the sum does not end where it began");
    for (Fr meeting : List.of(Fr.of(-5), Fr.ZERO)) {
      ProvingException e =
          assertThrows(
              ProvingException.class,
              () -> new LookupArgument(looked, table, m).runningSum(meeting));
      assertEquals("the challenge lambda meets a value of a lookup: prove again", e.getMessage());
    }
  }

  /** The equations' values on the domain, one by one, are 0 where the fast evaluation has 0. */
  @Test
  void sumsOfLookupsFailWhereAValueIsMissing() throws Exception {
    FrVector looked = FrVector.zeros(8);
    looked.set(3, Fr.of(4)); // not in 0..3
    FrVector table = LookupArgument.table(2, 8);
    FrVector m = LookupArgument.multiplicities(looked, 2);
    assertEquals(Fr.of(7), m.get(0));
    Fr lambda = Fr.of(99);
    FrVector phi = new LookupArgument(looked, table, m).runningSum(lambda);
    Fr last =
        phi.get(7)
            .plus(lambda.inverse())
            .minus(m.get(7).times(lambda.plus(table.get(7)).inverse()));
    assertEquals(lambda.plus(Fr.of(4)).inverse(), last);
  }
}
