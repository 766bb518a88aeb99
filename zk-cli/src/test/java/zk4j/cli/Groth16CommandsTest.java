package zk4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import zk4j.bn254.Fr;

final class Groth16CommandsTest {
  private static final Path ZKEY = Zk.fixture("multiplier", "circuit.zkey");
  private static final Path WTNS = Zk.fixture("multiplier", "witness.wtns");
  private static final Path R1CS = Zk.fixture("multiplier", "circuit.r1cs");
  private static final Path KEY = Zk.fixture("multiplier", "verification_key.json");
  private static final Path PUBLIC = Zk.fixture("multiplier", "public.json");
  private static final Path PROOF = Zk.fixture("multiplier", "proof.json");

  @TempDir Path folder;

  private Path proof() {
    return folder.resolve("proof.json");
  }

  private Path signals() {
    return folder.resolve("public.json");
  }

  private Zk.Result prove(Object zkey, Object wtns, Object... options) {
    Object[] args = {"groth16", "prove", zkey, wtns, proof(), signals()};
    Object[] all = Arrays.copyOf(args, args.length + options.length);
    System.arraycopy(options, 0, all, args.length, options.length);
    return Zk.run(all);
  }

  private void assertNothingWritten() {
    assertEquals(List.of(), List.of(folder.toFile().list((f, name) -> name.contains("p"))));
  }

  @Test
  void provesWhatVerifies() throws IOException {
    Zk.Result proven = prove(ZKEY, WTNS).exits(0);
    assertEquals("", proven.out());
    assertTrue(proven.err().startsWith("wrote " + proof() + " and " + signals()), proven.err());
    assertEquals(Files.readString(PUBLIC), Files.readString(signals()));
    assertEquals(
        "valid", Zk.run("groth16", "verify", KEY, signals(), proof()).exits(0).out().strip());

    Map<String, Object> json = prove(ZKEY, WTNS, "--r1cs", R1CS, "--json").exits(0).json();
    assertEquals(List.of("33"), json.get("publicSignals"));
    assertEquals(proof().toString(), json.get("proof"));
    Zk.run("groth16", "verify", KEY, signals(), proof()).exits(0);
  }

  @Test
  void fullproveCalculatesTheWitnessToo() throws IOException {
    Path input = Zk.fixture("multiplier", "input.json");
    Path wasm = Zk.fixture("multiplier", "circuit.wasm");
    Zk.run("groth16", "fullprove", input, wasm, ZKEY, proof(), signals()).exits(0);
    assertEquals(Files.readString(PUBLIC), Files.readString(signals()));
    Zk.run("groth16", "verify", KEY, signals(), proof()).exits(0);

    Files.writeString(folder.resolve("input.json"), "{\"a\": 1, \"b\": 2}");
    Zk.run("groth16", "fullprove", folder.resolve("input.json"), wasm, ZKEY, "p", "s").exits(1);
  }

  @Test
  void anUnsatisfiedWitnessIsInvalidAndLeavesNoFiles() throws IOException {
    Path wtns = Witnesses.with(WTNS, 1, Fr.of(34), folder.resolve("tampered"));
    Files.delete(Files.move(wtns, folder.resolve("w")));
    wtns = Witnesses.with(WTNS, 1, Fr.of(34), folder.resolve("w"));

    Zk.Result blind = prove(ZKEY, wtns).exits(1);
    assertTrue(blind.err().contains("does not satisfy the circuit"), blind.err());
    Zk.Result named = prove(ZKEY, wtns, "--r1cs", R1CS).exits(1);
    assertTrue(named.err().startsWith("zk: constraint 2 does not hold"), named.err());
    assertTrue(named.err().contains("main.c = 34"), named.err());
    assertNothingWritten();
  }

  @Test
  void filesOfDifferentCircuitsAreRefused() {
    Path single = Zk.fixture("single", "witness.wtns");
    Zk.Result witness = prove(ZKEY, single).exits(1);
    assertTrue(witness.err().contains("3 wires"), witness.err());
    Zk.Result circuit = prove(ZKEY, WTNS, "--r1cs", Zk.fixture("single", "circuit.r1cs")).exits(2);
    assertTrue(circuit.err().contains("different circuits"), circuit.err());
    assertNothingWritten();
  }

