package zk4j.circuit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import zk4j.bn254.Fr;
import zk4j.bn254.FrVector;
import zk4j.core.Execution;
import zk4j.r1cs.Witness;

/** Gadgets against plain arithmetic, and what must be refused. */
class CircuitTest {
  private static final Fr MINUS_ONE = Fr.ONE.negate();

  /** Outputs for inputs, checked against the constraints of both kinds of systems. */
  private static List<Fr> run(Circuit circuit, Inputs inputs) throws UnsatisfiedCircuitException {
    List<Fr> outputs = List.of();
    for (Simplification simplification : Simplification.values()) {
      CompiledCircuit compiled = CompiledCircuit.of(circuit, simplification);
      Witness witness = compiled.witness(inputs);
      assertTrue(
          compiled.r1cs().firstViolation(witness, Execution.sequential()).isEmpty(),
          simplification::toString);
      List<Fr> found = witness.publicSignals(compiled.r1cs().publicOutputs()).toList();
      assertTrue(outputs.isEmpty() || outputs.equals(found));
      outputs = found;
    }
    return outputs;
  }

  private static void assertOutput(long expected, Circuit circuit, Inputs inputs)
      throws UnsatisfiedCircuitException {
    assertEquals(List.of(Fr.of(expected)), run(circuit, inputs), inputs.values()::toString);
  }

  private static String refusal(Circuit circuit, Inputs inputs) {
    UnsatisfiedCircuitException e =
        assertThrows(
            UnsatisfiedCircuitException.class, () -> CompiledCircuit.of(circuit).witness(inputs));
    return String.valueOf(e.getMessage());
  }

  private static List<Fr> elements(long... values) {
    return LongStream.of(values).mapToObj(Fr::of).toList();
  }

  private static Inputs pair(long x, long y) {
    return Inputs.of("x", x).and("y", y);
  }

  @Test
  void arithmeticOfTheField() throws UnsatisfiedCircuitException {
    Circuit circuit =
        c -> {
          Signal x = c.input("x");
          Signal y = c.publicInput("y");
          c.output("sum", x.plus(y).plus(3));
          c.output("difference", x.minus(y).minus(3));
          c.output("product", x.times(y).times(Fr.of(5)));
          c.output("square", x.minus(y).square());
          c.output("quotient", x.dividedBy(y));
          c.output("negation", x.negate());
          c.output("inverse", y.inverse());
        };
    Random random = new Random(1);
    for (int i = 0; i < 20; i++) {
      Fr x = Fr.reduce(new BigInteger(300, random));
      Fr y = Fr.reduce(new BigInteger(300, random));
      List<Fr> expected =
          List.of(
              x.plus(y).plus(Fr.of(3)),
              x.minus(y).minus(Fr.of(3)),
              x.times(y).times(Fr.of(5)),
              x.minus(y).square(),
              x.times(y.inverse()),
              x.negate(),
              y.inverse());
      assertEquals(expected, run(circuit, Inputs.of("x", x).and("y", y)));
    }
    assertTrue(refusal(circuit, pair(1, 0)).contains("0 * 0 is not 1"));
  }

  @Test
  void comparisons() throws UnsatisfiedCircuitException {
    Circuit circuit =
        c -> {
          Bounded x = c.input("x", 8);
          Bounded y = c.input("y", 8);
          c.output("less", x.isLessThan(y));
          c.output("atMost", x.isAtMost(y));
          c.output("greater", x.isGreaterThan(y));
          c.output("atLeast", x.isAtLeast(y));
          c.output("equal", x.isEqualTo(y));
          c.output("min", x.min(y));
          c.output("max", x.max(y));
        };
    long[] edges = {0, 1, 2, 127, 128, 129, 254, 255};
    for (long x : edges) {
      for (long y : edges) {
        assertEquals(
            elements(
                x < y ? 1 : 0,
                x <= y ? 1 : 0,
                x > y ? 1 : 0,
                x >= y ? 1 : 0,
                x == y ? 1 : 0,
                Math.min(x, y),
                Math.max(x, y)),
            run(circuit, pair(x, y)));
      }
    }
    assertTrue(refusal(circuit, pair(256, 0)).contains("256 has more than 8 bits"));
  }

  @Test
  void comparisonsOfTheMostBits() throws UnsatisfiedCircuitException {
    Circuit circuit =
        c -> {
          Bounded x = c.input("x", Bounded.MAX_BITS);
          c.output("less", x.isLessThan(c.input("y", Bounded.MAX_BITS)));
        };
    Fr most = Fr.of(BigInteger.ONE.shiftLeft(Bounded.MAX_BITS).subtract(BigInteger.ONE));
    Fr next = most.minus(Fr.ONE);
    assertOutput(0, circuit, Inputs.of("x", most).and("y", Fr.ZERO));
    assertOutput(1, circuit, Inputs.of("x", Fr.ZERO).and("y", most));
    assertOutput(1, circuit, Inputs.of("x", next).and("y", most));
    assertOutput(0, circuit, Inputs.of("x", most).and("y", most));
    refusal(circuit, Inputs.of("x", MINUS_ONE).and("y", Fr.ZERO));
  }

