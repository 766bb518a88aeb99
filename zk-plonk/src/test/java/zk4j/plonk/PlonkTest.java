package zk4j.plonk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static zk4j.plonk.TestCircuit.CIRCUIT;
import static zk4j.plonk.TestCircuit.publics;
import static zk4j.plonk.TestCircuit.witness;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import zk4j.bn254.EvaluationDomain;
import zk4j.bn254.Fr;
import zk4j.bn254.G1;
import zk4j.bn254.G2;
import zk4j.bn254.InsecurePowersOfTau;
import zk4j.circuit.Circuit;
import zk4j.circuit.CompiledCircuit;
import zk4j.circuit.Inputs;
import zk4j.circuit.PoseidonCircuit;
import zk4j.circuit.Simplification;
import zk4j.core.Execution;
import zk4j.poseidon.Poseidon;
import zk4j.r1cs.ProvingException;
import zk4j.r1cs.Witness;

class PlonkTest {
  private static final Execution EXECUTION = Execution.defaults();

  private static final PlonkProvingKey KEY = key(CIRCUIT);
  private static final PlonkProver PROVER = PlonkProver.of(KEY);
  private static final PlonkVerifier VERIFIER = PlonkVerifier.of(KEY.verifyingKey());

  private static PlonkProvingKey key(CompiledCircuit circuit) {
    int power = PlonkSetup.requiredPower(circuit.r1cs());
    InsecurePowersOfTau powers = InsecurePowersOfTau.random(power, new SecureRandom());
    try {
      return PlonkSetup.provingKey(circuit.r1cs(), powers, EXECUTION);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** A proof for the witness of (3, 99). */
  private static final PlonkProof PROOF;

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

  @Test
  void proofsHold() throws Exception {
    for (int x : new int[] {3, 99, 255}) {
      Witness witness = witness(x, 99);
      PlonkProof proof = PROVER.prove(witness);
      assertTrue(VERIFIER.verify(proof, publics(witness)));
      assertEquals(Fr.of(x < 99 ? 1 : 0), publics(witness).get(0));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void parallelism(int threads) throws Exception {
    Witness witness = witness(3, 99);
    Execution execution =
        threads == 1 ? Execution.sequential() : EXECUTION.withParallelism(threads);
    assertTrue(VERIFIER.verify(PROVER.prove(witness, execution), publics(witness)));
  }

  @Test
  void proofsAreBlinded() throws Exception {
    Witness witness = witness(3, 99);
    PlonkProof one = PROOF;
    PlonkProof two = PROVER.prove(witness);
    assertNotEquals(one.a(), two.a());
    assertNotEquals(one.b(), two.b());
    assertNotEquals(one.c(), two.c());
    assertNotEquals(one.z(), two.z());
    assertNotEquals(one.t1(), two.t1());
    assertNotEquals(one.evalA(), two.evalA());
    assertNotEquals(one.evalZw(), two.evalZw());
    List<Fr> blinding = IntStream.rangeClosed(1, PlonkProver.BLINDINGS).mapToObj(Fr::of).toList();
    assertEquals(
        PROVER.prove(witness, blinding, EXECUTION), PROVER.prove(witness, blinding, EXECUTION));
  }

  private interface Change {
    PlonkProof of(PlonkProof proof);
  }

  private static G1 other(G1 point) {
    return point.plus(G1.GENERATOR);
  }

  private static Fr other(Fr value) {
    return value.plus(Fr.ONE);
  }

  static List<Change> changes() {
    return List.of(
        p -> with(p, 0, other(p.a())),
        p -> with(p, 1, other(p.b())),
        p -> with(p, 2, other(p.c())),
        p -> with(p, 3, other(p.z())),
        p -> with(p, 4, other(p.t1())),
        p -> with(p, 5, other(p.t2())),
        p -> with(p, 6, other(p.t3())),
        p -> with(p, 7, other(p.wXi())),
        p -> with(p, 8, other(p.wXiw())),
        p -> with(p, 0, G1.INFINITY),
        p -> with(p, 3, G1.INFINITY),
        p -> with(p, 7, G1.INFINITY),
        p -> with(p, 7, p.wXi().negate()),
        p -> with(p, 0, other(p.evalA())),
        p -> with(p, 1, other(p.evalB())),
        p -> with(p, 2, other(p.evalC())),
        p -> with(p, 3, other(p.evalS1())),
        p -> with(p, 4, other(p.evalS2())),
        p -> with(p, 5, other(p.evalZw())));
  }

  private static PlonkProof with(PlonkProof p, int index, G1 point) {
    List<G1> points =
        new ArrayList<>(
            List.of(p.a(), p.b(), p.c(), p.z(), p.t1(), p.t2(), p.t3(), p.wXi(), p.wXiw()));
    points.set(index, point);
    return proof(points, values(p));
  }

  private static PlonkProof with(PlonkProof p, int index, Fr value) {
    List<Fr> values = new ArrayList<>(values(p));
    values.set(index, value);
    return proof(
        List.of(p.a(), p.b(), p.c(), p.z(), p.t1(), p.t2(), p.t3(), p.wXi(), p.wXiw()), values);
  }

  private static List<Fr> values(PlonkProof p) {
    return List.of(p.evalA(), p.evalB(), p.evalC(), p.evalS1(), p.evalS2(), p.evalZw());
  }

  private static PlonkProof proof(List<G1> g, List<Fr> x) {
    return new PlonkProof(
        g.get(0), g.get(1), g.get(2), g.get(3), g.get(4), g.get(5), g.get(6), x.get(0), x.get(1),
        x.get(2), x.get(3), x.get(4), x.get(5), g.get(7), g.get(8));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void everythingOfAProofIsBound(Change change) {
    assertTrue(VERIFIER.verify(PROOF, PUBLICS));
    assertFalse(VERIFIER.verify(change.of(PROOF), PUBLICS));
  }

  @Test
  void publicSignalsAreBound() {
    PlonkProof proof = PROOF;
    List<Fr> publics = PUBLICS;
    for (int i = 0; i < publics.size(); i++) {
      List<Fr> changed = new ArrayList<>(publics);
      changed.set(i, other(changed.get(i)));
      assertFalse(VERIFIER.verify(proof, changed));
    }
    assertEquals(
        "2 public signals, but the key is for 3",
        VERIFIER.check(proof, publics.subList(0, 2)).reason());
    assertFalse(
        VERIFIER.verify(proof, Stream.concat(publics.stream(), Stream.of(Fr.ZERO)).toList()));
  }

  /** Each commitment of the key, and each number of it, goes into the verdict. */
  @Test
  void keysAreBound() {
    PlonkVerifyingKey key = KEY.verifyingKey();
    List<PlonkVerifyingKey> others = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      others.add(with(key, changed(key.selectors(), i), key.permutation(), key.k1(), key.tau2()));
    }
    for (int i = 0; i < 3; i++) {
      others.add(with(key, key.selectors(), changed(key.permutation(), i), key.k1(), key.tau2()));
    }
    others.add(with(key, key.selectors(), key.permutation(), Fr.of(7), key.tau2()));
    others.add(with(key, key.selectors(), key.permutation(), key.k1(), key.tau2().negate()));
    for (PlonkVerifyingKey other : others) {
      assertFalse(PlonkVerifier.of(other).verify(PROOF, PUBLICS));
    }
  }

  private static List<G1> changed(List<G1> points, int index) {
    List<G1> changed = new ArrayList<>(points);
    changed.set(index, other(points.get(index)));
    return changed;
  }

  private static PlonkVerifyingKey with(
      PlonkVerifyingKey key, List<G1> selectors, List<G1> permutation, Fr k1, G2 tau2) {
    return new PlonkVerifyingKey(
        key.publicSignals(), key.domainSize(), k1, key.k2(), selectors, permutation, tau2);
  }

  @Test
  void batches() throws Exception {
    List<PlonkVerifier.Claim> claims = new ArrayList<>();
    for (int x : new int[] {1, 2, 200}) {
      Witness witness = witness(x, 99);
      claims.add(new PlonkVerifier.Claim(PROVER.prove(witness), publics(witness)));
    }
    assertTrue(VERIFIER.verifyBatch(claims));
    assertTrue(VERIFIER.verifyBatch(List.of()));
    PlonkVerifier.Claim last = claims.get(2);
    claims.set(2, new PlonkVerifier.Claim(last.proof(), claims.get(0).publicSignals()));
    assertFalse(VERIFIER.verifyBatch(claims));
    // Two wrong claims whose errors cancel where nothing is random.
    PlonkProof first = claims.get(0).proof();
    List<PlonkVerifier.Claim> opposite =
        List.of(
            new PlonkVerifier.Claim(
                with(first, 8, other(first.wXiw())), claims.get(0).publicSignals()),
            new PlonkVerifier.Claim(
                with(first, 8, first.wXiw().minus(G1.GENERATOR)), claims.get(0).publicSignals()));
    assertFalse(VERIFIER.verifyBatch(opposite));
  }

  @Test
  void witnessesAreChecked() throws Exception {
    Witness witness = witness(3, 99);
    int refused = 0;
    for (int wire = 1; wire < witness.size(); wire += 3) {
      Witness wrong = TestCircuit.changed(witness, wire);
      ProvingException e = assertThrows(ProvingException.class, () -> PROVER.prove(wrong));
      assertTrue(String.valueOf(e.getMessage()).contains(": gate "), e.getMessage());
      refused++;
    }
    assertTrue(refused > 5);
    Witness few = Witness.of(witness.values().slice(0, 10));
    assertThrows(ProvingException.class, () -> PROVER.prove(few));
  }

  /** Of some thousand gates, with a hash. */
  @Test
  void largerCircuits() throws Exception {
    CompiledCircuit circuit =
        CompiledCircuit.of(
            c -> c.output("hash", PoseidonCircuit.hash(c, c.inputs("xs", 2))), Simplification.NONE);
    PlonkProvingKey key = key(circuit);
    assertTrue(key.verifyingKey().domainSize() >= 1024);
    Witness witness = circuit.witness(Inputs.of("xs", List.of(Fr.of(1), Fr.of(2))));
    PlonkProof proof = PlonkProver.of(key).prove(witness);
    Fr hash = Poseidon.hash(Fr.of(1), Fr.of(2));
    assertTrue(PlonkVerifier.of(key.verifyingKey()).verify(proof, List.of(hash)));
  }

  @Test
  void smallestDomain() throws Exception {
    Circuit square = c -> c.input("x").square().assertEquals(c.publicInput("y"));
    CompiledCircuit circuit = CompiledCircuit.of(square);
    PlonkProvingKey key = key(circuit);
    assertEquals(8, key.verifyingKey().domainSize());
    Witness witness = circuit.witness(Inputs.of("x", 5).and("y", 25));
    PlonkProof proof = PlonkProver.of(key).prove(witness);
    PlonkVerifier verifier = PlonkVerifier.of(key.verifyingKey());
    assertTrue(verifier.verify(proof, List.of(Fr.of(25))));
    assertFalse(verifier.verify(proof, List.of(Fr.of(26))));
    Witness wrong = TestCircuit.changed(witness, 1);
    assertThrows(ProvingException.class, () -> PlonkProver.of(key).prove(wrong));
  }

  /** A circuit without public signals, and one of whose signals nothing is required. */
  @Test
  void publicSignalsThatAreNotThereOrNotUsed() throws Exception {
    CompiledCircuit none =
        CompiledCircuit.of(c -> c.input("x").square().assertEquals(c.input("y")));
    PlonkProvingKey key = key(none);
    PlonkProof proof = PlonkProver.of(key).prove(none.witness(Inputs.of("x", 5).and("y", 25)));
    assertTrue(PlonkVerifier.of(key.verifyingKey()).verify(proof, List.of()));

    CompiledCircuit unused =
        CompiledCircuit.of(
            c -> {
              c.publicInput("unused");
              c.input("x").square().assertEquals(c.input("y"));
            });
    PlonkProvingKey other = key(unused);
    Inputs inputs = Inputs.of("x", 5).and("y", 25).and("unused", 8);
    PlonkProof bound = PlonkProver.of(other).prove(unused.witness(inputs));
    assertTrue(PlonkVerifier.of(other.verifyingKey()).verify(bound, List.of(Fr.of(8))));
    assertFalse(PlonkVerifier.of(other.verifyingKey()).verify(bound, List.of(Fr.of(9))));
  }

  @Test
  void keysThatAreNone() {
    PlonkVerifyingKey key = KEY.verifyingKey();
    refused(() -> with(key, key.selectors(), key.permutation(), Fr.ONE, key.tau2()));
    refused(() -> with(key, key.selectors(), key.permutation(), key.k2(), key.tau2()));
    Fr w = EvaluationDomain.ofSize(key.domainSize()).generator();
    refused(() -> with(key, key.selectors(), key.permutation(), key.k2().times(w), key.tau2()));
    refused(() -> with(key, key.selectors(), key.permutation(), Fr.ZERO, key.tau2()));
    refused(() -> with(key, key.selectors(), key.permutation(), key.k1(), G2.GENERATOR));
    refused(() -> with(key, key.selectors(), key.permutation(), key.k1(), G2.INFINITY));
    refused(() -> with(key, key.permutation(), key.permutation(), key.k1(), key.tau2()));
    for (int size : new int[] {0, 4, 9, 1 << 27}) {
      refused(
          () ->
              new PlonkVerifyingKey(
                  0, size, key.k1(), key.k2(), key.selectors(), key.permutation(), key.tau2()));
    }
  }

  private static void refused(Runnable making) {
    assertThrows(IllegalArgumentException.class, making::run);
  }

  @Test
  void tooFewPowersAreRefused() {
    InsecurePowersOfTau powers = InsecurePowersOfTau.random(3, new SecureRandom());
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> PlonkSetup.provingKey(CIRCUIT.r1cs(), powers, EXECUTION));
    int required = PlonkSetup.requiredPower(CIRCUIT.r1cs());
    String message = "the circuit needs powers of tau up to 2^" + required + ", not 2^3";
    assertEquals(message, e.getMessage());
  }
}
