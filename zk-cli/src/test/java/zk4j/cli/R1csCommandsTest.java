package zk4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class R1csCommandsTest {
  private static final Path R1CS = Zk.fixture("multiplier", "circuit.r1cs");
  private static final Path SYM = Zk.fixture("multiplier", "circuit.sym");

  @TempDir Path folder;

  @Test
  void informs() {
    String text = Zk.run("r1cs", "info", Zk.fixture("heartrate", "circuit.r1cs")).exits(0).out();
    assertTrue(text.contains("constraints:    1272"), text);
    assertTrue(text.contains("public outputs: 1: main.allBelow"), text);
    assertTrue(text.contains("public inputs:  1: main.limit"), text);
    assertTrue(text.contains("private inputs: 60"), text);

    Map<String, Object> json = Zk.run("r1cs", "info", R1CS, "--json").exits(0).json();
    assertEquals(3L, json.get("constraints"));
    assertEquals(6L, json.get("wires"));
    assertEquals(List.of("main.c"), json.get("publicOutputs"));
    assertEquals(List.of(), json.get("publicInputs"));
    assertEquals(2L, json.get("privateInputs"));
    assertEquals(List.of(5L, 3L, 3L), json.get("entries"));
  }

  @Test
  void informsOfParts() throws IOException {
    Path svg = folder.resolve("parts.svg");
    Path r1cs = Zk.fixture("heartrate", "circuit.r1cs");
    Zk.Result info = Zk.run("r1cs", "info", r1cs, "--svg", svg).exits(0);
    assertTrue(info.out().contains("parts:"), info.out());
    assertTrue(info.out().contains("     1272 100.0 %  main"), info.out());
    assertTrue(info.out().contains("[*] x 60"), info.out());
    assertTrue(Files.readString(svg).startsWith("<svg xmlns"), svg.toString());
    Object parts = Zk.run("r1cs", "info", r1cs, "--json").exits(0).json().get("parts");
    assertTrue(String.valueOf(parts).contains("total=1272"), String.valueOf(parts));
  }

  @Test
  void printsConstraintsWithTheNamesGiven() throws IOException {
    List<String> named =
        List.of(
            "(-1 + main.a) * (main.notOneA) = 1",
            "(-1 + main.b) * (main.notOneB) = 1",
            "(-main.a) * (main.b) = -main.c");
    assertEquals(named, Zk.run("r1cs", "print", R1CS).exits(0).out().lines().toList());
    assertEquals(
        Map.of("constraints", named), Zk.run("r1cs", "print", R1CS, "--json").exits(0).json());

    Path alone = Files.copy(R1CS, folder.resolve("alone.r1cs"));
    assertEquals(named, Zk.run("r1cs", "print", alone, SYM).exits(0).out().lines().toList());
    assertEquals(
        "(-w2) * (w3) = -w1",
        Zk.run("r1cs", "print", alone).exits(0).out().lines().toList().get(2));

    Path bad = Files.writeString(folder.resolve("bad.sym"), "nonsense");
    Zk.run("r1cs", "print", alone, bad).exits(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"multiplier", "arrays", "single"})
  void exportsTheJsonThatSnarkjsDoes(String circuit) throws IOException {
    Path json = folder.resolve("r1cs.json");
    Zk.run("r1cs", "export", "json", Zk.fixture(circuit, "circuit.r1cs"), json).exits(0);
    assertEquals(Files.readString(Zk.fixture(circuit, "r1cs.json")), Files.readString(json));
  }
}
