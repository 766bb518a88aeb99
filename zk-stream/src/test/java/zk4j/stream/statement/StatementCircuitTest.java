package zk4j.stream.statement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import zk4j.bn254.Fr;
import zk4j.circuit.CompiledCircuit;
import zk4j.circuit.Inputs;
import zk4j.core.Execution;
import zk4j.groth16.Groth16Prover;
import zk4j.groth16.Groth16Verifier;
import zk4j.groth16.InsecureSetup;
import zk4j.groth16.Proof;
import zk4j.groth16.ProvingKey;
import zk4j.merkle.MerkleProof;
import zk4j.merkle.MerkleTree;
import zk4j.r1cs.Witness;
import zk4j.stream.Samples;
import zk4j.stream.SealedWindow;
import zk4j.stream.SubjectSecret;
import zk4j.stream.WindowFormat;
import zk4j.testing.CircuitTester;

class StatementCircuitTest {
  private static final Fr CHALLENGE = Fr.of(31_337);
  private static final Fr AUDIENCE = Fr.of(5);

  private static final StatementCircuit CIRCUIT =
      new StatementCircuit(Samples.MINUTES, Statements.allBelow());

  private static final CircuitTester TESTER = CircuitTester.of(CIRCUIT);

  private static final SealedWindow SEALED =
      Samples.device(1).seal(Samples.window(60, -1, 62, 63, 64, 65, 66, 67, 68, 69, 70, 119));

  private static final MerkleProof ENROLLED = enrolled();

  private static MerkleProof enrolled() {
    MerkleTree devices = MerkleTree.ofDepth(StatementCircuit.ENROLMENT_DEPTH);
    for (int seed : new int[] {2, 1, 3}) {
      devices.append(
          StatementCircuit.enrolmentLeaf(Samples.key(seed).publicKey(), Samples.SECRET.subject()));
    }
    return devices.prove(1);
  }

  private static Inputs inputs(int minimumPresent, int limit) {
    return CIRCUIT
        .inputs(SEALED, Samples.SECRET, ENROLLED, CHALLENGE, AUDIENCE, minimumPresent)
        .and("limit", limit);
  }

  private static Fr[] expected(long holds) {
    Fr scope = CIRCUIT.scope(AUDIENCE, SEALED.window().start());
    return new Fr[] {
      Fr.of(holds), Samples.SECRET.pseudonym(AUDIENCE), Samples.SECRET.nullifier(scope)
    };
  }

  @Test
  void aSignedWindowOfAnEnrolledDeviceIsOpened() {
    TESTER
        .accepts(inputs(11, 120), expected(1))
        .accepts(inputs(11, 119), expected(0))
        .accepts(inputs(12, 120), expected(0))
        .isDetermined();
  }

  @Test
  void nothingOfItMayBeExchanged() {
    List<String> free = List.of("challenge", "audience", "minimumPresent", "limit");
    inputs(11, 120)
        .values()
        .forEach(
            (name, values) -> {
              for (int i = 0; i < (free.contains(name) ? 0 : values.size()); i++) {
                TESTER.refuses(Exchanged.element(inputs(11, 120), name, i));
              }
            });
  }

  @Test
  void aForeignDeviceOrAnotherPersonIsRefused() {
    SealedWindow foreign = Samples.device(9).seal(SEALED.window());
    TESTER
        .refuses(
            CIRCUIT
                .inputs(foreign, Samples.SECRET, ENROLLED, CHALLENGE, AUDIENCE, 0)
                .and("limit", 120))
        .refuses(
            CIRCUIT
                .inputs(SEALED, new SubjectSecret(Fr.of(8)), ENROLLED, CHALLENGE, AUDIENCE, 0)
                .and("limit", 120));
  }

  @Test
  void theNullifierIsOfStatementWindowAndAudience() {
    Instant start = SEALED.window().start();
    Fr scope = CIRCUIT.scope(AUDIENCE, start);
    StatementCircuit other = new StatementCircuit(Samples.MINUTES, Statements.maximumIs());
    assertFalse(scope.equals(other.scope(AUDIENCE, start)));
    assertFalse(scope.equals(CIRCUIT.scope(Fr.of(6), start)));
    assertFalse(scope.equals(CIRCUIT.scope(AUDIENCE, Samples.later(1).start())));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new StatementCircuit(WindowFormat.SPO2_HOUR, Statements.allBelow())
                .inputs(SEALED, Samples.SECRET, ENROLLED, CHALLENGE, AUDIENCE, 0));
  }

  @Test
  void aProofHoldsForItsChallengeAlone() throws Exception {
    CompiledCircuit circuit = CompiledCircuit.of(CIRCUIT);
    ProvingKey key =
        InsecureSetup.provingKey(circuit.r1cs(), new SecureRandom(), Execution.defaults());
    Witness witness = circuit.witness(inputs(11, 120));
    Proof proof = Groth16Prover.of(key).prove(witness);
    List<Fr> signals =
        new ArrayList<>(witness.publicSignals(circuit.r1cs().publicSignals()).toList());
    Groth16Verifier verifier = Groth16Verifier.of(key.verifyingKey());
    assertTrue(verifier.verify(proof, signals));
    assertEquals(List.of(Fr.ONE, Samples.SECRET.pseudonym(AUDIENCE)), signals.subList(0, 2));
    for (int i = 0; i < signals.size(); i++) {
      Fr honest = signals.set(i, signals.get(i).plus(Fr.ONE));
      assertFalse(verifier.verify(proof, signals), "signal " + i);
      signals.set(i, honest);
    }
  }
}
