package zk4j.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;
import zk4j.bn254.Fr;
import zk4j.bn254.FrVector;
import zk4j.circuit.Bool;
import zk4j.circuit.CompiledCircuit;
import zk4j.circuit.Inputs;
import zk4j.circuit.MerkleCircuit;
import zk4j.circuit.PoseidonCircuit;
import zk4j.circuit.Signal;
import zk4j.circuit.Simplification;
import zk4j.core.Execution;
import zk4j.poseidon.Poseidon;
import zk4j.r1cs.R1cs;
import zk4j.r1cs.SignalNames;
import zk4j.r1cs.Witness;
import zk4j.r1cs.audit.MutationReport;
import zk4j.r1cs.audit.Mutations;

/** Every constraint of the gadgets is needed, but for those that are counted and explained. */
class MutationsTest {
  @Test
  void comparison() {
    CircuitTester.of(c -> c.output("less", c.input("x", 8).isLessThan(c.input("y", 8))))
        .accepts(Inputs.of("x", 255).and("y", 0), 0)
        .accepts(Inputs.of("x", 0).and("y", 255), 1)
        .accepts(Inputs.of("x", 0).and("y", 0), 0)
        .refuses(Inputs.of("x", 256).and("y", 1))
        .refuses(Inputs.of("x", 255).and("y", 256))
        .noticesMutations();
  }

  /** Range checks restrict inputs: what they miss is not that an output has a choice. */
  @Test
  void rangesTakeCasesThatAreRefused() {
    CircuitTester tester =
        CircuitTester.of(c -> c.output("less", c.input("x", 8).isLessThan(c.input("y", 8))))
            .accepts(Inputs.of("x", 255).and("y", 0), 0)
            .accepts(Inputs.of("x", 0).and("y", 255), 1)
            .accepts(Inputs.of("x", 0).and("y", 0), 0)
            .refuses(Inputs.of("x", 256).and("y", 1));
    // y's eight bits and their sum.
    AssertionFailedError e = assertThrows(AssertionFailedError.class, tester::noticesMutations);
    String message = String.valueOf(e.getMessage());
    assertTrue(message.startsWith("9 of 58 mutations are not noticed, instead of 0:"), message);
    assertTrue(message.contains("dropped: (y - bits.w"), message);
    assertTrue(message.contains(", from bits (MutationsTest.java:"), message);
    tester.noticesMutationsBut(9);
  }

  /**
   * The quotient is at most 42, so that its two highest bits are 0 whatever is lost beside them:
   * three mutations. So is the highest bit of remainder - 6 + 8, which is required to be: three
   * more.
   */
  @Test
  void division() {
    CircuitTester.of(c -> c.output("q", c.input("x", 8).divideBy(c.constant(6)).quotient()))
        .accepts(Inputs.of("x", 255), 42)
        .accepts(Inputs.of("x", 0), 0)
        .accepts(Inputs.of("x", 131), 21)
        .accepts(Inputs.of("x", 4), 0)
        .refuses(Inputs.of("x", 256))
        .noticesMutationsBut(6);
  }

  /** A sample of the 355 constraints of an element's bits. */
  @Test
  void bits() throws Exception {
    CompiledCircuit compiled =
        CompiledCircuit.of(c -> c.output("b", c.input("x").toBits().get(7)), Simplification.NONE);
    List<Witness> accepted =
        List.of(compiled.witness(Inputs.of("x", -1)), compiled.witness(Inputs.of("x", 255)));
    MutationReport report = Mutations.of(compiled.r1cs(), accepted, List.of(), 60, 1);
    assertEquals(60, report.mutated());
    assertEquals(List.of(), report.survivors());
  }

  @Test
  void index() {
    List<Fr> xs = List.of(Fr.of(5), Fr.of(6), Fr.of(7), Fr.of(8));
    CircuitTester.of(c -> c.output("y", c.select(c.inputs("xs", 4), c.input("index"))))
        .accepts(Inputs.of("xs", xs).and("index", 1), 6)
        .accepts(Inputs.of("xs", xs).and("index", 2), 7)
        .accepts(Inputs.of("xs", xs).and("index", 3), 8)
        .refuses(Inputs.of("xs", xs).and("index", 4))
        .noticesMutations();
  }

