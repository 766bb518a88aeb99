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

final class PlonkCommandsTest {
  private static final Path ZKEY = Zk.fixture("plonk/multiplier", "circuit.zkey");
  private static final Path KEY = Zk.fixture("plonk/multiplier", "verification_key.json");
  private static final Path WTNS = Zk.fixture("multiplier", "witness.wtns");

  private final Path folder;

  PlonkCommandsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private Path proof() {
    return folder.resolve("proof.json");
  }

  private Path signals() {
    return folder.resolve("public.json");
  }

  @Test
  void setsUpAsSnarkjsDoes() throws IOException {
    Path r1cs = Zk.fixture("multiplier", "circuit.r1cs");
    Path powers = Zk.fixture("setup", "powers.ptau");
    Path zkey = folder.resolve("circuit.zkey");
    Zk.Result made = Zk.run("plonk", "setup", r1cs, powers, zkey, "--json").exits(0);
    assertArrayEquals(Files.readAllBytes(ZKEY), Files.readAllBytes(zkey));
    assertEquals("4", String.valueOf(made.json().get("gates")));

    Path heartrate = Zk.fixture("heartrate", "circuit.r1cs");
    Path other = folder.resolve("other.zkey");
    Zk.Result few = Zk.run("plonk", "setup", heartrate, powers, other).exits(2);
    assertTrue(few.err().contains("up to 2^4, but " + heartrate), few.err());
    Path unprepared = Zk.fixture("setup", "unprepared.ptau");
    Zk.Result first = Zk.run("plonk", "setup", r1cs, unprepared, other).exits(2);
    assertTrue(first.err().contains("snarkjs powersoftau prepare phase2"), first.err());
    assertFalse(Files.exists(other));
  }

  @Test
  void powersForDevelopment() {
    Path powers = folder.resolve("powers.ptau");
    Zk.Result made = Zk.run("powersoftau", "setup-insecure", "13", powers).exits(0);
    assertTrue(made.err().contains("for development alone"), made.err());
    Path zkey = folder.resolve("heartrate.zkey");
    Path wtns = Zk.fixture("heartrate", "witness.wtns");
    Path key = folder.resolve("key.json");
    Zk.run("plonk", "setup", Zk.fixture("heartrate", "circuit.r1cs"), powers, zkey).exits(0);
    Zk.run("plonk", "prove", zkey, wtns, proof(), signals()).exits(0);
    Zk.run("zkey", "export", "verificationkey", zkey, key).exits(0);
    Zk.run("plonk", "verify", key, signals(), proof()).exits(0);
    Zk.run("powersoftau", "setup-insecure", "25", powers).exits(2);
    Zk.run("powersoftau", "setup-insecure", "0", powers).exits(2);
  }

  @Test
  void provesAndVerifies() throws IOException {
    Zk.run("plonk", "prove", ZKEY, WTNS, proof(), signals()).exits(0);
    Zk.run("plonk", "verify", KEY, signals(), proof()).exits(0);
    Path input = Zk.fixture("multiplier", "input.json");
    Path wasm = Zk.fixture("multiplier", "circuit.wasm");
    Zk.Result made =
        Zk.run("plonk", "fullprove", input, wasm, ZKEY, proof(), signals(), "--json").exits(0);
    assertEquals(List.of("33"), made.json().get("publicSignals"));
    assertEquals(
        true,
        Zk.run("plonk", "verify", KEY, signals(), proof(), "--json").exits(0).json().get("valid"));
    Path theirs = Zk.fixture("plonk/multiplier", "proof.json");
    Zk.run("plonk", "verify", KEY, signals(), theirs).exits(0);

    Files.writeString(signals(), "[\"34\"]");
    Zk.Result wrong = Zk.run("plonk", "verify", KEY, signals(), proof()).exits(1);
    assertTrue(wrong.out().contains("invalid: the pairing equation does not hold"), wrong.out());
    Files.writeString(signals(), "[\"33\", \"0\"]");
    Zk.Result more = Zk.run("plonk", "verify", KEY, signals(), proof()).exits(1);
    assertTrue(more.out().contains("2 public signals, but the key is for 1"), more.out());
    Files.writeString(
        signals(),
        "[\"21888242871839275222246405745257275088548364400416034343698204186575808495650\"]");
    Zk.run("plonk", "verify", KEY, signals(), proof()).exits(1);
  }

  @Test
  void refusesWhatDoesNotBelongTogether() {
    Path groth16 = Zk.fixture("multiplier", "circuit.zkey");
    Zk.Result other = Zk.run("plonk", "prove", groth16, WTNS, proof(), signals()).exits(2);
    assertTrue(other.err().contains("protocol 1 (Groth16) instead of 2 (PLONK)"), other.err());
    Path wtns = Zk.fixture("heartrate", "witness.wtns");
    Zk.Result wires = Zk.run("plonk", "prove", ZKEY, wtns, proof(), signals()).exits(1);
    assertTrue(wires.err().contains("wires"), wires.err());
    Zk.run("groth16", "verify", KEY, signals(), proof()).exits(2);
    assertFalse(Files.exists(proof()));
  }

  @Test
  void informsAndExports() throws IOException {
    assertEquals("plonk", Zk.run("zkey", "info", ZKEY, "--json").exits(0).json().get("protocol"));
    assertTrue(Zk.run("zkey", "info", ZKEY).exits(0).out().contains("gates:          4"));
    Path json = folder.resolve("key.json");
    Zk.run("zkey", "export", "verificationkey", ZKEY, json).exits(0);
    assertEquals(Files.readString(KEY), Files.readString(json));
  }
}
