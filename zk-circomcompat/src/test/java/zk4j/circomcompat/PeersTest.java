package zk4j.circomcompat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import zk4j.bn254.Fq;
import zk4j.bn254.Fr;
import zk4j.bn254.FrVector;
import zk4j.bn254.InsecurePowersOfTau;
import zk4j.bn254.PointValidation;
import zk4j.bn254.SparseMatrix;
import zk4j.circomcompat.witness.CircomInput;
import zk4j.circomcompat.witness.WitnessCalculator;
import zk4j.circuit.CompiledCircuit;
import zk4j.core.Execution;
import zk4j.groth16.Groth16Prover;
import zk4j.groth16.Groth16Setup;
import zk4j.groth16.Groth16Verifier;
import zk4j.groth16.Proof;
import zk4j.groth16.ProvingKey;
import zk4j.plonk.FflonkProver;
import zk4j.plonk.FflonkProvingKey;
import zk4j.plonk.FflonkSetup;
import zk4j.plonk.FflonkVerifier;
import zk4j.plonk.FixedBlinding;
import zk4j.plonk.PlonkProof;
import zk4j.plonk.PlonkProver;
import zk4j.plonk.PlonkProvingKey;
import zk4j.plonk.PlonkSetup;
import zk4j.plonk.PlonkVerifier;
import zk4j.r1cs.R1cs;
import zk4j.r1cs.SignalNames;
import zk4j.r1cs.Witness;

/**
 * snarkjs and zk4j against each other, on circuits that {@code fixtures/ladder/make} makes: each
 * accepts the other's proofs. Needs Node.js.
 */
@Tag("peers")
class PeersTest {
  private static final Path FIXTURES = Path.of("..", "fixtures");
  private static final Path LADDER = Path.of("..", "build", "ladder");

  private final Path folder;

  PeersTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeAll
  static void makeTheLadder() throws Exception {
    assumeTrue(succeeds("node", "--version"), "no Node.js: the comparison with snarkjs is skipped");
    assertTrue(succeeds(FIXTURES.resolve("ladder/make").toString()), "the ladder was not made");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "multiplier",
        "comparators",
        "merkle",
        "sha256",
        "dense13",
        "dense16",
        "semaphore-16",
        "semaphore-20"
      })
  void snarkjsAcceptsOurProofsAndWeAcceptItsOwn(String circuit) throws Exception {
    Path files = LADDER.resolve(circuit);
    Witness witness =
        WitnessCalculator.of(files.resolve("circuit.wasm"))
            .calculate(CircomInput.parse(files.resolve("input.json")));
    Path wtns = folder.resolve("witness.wtns");
    WtnsFile.write(witness, wtns);
    assertArrayEquals(Files.readAllBytes(files.resolve("witness.wtns")), Files.readAllBytes(wtns));

    Path key = files.resolve("verification_key.json");
    try (ZkeyFile zkey = ZkeyFile.open(files.resolve("circuit.zkey"))) {
      assertEquals(VerificationKeyJson.read(key), zkey.verifyingKey());
      if (!circuit.startsWith("semaphore")) { // that one was made by another version of snarkjs
        assertEquals(Files.readString(key), VerificationKeyJson.toJson(zkey.verifyingKey()));
      }
      Groth16Verifier verifier = Groth16Verifier.of(zkey.verifyingKey());
      List<Fr> signals = PublicJson.read(files.resolve("public.json"));
      assertTrue(verifier.verify(ProofJson.read(files.resolve("proof.json")), signals));

      Groth16Prover prover = Groth16Prover.of(zkey.provingKey());
      Proof proof = prove(prover, witness, files.resolve("circuit.r1cs"));
      assertTrue(verifier.verify(proof, signals));
      Path json = folder.resolve("proof.json");
      ProofJson.write(proof, json);
      assertTrue(snarkjsAccepts(key, files.resolve("public.json"), json));
    }
  }

  private static Proof prove(Groth16Prover prover, Witness witness, Path r1cs) throws Exception {
    if (!Files.exists(r1cs)) { // Semaphore publishes none
      return prover.prove(witness);
    }
    return prover.prove(witness, R1csFile.read(r1cs), SignalNames.byWire(), Execution.defaults());
  }

  /**
   * The key that a ceremony begins with is the same file, whoever makes it. From 2^15 on the file
   * depends on whether there are more powers than needed.
   */
  @ParameterizedTest
  @CsvSource({
    "multiplier, 0",
    "comparators, 0",
    "merkle, 1",
    "sha256, 1",
    "dense13, 0",
    "dense16, 0"
  })
  void setupsMakeTheSameFile(String circuit, int morePowers) throws Exception {
    Path circuitFile = LADDER.resolve(circuit).resolve("circuit.r1cs");
    R1cs r1cs = R1csFile.read(circuitFile);
    Execution execution = Execution.defaults();
    Path powersFile = folder.resolve("powers.ptau");
    InsecurePowersOfTau secret =
        InsecurePowersOfTau.random(
            Groth16Setup.requiredPower(r1cs) + morePowers, new SecureRandom());
    PtauFile.writeInsecure(secret, powersFile, execution);
    Path ours = folder.resolve("ours.zkey");
    try (PtauFile powers = PtauFile.open(powersFile)) {
      ProvingKey key = Groth16Setup.provingKey(r1cs, powers, execution);
      ZkeyFile.write(key, MpcTranscript.ofSetup(key, powers, execution), ours);
    }
    Path theirs = folder.resolve("theirs.zkey");
    assertTrue(
        snarkjs(
            "groth16", "setup", circuitFile.toString(), powersFile.toString(), theirs.toString()));
    assertEquals(-1, Files.mismatch(theirs, ours));
  }

  /** PLONK's keys are the same file, and each accepts the other's proofs. */
  @ParameterizedTest
  @ValueSource(strings = {"multiplier", "comparators", "merkle", "dense13"})
  void plonk(String circuit) throws Exception {
    Path files = LADDER.resolve(circuit);
    plonk(files.resolve("circuit.r1cs"), files.resolve("witness.wtns"));
  }

  private void plonk(Path r1csFile, Path wtns) throws Exception {
    R1cs r1cs = R1csFile.read(r1csFile);
    Execution execution = Execution.defaults();
    Path powersFile = powers(PlonkSetup.requiredPower(r1cs));
    Path ours = folder.resolve("ours.zkey");
    PlonkProvingKey key;
    try (PtauFile powers = PtauFile.open(powersFile)) {
      key = PlonkSetup.provingKey(r1cs, powers, execution);
      PlonkZkeyFile.write(key, ours, execution);
    }
    String theirs = folder.resolve("theirs.zkey").toString();
    assertTrue(snarkjs("plonk", "setup", r1csFile.toString(), powersFile.toString(), theirs));
    assertEquals(-1, Files.mismatch(Path.of(theirs), ours));
    String keyFile = folder.resolve("key.json").toString();
    assertTrue(snarkjs("zkey", "export", "verificationkey", theirs, keyFile));
    assertEquals(
        Files.readString(Path.of(keyFile)), PlonkVerificationKeyJson.toJson(key.verifyingKey()));

    String proofFile = folder.resolve("proof.json").toString();
    String signalsFile = folder.resolve("public.json").toString();
    assertTrue(snarkjs("plonk", "prove", theirs, wtns.toString(), proofFile, signalsFile));
    PlonkVerifier verifier = PlonkVerifier.of(key.verifyingKey());
    List<Fr> signals = PublicJson.read(Path.of(signalsFile));
    assertTrue(verifier.verify(PlonkProofJson.read(Path.of(proofFile)), signals));
    PlonkProof proof = PlonkProver.of(key).prove(WtnsFile.read(wtns));
    assertTrue(verifier.verify(proof, signals));
    PlonkProofJson.write(proof, Path.of(proofFile));
    assertTrue(snarkjs("plonk", "verify", keyFile, signalsFile, proofFile));
  }

  private Path powers(int power) throws IOException {
    Path file = folder.resolve("powers.ptau");
    InsecurePowersOfTau secret = InsecurePowersOfTau.random(power, new SecureRandom());
    PtauFile.writeInsecure(secret, file, Execution.defaults());
    return file;
  }

  /**
   * fflonk's keys are the same file, each accepts the other's proofs, and with the same blinding
   * proofs are the same.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ladder/multiplier",
        "ladder/comparators",
        "ladder/merkle",
        "data/comparators",
        "data/dense",
        "data/heartrate"
      })
  void fflonk(String circuit) throws Exception {
    String name = circuit.replaceFirst(".*/", "");
    Path files = (circuit.startsWith("data") ? FIXTURES.resolve("data") : LADDER).resolve(name);
    fflonk(files.resolve("circuit.r1cs"), files.resolve("witness.wtns"));
  }

  private void fflonk(Path r1csFile, Path wtns) throws Exception {
    R1cs r1cs = R1csFile.read(r1csFile);
    Execution execution = Execution.defaults();
    Path powersFile = powers(FflonkSetup.requiredPower(r1cs));
    Path ours = folder.resolve("ours.zkey");
    FflonkProvingKey key;
    try (PtauFile powers = PtauFile.open(powersFile)) {
      key = FflonkSetup.provingKey(r1cs, powers, execution);
      FflonkZkeyFile.write(key, ours, execution);
    }
    String theirs = folder.resolve("theirs.zkey").toString();
    assertTrue(snarkjs("fflonk", "setup", r1csFile.toString(), powersFile.toString(), theirs));
    assertEquals(-1, Files.mismatch(Path.of(theirs), ours));
    String keyFile = folder.resolve("key.json").toString();
    assertTrue(snarkjs("zkey", "export", "verificationkey", theirs, keyFile));
    assertEquals(
        Files.readString(Path.of(keyFile)), FflonkVerificationKeyJson.toJson(key.verifyingKey()));

    String proofFile = folder.resolve("proof.json").toString();
    String signalsFile = folder.resolve("public.json").toString();
    assertTrue(snarkjs("fflonk", "prove", theirs, wtns.toString(), proofFile, signalsFile));
    FflonkVerifier verifier = FflonkVerifier.of(key.verifyingKey());
    List<Fr> signals = PublicJson.read(Path.of(signalsFile));
    assertTrue(verifier.verify(FflonkProofJson.read(Path.of(proofFile)), signals));
    FflonkProver prover = FflonkProver.of(key);
    Witness witness = WtnsFile.read(wtns);
    FflonkProofJson.write(prover.prove(witness), Path.of(proofFile));
    assertTrue(snarkjs("fflonk", "verify", keyFile, signalsFile, proofFile));

    ProcessBuilder blinded =
        process(
            "node",
            FIXTURES.resolve("ladder/fflonk-blinded.mjs").toAbsolutePath().toString(),
            theirs,
            wtns.toAbsolutePath().toString(),
            proofFile);
    assertEquals(0, blinded.directory(LADDER.toFile()).start().waitFor());
    assertEquals(
        FflonkProofJson.read(Path.of(proofFile)),
        FixedBlinding.prove(prover, witness, snarkjssBlinding()));
  }

  /**
   * Of 1 to 9: the first six are blinding in Montgomery form, taken for plain numbers; the others
   * are the coefficients of z's mask from the highest one down.
   */
  private static List<Fr> snarkjssBlinding() {
    Fr montgomery = Fr.reduce(BigInteger.ONE.shiftLeft(256));
    List<Fr> blinding = new ArrayList<>();
    for (int i = 1; i <= 6; i++) {
      blinding.add(Fr.of(i).times(montgomery));
    }
    blinding.addAll(List.of(Fr.of(9), Fr.of(8), Fr.of(7)));
    return blinding;
  }

  /** Terms whose factor is 0 stay in snarkjs's PLONK, but not in its fflonk. */
  @Test
  void termsOfFactorZero() throws Exception {
    Fr one = Fr.ONE;
    Fr none = Fr.ZERO;
    R1cs r1cs =
        R1cs.of(
            0,
            1,
            4,
            6,
            new long[] {0, 1, 2, 3, 4, 5},
            matrix(new Fr[][] {{one}, {none, one, none}, {none}, {none, none}, {one, none}}),
            matrix(
                new Fr[][] {
                  {none, one, one, one, one}, {none, none, one}, {one, one}, {one, one}, {one, one}
                }),
            matrix(
                new Fr[][] {
                  {none, one, one, one, Fr.of(2)},
                  {none, none, none, Fr.of(6)},
                  {none, none, none, none, one},
                  {none, none, none, none, Fr.of(3)},
                  {one, one}
                }));
    Witness witness = Witness.of(FrVector.of(one, Fr.of(2), Fr.of(3), one, none, Fr.of(9)));
    Path r1csFile = folder.resolve("circuit.r1cs");
    Path wtns = folder.resolve("witness.wtns");
    R1csFile.write(r1cs, r1csFile);
    WtnsFile.write(witness, wtns);
    fflonk(r1csFile, wtns);
    plonk(r1csFile, wtns);
  }

  /** A row a line, a column a wire; what is not given has no entry. */
  private static SparseMatrix matrix(Fr[][] rows) {
    int[] starts = new int[rows.length + 1];
    List<Integer> columns = new ArrayList<>();
    List<Fr> values = new ArrayList<>();
    for (int row = 0; row < rows.length; row++) {
      for (int column = 0; column < rows[row].length; column++) {
        columns.add(column);
        values.add(rows[row][column]);
      }
      starts[row + 1] = columns.size();
    }
    return SparseMatrix.of(
        6, starts, columns.stream().mapToInt(i -> i).toArray(), FrVector.copyOf(values));
  }

  /** What a circuit written in Java exports is all that snarkjs needs. */
  @ParameterizedTest
  @EnumSource
  void snarkjsProvesCircuitsWrittenInJava(JavaCircuit java) throws Exception {
    CompiledCircuit compiled = CompiledCircuit.of(java.circuit);
    Witness witness = compiled.witness(java.inputs);
    String r1cs = folder.resolve("circuit.r1cs").toString();
    String wtns = folder.resolve("witness.wtns").toString();
    String zkey = folder.resolve("circuit.zkey").toString();
    Path key = folder.resolve("verification_key.json");
    Path proof = folder.resolve("proof.json");
    Path signals = folder.resolve("public.json");
    R1csFile.write(compiled.r1cs(), Path.of(r1cs));
    WtnsFile.write(witness, Path.of(wtns));
    SymFile.write(SymFile.signals(compiled), folder.resolve("circuit.sym"));
    assertTrue(snarkjs("wtns", "check", r1cs, wtns));
    String json = folder.resolve("r1cs.json").toString();
    assertTrue(snarkjs("r1cs", "print", r1cs, folder.resolve("circuit.sym").toString()));
    assertTrue(snarkjs("r1cs", "export", "json", r1cs, json));
    String powers = LADDER.resolve("powers.ptau").toString();
    assertTrue(snarkjs("groth16", "setup", r1cs, powers, zkey));
    assertTrue(snarkjs("zkey", "export", "verificationkey", zkey, key.toString()));
    assertTrue(snarkjs("groth16", "prove", zkey, wtns, proof.toString(), signals.toString()));

    try (ZkeyFile file = ZkeyFile.openInsecureDevelopmentKey(Path.of(zkey), PointValidation.FULL)) {
      List<Fr> publics = witness.publicSignals(file.publicSignals()).toList();
      assertEquals(publics, PublicJson.read(signals));
      Groth16Verifier verifier = Groth16Verifier.of(file.verifyingKey());
      assertTrue(verifier.verify(ProofJson.read(proof), publics));
      ProofJson.write(prove(Groth16Prover.of(file.provingKey()), witness, Path.of(r1cs)), proof);
      assertTrue(snarkjsAccepts(key, signals, proof));
    }
  }

  /**
   * Both verdicts on numbers that are too large; should snarkjs become strict, this test says it.
   */
  @Test
  void weRefuseAnAliasedCoordinateThatSnarkjsAccepts() throws Exception {
    Path files = FIXTURES.resolve("data/multiplier");
    Path key = files.resolve("verification_key.json");
    Path signals = files.resolve("public.json");
    String proof = Files.readString(files.resolve("proof.json"));

    Matcher x = Pattern.compile("\"pi_a\": \\[\\s*\"(\\d+)\"").matcher(proof);
    assertTrue(x.find());
    String alias = new BigInteger(x.group(1)).add(Fq.MODULUS).toString();
    Path aliased = write("aliased.json", proof.replace(x.group(1), alias));
    assertTrue(snarkjsAccepts(key, signals, aliased));
    assertThrows(InvalidValueException.class, () -> ProofJson.read(aliased));

    BigInteger signal = new BigInteger(Files.readString(signals).replaceAll("\\D", ""));
    Path above = write("above.json", "[\"" + signal.add(Fr.MODULUS) + "\"]");
    assertFalse(snarkjsAccepts(key, above, files.resolve("proof.json")));
    assertThrows(InvalidValueException.class, () -> PublicJson.read(above));
  }

  /** As above, of PLONK: an evaluation of eval_a + r, and A.x + q. */
  @Test
  void weRefuseAliasesInPlonkProofsThatSnarkjsAccepts() throws Exception {
    Path files = FIXTURES.resolve("data/plonk/multiplier");
    String key = files.resolve("verification_key.json").toString();
    String signals = files.resolve("public.json").toString();
    String proof = Files.readString(files.resolve("proof.json"));
    Map<String, BigInteger> moduli =
        Map.of("\"eval_a\": \"(\\d+)\"", Fr.MODULUS, "\"A\": \\[\\s*\"(\\d+)\"", Fq.MODULUS);
    for (Map.Entry<String, BigInteger> entry : moduli.entrySet()) {
      String alias = replaced(proof, entry.getKey(), n -> n.add(entry.getValue()));
      Path aliased = write("aliased.json", alias);
      assertTrue(snarkjs("plonk", "verify", key, signals, aliased.toString()));
      assertThrows(InvalidValueException.class, () -> PlonkProofJson.read(aliased));
    }
  }

  /** As above, of fflonk, and a wrong inv, which its contracts alone check. */
  @Test
  void weRefuseFflonkProofsThatSnarkjsAccepts() throws Exception {
    Path files = FIXTURES.resolve("data/fflonk/multiplier");
    String key = files.resolve("verification_key.json").toString();
    String signals = files.resolve("public.json").toString();
    String proof = Files.readString(files.resolve("proof.json"));
    Map<String, BigInteger> moduli =
        Map.of("\"ql\": \"(\\d+)\"", Fr.MODULUS, "\"C1\": \\[\\s*\"(\\d+)\"", Fq.MODULUS);
    for (Map.Entry<String, BigInteger> entry : moduli.entrySet()) {
      String alias = replaced(proof, entry.getKey(), n -> n.add(entry.getValue()));
      Path aliased = write("aliased.json", alias);
      assertTrue(snarkjs("fflonk", "verify", key, signals, aliased.toString()));
      assertThrows(InvalidValueException.class, () -> FflonkProofJson.read(aliased));
    }
    Path wrong = write("wrong.json", replaced(proof, "\"inv\": \"(\\d+)\"", n -> BigInteger.ONE));
    assertTrue(snarkjs("fflonk", "verify", key, signals, wrong.toString()));
    FflonkVerifier verifier = FflonkVerifier.of(FflonkVerificationKeyJson.read(Path.of(key)));
    List<Fr> publics = PublicJson.read(Path.of(signals));
    assertFalse(verifier.verify(FflonkProofJson.read(wrong), publics));
  }

  private static String replaced(String json, String field, UnaryOperator<BigInteger> change) {
    Matcher number = Pattern.compile(field).matcher(json);
    assertTrue(number.find(), field);
    String changed = change.apply(new BigInteger(number.group(1))).toString();
    return json.substring(0, number.start(1)) + changed + json.substring(number.end(1));
  }

  @Test
  void weRefuseAMissingZeroThatSnarkjsAccepts() throws Exception {
    Path files = FIXTURES.resolve("data/arrays");
    Witness witness =
        WitnessCalculator.of(files.resolve("circuit.wasm"))
            .calculate(
                CircomInput.parse(
                    "{\"matrix\": [[1, 2, 3], [4, 5, 6]], \"offset\": 1, \"unused\": 0}"));
    try (ZkeyFile zkey = ZkeyFile.open(files.resolve("circuit.zkey"))) {
      Proof proof = Groth16Prover.of(zkey.provingKey()).prove(witness);
      List<Fr> signals = witness.publicSignals(zkey.publicSignals() - 1).toList();
      ProofJson.write(proof, folder.resolve("proof.json"));
      PublicJson.write(signals, folder.resolve("public.json"));

      Path key = files.resolve("verification_key.json");
      assertTrue(snarkjsAccepts(key, folder.resolve("public.json"), folder.resolve("proof.json")));
      assertFalse(Groth16Verifier.of(zkey.verifyingKey()).verify(proof, signals));
    }
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static boolean snarkjsAccepts(Path key, Path signals, Path proof) throws Exception {
    return snarkjs("groth16", "verify", key.toString(), signals.toString(), proof.toString());
  }

  private static boolean snarkjs(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add("node");
    command.add(LADDER.resolve("node_modules/snarkjs/build/cli.cjs").toString());
    command.addAll(List.of(arguments));
    return succeeds(command.toArray(new String[0]));
  }

  /** A process that says what it says here. The test's own standard input is Surefire's. */
  private static ProcessBuilder process(String... command) {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.INHERIT);
  }

  private static boolean succeeds(String... command) throws Exception {
    try {
      return process(command).start().waitFor() == 0;
    } catch (IOException missing) {
      return false;
    }
  }
}