  @Test
  void theKeysPointsAreCheckedUnlessTrusted() throws IOException {
    byte[] bytes = Files.readAllBytes(ZKEY);
    int hQuery = 9;
    bytes[Zk.section(bytes, hQuery)] ^= 1;
    Path zkey = Files.write(folder.resolve("bent.zkey"), bytes);
    Zk.Result checked = prove(zkey, WTNS).exits(2);
    assertTrue(checked.err().contains("bent.zkey, section 9 (H)"), checked.err());
    // Read as it is, it makes a proof that does not hold.
    prove(zkey, WTNS, "--trust-key-points").exits(1);
    prove(ZKEY, WTNS, "--trust-key-points").exits(0);
  }

  @Test
  void aKeyWithoutContributionIsRefusedUnlessAllowed() {
    Path zkey = Zk.fixture("single", "untouched.zkey");
    Path key = Zk.fixture("single", "untouched_verification_key.json");
    Path wtns = Zk.fixture("single", "witness.wtns");

    Zk.Result refused = prove(zkey, wtns).exits(2);
    assertTrue(refused.err().contains("unsafe key refused"), refused.err());
    assertNothingWritten();

    Zk.Result allowed = prove(zkey, wtns, "--allow-insecure-key").exits(0);
    assertTrue(allowed.err().startsWith("zk: warning: unsafe key"), allowed.err());
    Zk.run("groth16", "verify", key, signals(), proof()).exits(2);
    Zk.run("groth16", "verify", key, signals(), proof(), "--allow-insecure-key").exits(0);
  }

  @Test
  void makesInsecureKeysForDevelopment() {
    Path zkey = folder.resolve("dev.zkey");
    Path key = folder.resolve("dev.json");
    Zk.Result made = Zk.run("groth16", "setup-insecure", R1CS, zkey).exits(0);
    assertTrue(made.err().contains("--allow-insecure-key"), made.err());
    Zk.Result refused = prove(zkey, WTNS).exits(2);
    assertTrue(refused.err().contains("unsafe key refused: "), refused.err());
    assertTrue(refused.err().contains("no contribution"), refused.err());
    Zk.run("zkey", "export", "verificationkey", zkey, key).exits(2);
    Zk.run("bench", "groth16", zkey, WTNS, "--runs", 1).exits(2);
    assertNothingWritten();

    Zk.run("zkey", "export", "verificationkey", zkey, key, "--allow-insecure-key").exits(0);
    prove(zkey, WTNS, "--allow-insecure-key").exits(0);
    Zk.run("bench", "groth16", zkey, WTNS, "--runs", 1, "--allow-insecure-key").exits(0);
    // A verification key says nothing of the ceremony.
    Zk.run("groth16", "verify", key, signals(), proof()).exits(0);
    Zk.run("groth16", "verify", KEY, signals(), proof()).exits(1);
  }

  @Test
  void setsUpAsSnarkjsDoes() throws IOException {
    Path powers = Zk.fixture("setup", "powers.ptau");
    Path zkey = folder.resolve("first.zkey");
    Zk.Result made = Zk.run("groth16", "setup", R1CS, powers, zkey).exits(0);
    assertArrayEquals(
        Files.readAllBytes(Zk.fixture("setup", "multiplier.zkey")), Files.readAllBytes(zkey));
    assertTrue(made.err().contains("warning: nobody has contributed"), made.err());
    Object hash = Zk.run("zkey", "info", zkey, "--json").exits(0).json().get("circuitHash");
    assertTrue(made.err().contains("circuit hash " + hash), made.err());
    Zk.Result json = Zk.run("groth16", "setup", R1CS, powers, zkey, "--json").exits(0);
    assertEquals(hash, json.json().get("circuitHash"));
    assertTrue(json.err().contains("warning: nobody has contributed"), json.err());

    Zk.Result refused = prove(zkey, WTNS).exits(2);
    assertTrue(refused.err().contains("nobody has contributed"), refused.err());
    Zk.run("zkey", "export", "verificationkey", zkey, folder.resolve("k.json")).exits(2);
    prove(zkey, WTNS, "--allow-insecure-key").exits(0);
  }

