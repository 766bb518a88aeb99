package zk4j.cli;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zk4j.bn254.Fr;
import zk4j.circomcompat.R1csFile;
import zk4j.circomcompat.SymFile;
import zk4j.circomcompat.WtnsFile;
import zk4j.circuit.BabyJubJubCircuit;
import zk4j.circuit.Circuit;
import zk4j.circuit.CompiledCircuit;
import zk4j.circuit.Inputs;
import zk4j.circuit.Signal;

final class AuditCommandTest {
  /** A root has two values, unless its sign is fixed. */
  private static final Circuit ROOT =
      c -> {
        Signal root = c.hint(operands -> List.of(Fr.of(3)), 1, c.input("square")).get(0);
        root.square().assertEquals(c.input("same"));
        c.output("root", root);
      };

  private static Path write(Circuit circuit, Path folder) throws Exception {
    CompiledCircuit compiled = CompiledCircuit.of(circuit);
    Path file = folder.resolve("circuit.r1cs");
    R1csFile.write(compiled.r1cs(), file);
    SymFile.write(SymFile.signals(compiled), folder.resolve("circuit.sym"));
    return file;
  }

  @Test
  void provesThatACircuitIsSafe(@TempDir Path folder) throws Exception {
    Path file = write(c -> c.output("zero", c.input("x").isZero()), folder);
    String text = Zk.run("audit", file).exits(0).out();
    assertTrue(text.startsWith("verdict:  safe (2 constraints"), text);
    assertTrue(text.contains("0 outputs, 1 signals: main.isZero."), text);
  }

  @Test
  void showsTwoWitnesses(@TempDir Path folder) throws Exception {
    Path file = write(ROOT, folder);
    Map<String, Object> json = Zk.run("audit", file, "--json").exits(1).json();
    assertEquals("counterexample", json.get("verdict"));
    assertEquals("main.root", json.get("differsAt"));
    List<?> values = (List<?>) requireNonNull(json.get("values"));
    Fr first = Fr.of(new BigInteger(String.valueOf(values.get(0))));
    assertEquals(first.negate().toString(), values.get(1));
    String text = Zk.run("audit", file).exits(1).out();
    assertTrue(text.contains("main.root is"), text);
    assertTrue(text.contains("main.same = "), text);
  }

  @Test
  void startsFromAWitness(@TempDir Path folder) throws Exception {
    Path file = write(ROOT, folder);
    Path wtns = folder.resolve("witness.wtns");
    WtnsFile.write(CompiledCircuit.of(ROOT).witness(Inputs.of("square", 9).and("same", 9)), wtns);
    String text = Zk.run("audit", file, "--witness", wtns).exits(1).out();
    assertTrue(text.contains("main.root is 3"), text);
    Path other = Zk.fixture("multiplier", "witness.wtns");
    Zk.run("audit", file, "--witness", other).exits(2);
  }

  @Test
  void saysWhatItDoesNotKnow(@TempDir Path folder) throws Exception {
    // That no two points are added that are equal or opposite follows from the group's order.
    Circuit multiple =
        c -> {
          BabyJubJubCircuit curve = new BabyJubJubCircuit(c);
          c.output("x", curve.base8Times(c.input("k", 12).bitList()).x());
        };
    Path file = write(multiple, folder);
    Map<String, Object> json = Zk.run("audit", file, "--json").exits(3).json();
    assertEquals("unknown", json.get("verdict"));
    assertEquals(List.of("main.x"), json.get("openOutputs"));
  }

  /** The input's four bits restrict the input alone. */
  private static final Circuit ZERO = c -> c.output("zero", c.input("x", 4).isZero());

  @Test
  void namesWhatMayBeForgotten(@TempDir Path folder) throws Exception {
    Path file = write(ZERO, folder);
    String text = Zk.run("audit", "--mutate", file).exits(3).out();
    assertTrue(text.startsWith("mutated:  6 of 6 constraints, 6 mutations"), text);
    assertTrue(text.contains("survive:  4"), text);
    assertTrue(text.contains(" dropped: (main.bits."), text);
    Map<String, Object> json =
        Zk.run("audit", "--mutate", file, "--sample", 2, "--seed", 3, "--json").exits(3).json();
    assertEquals(2L, json.get("mutated"));
    Path safe = write(c -> c.output("zero", c.input("x").isZero()), folder);
    Zk.run("audit", "--mutate", safe).exits(0);
    Zk.run("audit", "--mutate", safe, "--sample", 0).exits(2);
  }

  @Test
  void losesTermsBesideAWitness(@TempDir Path folder) throws Exception {
    Path file = write(ZERO, folder);
    Path wtns = folder.resolve("witness.wtns");
    WtnsFile.write(CompiledCircuit.of(ZERO).witness(Inputs.of("x", 5)), wtns);
    String text = Zk.run("audit", "--mutate", file, "--witness", wtns).exits(3).out();
    assertTrue(text.contains(" B without "), text);
  }

  @Test
  void wantsACircuit() {
    Zk.run("audit", "none.r1cs").exits(2);
    Zk.run("audit", Zk.fixture("multiplier", "witness.wtns")).exits(2);
  }
}
