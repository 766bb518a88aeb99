package zk4j.groth16;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import zk4j.bn254.Fr;
import zk4j.bn254.FrVector;
import zk4j.bn254.G1;
import zk4j.bn254.G1Vector;
import zk4j.bn254.G2;
import zk4j.bn254.PointEncoding;
import zk4j.core.CancellationToken;
import zk4j.core.Execution;
import zk4j.groth16.Groth16Verifier.Claim;
import zk4j.r1cs.ProvingException;
import zk4j.r1cs.SignalNames;
import zk4j.r1cs.UnsatisfiedConstraintException;
import zk4j.r1cs.Witness;

class Groth16Test {
  private static final Groth16Prover PROVER = Groth16Prover.of(Cubic.KEY);
  private static final VerifyingKey VK = Cubic.KEY.verifyingKey();
  private static final Groth16Verifier VERIFIER = Groth16Verifier.of(VK);

  @Test
  void aProofHoldsForItsStatementAlone() throws Exception {
    Proof proof = PROVER.prove(Cubic.witness(3, 9));

    assertTrue(VERIFIER.verify(proof, Cubic.signals(3, 9)));
    assertFalse(VERIFIER.verify(proof, Cubic.signals(4, 9)));
    assertFalse(VERIFIER.verify(proof, Cubic.signals(3, 10)), "an unused public input is bound");
    Proof other = PROVER.prove(Cubic.witness(4, 9));
    assertFalse(VERIFIER.verify(new Proof(other.a(), proof.b(), proof.c()), Cubic.signals(3, 9)));
    assertFalse(VERIFIER.verify(new Proof(proof.a(), other.b(), proof.c()), Cubic.signals(3, 9)));
    assertFalse(VERIFIER.verify(new Proof(proof.a(), proof.b(), other.c()), Cubic.signals(3, 9)));
  }

  @Test
  void theNumberOfSignalsMustBeTheKeys() throws Exception {
    Proof proof = PROVER.prove(Cubic.witness(3, 9));
    List<Fr> signals = Cubic.signals(3, 0);
    Proof withZero = PROVER.prove(Cubic.witness(3, 0));

    // With a 0 left out or appended the equation itself would hold.
    assertTrue(VERIFIER.verify(withZero, signals));
    assertFalse(VERIFIER.verify(withZero, signals.subList(0, 1)));
    assertFalse(VERIFIER.verify(proof, List.of(signals.get(0), Fr.of(9), Fr.ZERO)));
    assertEquals(
        "0 public signals, but the key is for 2", VERIFIER.check(proof, List.of()).reason());
  }

  @Test
  void infinitiesDoNotPassAsProofs() {
    for (G1 a : List.of(G1.INFINITY, G1.GENERATOR)) {
      for (G2 b : List.of(G2.INFINITY, G2.GENERATOR)) {
        for (G1 c : List.of(G1.INFINITY, G1.GENERATOR)) {
          assertFalse(VERIFIER.verify(new Proof(a, b, c), Cubic.signals(3, 9)));
        }
      }
    }
  }

  @Test
  void blindingIsFresh() throws Exception {
    Proof one = PROVER.prove(Cubic.witness(3, 9));
    Proof two = PROVER.prove(Cubic.witness(3, 9));

    assertNotEquals(one.a(), two.a());
    assertNotEquals(one.b(), two.b());
    assertNotEquals(one.c(), two.c());
  }

  @Test
  void proofsAreMalleableButTheirStatementHasOneId() throws Exception {
    Proof proof = PROVER.prove(Cubic.witness(3, 9));
    List<Fr> signals = Cubic.signals(3, 9);
    SecureRandom random = new SecureRandom();
    Fr s = Fr.random(random);
    Fr t = Fr.random(random);

    Proof negated = new Proof(proof.a().negate(), proof.b().negate(), proof.c());
    // (sA, B/s + t delta, C + s t A) for any s and t
    Proof rerandomised =
        new Proof(
            proof.a().times(s),
            proof.b().times(s.inverse()).plus(VK.delta().times(t)),
            proof.c().plus(proof.a().times(s.times(t))));

    assertTrue(VERIFIER.verify(negated, signals));
    assertTrue(VERIFIER.verify(rerandomised, signals));
    assertNotEquals(proof, rerandomised);
    assertArrayEquals(
        VERIFIER.statementId(signals), Groth16Verifier.of(VK).statementId(List.copyOf(signals)));
    assertFalse(
        MessageDigest.isEqual(
            VERIFIER.statementId(signals), VERIFIER.statementId(Cubic.signals(3, 8))));
    assertThrows(IllegalArgumentException.class, () -> VERIFIER.statementId(signals.subList(0, 1)));
  }

