package zk4j.circuit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import zk4j.bn254.Fr;
import zk4j.bn254.FrVector;
import zk4j.circuit.GateSystem.Gate;
import zk4j.circuit.GateSystem.Requirement;
import zk4j.circuit.GateSystem.Violation;
import zk4j.core.Execution;
import zk4j.poseidon.Poseidon;
import zk4j.r1cs.Witness;

class GateSystemTest {
  private static final int NONE = GateSystem.NONE;

  /** A range of so many bits, and nothing else. */
  private static CompiledGates range(int bits, int table) {
    return CompiledGates.of(c -> c.input("x", bits), table);
  }

  private static Inputs x(BigInteger value) {
    return Inputs.of("x", Fr.reduce(value));
  }

  @ParameterizedTest
  @CsvSource({"1,8", "7,8", "8,8", "9,8", "16,8", "17,8", "16,16", "31,4", "252,12", "3,1", "2,2"})
  void rangesHaveTheirBounds(int bits, int table) throws Exception {
    CompiledGates range = range(bits, table);
    BigInteger bound = BigInteger.ONE.shiftLeft(bits);
    for (BigInteger inside : List.of(BigInteger.ZERO, bound.subtract(BigInteger.ONE))) {
      assertEquals("", range.violation(range.witness(x(inside))));
    }
    // -1 and 1/2 too: what is shifted may be in the table where its number is not.
    BigInteger half = Fr.of(2).inverse().toBigInteger();
    for (BigInteger outside : List.of(bound, bound.add(bound), BigInteger.ONE.negate(), half)) {
      assertThrows(UnsatisfiedCircuitException.class, () -> range.witness(x(outside)));
      assertFalse(range.system().isSatisfied(range.uncheckedWitness(x(outside))));
    }
  }

  @Test
  void sixteenBitsAreOneLookupOfATableOfThemOrTwoOfBytes() {
    assertEquals(1, range(16, 16).system().lookups());
    assertEquals(1, range(16, 16).system().gates().size());
    assertEquals(2, range(16, 8).system().lookups());
    assertEquals(2, range(16, 8).system().gates().size());
    assertEquals(2, range(7, 8).system().lookups());
  }

  @Test
  void rangesOfOneSignalAreLookedUpOnce() {
    CompiledGates gates =
        CompiledGates.of(
            c -> {
              Signal x = c.input("x");
              x.bounded(8);
              x.bounded(8);
              x.bounded(12);
            },
            8);
    assertEquals(1, gates.system().lookups());
  }

  @Test
  void theTableFitsTheCircuit() {
    assertEquals(8, CompiledGates.of(c -> c.inputs("x", 300, 8)).system().tableBits());
    GateSystem few = CompiledGates.of(c -> c.inputs("x", 2, 16)).system();
    assertTrue(few.tableBits() < 8, few.toString());
    GateSystem many = CompiledGates.of(c -> c.inputs("x", 40_000, 16)).system();
    assertEquals(16, many.tableBits());
    assertEquals(40_000, many.gates().size());
  }