  @Test
  void requiredOrder() throws UnsatisfiedCircuitException {
    Circuit circuit = c -> c.input("x", 5).assertAtMost(c.publicInput("y", 7));
    run(circuit, pair(31, 31));
    run(circuit, pair(0, 127));
    refusal(circuit, pair(31, 30));
    Circuit other = c -> c.input("x", 5).assertAtLeast(c.publicInput("y", 7));
    run(other, pair(31, 31));
    refusal(other, pair(31, 32));
  }

  @Test
  void logic() throws UnsatisfiedCircuitException {
    Circuit circuit =
        c -> {
          Bool x = c.input("x").bool();
          Bool y = c.input("y").bool();
          c.output("and", x.and(y));
          c.output("or", x.or(y));
          c.output("xor", x.xor(y));
          c.output("implies", x.implies(y));
          c.output("not", x.not());
          c.output("chosen", x.choose(c.constant(7), y.plus(c.constant(2))));
          c.output("zero", x.isZero());
        };
    for (int x = 0; x < 2; x++) {
      for (int y = 0; y < 2; y++) {
        assertEquals(
            elements(x & y, x | y, x ^ y, (1 - x) | y, 1 - x, x == 1 ? 7 : y + 2, 1 - x),
            run(circuit, pair(x, y)));
      }
    }
    refusal(circuit, pair(2, 0));
  }

  @Test
  void divisionWithRemainder() throws UnsatisfiedCircuitException {
    Circuit circuit =
        c -> {
          Bounded.Division division = c.input("x", 20).divideBy(c.input("y", 10));
          c.output("quotient", division.quotient());
          c.output("remainder", division.remainder());
        };
    for (long x : new long[] {0, 1, 1023, 1024, 999_999, (1 << 20) - 1}) {
      for (long y : new long[] {1, 2, 7, 1023}) {
        assertEquals(elements(x / y, x % y), run(circuit, pair(x, y)));
      }
    }
    assertTrue(refusal(circuit, pair(5, 0)).startsWith("divide"));
  }

  @Test
  void bitsOfFieldElements() throws UnsatisfiedCircuitException {
    Circuit circuit =
        c -> {
          List<Bool> bits = c.input("x").toBits();
          for (int i = 0; i < bits.size(); i++) {
            c.output("b" + i, bits.get(i));
          }
        };
    Fr half = Fr.of(Fr.MODULUS.shiftRight(1));
    for (Fr x : List.of(Fr.ZERO, Fr.ONE, half, MINUS_ONE, MINUS_ONE.minus(Fr.ONE))) {
      List<Fr> expected =
          IntStream.range(0, 254)
              .mapToObj(i -> x.toBigInteger().testBit(i) ? Fr.ONE : Fr.ZERO)
              .toList();
      assertEquals(expected, run(circuit, Inputs.of("x", x)));
    }
  }

  /** The bits of x + r have the same sum: no witness may have them. */
  @Test
  void bitsOfFieldElementsAreNotThoseOfAnother() throws UnsatisfiedCircuitException {
    CompiledCircuit compiled = CompiledCircuit.of(c -> c.input("x").toBits(), Simplification.NONE);
    for (long x : new long[] {0, 1, 5, 1L << 62}) {
      Witness honest = compiled.witness(Inputs.of("x", x));
      BigInteger alias = Fr.MODULUS.add(BigInteger.valueOf(x));
      FrVector values = honest.values().copy();
      List<Integer> bits = new ArrayList<>();
      for (int wire = 2; wire < values.size() && bits.size() < 254; wire++) {
        bits.add(wire);
      }
      for (int i = 0; i < 254; i++) {
        values.set(bits.get(i), alias.testBit(i) ? Fr.ONE : Fr.ZERO);
      }
      // What follows the bits are the products of the ones above, from the highest bit down.
      BigInteger largest = Fr.MODULUS.subtract(BigInteger.ONE);
      int next = 256;
      Fr equal = Fr.ONE;
      boolean first = true;
      int trailingOnes = largest.not().getLowestSetBit();
      for (int i = 253; i >= trailingOnes; i--) {
        if (largest.testBit(i)) {
          equal = alias.testBit(i) ? equal : Fr.ZERO;
          if (!first) {
            values.set(next++, equal);
          }
          first = false;
        }
      }
      assertEquals(values.size(), next);
      assertTrue(
          compiled.r1cs().firstViolation(Witness.of(values), Execution.sequential()).isPresent());
    }
  }

