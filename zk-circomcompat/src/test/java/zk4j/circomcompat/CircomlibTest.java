package zk4j.circomcompat;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import zk4j.circuit.Bool;
import zk4j.circuit.Bounded;
import zk4j.circuit.Circuit;
import zk4j.circuit.CircuitBuilder;
import zk4j.circuit.CompiledCircuit;
import zk4j.circuit.EddsaCircuit;
import zk4j.circuit.EddsaCircuit.PointSignal;
import zk4j.circuit.MerkleCircuit;
import zk4j.circuit.PoseidonCircuit;
import zk4j.circuit.Sha256Circuit;
import zk4j.circuit.Signal;

/**
 * Gadgets take at most as many constraints as what circomlib offers for the same, after circom's
 * {@code --O2}. Prints the table of docs/circuits.md. Needs Node.js.
 */
@Tag("peers")
class CircomlibTest {
  /** What both are written as: a main template of circomlib, or one of several. */
  record Pair(String name, String includes, String template, Circuit circuit) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Pair> pairs() {
    return List.of(
        new Pair(
            "number of 32 bits",
            "bitify",
            "template Main() { signal input x; signal input y; signal output z;"
                + " signal b[32]; b <== Num2Bits(32)(x); z <== x * y; }",
            c -> c.output("z", c.input("x", 32).times(c.input("y")))),
        new Pair(
            "bits of a field element",
            "bitify",
            "template Main() { signal input x; signal output b[254]; b <== Num2Bits_strict()(x); }",
            c -> outputs(c, c.input("x").toBits())),
        new Pair(
            "is zero",
            "comparators",
            "template Main() { signal input x; signal output y; y <== IsZero()(x); }",
            c -> c.output("y", c.input("x").isZero())),
        new Pair(
            "is equal",
            "comparators",
            "template Main() { signal input x[2]; signal output y; y <== IsEqual()(x); }",
            c -> c.output("y", c.input("a").isEqualTo(c.input("b")))),
        new Pair(
            "x < y, 32 bits, both checked",
            "comparators",
            "template Main() { signal input x[2]; signal output y; _ <== Num2Bits(32)(x[0]);"
                + " _ <== Num2Bits(32)(x[1]); y <== LessThan(32)(x); }",
            c -> c.output("y", c.input("a", 32).isLessThan(c.input("b", 32)))),
        new Pair(
            "one of 8 by index",
            "multiplexer",
            "template Main() { signal input x[8]; signal input i; signal output y;"
                + " component m = Multiplexer(1, 8); for (var k = 0; k < 8; k++) {"
                + " m.inp[k][0] <== x[k]; } m.sel <== i; y <== m.out[0]; }",
            c -> c.output("y", c.select(c.inputs("x", 8), c.input("i")))),
        new Pair(
            "one of two",
            "mux1",
            "template Main() { signal input x[2]; signal input s; signal output y;"
                + " s * (s - 1) === 0; y <== Mux1()(x, s); }",
            c -> c.output("y", c.input("s").bool().choose(c.input("a"), c.input("b")))),
        poseidon(1),
        poseidon(2),
        poseidon(5),
        poseidon(16),
        new Pair(
            "Merkle root, depth 20",
            "poseidon\";\ninclude \"switcher",
            "template Main() { signal input leaf; signal input i[20]; signal input s[20];"
                + " signal output root; signal n[21]; n[0] <== leaf; component w[20];"
                + " for (var k = 0; k < 20; k++) { i[k] * (i[k] - 1) === 0; w[k] = Switcher();"
                + " w[k].sel <== i[k]; w[k].L <== n[k]; w[k].R <== s[k];"
                + " n[k + 1] <== Poseidon(2)([w[k].outL, w[k].outR]); } root <== n[20]; }",
            c -> {
              List<Bool> index = c.inputs("i", 20).stream().map(Signal::bool).toList();
              c.output("root", MerkleCircuit.root(c, c.input("leaf"), index, c.inputs("s", 20)));
            }),
        new Pair(
            "SHA-256 of 64 bytes",
            "sha256/sha256",
            "template Main() { signal input x[512]; signal output y[256]; for (var i = 0; i < 512;"
                + " i++) { x[i] * (x[i] - 1) === 0; } y <== Sha256(512)(x); }",
            c -> {
              List<Bool> message = c.inputs("x", 512).stream().map(Signal::bool).toList();
              outputs(c, Sha256Circuit.hash(c, message));
            }),
        new Pair(
            "EdDSA-Poseidon signature",
            "eddsaposeidon",
            "template Main() { signal input a[2]; signal input r[2]; signal input s; signal input m;"
                + " EdDSAPoseidonVerifier()(1, a[0], a[1], s, r[0], r[1], m); }",
            c ->
                EddsaCircuit.assertValid(
                    c,
                    new PointSignal(c.input("ax"), c.input("ay")),
                    new PointSignal(c.input("rx"), c.input("ry")),
                    c.input("s"),
                    c.input("m"))));
  }

  private static Pair poseidon(int inputs) {
    return new Pair(
        "Poseidon of " + inputs,
        "poseidon",
        "template Main() { signal input x[%d]; signal output y; y <== Poseidon(%d)(x); }"
            .formatted(inputs, inputs),
        c -> c.output("y", PoseidonCircuit.hash(c, c.inputs("x", inputs))));
  }

  private static void outputs(CircuitBuilder c, List<Bool> bits) {
    for (int i = 0; i < bits.size(); i++) {
      c.output("b" + i, (Bounded) bits.get(i));
    }
  }

  @BeforeAll
  static void fetchCircomlib() throws Exception {
    Circomlib.fetch();
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void takesNoMoreConstraints(Pair pair, @TempDir Path folder) throws Exception {
    String main = pair.template + "\ncomponent main = Main();";
    String includes = pair.includes.replace("\";", ".circom\";");
    int theirs = Circomlib.compile(folder, includes, main, "--O2").constraints();
    int ours = CompiledCircuit.of(pair.circuit).r1cs().constraints();
    System.out.printf("| %s | %d | %d |%n", pair.name, ours, theirs);
    assertTrue(ours <= theirs, () -> pair.name + ": " + ours + " instead of " + theirs);
  }
}