  @Test
  void poseidon() {
    CircuitTester.of(c -> c.output("hash", PoseidonCircuit.hash(c, c.input("x"))))
        .accepts(Inputs.of("x", 3), Poseidon.hash(Fr.of(3)))
        .noticesMutations();
  }

  @Test
  void merkle() {
    CircuitTester.of(
            c -> {
              List<Bool> index = c.input("index", 1).bitList();
              c.output("root", MerkleCircuit.root(c, c.input("x"), index, c.inputs("s", 1)));
            })
        .accepts(Inputs.of("x", 3).and("index", 0).and("s", 4L), Poseidon.hash(Fr.of(3), Fr.of(4)))
        .accepts(Inputs.of("x", 3).and("index", 1).and("s", 4L), Poseidon.hash(Fr.of(4), Fr.of(3)))
        .refuses(Inputs.of("x", 3).and("index", 2).and("s", 4L))
        .noticesMutations();
  }

  /** An assertion has no outputs: what it requires is seen in what is refused. */
  @Test
  void assertions() {
    CircuitTester tester =
        CircuitTester.of(c -> c.input("x", 8).assertAtMost(c.input("y", 8)))
            .accepts(Inputs.of("x", 0).and("y", 255))
            .accepts(Inputs.of("x", 255).and("y", 255))
            .accepts(Inputs.of("x", 0).and("y", 0))
            .refuses(Inputs.of("x", -1).and("y", 0))
            .refuses(Inputs.of("x", 255).and("y", 256));
    tester.noticesMutationsBut(9); // the bits of y - x and their sum
    tester.refuses(Inputs.of("x", 1).and("y", 0)).noticesMutations();
  }

  private static R1cs twice(Simplification simplification) {
    return CompiledCircuit.of(
            c -> {
              Signal x = c.input("x");
              Signal y = c.hint(operands -> operands, 1, x).get(0);
              y.assertEquals(x);
              y.times(c.constant(3)).assertEquals(x.times(Fr.of(3)));
              c.output("y", y);
            },
            simplification)
        .r1cs();
  }

  /** Of two constraints that say the same, either may go. */
  @Test
  void withoutCasesTheAuditAlone() {
    R1cs r1cs = twice(Simplification.NONE);
    MutationReport report = Mutations.of(r1cs);
    assertEquals(3, report.constraints());
    assertEquals(3, report.mutations());
    assertEquals(2, report.survivors().size());
    assertEquals(
        "constraint 0 dropped: (-w2 + w3) * (1) = 0",
        report.survivors().get(0).text(r1cs, SignalNames.byWire()));
  }

  @Test
  void samples() {
    R1cs r1cs =
        CompiledCircuit.of(c -> c.output("h", PoseidonCircuit.hash(c, c.input("x")))).r1cs();
    MutationReport report = Mutations.of(r1cs, List.of(), List.of(), 10, 7);
    assertEquals(r1cs.constraints(), report.constraints());
    assertEquals(10, report.mutated());
    assertEquals(List.of(), report.survivors());
  }

  @Test
  void refusesCasesThatAreNone() throws Exception {
    CompiledCircuit compiled = CompiledCircuit.of(c -> c.output("y", c.input("x", 4)));
    Witness right = compiled.witness(Inputs.of("x", 3));
    Witness wrong = compiled.uncheckedWitness(Inputs.of("x", 16));
    R1cs r1cs = compiled.r1cs();
    assertTrue(r1cs.firstViolation(wrong, Execution.sequential()).isPresent());
    assertThrows(
        IllegalArgumentException.class, () -> Mutations.of(r1cs, List.of(wrong), List.of(), 9, 1));
    assertThrows(
        IllegalArgumentException.class, () -> Mutations.of(r1cs, List.of(), List.of(right), 9, 1));
    Witness other = Witness.of(FrVector.copyOf(List.of(Fr.ONE)));
    assertThrows(
        IllegalArgumentException.class, () -> Mutations.of(r1cs, List.of(other), List.of(), 9, 1));
  }
}
