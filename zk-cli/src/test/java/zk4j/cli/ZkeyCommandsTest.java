package zk4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ZkeyCommandsTest {
  private static final Path UNTOUCHED = Zk.fixture("single", "untouched.zkey");

  @TempDir Path folder;

  @Test
  void informs() {
    Path zkey = Zk.fixture("heartrate", "circuit.zkey");
    String text = Zk.run("zkey", "info", zkey).exits(0).out();
    assertTrue(text.contains("public signals: 2"), text);
    assertTrue(text.contains("domain:         2048"), text);
    assertTrue(text.contains("contribution:   test contribution"), text);
    assertFalse(text.contains("UNSAFE"), text);

    Map<String, Object> json = Zk.run("zkey", "info", zkey, "--json").exits(0).json();
    assertEquals(1213L, json.get("wires"));
    assertEquals(false, json.get("unsafe"));
    // The circuit has 1272.
    assertEquals(1022L, json.get("constraintsAtLeast"));
    assertEquals(2045L, json.get("constraintsAtMost"));
    assertEquals(
        List.of(Map.of("name", "test contribution", "beacon", false)), json.get("contributions"));
  }

  @Test
  void tellsThatNobodyContributed() {
    String text = Zk.run("zkey", "info", UNTOUCHED).exits(0).out();
    assertTrue(text.contains("UNSAFE: delta equals gamma"), text);
    assertEquals(true, Zk.run("zkey", "info", UNTOUCHED, "--json").exits(0).json().get("unsafe"));

    Path made = folder.resolve("made.zkey");
    Zk.run("groth16", "setup-insecure", Zk.fixture("single", "circuit.r1cs"), made).exits(0);
    String alone = Zk.run("zkey", "info", made).exits(0).out();
    assertTrue(alone.contains("UNSAFE: the file records no contribution"), alone);
    assertEquals(true, Zk.run("zkey", "info", made, "--json").exits(0).json().get("unsafe"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"multiplier", "heartrate", "arrays", "single", "dense"})
  void exportsTheVerificationKeyThatSnarkjsDoes(String circuit) throws IOException {
    Path json = folder.resolve("verification_key.json");
    Zk.run("zkey", "export", "verificationkey", Zk.fixture(circuit, "circuit.zkey"), json).exits(0);
    assertEquals(
        Files.readString(Zk.fixture(circuit, "verification_key.json")), Files.readString(json));
  }

  @Test
  void exportsAnUnsafeKeyOnlyIfAllowed() throws IOException {
    Path json = folder.resolve("verification_key.json");
    Zk.run("zkey", "export", "verificationkey", UNTOUCHED, json).exits(2);
    assertFalse(Files.exists(json));
    Zk.run("zkey", "export", "verificationkey", UNTOUCHED, json, "--allow-insecure-key").exits(0);
    assertEquals(
        Files.readString(Zk.fixture("single", "untouched_verification_key.json")),
        Files.readString(json));
  }

  @Test
  void whatIsNoKeyIsAnError() {
    Zk.Result result = Zk.run("zkey", "info", Zk.fixture("single", "circuit.r1cs")).exits(2);
    assertTrue(result.err().startsWith("zk: "), result.err());
    assertTrue(result.err().contains("circuit.r1cs"), result.err());
    assertEquals("", result.out());
  }

  @ParameterizedTest
  @CsvSource({"multiplier, Groth16Verifier", "plonk/multiplier, PlonkVerifier"})
  void exportsAContract(String circuit, String name) throws Exception {
    Path contract = folder.resolve("verifier.sol");
    Zk.run("zkey", "export", "solidityverifier", Zk.fixture(circuit, "circuit.zkey"), contract)
        .exits(0);
    Path golden = Path.of(ZkeyCommandsTest.class.getResource("/golden/" + name + ".sol").toURI());
    assertEquals(Files.readString(golden), Files.readString(contract));
  }

  @Test
  void thereIsNoContractForFflonk() {
    Path contract = folder.resolve("verifier.sol");
    Path zkey = Zk.fixture("fflonk/multiplier", "circuit.zkey");
    String error = Zk.run("zkey", "export", "solidityverifier", zkey, contract).exits(2).err();
    assertTrue(error.contains("not for fflonk"), error);
    assertFalse(Files.exists(contract));
  }

  @ParameterizedTest
  @ValueSource(strings = {"multiplier", "heartrate", "arrays", "single", "comparators", "dense"})
  void printsTheCallThatSnarkjsDoes(String circuit) throws IOException {
    String text =
        Zk.run(
                "zkey",
                "export",
                "soliditycalldata",
                Zk.fixture(circuit, "public.json"),
                Zk.fixture(circuit, "proof.json"))
            .exits(0)
            .out();
    assertEquals(Files.readString(Zk.fixture(circuit, "calldata.txt")), text);
  }

  /** What snarkjs prints, but for the comma between the arrays, which it forgets. */
  @Test
  void printsTheCallForAPlonkProof() {
    Map<String, Object> json =
        Zk.run(
                "zkey",
                "export",
                "soliditycalldata",
                Zk.fixture("plonk/multiplier", "public.json"),
                Zk.fixture("plonk/multiplier", "proof.json"),
                "--json")
            .exits(0)
            .json();
    String arguments = String.valueOf(json.get("arguments"));
    assertTrue(arguments.startsWith("[\"0x05d90adace13e32cc596d16a1d62fd76"), arguments);
    assertTrue(arguments.endsWith("],[\"0x" + "0".repeat(62) + "21\"]"), arguments);
    String data = String.valueOf(json.get("calldata"));
    assertEquals(2 + 2 * (4 + 32 * 25), data.length());
  }
}