  @Test
  void arrays() throws UnsatisfiedCircuitException {
    Circuit circuit =
        c -> {
          List<Signal> xs = c.inputs("xs", 5);
          Signal index = c.publicInput("index");
          c.output("chosen", c.select(xs, index));
          c.output("sum", c.sum(xs));
        };
    for (int index = 0; index < 5; index++) {
      assertEquals(
          elements(index * 10L, 100),
          run(circuit, Inputs.of("xs", elements(0, 10, 20, 30, 40)).and("index", index)));
    }
    Inputs outside = Inputs.of("xs", elements(0, 10, 20, 30, 40)).and("index", 5);
    assertTrue(refusal(circuit, outside).startsWith("select"));
  }

  @Test
  void countsAndRuns() throws UnsatisfiedCircuitException {
    Circuit circuit =
        c -> {
          List<Bool> bits = c.inputs("bits", 8).stream().map(Signal::bool).toList();
          c.output("count", c.count(bits));
          c.output("number", c.fromBits(bits));
          List<Bounded> runs = c.runLengths(bits);
          for (int i = 0; i < 8; i++) {
            c.output("run" + i, runs.get(i));
          }
        };
    assertEquals(
        elements(5, 0b10110111 - 0b10000000 + 0, 1, 2, 3, 0, 1, 2, 0, 0),
        run(circuit, Inputs.of("bits", elements(1, 1, 1, 0, 1, 1, 0, 0))));
  }

  @Test
  void packedNumbers() throws UnsatisfiedCircuitException {
    Circuit circuit = c -> c.output("packed", c.pack(c.inputs("xs", 3, 8), 12));
    assertOutput(3L << 24 | 255 << 12 | 7, circuit, Inputs.of("xs", elements(7, 255, 3)));
    CompiledCircuit.of(
        c -> {
          List<Bounded> xs = c.inputs("xs", 32, 8);
          assertThrows(IllegalArgumentException.class, () -> c.pack(xs, 7));
          assertThrows(IllegalArgumentException.class, () -> c.pack(xs, 8));
          assertEquals(248, c.pack(xs.subList(0, 31), 8).bits());
        });
  }

  @Test
  void boundsGrow() {
    CompiledCircuit.of(
        c -> {
          Bounded x = c.input("x", 8);
          Bounded y = c.input("y", 4);
          assertEquals(BigInteger.valueOf(270), x.plus(y).max());
          assertEquals(BigInteger.valueOf(255 * 15), x.times(y).max());
          assertEquals(BigInteger.valueOf(255 * 3), x.times(3).max());
          assertEquals(9, x.plus(y).bits());
          assertEquals(BigInteger.valueOf(15), x.min(y).max());
          assertEquals(BigInteger.valueOf(255), x.max(y).max());
          assertEquals(BigInteger.valueOf(510), c.sumOfBounded(List.of(x, x)).max());
          assertThrows(IllegalArgumentException.class, () -> x.times(-1));
          Bounded wide = c.input("wide", Bounded.MAX_BITS);
          assertThrows(IllegalArgumentException.class, () -> wide.plus(wide));
          assertThrows(IllegalArgumentException.class, () -> wide.times(x));
          assertThrows(IllegalArgumentException.class, () -> c.input("wider", 253));
        });
  }

  @Test
  void constantsAreFolded() {
    CompiledCircuit compiled =
        CompiledCircuit.of(
            c -> {
              Bounded x = c.constant(5);
              x.times(c.constant(6)).assertEquals(30);
              x.isLessThan(c.constant(6)).assertTrue();
              x.isLessThan(c.constant(5)).assertFalse();
              x.isEqualTo(5).assertTrue();
              c.constant(Fr.of(9)).bounded(4);
              c.constant(7).dividedBy(c.constant(7)).assertEquals(1);
              assertThrows(IllegalArgumentException.class, () -> x.assertEquals(6));
              assertThrows(IllegalArgumentException.class, () -> c.constant(Fr.of(16)).bounded(4));
            });
    assertEquals(0, compiled.r1cs().constraints());
  }

  @ParameterizedTest
  @EnumSource
  void countsOfConstraints(Simplification simplification) {
    Circuit comparison = c -> c.output("less", c.input("x", 8).isLessThan(c.input("y", 8)));
    int constraints = CompiledCircuit.of(comparison, simplification).r1cs().constraints();
    // Bits: 8 and 8 of the inputs, 9 of the comparison; three sums, and the output.
    assertEquals(simplification == Simplification.NONE ? 25 + 3 + 1 : 25, constraints);
  }

