package zk4j.circuit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import zk4j.bn254.Fr;
import zk4j.core.Execution;
import zk4j.poseidon.Poseidon;
import zk4j.r1cs.Witness;

/** Hashes in circuits against those outside. */
class HashCircuitsTest {
  private static final int[] PARTIAL_ROUNDS = {56, 57, 56, 60, 60, 63, 64, 63};

  private static Fr output(Circuit circuit, Inputs inputs) throws UnsatisfiedCircuitException {
    CompiledCircuit compiled = CompiledCircuit.of(circuit);
    Witness witness = compiled.witness(inputs);
    assertEquals(true, compiled.r1cs().firstViolation(witness, Execution.sequential()).isEmpty());
    return witness.get(1);
  }

  private static List<Fr> randoms(Random random, int count) {
    return Stream.generate(() -> Fr.reduce(new BigInteger(300, random))).limit(count).toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 8, 16})
  void poseidon(int inputs) throws UnsatisfiedCircuitException {
    Circuit circuit = c -> c.output("hash", PoseidonCircuit.hash(c, c.inputs("xs", inputs)));
    List<Fr> values = randoms(new Random(inputs), inputs);
    assertEquals(Poseidon.hash(values), output(circuit, Inputs.of("xs", values)));
    if (inputs <= PARTIAL_ROUNDS.length) {
      int powers = 8 * (inputs + 1) - 1 + PARTIAL_ROUNDS[inputs - 1];
      // The first element's first power is constant; the output is solved for the last one.
      assertEquals(3 * powers, CompiledCircuit.of(circuit).r1cs().constraints());
    }
  }

  /** Constants, sums, and repeated signals as inputs. */
  @Test
  void poseidonOfOtherThanWires() throws UnsatisfiedCircuitException {
    Circuit circuit =
        c -> {
          Signal x = c.input("x");
          Signal first = PoseidonCircuit.hash(c, x.plus(x).plus(5), c.constant(7), x);
          c.output("hash", PoseidonCircuit.hash(c, first, first));
        };
    Fr x = Fr.of(11);
    Fr first = Poseidon.hash(Fr.of(27), Fr.of(7), x);
    assertEquals(Poseidon.hash(first, first), output(circuit, Inputs.of("x", x)));
    Circuit constant = c -> c.output("hash", PoseidonCircuit.hash(c, c.constant(3)));
    assertEquals(Poseidon.hash(Fr.of(3)), output(constant, Inputs.none()));
  }

  @Test
  void poseidonTakesOneToSixteenInputs() {
    CompiledCircuit.of(
        c -> {
          assertThrows(IllegalArgumentException.class, () -> PoseidonCircuit.hash(c, List.of()));
          assertThrows(
              IllegalArgumentException.class, () -> PoseidonCircuit.hash(c, c.inputs("xs", 17)));
        });
  }

  @Test
  void merkleRoots() throws UnsatisfiedCircuitException {
    int depth = 4;
    List<Fr> leaves = randoms(new Random(7), 1 << depth);
    Circuit circuit =
        c -> {
          Signal leaf = c.input("leaf");
          List<Bool> index = c.input("index", depth).bitList();
          c.output("root", MerkleCircuit.root(c, leaf, index, c.inputs("siblings", depth)));
        };
    for (int index : new int[] {0, 5, 10, 15}) {
      List<Fr> level = leaves;
      List<Fr> siblings = new ArrayList<>();
      for (int d = 0; d < depth; d++) {
        siblings.add(level.get((index >> d) ^ 1));
        List<Fr> below = level;
        level =
            IntStream.range(0, below.size() / 2)
                .mapToObj(i -> Poseidon.hash(below.get(2 * i), below.get(2 * i + 1)))
                .toList();
      }
      Inputs inputs =
          Inputs.of("leaf", leaves.get(index)).and("index", index).and("siblings", siblings);
      assertEquals(level.get(0), output(circuit, inputs));
    }
  }
}