  @Test
  void setupNamesWhatItsFilesLack() {
    Path zkey = folder.resolve("first.zkey");
    Path heartrate = Zk.fixture("heartrate", "circuit.r1cs");
    Path powers = Zk.fixture("setup", "powers.ptau");
    Zk.Result few = Zk.run("groth16", "setup", heartrate, powers, zkey).exits(2);
    assertTrue(few.err().contains("up to 2^4, but " + heartrate), few.err());
    assertTrue(few.err().contains("needs those up to 2^11"), few.err());
    Path unprepared = Zk.fixture("setup", "unprepared.ptau");
    Zk.Result first = Zk.run("groth16", "setup", R1CS, unprepared, zkey).exits(2);
    assertTrue(first.err().contains("snarkjs powersoftau prepare phase2"), first.err());
    Zk.run("groth16", "setup", powers, R1CS, zkey).exits(2);
    assertFalse(Files.exists(zkey));
  }

  @ParameterizedTest
  @ValueSource(strings = {"multiplier", "heartrate", "arrays", "single", "dense"})
  void snarkjsProofsAreValid(String circuit) {
    Zk.run(
            "groth16",
            "verify",
            Zk.fixture(circuit, "verification_key.json"),
            Zk.fixture(circuit, "public.json"),
            Zk.fixture(circuit, "proof.json"))
        .exits(0);
  }

  private Zk.Result verify(String publicJson, String proofJson) throws IOException {
    Files.writeString(signals(), publicJson);
    Files.writeString(proof(), proofJson);
    return Zk.run("groth16", "verify", KEY, signals(), proof());
  }

  @Test
  void whatDoesNotHoldIsInvalid() throws IOException {
    String proof = Files.readString(PROOF);
    assertTrue(verify("[\"34\"]", proof).exits(1).out().contains("pairing equation"));
    assertTrue(verify("[]", proof).exits(1).out().contains("0 public signals"));
    assertTrue(verify("[\"33\", \"0\"]", proof).exits(1).out().contains("2 public signals"));
    String aliased = "[\"" + Fr.MODULUS.add(Fr.of(33).toBigInteger()) + "\"]";
    assertTrue(verify(aliased, proof).exits(1).out().contains("not below the modulus r"));

    // The first digit of A.x makes it another number, and that is on no point of the curve.
    String offCurve = proof.replaceFirst("\"1", "\"");
    assertNotEquals(proof, offCurve);
    Zk.Result result = verify("[\"33\"]", offCurve).exits(1);
    assertTrue(result.out().startsWith("invalid: "), result.out());
    assertTrue(result.out().contains("pi_a"), result.out());

    Map<String, Object> json =
        Zk.run("groth16", "verify", KEY, signals(), proof(), "--json").exits(1).json();
    assertEquals(false, json.get("valid"));
    assertTrue(String.valueOf(json.get("reason")).contains("pi_a"), json.toString());
  }

  @Test
  void theStatementIsIdentified() {
    Map<String, Object> json =
        Zk.run("groth16", "verify", KEY, PUBLIC, PROOF, "--json").exits(0).json();
    assertEquals(true, json.get("valid"));
    assertTrue(String.valueOf(json.get("statementId")).matches("[0-9a-f]{64}"), json.toString());
  }

  @Test
  void whatIsNoProofIsAnError() throws IOException {
    String proof = Files.readString(PROOF);
    verify("[\"33\"]", proof.replace("pi_b", "pi_d")).exits(2);
    verify("[\"33\"]", proof.substring(1)).exits(2);
    verify("{}", proof).exits(2);
    verify("[\"x\"]", proof).exits(2);
    Zk.Result noFile = Zk.run("groth16", "verify", KEY, PUBLIC, "none.json").exits(2);
    assertEquals("zk: none.json: no such file", noFile.err().strip());
    assertFalse(noFile.out().contains("invalid"));
    Zk.Result order = Zk.run("groth16", "verify", KEY, PROOF, PUBLIC).exits(2);
    assertTrue(order.err().contains("proof.json"), order.err());
  }
}
