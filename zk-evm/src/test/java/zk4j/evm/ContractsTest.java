package zk4j.evm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import zk4j.bn254.Fq;
import zk4j.bn254.Fq2;
import zk4j.bn254.Fr;
import zk4j.bn254.G1;
import zk4j.bn254.G2;
import zk4j.bn254.InsecurePowersOfTau;
import zk4j.core.Execution;
import zk4j.groth16.Groth16Prover;
import zk4j.groth16.InsecureSetup;
import zk4j.groth16.Proof;
import zk4j.groth16.ProvingKey;
import zk4j.plonk.PlonkProof;
import zk4j.plonk.PlonkProver;
import zk4j.plonk.PlonkProvingKey;
import zk4j.plonk.PlonkSetup;
import zk4j.r1cs.R1cs;
import zk4j.r1cs.Witness;

/** Contracts on a real virtual machine of Ethereum. Needs Node.js. */
@Tag("peers")
class ContractsTest {
  private static final int SELECTOR = 4;
  private static final int WORD = 32;

  /**
   * A contract with a call that it accepts.
   *
   * @param fqWords how many words of the call, from the first one on, are coordinates
   * @param words how many there are
   */
  private record Deployed(Evm evm, String address, Calldata calldata, int fqWords, int words) {
    byte[] call() {
      return calldata.bytes();
    }

    String answer(byte[] changed) throws IOException {
      return evm.call(address, changed);
    }
  }

  private static final Map<String, Deployed> CONTRACTS = new LinkedHashMap<>();

  private static final Map<String, Proof> PROOFS = new LinkedHashMap<>();

  private static @Nullable Evm evm;

  private static Deployed contract(String name) {
    return Objects.requireNonNull(CONTRACTS.get(name));
  }

  @BeforeAll
  static void deploy(@TempDir Path folder) throws Exception {
    assumeTrue(Evm.isAvailable(), "no Node.js and npm: contracts are not tried");
    Map<String, String> sources = new LinkedHashMap<>();
    Map<String, Calldata> calls = new LinkedHashMap<>();
    for (int signals : new int[] {0, 1, 2, 8}) {
      String name = "Groth16_" + signals;
      Witness witness = Statements.witness(signals);
      ProvingKey key =
          InsecureSetup.provingKey(
              Statements.circuit(signals).r1cs(), new SecureRandom(), Execution.defaults());
      Proof proof = Groth16Prover.of(key).prove(witness);
      sources.put(name, SolidityVerifier.groth16(key.verifyingKey(), name));
      calls.put(name, Calldata.groth16(proof, witness.publicSignals(signals).toList()));
      PROOFS.put(name, proof);
    }
    for (int signals : new int[] {1, 3, 8}) {
      String name = "Plonk_" + signals;
      Witness witness = Statements.witness(signals);
      R1cs circuit = Statements.circuit(signals).r1cs();
      int power = PlonkSetup.requiredPower(circuit);
      PlonkProvingKey key =
          PlonkSetup.provingKey(
              circuit, InsecurePowersOfTau.random(power, new SecureRandom()), Execution.defaults());
      PlonkProof proof = PlonkProver.of(key).prove(witness);
      sources.put(name, SolidityVerifier.plonk(key.verifyingKey(), name));
      calls.put(name, Calldata.plonk(proof, witness.publicSignals(signals).toList()));
    }
    Evm started = Evm.start(folder, sources);
    evm = started;
    for (Map.Entry<String, Calldata> entry : calls.entrySet()) {
      String name = entry.getKey();
      Calldata call = entry.getValue();
      int words = (call.bytes().length - SELECTOR) / WORD;
      int coordinates = name.startsWith("Plonk") ? 18 : 8;
      CONTRACTS.put(
          name, new Deployed(started, started.deploy(name, ""), call, coordinates, words));
    }
  }

  @AfterAll
  static void stop() {
    if (evm != null) {
      evm.close();
    }
  }

  private static void assertRefused(Deployed contract, byte[] call, String what) throws Exception {
    assertEquals(Evm.FALSE, contract.answer(call), what);
  }

  /** The call with one word another. */
  private static byte[] with(byte[] call, int word, BigInteger value) {
    byte[] changed = call.clone();
    byte[] bytes = value.toByteArray();
    for (int i = 0; i < WORD; i++) {
      int from = bytes.length - WORD + i;
      changed[SELECTOR + WORD * word + i] = from < 0 ? 0 : bytes[from];
    }
    return changed;
  }

