package zk4j.circuit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import zk4j.bn254.Fr;
import zk4j.core.Execution;
import zk4j.merkle.MerkleTree;
import zk4j.poseidon.Nullifier;
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

  /** Lengths about the ends of blocks and of what padding leaves of them. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 55, 56, 63, 64, 65, 119, 120})
  void sha256(int length) throws Exception {
    byte[] message = new byte[length];
    new Random(length).nextBytes(message);
    byte[] expected = MessageDigest.getInstance("SHA-256").digest(message);
    Circuit circuit =
        c -> {
          List<Bounded> bytes = length == 0 ? List.of() : c.inputs("message", length, 8);
          List<Bounded> hash = Sha256Circuit.hashBytes(c, bytes);
          for (int i = 0; i < hash.size(); i++) {
            c.output("hash" + i, hash.get(i));
          }
        };
    List<Fr> values = IntStream.range(0, length).mapToObj(i -> Fr.of(message[i] & 0xff)).toList();
    Inputs inputs = length == 0 ? Inputs.none() : Inputs.of("message", values);
    CompiledCircuit compiled = CompiledCircuit.of(circuit);
    Witness witness = compiled.witness(inputs);
    assertTrue(compiled.r1cs().firstViolation(witness, Execution.sequential()).isEmpty());
    for (int i = 0; i < expected.length; i++) {
      assertEquals(Fr.of(expected[i] & 0xff), witness.get(1 + i));
    }
  }

  /** A message that need not be of whole bytes: FIPS 180-4's 5 bits of CAVP's bit-oriented file. */
  @Test
  void sha256OfBits() throws Exception {
    Circuit circuit =
        c -> {
          List<Bool> message = c.inputs("message", 5).stream().map(Signal::bool).toList();
          c.output("high", c.fromBits(reversed(Sha256Circuit.hash(c, message)).subList(128, 256)));
        };
    List<Fr> message = List.of(Fr.ZERO, Fr.ONE, Fr.ONE, Fr.ZERO, Fr.ONE);
    BigInteger expected = new BigInteger("d6d3e02a31a84a8caa9718ed6c2057be", 16);
    assertEquals(Fr.of(expected), output(circuit, Inputs.of("message", message)));
  }

  private static <T> List<T> reversed(List<T> list) {
    List<T> result = new ArrayList<>(list);
    Collections.reverse(result);
    return result;
  }

  @Test
  void sha256TakesBytes() {
    CompiledCircuit.of(
        c -> {
          List<Bounded> wide = c.inputs("wide", 2, 9);
          assertThrows(IllegalArgumentException.class, () -> Sha256Circuit.hashBytes(c, wide));
        });
  }

  @Test
  void merkleUpdates() throws UnsatisfiedCircuitException {
    int depth = 3;
    Circuit circuit =
        c -> {
          MerkleCircuit.Update update =
              MerkleCircuit.update(
                  c,
                  c.input("before"),
                  c.input("after"),
                  c.input("index", depth).bitList(),
                  c.inputs("siblings", depth));
          c.output("old", update.before());
          c.output("new", update.after());
        };
    CompiledCircuit compiled = CompiledCircuit.of(circuit);
    List<Fr> leaves = new ArrayList<>(randoms(new Random(8), 1 << depth));
    MerkleTree tree = MerkleTree.ofDepth(depth);
    tree.appendAll(leaves, Execution.sequential());
    Fr after = Fr.of(99);
    Inputs inputs =
        Inputs.of("before", leaves.get(5))
            .and("after", after)
            .and("index", 5)
            .and("siblings", tree.prove(5).siblings());
    Witness witness = compiled.witness(inputs);
    assertEquals(tree.root(), witness.get(1));
    tree.set(5, after);
    assertEquals(tree.root(), witness.get(2));
  }

  @Test
  void nullifiers() throws UnsatisfiedCircuitException {
    Circuit circuit =
        c ->
            c.output(
                "nullifier", NullifierCircuit.of(c, c.input("secret"), c.publicInput("scope")));
    Fr secret = Fr.of(77);
    Fr scope = Fr.of(5);
    Inputs inputs = Inputs.of("secret", secret).and("scope", scope);
    assertEquals(Nullifier.of(secret, scope), output(circuit, inputs));
    assertEquals(Poseidon.hash(scope, secret), Nullifier.of(secret, scope));
  }
}
