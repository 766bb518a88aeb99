package zk4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code zk plonk} and {@code zk fflonk}. */
final class PlonkCommandsTest {
  private static final Path WTNS = Zk.fixture("multiplier", "witness.wtns");

  private final Path folder;

  PlonkCommandsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static Path fixture(PlonkScheme scheme, String file) {
    return Zk.fixture(scheme.id + "/multiplier", file);
  }

  private static Path zkey(PlonkScheme scheme) {
    return fixture(scheme, "circuit.zkey");
  }

  private static Path key(PlonkScheme scheme) {
    return fixture(scheme, "verification_key.json");
  }

  private Path proof() {
    return folder.resolve("proof.json");
  }

  private Path signals() {
    return folder.resolve("public.json");
  }

  @ParameterizedTest
  @CsvSource({"PLONK, setup, 4", "FFLONK, fflonk, 7"})
  void setsUpAsSnarkjsDoes(PlonkScheme scheme, String powersFolder, int power) throws IOException {
    Path r1cs = Zk.fixture("multiplier", "circuit.r1cs");
    Path powers = Zk.fixture(powersFolder, "powers.ptau");
    Path zkey = folder.resolve("circuit.zkey");
    Zk.Result made = Zk.run(scheme.id, "setup", r1cs, powers, zkey, "--json").exits(0);
    assertArrayEquals(Files.readAllBytes(zkey(scheme)), Files.readAllBytes(zkey));
    assertEquals("4", String.valueOf(made.json().get("gates")));

    Path heartrate = Zk.fixture("heartrate", "circuit.r1cs");
    Path other = folder.resolve("other.zkey");
    Zk.Result few = Zk.run(scheme.id, "setup", heartrate, powers, other).exits(2);
    assertTrue(few.err().contains("up to 2^" + power + ", but " + heartrate), few.err());
    assertFalse(Files.exists(other));
  }

  @Test
  void powersMustBePrepared() {
    Path r1cs = Zk.fixture("multiplier", "circuit.r1cs");
    Path unprepared = Zk.fixture("setup", "unprepared.ptau");
    Path zkey = folder.resolve("circuit.zkey");
    Zk.Result first = Zk.run("plonk", "setup", r1cs, unprepared, zkey).exits(2);
    assertTrue(first.err().contains("snarkjs powersoftau prepare phase2"), first.err());
    assertFalse(Files.exists(zkey));
  }

  @ParameterizedTest
  @CsvSource({"PLONK, heartrate, 13", "FFLONK, multiplier, 6"})
  void powersForDevelopment(PlonkScheme scheme, String circuit, int power) {
    Path powers = folder.resolve("powers.ptau");
    Zk.Result made = Zk.run("powersoftau", "setup-insecure", power, powers).exits(0);
    assertTrue(made.err().contains("for development alone"), made.err());
    Path zkey = folder.resolve("circuit.zkey");
    Path wtns = Zk.fixture(circuit, "witness.wtns");
    Path key = folder.resolve("key.json");
    Zk.run(scheme.id, "setup", Zk.fixture(circuit, "circuit.r1cs"), powers, zkey).exits(0);
    Zk.run(scheme.id, "prove", zkey, wtns, proof(), signals()).exits(0);
    Zk.run("zkey", "export", "verificationkey", zkey, key).exits(0);
    Zk.run(scheme.id, "verify", key, signals(), proof()).exits(0);
  }

  @Test
  void powersOutOfRange() {
    Path powers = folder.resolve("powers.ptau");
    Zk.run("powersoftau", "setup-insecure", "25", powers).exits(2);
    Zk.run("powersoftau", "setup-insecure", "0", powers).exits(2);
  }

  @ParameterizedTest
  @EnumSource
  void provesAndVerifies(PlonkScheme scheme) throws IOException {
    Path zkey = zkey(scheme);
    Path key = key(scheme);
    Zk.run(scheme.id, "prove", zkey, WTNS, proof(), signals()).exits(0);
    Zk.run(scheme.id, "verify", key, signals(), proof()).exits(0);
    Path input = Zk.fixture("multiplier", "input.json");
    Path wasm = Zk.fixture("multiplier", "circuit.wasm");
    Zk.Result made =
        Zk.run(scheme.id, "fullprove", input, wasm, zkey, proof(), signals(), "--json").exits(0);
    assertEquals(List.of("33"), made.json().get("publicSignals"));
    assertEquals(
        true,
        Zk.run(scheme.id, "verify", key, signals(), proof(), "--json")
            .exits(0)
            .json()
            .get("valid"));
    Zk.run(scheme.id, "verify", key, signals(), fixture(scheme, "proof.json")).exits(0);

    Files.writeString(signals(), "[\"34\"]");
    Zk.Result wrong = Zk.run(scheme.id, "verify", key, signals(), proof()).exits(1);
    assertTrue(wrong.out().startsWith("invalid: "), wrong.out());
    Files.writeString(signals(), "[\"33\", \"0\"]");
    Zk.Result more = Zk.run(scheme.id, "verify", key, signals(), proof()).exits(1);
    assertTrue(more.out().contains("2 public signals, but the key is for 1"), more.out());
    Files.writeString(
        signals(),
        "[\"21888242871839275222246405745257275088548364400416034343698204186575808495650\"]");
    Zk.run(scheme.id, "verify", key, signals(), proof()).exits(1);
  }

  @ParameterizedTest
  @EnumSource
  void refusesWhatDoesNotBelongTogether(PlonkScheme scheme) {
    PlonkScheme another = scheme == PlonkScheme.PLONK ? PlonkScheme.FFLONK : PlonkScheme.PLONK;
    Path groth16 = Zk.fixture("multiplier", "circuit.zkey");
    for (Path zkey : List.of(groth16, zkey(another))) {
      Zk.Result other = Zk.run(scheme.id, "prove", zkey, WTNS, proof(), signals()).exits(2);
      assertTrue(other.err().contains("(" + scheme.text + ")"), other.err());
    }
    Path wtns = Zk.fixture("heartrate", "witness.wtns");
    Zk.Result wires = Zk.run(scheme.id, "prove", zkey(scheme), wtns, proof(), signals()).exits(1);
    assertTrue(wires.err().contains("wires"), wires.err());
    Zk.run("groth16", "verify", key(scheme), signals(), proof()).exits(2);
    Zk.run(another.id, "verify", key(scheme), signals(), proof()).exits(2);
    assertFalse(Files.exists(proof()));
  }

  @ParameterizedTest
  @EnumSource
  void informsAndExports(PlonkScheme scheme) throws IOException {
    Path zkey = zkey(scheme);
    assertEquals(scheme.id, Zk.run("zkey", "info", zkey, "--json").exits(0).json().get("protocol"));
    String text = Zk.run("zkey", "info", zkey).exits(0).out();
    assertTrue(text.contains("protocol:       " + scheme.text), text);
    assertTrue(text.contains("gates:          4"), text);
    Path json = folder.resolve("key.json");
    Zk.run("zkey", "export", "verificationkey", zkey, json).exits(0);
    assertEquals(Files.readString(key(scheme)), Files.readString(json));
  }

  @ParameterizedTest
  @EnumSource
  void explainsItself(PlonkScheme scheme) {
    String group = Zk.run(scheme.id, "--help").exits(0).out();
    assertTrue(group.contains(scheme.text + " proofs: set up"), group);
    String setup = Zk.run(scheme.id, "setup", "--help").exits(0).out();
    assertTrue(setup.contains("  zk " + scheme.id + " setup circuit.r1cs powers.ptau"), setup);
  }
}