  private static BigInteger word(byte[] call, int word) {
    int from = SELECTOR + WORD * word;
    return new BigInteger(1, Arrays.copyOfRange(call, from, from + WORD));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Groth16_0",
        "Groth16_1",
        "Groth16_2",
        "Groth16_8",
        "Plonk_1",
        "Plonk_3",
        "Plonk_8"
      })
  void aProofIsAcceptedAndNothingElse(String name) throws Exception {
    Deployed contract = contract(name);
    byte[] call = contract.call();
    assertEquals(Evm.TRUE, contract.answer(call));
    BigInteger all = BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE);
    for (int i = 0; i < contract.words; i++) {
      BigInteger honest = word(call, i);
      BigInteger modulus = i < contract.fqWords ? Fq.MODULUS : Fr.MODULUS;
      for (BigInteger other :
          List.of(
              honest.add(BigInteger.ONE),
              honest.xor(BigInteger.ONE),
              honest.add(modulus),
              modulus,
              BigInteger.ZERO,
              all)) {
        if (!other.equals(honest)) {
          assertRefused(contract, with(call, i, other), "word " + i + " " + other);
        }
      }
    }
  }

  @Test
  void pointsAtInfinityAndOfOtherGroupsAreRefused() throws Exception {
    Deployed contract = contract("Groth16_2");
    List<Fr> signals = List.of(Fr.of(9), Fr.of(-1));
    Proof proof = Objects.requireNonNull(PROOFS.get("Groth16_2"));
    for (Proof other :
        List.of(
            new Proof(G1.INFINITY, proof.b(), proof.c()),
            new Proof(proof.a(), G2.INFINITY, proof.c()),
            new Proof(proof.a(), proof.b(), G1.INFINITY),
            new Proof(G1.INFINITY, G2.INFINITY, G1.INFINITY),
            new Proof(proof.a().negate(), proof.b(), proof.c()),
            new Proof(G1.GENERATOR, G2.GENERATOR, G1.GENERATOR))) {
      assertRefused(contract, Calldata.groth16(other, signals).bytes(), "" + other);
    }
    Proof negated = new Proof(proof.a().negate(), proof.b().negate(), proof.c());
    assertEquals(
        Evm.TRUE,
        contract.answer(Calldata.groth16(negated, signals).bytes()),
        "it proves the same statement");
  }

  @Test
  void aPointOfTheTwistOutsideOfTheSubgroupIsRefused() throws Exception {
    Fq2 b = Fq2.of(Fq.of(3), Fq.ZERO).times(Fq2.of(Fq.of(9), Fq.ONE).inverse());
    Fq2 x = Fq2.ZERO;
    Fq2 y;
    do { // a point of the twist is in the subgroup with chance 2^-254
      x = x.plus(Fq2.ONE);
      y = root(x.square().times(x).plus(b));
    } while (!y.square().equals(x.square().times(x).plus(b)));
    Deployed contract = contract("Groth16_1");
    byte[] call = with(contract.call(), 2, x.c1().toBigInteger());
    call = with(call, 3, x.c0().toBigInteger());
    call = with(call, 4, y.c1().toBigInteger());
    call = with(call, 5, y.c0().toBigInteger());
    assertRefused(contract, call, "x is " + x);
  }

  /**
   * A square root, if there is one: G. Adj, F. Rodriguez-Henriquez (ePrint 2012/685), algorithm 9.
   */
  private static Fq2 root(Fq2 a) {
    Fq2 power = a.pow(Fq.MODULUS.shiftRight(2));
    Fq2 alpha = power.square().times(a);
    Fq2 x = power.times(a);
    return alpha.equals(Fq2.ONE.negate())
        ? x.times(Fq2.of(Fq.ZERO, Fq.ONE))
        : x.times(alpha.plus(Fq2.ONE).pow(Fq.MODULUS.shiftRight(1)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Groth16_2", "Plonk_3"})
  void callsThatAreTooShortRevertAndTooLittleGasIsNoProof(String name) throws Exception {
    Deployed contract = contract(name);
    byte[] call = contract.call();
    assertEquals("reverted", contract.answer(Arrays.copyOf(call, call.length - 1)));
    int accepted = 0;
    for (long gas = 30_000; gas < 400_000; gas += 5_000) {
      String result = contract.evm.call(contract.address, call, gas);
      assertTrue(
          List.of("reverted", Evm.FALSE, Evm.TRUE).contains(result), gas + " gas: " + result);
      accepted += result.equals(Evm.TRUE) ? 1 : 0;
    }
    assertNotEquals(0, accepted);
  }

  @Test
  void gasIsThatOfTheDocumentation() throws Exception {
    List<String> found = new ArrayList<>();
    boolean close = true;
    for (Map.Entry<String, Deployed> entry : CONTRACTS.entrySet()) {
      Deployed contract = entry.getValue();
      List<String> sent = contract.evm.send(contract.address, contract.call());
      assertEquals("ok", sent.get(0));
      found.add(entry.getKey() + " " + sent.get(1));
      int signals = Integer.parseInt(entry.getKey().replaceAll(".*_", ""));
      int expected =
          entry.getKey().startsWith("Plonk")
              ? 302_000 + 1_330 * signals
              : 207_200 + 6_750 * signals;
      close &= Math.abs(Integer.parseInt(sent.get(1)) - expected) < 1_500;
    }
    assertTrue(close, found.toString());
  }
}