  /** Products, sums of many terms, comparisons, divisions and hashes of random shape. */
  private static Circuit random(long seed) {
    return c -> {
      Random random = new Random(seed);
      List<Bounded> numbers = new ArrayList<>(c.inputs("x", 6, 12));
      Bounded limit = c.publicInput("limit", 12);
      List<Signal> signals = new ArrayList<>(numbers);
      for (int i = 0; i < 12; i++) {
        Signal left = signals.get(random.nextInt(signals.size()));
        Signal right = signals.get(random.nextInt(signals.size()));
        Bounded number = numbers.get(random.nextInt(numbers.size()));
        switch (random.nextInt(7)) {
          case 0 -> signals.add(left.times(right));
          case 1 -> signals.add(left.plus(7).times(right.minus(c.sum(signals))));
          case 2 -> signals.add(number.isLessThan(limit));
          case 3 -> signals.add(left.isEqualTo(right).choose(left, number));
          case 4 -> signals.add(number.divideBy((Bounded) limit.plus(1)).remainder());
          case 5 -> signals.add(PoseidonCircuit.hash(c, left, right));
          default -> signals.add(c.sum(number.bitList()).plus(left.times(Fr.of(random.nextInt()))));
        }
      }
      c.output("sum", c.sum(signals));
      c.output("product", signals.get(signals.size() - 1).times(c.sum(signals.subList(0, 5))));
    };
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void randomCircuitsComputeWhatRankOneSystemsDo(long seed) throws Exception {
    CompiledCircuit constraints = CompiledCircuit.of(random(seed));
    Random random = new Random(seed);
    for (int table : new int[] {0, 4, 13}) {
      CompiledGates gates =
          table == 0 ? CompiledGates.of(random(seed)) : CompiledGates.of(random(seed), table);
      Inputs inputs =
          Inputs.of("limit", random.nextInt(1 << 12))
              .and("x", LongStream.generate(() -> random.nextInt(1 << 12)).limit(6).toArray());
      Witness witness = gates.witness(inputs);
      assertEquals("", gates.violation(witness));
      Witness expected = constraints.witness(inputs);
      assertTrue(constraints.r1cs().firstViolation(expected, Execution.defaults()).isEmpty());
      assertEquals(expected.publicSignals(3).toList(), witness.publicSignals(3).toList());
    }
  }

  /** Each wire of a gate matters: with another value some gate fails. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void everyWireThatAGateHasIsRequired(long seed) throws Exception {
    CompiledGates gates = CompiledGates.of(random(seed), 6);
    Witness witness = gates.witness(Inputs.of("limit", 100).and("x", 1, 99, 100, 101, 4095, 0));
    Random random = new Random(seed);
    boolean[] used = new boolean[gates.system().wires()];
    for (Gate gate : gates.system().gates()) {
      gate.wires().stream().filter(wire -> wire != NONE).forEach(wire -> used[wire] = true);
    }
    // Inputs alone may change; those of one gate alone, which is a lookup, may take some values.
    int inputs = gates.system().publicSignals() + 6;
    for (int wire : random.ints(60, inputs + 1, used.length).filter(w -> used[w]).toArray()) {
      FrVector values = witness.values().copy();
      values.set(wire, values.get(wire).plus(Fr.of(random.nextInt())));
      assertFalse(gates.system().isSatisfied(Witness.of(values)), "wire " + wire);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 16})
  void hashesAreThoseOutsideOfCircuits(int inputs) throws Exception {
    CompiledGates gates =
        CompiledGates.of(c -> c.output("hash", PoseidonCircuit.hash(c, c.inputs("x", inputs))));
    List<Fr> values = IntStream.range(0, inputs).mapToObj(Fr::of).toList();
    Witness witness = gates.witness(Inputs.of("x", values));
    assertEquals("", gates.violation(witness));
    assertEquals(Poseidon.hash(values), witness.get(1));
  }

  @Test
  void hashesOfConstants() throws Exception {
    CompiledGates gates =
        CompiledGates.of(
            c -> c.output("hash", PoseidonCircuit.hash(c, c.constant(3), c.input("x"))));
    assertEquals(Poseidon.hash(Fr.of(3), Fr.of(4)), gates.witness(Inputs.of("x", 4)).get(1));
  }

  @Test
  void aHashOfTwoTakesSoManyGates() {
    assertEquals(
        222, // of which one is the output's, and one makes it equal the hash
        CompiledGates.of(c -> c.output("hash", PoseidonCircuit.hash(c, c.input("x"), c.input("y"))))
            .system()
            .gates()
            .size());
  }

  private static Gate gate(int a, int b, int c, boolean carries, boolean raises, int shift) {
    Fr zero = Fr.ZERO;
    return new Gate(a, b, c, zero, Fr.ONE, zero, zero, zero, zero, carries, raises, shift);
  }

  /** The public signal x with a lookup, a gate 2xy - z + 3 = 0, and one that raises. */
  private static GateSystem small() {
    Fr zero = Fr.ZERO;
    return GateSystem.of(
        1,
        7,
        3,
        List.of(
            GateSystem.ofPublicSignal(1, 1),
            new Gate(1, 2, NONE, Fr.of(2), zero, zero, zero, zero, Fr.of(3), true, false, -1),
            new Gate(
                NONE, 3, NONE, zero, zero, Fr.ONE.negate(), zero, Fr.ONE, zero, false, false, -1),
            new Gate(4, 5, 6, zero, zero, zero, zero, zero, zero, false, true, -1)));
  }

  private static Witness witness(long... values) {
    return Witness.of(FrVector.copyOf(LongStream.of(values).mapToObj(Fr::of).toList()));
  }

  @Test
  void violationsNameRowAndRequirement() {
    GateSystem system = small();
    Witness good = witness(1, 3, 5, 33, 2, 4, 32);
    assertTrue(system.isSatisfied(good));
    assertEquals(
        new Violation(2, Requirement.SUM),
        system.violation(witness(1, 3, 5, 34, 2, 4, 32)).orElseThrow());
    assertEquals(
        new Violation(0, Requirement.LOOKUP),
        system.violation(witness(1, 4, 5, 43, 2, 4, 32)).orElseThrow());
    for (long[] raised : new long[][] {{2, 5, 32}, {2, 4, 33}, {3, 4, 32}}) {
      assertEquals(
          new Violation(3, Requirement.FIFTH_POWER),
          system.violation(witness(1, 3, 5, 33, raised[0], raised[1], raised[2])).orElseThrow());
    }
    List<FrVector> columns = system.columns(good);
    columns.get(0).set(1, Fr.ZERO);
    columns.get(3).set(2, Fr.of(3));
    columns.get(1).set(2, Fr.of(3));
    assertEquals(
        new Violation(1, Requirement.COPY),
        system.violation(columns, List.of(Fr.of(3))).orElseThrow());
    assertEquals(
        new Violation(0, Requirement.SUM),
        system.violation(system.columns(good), List.of(Fr.of(4))).orElseThrow());
  }

  @Test
  void violationsNameTheCircuitsPartWithoutValues() {
    CompiledGates gates = CompiledGates.of(c -> c.in("pulse", () -> c.input("x", 8)), 8);
    String text = gates.violation(gates.uncheckedWitness(Inputs.of("x", 54321)));
    assertTrue(text.startsWith("gate 0, LOOKUP: pulse ("), text);
    assertFalse(text.contains("54321"), text);
  }

  @Test
  void systemsThatAreNoneAreRefused() {
    Gate plain = gate(1, NONE, NONE, false, false, -1);
    GateSystem.of(0, 2, 8, List.of(plain));
    for (List<Gate> gates :
        List.of(
            List.of(gate(2, NONE, NONE, false, false, -1)),
            List.of(gate(0, NONE, NONE, false, false, -1)),
            List.of(gate(-2, NONE, NONE, false, false, -1)),
            List.of(gate(1, NONE, NONE, true, false, -1)),
            List.of(gate(1, 1, NONE, false, true, -1)),
            List.of(gate(NONE, 1, NONE, false, false, 0)),
            List.of(gate(1, NONE, NONE, false, false, 9)),
            List.of(gate(1, NONE, NONE, false, false, -2)))) {
      assertThrows(IllegalArgumentException.class, () -> GateSystem.of(0, 2, 8, gates));
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> GateSystem.of(1, 2, 8, List.of(gate(NONE, 1, NONE, false, false, -1))));
    assertThrows(IllegalArgumentException.class, () -> GateSystem.of(2, 2, 8, List.of()));
    assertThrows(IllegalArgumentException.class, () -> GateSystem.of(0, 2, 0, List.of()));
    assertThrows(IllegalArgumentException.class, () -> GateSystem.of(0, 2, 21, List.of()));
  }
}
