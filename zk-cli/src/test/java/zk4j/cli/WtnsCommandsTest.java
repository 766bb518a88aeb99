package zk4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import zk4j.bn254.Fr;

final class WtnsCommandsTest {
  private static final Path WASM = Zk.fixture("arrays", "circuit.wasm");
  private static final Path R1CS = Zk.fixture("multiplier", "circuit.r1cs");
  private static final Path WTNS = Zk.fixture("multiplier", "witness.wtns");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"multiplier", "arrays", "dense"})
  void calculatesTheWitnessThatSnarkjsDoes(String circuit) throws IOException {
    Path wtns = folder.resolve("witness.wtns");
    Zk.Result result =
        Zk.run(
                "wtns",
                "calculate",
                Zk.fixture(circuit, "circuit.wasm"),
                Zk.fixture(circuit, "input.json"),
                wtns)
            .exits(0);
    assertArrayEquals(
        Files.readAllBytes(Zk.fixture(circuit, "witness.wtns")), Files.readAllBytes(wtns));
    assertEquals("", result.out());
    assertTrue(result.err().contains("wrote " + wtns), result.err());
  }

  @Test
  void witnessesAreForTheirOwnerAlone() throws IOException {
    assumeTrue(
        folder.getFileSystem().supportedFileAttributeViews().contains("posix"),
        "no POSIX permissions here");
    Path wtns = folder.resolve("witness.wtns");
    Path json = folder.resolve("witness.json");
    Zk.run("wtns", "calculate", WASM, Zk.fixture("arrays", "input.json"), wtns).exits(0);
    Zk.run("wtns", "export", "json", wtns, json).exits(0);
    Zk.run("demo", "--no-stream", "--files", folder.resolve("demo")).exits(0);
    for (Path secret : List.of(wtns, json, folder.resolve("demo").resolve("witness.wtns"))) {
      assertEquals(
          "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)));
    }
  }

  /** Of a hostile circuit or input, what would move the cursor or rename the terminal. */
  @Test
  void controlCharactersAreShownAsEscapes() throws IOException {
    Path input = folder.resolve("input.json");
    Files.writeString(input, "{\"\\u001b[2J\": \"\\u009b1A\\b\"}");
    Zk.Result result = Zk.run("wtns", "calculate", WASM, input, folder.resolve("w"), "--json");
    result.exits(2);
    String escaped = "\\u001b[2J is \"\\u009b1A\\u0008\"";
    assertTrue(result.err().contains(escaped), result.err());
    assertTrue(
        String.valueOf(result.json().get("error")).contains("\u001b[2J is \"\u009b1A\b\""),
        result.out());
    String said = result.out() + result.err();
    assertTrue(said.chars().noneMatch(c -> Character.isISOControl(c) && c != '\n'), said);
  }

  @Test
  void theCircuitsLogIsANote() {
    Path wtns = folder.resolve("witness.wtns");
    Path input = Zk.fixture("arrays", "input.json");
    Zk.Result result = Zk.run("wtns", "calculate", WASM, input, wtns, "--json").exits(0);
    assertTrue(result.err().startsWith("offset is"), result.err());
    assertEquals(12L, result.json().get("wires"));
    assertEquals(new Zk.Result(0, "", ""), Zk.run("wtns", "calculate", WASM, input, wtns, "-q"));
  }

  @Test
  void wrongInputsAreNamed() throws IOException {
    Path wtns = folder.resolve("witness.wtns");
    Path input = folder.resolve("input.json");

    Files.writeString(input, "{\"matrix\": [[1, 2, 3], [4, 5, 6]], \"unused\": 0}");
    Zk.Result missing = Zk.run("wtns", "calculate", WASM, input, wtns).exits(2);
    assertTrue(missing.err().contains("1 of 8 values not given; given: matrix"), missing.err());

    Files.writeString(input, "{\"matrix\": [[1, 2, 3], [4, 5]], \"unused\": 0, \"offset\": 0}");
    Zk.Result size = Zk.run("wtns", "calculate", WASM, input, wtns).exits(2);
    assertTrue(size.err().contains("matrix"), size.err());

    Files.writeString(input, "{\"matrix\": [[1, 2, ");
    Zk.Result noJson = Zk.run("wtns", "calculate", WASM, input, wtns).exits(2);
    assertTrue(noJson.err().contains("input.json"), noJson.err());

    assertFalse(Files.exists(wtns));
  }

  @Test
  void anAssertionThatFailsIsAnInvalidInput() throws IOException {
    Path input = folder.resolve("input.json");
    Files.writeString(input, "{\"matrix\": [[13, 2, 3], [4, 5, 6]], \"unused\": 0, \"offset\": 0}");
    Path wtns = folder.resolve("witness.wtns");
    Zk.Result result = Zk.run("wtns", "calculate", WASM, input, wtns).exits(1);
    assertTrue(result.err().contains("line"), result.err());
    assertFalse(Files.exists(wtns));
  }

  @Test
  void theTimeoutIsARangeOfSeconds() {
    Path input = Zk.fixture("arrays", "input.json");
    Zk.Result result =
        Zk.run("wtns", "calculate", WASM, input, folder.resolve("w"), "--timeout", "0").exits(2);
    assertTrue(result.err().contains("--timeout"), result.err());
  }

  @Test
  void aSatisfyingWitnessIsValid() {
    assertEquals(
        "valid: the witness satisfies all 3 constraints",
        Zk.run("wtns", "check", R1CS, WTNS).exits(0).out().strip());
    assertEquals(
        Map.of("satisfied", true, "constraints", 3L),
        Zk.run("wtns", "check", R1CS, WTNS, "--json").exits(0).json());
  }

  @Test
  void theFirstFailingConstraintIsNamedWithItsSignals() throws IOException {
    Path wtns = witnessWith(1, Fr.of(34));
    Zk.Result text = Zk.run("wtns", "check", R1CS, wtns).exits(1);
    assertTrue(
        text.out()
            .startsWith("invalid: constraint 2 does not hold: (-main.a) * (main.b) = -main.c"),
        text.out());
    assertTrue(text.out().contains("main.a = 3"), text.out());
    assertTrue(text.out().contains("main.c = 34"), text.out());

    Map<String, Object> json = Zk.run("wtns", "check", R1CS, wtns, "--json").exits(1).json();
    assertEquals(false, json.get("satisfied"));
    assertEquals(2L, json.get("constraint"));
    assertEquals(Map.of("main.a", "3", "main.b", "11", "main.c", "34"), json.get("signals"));
  }

  @Test
  void signalsGoByTheirWiresWithoutNames() throws IOException {
    Path wtns = witnessWith(1, Fr.of(34));
    Path r1cs = Files.copy(R1CS, folder.resolve("other.r1cs"));
    String equation = "constraint 2 does not hold: (-w2) * (w3) = -w1";
    Zk.Result result = Zk.run("wtns", "check", r1cs, wtns).exits(1);
    assertTrue(result.out().contains(equation), result.out());
    assertEquals("", result.err());

    Files.writeString(folder.resolve("other.sym"), "nonsense");
    Zk.Result warned = Zk.run("wtns", "check", r1cs, wtns).exits(1);
    assertTrue(warned.out().contains(equation), warned.out());
    assertTrue(warned.err().contains("other.sym, line 1"), warned.err());
  }

  @Test
  void whatIsNoValidWitnessIsInvalid() throws IOException {
    Zk.Result count = Zk.run("wtns", "check", R1CS, Zk.fixture("single", "witness.wtns")).exits(1);
    assertTrue(count.out().contains("3 values, the circuit 6 wires"), count.out());

    byte[] bytes = Files.readAllBytes(WTNS);
    Arrays.fill(bytes, bytes.length - 32, bytes.length, (byte) 0xff);
    Path wide = Files.write(folder.resolve("wide.wtns"), bytes);
    Zk.Result notCanonical = Zk.run("wtns", "check", R1CS, wide).exits(1);
    assertTrue(notCanonical.out().startsWith("invalid: "), notCanonical.out());

    Zk.Result notOne = Zk.run("wtns", "check", R1CS, witnessWith(0, Fr.of(2))).exits(1);
    assertTrue(notOne.out().contains("wire 0"), notOne.out());
  }

  @Test
  void whatIsNoWitnessIsAnError() throws IOException {
    byte[] bytes = Files.readAllBytes(WTNS);
    Path shorter = Files.write(folder.resolve("w.wtns"), Arrays.copyOf(bytes, bytes.length - 1));
    Zk.Result truncated = Zk.run("wtns", "check", R1CS, shorter).exits(2);
    assertEquals("", truncated.out());
    assertTrue(truncated.err().startsWith("zk: " + shorter), truncated.err());

    Zk.run("wtns", "check", R1CS, R1CS).exits(2);
    assertEquals(
        "zk: no.wtns: no such file",
        Zk.run("wtns", "check", R1CS, "no.wtns").exits(2).err().strip());
  }

  @ParameterizedTest
  @ValueSource(strings = {"multiplier", "arrays", "single"})
  void exportsTheJsonThatSnarkjsDoes(String circuit) throws IOException {
    Path json = folder.resolve("witness.json");
    Zk.run("wtns", "export", "json", Zk.fixture(circuit, "witness.wtns"), json).exits(0);
    assertEquals(Files.readString(Zk.fixture(circuit, "witness.json")), Files.readString(json));
  }

  /** The multiplier's witness with another value on a wire. */
  private Path witnessWith(int wire, Fr value) throws IOException {
    return Witnesses.with(WTNS, wire, value, folder.resolve("tampered.wtns"));
  }
}