  @Test
  void aProofWithFixedBlindingIsPinned() throws Exception {
    Proof proof = PROVER.prove(Cubic.witness(3, 9), Fr.of(11), Fr.of(12), Execution.sequential());

    MessageDigest digest = VerifyingKey.sha256();
    digest.update(proof.a().encode(PointEncoding.EVM));
    digest.update(proof.b().encode(PointEncoding.EVM));
    digest.update(proof.c().encode(PointEncoding.EVM));
    assertEquals(
        "04d644d3c2ba633febed9e44c2b68b192a0c6740d1e086eb39a01fa19641ad2c",
        HexFormat.of().formatHex(digest.digest()));
    assertEquals(
        "f25223706b8354bce84c96c51e0b568b0621a03dcd5e0db131497bb43d50f89f",
        HexFormat.of().formatHex(VK.fingerprint()));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void everyWireMatters(int wire) {
    FrVector values = Cubic.witness(3, 9).values().copy();
    values.set(wire, values.get(wire).plus(Fr.ONE));
    Witness flipped = Witness.of(values);

    if (wire == 2) { // u is free
      assertTrue(Cubic.CIRCUIT.firstViolation(flipped, Execution.sequential()).isEmpty());
      return;
    }
    assertThrows(ProvingException.class, () -> PROVER.prove(flipped));
    assertThrows(
        UnsatisfiedConstraintException.class,
        () -> PROVER.prove(flipped, Cubic.CIRCUIT, SignalNames.byWire(), Execution.defaults()));
  }

  @Test
  void aWitnessOfAnotherSizeIsRefused() {
    Witness longer = Witness.of(Cubic.witness(3, 9).values().padded(7));

    ProvingException refused = assertThrows(ProvingException.class, () -> PROVER.prove(longer));
    assertEquals("the witness has 7 wires, but the key is for 6", refused.getMessage());
  }

  @Test
  void aKeyWithoutACeremonyIsRefusedAndForgeable() throws Exception {
    ProvingKey untouched = Cubic.key(Fr.ONE); // gamma is 1 too
    VerifyingKey vk = untouched.verifyingKey();

    assertThrows(
        UnsafeKeyException.class,
        () -> VerifyingKey.of(vk.alpha(), vk.beta(), vk.gamma(), vk.delta(), vk.ic()));

    // Anyone can prove anything: e(alpha, beta) e(L, g) e(-L, g) = e(alpha, beta).
    List<Fr> falsehood = List.of(Fr.of(1), Fr.of(2));
    G1 statement = vk.ic().get(0).plus(vk.ic().get(1)).plus(vk.ic().get(2).times(Fr.of(2)));
    Proof forged = new Proof(vk.alpha(), vk.beta(), statement.negate());
    assertTrue(Groth16Verifier.of(vk).verify(forged, falsehood));
  }

  @Test
  void keysWithInfinitiesOrTheGeneratorAsDeltaAreRefused() throws Exception {
    G1 p = G1.GENERATOR.times(Fr.of(7));
    G2 q = G2.GENERATOR.times(Fr.of(8));
    G2 g = G2.GENERATOR;
    List<G1> ic = List.of(p, p);

    VerifyingKey.of(p, q, g, q, ic);
    assertRefused("infinity", G1.INFINITY, q, g, q, ic);
    assertRefused("infinity", p, G2.INFINITY, g, q, ic);
    assertRefused("infinity", p, q, G2.INFINITY, q, ic);
    assertRefused("infinity", p, q, g, G2.INFINITY, ic);
    assertRefused("delta equals gamma", p, q, q, q, ic);
    assertRefused("delta is the generator", p, q, q, g, ic);
    assertRefused("public signal 0 is bound to nothing", p, q, g, q, List.of(p, G1.INFINITY));
    assertRefused("IC[0] is infinity", p, q, g, q, List.of(G1.INFINITY, p));
  }

  private static void assertRefused(
      String reason, G1 alpha, G2 beta, G2 gamma, G2 delta, List<G1> ic) {
    UnsafeKeyException refused =
        assertThrows(
            UnsafeKeyException.class, () -> VerifyingKey.of(alpha, beta, gamma, delta, ic));
    assertTrue(String.valueOf(refused.getMessage()).contains(reason), refused.toString());
  }

  @Test
  void batchesHoldAndTheirCulpritsAreFound() throws Exception {
    List<Claim> claims = new ArrayList<>();
    for (int x = 0; x < 9; x++) {
      claims.add(new Claim(PROVER.prove(Cubic.witness(x, x)), Cubic.signals(x, x)));
    }
    assertTrue(VERIFIER.verifyBatch(claims));
    assertTrue(VERIFIER.verifyBatch(List.of()));
    assertEquals(List.of(), VERIFIER.findInvalid(claims));

    claims.set(4, new Claim(claims.get(4).proof(), Cubic.signals(4, 5)));
    claims.set(8, new Claim(claims.get(8).proof(), List.of()));
    assertFalse(VERIFIER.verifyBatch(claims));
    assertEquals(List.of(4, 8), VERIFIER.findInvalid(claims));
  }

  @Test
  void errorsThatCancelOutDoNotPassABatch() throws Exception {
    Claim one = new Claim(PROVER.prove(Cubic.witness(3, 1)), Cubic.signals(3, 1));
    Claim two = new Claim(PROVER.prove(Cubic.witness(4, 2)), Cubic.signals(4, 2));
    Proof plus = new Proof(one.proof().a(), one.proof().b(), one.proof().c().plus(G1.GENERATOR));
    Proof minus = new Proof(two.proof().a(), two.proof().b(), two.proof().c().minus(G1.GENERATOR));

    assertFalse(
        VERIFIER.verifyBatch(
            List.of(new Claim(plus, one.publicSignals()), new Claim(minus, two.publicSignals()))));
  }

  @Test
  void sixteenThreadsShareAKey() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(16);
    try {
      List<Future<Boolean>> results = new ArrayList<>();
      for (int x = 0; x < 64; x++) {
        int secret = x;
        results.add(
            pool.submit(
                () ->
                    VERIFIER.verify(
                        PROVER.prove(Cubic.witness(secret, 1)), Cubic.signals(secret, 1))));
      }
      for (Future<Boolean> result : results) {
        assertTrue(result.get());
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void cancellationEndsAProofAndProgressIsTold() throws Exception {
    CancellationToken token = new CancellationToken();
    token.cancel();
    Witness witness = Cubic.witness(3, 9);

    assertThrows(
        CancellationException.class,
        () -> PROVER.prove(witness, Execution.defaults().withCancellation(token)));
    assertThrows(
        CancellationException.class,
        () -> PROVER.prove(witness, Execution.defaults().withTimeout(Duration.ofNanos(1))));

    ConcurrentLinkedQueue<Long> steps = new ConcurrentLinkedQueue<>();
    PROVER.prove(
        witness, Execution.sequential().withProgress((phase, done, total) -> steps.add(done)));
    assertEquals(IntStream.rangeClosed(0, 7).mapToObj(i -> (long) i).toList(), List.copyOf(steps));
  }

  @Test
  void domainsAreLargeEnoughOrRefused() {
    assertEquals(1 << 26, ProvingKey.MAX_DOMAIN_SIZE);
    assertEquals(8, Groth16Setup.domain(3, 2).size());
    assertEquals(4, Groth16Setup.domain(3, 0).size());
    for (int constraints : new int[] {(1 << 26) - 2, 1 << 27, Integer.MAX_VALUE}) {
      IllegalArgumentException refused =
          assertThrows(IllegalArgumentException.class, () -> Groth16Setup.domain(constraints, 2));
      assertEquals(
          constraints
              + " constraints and 2 public signals need a domain of "
              + (constraints + 3L)
              + " rows, more than 67108864",
          refused.getMessage());
    }
  }

  @Test
  void partsOfKeysMustFitTogether() {
    ProvingKey key = Cubic.KEY;

    assertThrows(
        IllegalArgumentException.class,
        () ->
            ProvingKey.of(
                key.verifyingKey(),
                key.beta1(),
                key.delta1(),
                key.a(),
                key.b(),
                key.aQuery().slice(0, 5),
                key.b1Query(),
                key.b2Query(),
                key.cQuery(),
                key.hQuery()));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            ProvingKey.of(
                key.verifyingKey(),
                key.beta1(),
                key.delta1(),
                key.a(),
                key.b(),
                key.aQuery(),
                key.b1Query(),
                key.b2Query(),
                key.cQuery(),
                key.hQuery().slice(0, 7)));
  }

  /** With delta infinity in G1, A would be unblinded in proofs that hold. */
  @Test
  void betaAndDeltaMustBeTheSameInBothGroups() {
    ProvingKey key = Cubic.KEY;
    G1 beta = key.beta1();
    G1 delta = key.delta1();

    of(VK, beta, delta, key.b1Query());
    G1Vector none = G1Vector.infinities(key.wires());
    refused("delta1 is infinity", VK, G1.INFINITY, G1.INFINITY, none);
    refused("delta1 is infinity", VK, beta, G1.INFINITY, key.b1Query());
    refused("delta1 is not", VK, beta, delta.negate(), key.b1Query());
    refused("delta1 is not", VK, beta, beta, key.b1Query());
    refused("beta1 is not", VK, G1.INFINITY, delta, key.b1Query());
    refused("beta1 is not", VK, delta, delta, key.b1Query());

    VerifyingKey withoutDelta =
        VerifyingKey.ofInsecureDevelopmentKey(
            VK.alpha(), VK.beta(), VK.gamma(), G2.INFINITY, VK.ic());
    refused("delta1 is infinity", withoutDelta, beta, G1.INFINITY, key.b1Query());
    refused("delta1 is not", withoutDelta, beta, delta, key.b1Query());
  }

  private static void refused(
      String reason, VerifyingKey verifyingKey, G1 beta1, G1 delta1, G1Vector b1Query) {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> of(verifyingKey, beta1, delta1, b1Query));
    assertTrue(String.valueOf(refused.getMessage()).contains(reason), refused.toString());
  }

  private static ProvingKey of(VerifyingKey verifyingKey, G1 beta1, G1 delta1, G1Vector b1Query) {
    ProvingKey key = Cubic.KEY;
    return ProvingKey.of(
        verifyingKey,
        beta1,
        delta1,
        key.a(),
        key.b(),
        key.aQuery(),
        b1Query,
        key.b2Query(),
        key.cQuery(),
        key.hQuery());
  }
}
