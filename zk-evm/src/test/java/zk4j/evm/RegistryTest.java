package zk4j.evm;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.math.BigInteger;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.bouncycastle.jcajce.provider.digest.Keccak;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import zk4j.bn254.Fr;
import zk4j.circuit.CompiledCircuit;
import zk4j.circuit.Inputs;
import zk4j.core.Execution;
import zk4j.eddsa.SigningKey;
import zk4j.groth16.Groth16Prover;
import zk4j.groth16.InsecureSetup;
import zk4j.groth16.Proof;
import zk4j.groth16.ProvingKey;
import zk4j.merkle.MerkleTree;
import zk4j.r1cs.Witness;
import zk4j.stream.Channel;
import zk4j.stream.Device;
import zk4j.stream.SealedWindow;
import zk4j.stream.SubjectSecret;
import zk4j.stream.Window;
import zk4j.stream.WindowFormat;
import zk4j.stream.statement.StatementCircuit;
import zk4j.stream.statement.Statements;

/** The registry on a real virtual machine, with proofs about signed windows. Needs Node.js. */
@Tag("peers")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RegistryTest {
  private static final WindowFormat FORMAT =
      new WindowFormat(new Channel("heart-rate/min", 8, Duration.ofMinutes(1)), 12);

  /** In 2100, so that the chain's time, which is now at first, may be set to what follows. */
  private static final Instant START = Instant.parse("2100-01-01T00:00:00Z");

  private static final long END = START.plus(FORMAT.length()).getEpochSecond();
  private static final int POLICY = 7;
  private static final int LIMIT = 120;
  private static final int REGISTRY_GAS = 320_000;
  private static final Fr AUDIENCE = Fr.of(99);

  private static @Nullable Evm started;
  private static String registry = "";
  private static String verifier = "";
  private static Fr enrolment = Fr.ZERO;

  /** Proofs of two windows, one after the other. */
  private static final List<Proof> PROOFS = new ArrayList<>();

  private static final List<List<Fr>> SIGNALS = new ArrayList<>();

  @BeforeAll
  static void deploy(@TempDir Path folder) throws Exception {
    assumeTrue(Evm.isAvailable(), "no Node.js and npm: the registry is not tried");
    StatementCircuit statement = new StatementCircuit(FORMAT, Statements.allBelow());
    CompiledCircuit circuit = CompiledCircuit.of(statement);
    ProvingKey key =
        InsecureSetup.provingKey(circuit.r1cs(), new SecureRandom(), Execution.defaults());
    Evm evm =
        Evm.start(
            folder,
            Map.of(
                "Verifier",
                SolidityVerifier.groth16(key.verifyingKey(), "Verifier"),
                "ProofRegistry",
                SolidityVerifier.registry()));
    started = evm;
    verifier = evm.deploy("Verifier", "");
    registry = evm.deploy("ProofRegistry", "");

    SubjectSecret secret = SubjectSecret.generate(new SecureRandom());
    SigningKey signingKey = SigningKey.generate(new SecureRandom());
    MerkleTree devices = MerkleTree.ofDepth(StatementCircuit.ENROLMENT_DEPTH);
    devices.append(StatementCircuit.enrolmentLeaf(signingKey.publicKey(), secret.subject()));
    enrolment = devices.root();
    Device device = new Device(signingKey, secret.subject(), null, new SecureRandom());
    int[] readings = new int[FORMAT.slots()];
    Arrays.fill(readings, 80);
    Groth16Prover prover = Groth16Prover.of(key);
    for (int i = 0; i < 2; i++) {
      Instant start = START.plus(FORMAT.length().multipliedBy(i));
      SealedWindow sealed = device.seal(Window.of(FORMAT, start, readings));
      Inputs inputs =
          statement
              .inputs(sealed, secret, devices.prove(0), sender(evm), AUDIENCE, 10)
              .and("limit", LIMIT);
      Witness witness = circuit.witness(inputs);
      PROOFS.add(prover.prove(witness));
      SIGNALS.add(witness.publicSignals(circuit.r1cs().publicSignals()).toList());
    }
    assertEquals("ok", evm.send(registry, policy(LIMIT)).get(0));
  }

  @AfterAll
  static void stop() {
    if (started != null) {
      started.close();
    }
  }

  private static Evm evm() {
    return Objects.requireNonNull(started);
  }

  private static Fr sender(Evm evm) throws Exception {
    return Fr.of(new BigInteger(evm.sender().substring(2), 16));
  }

  private static byte[] keccak(byte[] bytes) {
    return new Keccak.Digest256().digest(bytes);
  }

  private static String selector(String function) {
    return HexFormat.of().formatHex(keccak(function.getBytes(US_ASCII)), 0, 4);
  }

  private static String word(BigInteger value) {
    return "%064x".formatted(value);
  }

  private static String word(long value) {
    return word(BigInteger.valueOf(value));
  }

  private static byte[] policy(int limit) {
    String types = "(address,bytes4,uint64,uint64,uint64,uint256,uint256,bytes32)";
    String parameters = HexFormat.of().formatHex(keccak(HexFormat.of().parseHex(word(limit))));
    return HexFormat.of()
        .parseHex(
            selector("addPolicy(uint256," + types + ")")
                + word(POLICY)
                + word(new BigInteger(verifier.substring(2), 16))
                + selector("verifyProof(uint256[2],uint256[2][2],uint256[2],uint256[9])")
                + "0".repeat(56)
                + word(FORMAT.length().toMillis())
                + word(3600)
                + word(10)
                + word(AUDIENCE.toBigInteger())
                + word(enrolment.toBigInteger())
                + parameters);
  }

  private static byte[] submission(int policy, Proof proof, List<Fr> signals) {
    StringBuilder words = new StringBuilder();
    words.append(selector("submit(uint256,uint256[2],uint256[2][2],uint256[2],uint256[])"));
    words.append(word(policy));
    for (BigInteger value : Words.of(proof.a())) {
      words.append(word(value));
    }
    for (BigInteger value : Words.of(proof.b())) {
      words.append(word(value));
    }
    for (BigInteger value : Words.of(proof.c())) {
      words.append(word(value));
    }
    words.append(word(32 * 10)).append(word(signals.size()));
    signals.forEach(signal -> words.append(word(signal.toBigInteger())));
    return HexFormat.of().parseHex(words);
  }

  /** Asserts that a call reverts with an error. */
  private static void assertReverts(String error, byte[] call) throws Exception {
    String answer = evm().simulate(registry, call);
    assertTrue(answer.contains(selector(error)), error + ": " + answer);
    assertEquals("reverted", evm().send(registry, call).get(0), error);
  }

  private static List<Fr> with(List<Fr> signals, int index, Fr value) {
    List<Fr> changed = new ArrayList<>(signals);
    changed.set(index, value);
    return changed;
  }

  @Test
  @Order(1)
  void aWindowThatIsNotOverIsRefused() throws Exception {
    assertReverts("NotOver()", submission(POLICY, PROOFS.get(0), SIGNALS.get(0)));
  }

  @Test
  @Order(2)
  void whatIsNotAskedForIsRefused() throws Exception {
    evm().nextBlockAt(END + 60);
    Proof proof = PROOFS.get(0);
    List<Fr> signals = SIGNALS.get(0);
    assertReverts("UnknownPolicy()", submission(POLICY + 1, proof, signals));
    for (int i : new int[] {0, 4, 5, 8}) {
      List<Fr> other = with(signals, i, signals.get(i).plus(Fr.ONE));
      assertReverts("NotAsked(uint256)", submission(POLICY, proof, other));
    }
    assertReverts("NotAsked(uint256)", submission(POLICY, proof, with(signals, 7, Fr.of(9))));
    assertReverts("NotAsked(uint256)", submission(POLICY, proof, signals.subList(0, 7)));
    assertReverts("NotYours()", submission(POLICY, proof, with(signals, 3, Fr.of(5))));
    // Signals that no policy compares are bound by the proof.
    for (int i : new int[] {1, 2}) {
      List<Fr> other = with(signals, i, signals.get(i).plus(Fr.ONE));
      assertReverts("InvalidProof()", submission(POLICY, proof, other));
    }
    assertReverts("InvalidProof()", submission(POLICY, proof, with(signals, 7, Fr.of(12))));
    Proof mauled = new Proof(proof.a(), proof.b(), proof.c().negate());
    assertReverts("InvalidProof()", submission(POLICY, mauled, signals));
    List<Fr> more = new ArrayList<>(signals);
    more.add(Fr.ZERO);
    assertReverts("NotAsked(uint256)", submission(POLICY, proof, more));
  }

  @Test
  @Order(3)
  void aProofIsAcceptedOnce() throws Exception {
    Proof proof = PROOFS.get(0);
    List<Fr> signals = SIGNALS.get(0);
    List<String> sent = evm().send(registry, submission(POLICY, proof, signals));
    assertEquals("ok", sent.get(0));
    assertTrue(Integer.parseInt(sent.get(1)) < REGISTRY_GAS, sent.get(1));
    String event = sent.get(2);
    for (BigInteger value :
        List.of(
            BigInteger.valueOf(POLICY),
            signals.get(2).toBigInteger(),
            signals.get(1).toBigInteger(),
            BigInteger.valueOf(END))) {
      assertTrue(event.contains(word(value)), event);
    }
    assertReverts("Replayed()", submission(POLICY, proof, signals));
    // Another proof of the same statement, which anybody can make of the first.
    Proof other = new Proof(proof.a().negate(), proof.b().negate(), proof.c());
    assertReverts("Replayed()", submission(POLICY, other, signals));
  }

  @Test
  @Order(4)
  void aWindowOfLongAgoIsRefusedAndAPolicyThatIsWithdrawnToo() throws Exception {
    byte[] second = submission(POLICY, PROOFS.get(1), SIGNALS.get(1));
    evm().nextBlockAt(END + FORMAT.length().toSeconds() + 3600 + 1);
    assertReverts("Stale()", second);
    byte[] withdraw = HexFormat.of().parseHex(selector("withdrawPolicy(uint256)") + word(POLICY));
    assertEquals("ok", evm().send(registry, withdraw).get(0));
    assertReverts("UnknownPolicy()", second);
  }

  @Test
  @Order(5)
  void aListenerHearsOfTheProofThatWasAccepted(@TempDir Path folder) throws Exception {
    List<AcceptedProof> taken = new ArrayList<>();
    RegistryListener.Settings settings =
        new RegistryListener.Settings(
            evm().node(), 31337, registry, 0, 2, 1000, Duration.ofSeconds(30));
    Path file = folder.resolve("next");
    RegistryListener listener = RegistryListener.open(settings, file, taken::add);
    assertEquals(1, listener.poll());
    AcceptedProof proof = taken.get(0);
    List<Fr> signals = SIGNALS.get(0);
    assertEquals(BigInteger.valueOf(POLICY), proof.policy());
    assertEquals(signals.get(2), proof.nullifier());
    assertEquals(signals.get(1), proof.pseudonym());
    assertEquals(Instant.ofEpochSecond(END), proof.windowEnd());
    assertEquals(evm().sender().toLowerCase(Locale.ROOT), proof.sender());
    assertEquals(0, RegistryListener.open(settings, file, taken::add).poll());
    assertTrue(listener.next() > proof.block());
  }
}