  @Test
  void duplicatesAndUnusedWiresAreDropped() {
    Circuit circuit =
        c -> {
          Signal x = c.input("x");
          x.bool();
          x.bool();
          c.hint(operands -> List.of(Fr.ONE), 1, x);
          c.input("unused");
        };
    assertEquals(1, CompiledCircuit.of(circuit).r1cs().constraints());
    assertEquals(3, CompiledCircuit.of(circuit).r1cs().wires());
    assertEquals(2, CompiledCircuit.of(circuit, Simplification.NONE).r1cs().constraints());
  }

  /** Chains of equations, some of which turn products into linear constraints. */
  @Test
  void linearConstraintsAreSolved() throws UnsatisfiedCircuitException {
    Circuit circuit =
        c -> {
          Signal x = c.input("x");
          List<Signal> chain = c.hint(o -> Collections.nCopies(50, o.get(0)), 50, x);
          for (int i = 1; i < 50; i++) {
            chain.get(i).assertEquals(chain.get(i - 1));
          }
          chain.get(25).assertEquals(x);
          Signal one = c.hint(o -> List.of(Fr.ONE), 1).get(0);
          one.assertEquals(1);
          Signal product = one.times(chain.get(49));
          c.output("y", product.times(chain.get(7)));
        };
    assertEquals(1, CompiledCircuit.of(circuit).r1cs().constraints());
    assertOutput(49, circuit, Inputs.of("x", 7));
  }

  @Test
  void contradictionsAreFoundWhenCompiling() {
    Circuit circuit =
        c -> {
          Signal x = c.hint(o -> List.of(Fr.ONE), 1).get(0);
          x.assertEquals(1);
          c.in("part", () -> x.assertEquals(2));
        };
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> CompiledCircuit.of(circuit));
    assertTrue(String.valueOf(e.getMessage()).startsWith("part "), e.getMessage());
  }

  @Test
  void hintsProveNothing() {
    Circuit circuit =
        c -> {
          Signal root = c.hint(o -> List.of(Fr.of(3)), 1, c.publicInput("x")).get(0);
          root.square().assertEquals(c.publicInput("square"));
        };
    assertTrue(refusal(circuit, Inputs.of("x", 4).and("square", 16)).contains("9 is not 16"));
  }

  @Test
  void inputsMustFit() {
    CompiledCircuit compiled = CompiledCircuit.of(c -> c.inputs("xs", 2));
    assertThrows(IllegalArgumentException.class, () -> compiled.witness(Inputs.none()));
    assertThrows(
        IllegalArgumentException.class, () -> compiled.witness(Inputs.of("xs", elements(1))));
    assertThrows(
        IllegalArgumentException.class,
        () -> compiled.witness(Inputs.of("xs", elements(1, 2)).and("z", 1)));
    assertThrows(IllegalArgumentException.class, () -> Inputs.of("x", 1).and("x", 2));
    assertEquals(List.of("private xs[2]"), compiled.inputs());
  }

  @Test
  void theBitsOfInputsAreKnown() {
    CompiledCircuit compiled =
        CompiledCircuit.of(
            c -> {
              c.input("a", 1);
              c.inputs("b", 3, 2);
              c.publicInput("c", 7);
              c.publicInputs("d", 2, 8);
              c.input("free");
            });
    assertEquals(Map.of("a", 1, "b", 2, "c", 7, "d", 8), compiled.inputBits());
  }

  @Test
  void namesMustBeNamesAndDiffer() {
    for (String name : List.of("", "a b", "1x", "x.y", "x[0]")) {
      assertThrows(
          IllegalArgumentException.class, () -> CompiledCircuit.of(c -> c.input(name)), name);
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> CompiledCircuit.of(c -> c.output("x", c.publicInput("x"))));
  }

  @Test
  void signalsOfOtherCircuitsAreRefused() {
    List<Signal> leaked = new ArrayList<>();
    CompiledCircuit.of(c -> leaked.add(c.input("x")));
    assertThrows(
        IllegalArgumentException.class,
        () -> CompiledCircuit.of(c -> c.input("y").plus(leaked.get(0))));
  }

  @Test
  void wiresHaveNames() {
    CompiledCircuit compiled =
        CompiledCircuit.of(
            c -> {
              Signal x = c.inputs("xs", 2).get(1);
              c.output("y", c.in("part", () -> x.square().square()));
            });
    assertEquals("one", compiled.names().name(0));
    assertEquals("y", compiled.names().name(1));
    assertEquals("xs[1]", compiled.names().name(3));
    assertTrue(compiled.names().name(4).startsWith("part.w"), compiled.names().name(4));
    assertEquals("part", compiled.origin(0));
  }
}
