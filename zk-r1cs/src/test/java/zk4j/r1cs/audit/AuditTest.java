package zk4j.r1cs.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import zk4j.bn254.Fr;
import zk4j.bn254.FrVector;
import zk4j.bn254.SparseMatrix;
import zk4j.circuit.Bool;
import zk4j.circuit.Bounded;
import zk4j.circuit.Circuit;
import zk4j.circuit.CircuitBuilder;
import zk4j.circuit.CompiledCircuit;
import zk4j.circuit.MerkleCircuit;
import zk4j.circuit.PoseidonCircuit;
import zk4j.circuit.Sha256Circuit;
import zk4j.circuit.Signal;
import zk4j.circuit.Simplification;
import zk4j.core.Execution;
import zk4j.r1cs.R1cs;
import zk4j.r1cs.audit.AuditReport.Counterexample;
import zk4j.r1cs.audit.AuditReport.Verdict;

/** Gadgets that are determined, and mistakes that others made. */
class AuditTest {
  private static void assertSafe(Circuit circuit) {
    for (Simplification simplification : Simplification.values()) {
      CompiledCircuit compiled = CompiledCircuit.of(circuit, simplification);
      AuditReport report = Audit.of(compiled.r1cs());
      assertEquals(
          Verdict.SAFE,
          report.verdict(),
          () ->
              simplification
                  + ": open are "
                  + report.openSignals().stream().limit(9).map(compiled.names()::name).toList());
    }
  }

  private static void assertBroken(Circuit circuit) {
    for (Simplification simplification : Simplification.values()) {
      R1cs r1cs = CompiledCircuit.of(circuit, simplification).r1cs();
      AuditReport report = Audit.of(r1cs);
      assertEquals(Verdict.COUNTEREXAMPLE, report.verdict(), simplification::toString);
      Counterexample pair = report.counterexample().orElseThrow();
      assertTrue(r1cs.firstViolation(pair.first(), Execution.sequential()).isEmpty());
      assertTrue(r1cs.firstViolation(pair.second(), Execution.sequential()).isEmpty());
      for (int wire = 0; wire < r1cs.privateInputs() + r1cs.publicInputs(); wire++) {
        int input = r1cs.publicOutputs() + 1 + wire;
        assertEquals(pair.first().get(input), pair.second().get(input));
      }
      assertNotEquals(pair.first().get(pair.wire()), pair.second().get(pair.wire()));
      assertTrue(pair.wire() <= r1cs.publicOutputs());
    }
  }

  @Test
  void comparisons() {
    assertSafe(c -> c.output("less", c.input("x", 16).isLessThan(c.input("y", 12))));
    assertSafe(c -> c.output("min", c.input("x", 16).min(c.input("y", 16))));
    assertSafe(c -> c.output("equal", c.input("x").isEqualTo(c.input("y"))));
    assertSafe(c -> c.output("zero", c.input("x").isZero()));
  }

  @Test
  void arithmetic() {
    assertSafe(c -> c.output("z", c.input("x").times(c.input("y")).square()));
    assertSafe(c -> c.output("quotient", c.input("x").dividedBy(c.input("y"))));
  }

  /** Of what remains a sum of others after linear constraints are solved, too. */
  @Test
  void arrays() {
    assertSafe(c -> c.output("chosen", c.select(c.inputs("xs", 5), c.input("index"))));
    assertSafe(
        c -> {
          List<Bool> bits = c.input("x", 40).bitList();
          c.output("count", c.count(bits));
          c.output("run", c.runLengths(bits).get(39));
        });
  }

  @Test
  void divisions() {
    assertSafe(c -> c.output("average", c.input("x", 20).divideBy(c.constant(60)).quotient()));
  }

  @Test
  void bitsOfElementsOfTheField() {
    assertSafe(c -> c.output("b", c.input("x").toBits().get(0)));
    assertSafe(c -> c.output("count", c.count(c.input("x").toBits())));
  }

  @Test
  void hashes() {
    assertSafe(
        c -> {
          List<Bounded> hash = Sha256Circuit.hashBytes(c, c.inputs("message", 20, 8));
          c.output("h0", hash.get(0));
          c.output("h31", hash.get(31));
        });
    assertSafe(
        c -> {
          List<Bool> index = c.input("index", 4).bitList();
          c.output("root", MerkleCircuit.root(c, c.input("x"), index, c.inputs("s", 4)));
        });
  }

  @Test
  void poseidon() {
    assertSafe(c -> c.output("hash", PoseidonCircuit.hash(c, c.inputs("xs", 2))));
  }

  private static Signal free(CircuitBuilder c) {
    return c.hint(operands -> List.of(Fr.ZERO), 1).get(0);
  }

  /** An assignment without a constraint, as with circom's {@code <--}. */
  @Test
  void aHintWithoutAConstraint() {
    assertBroken(
        c -> {
          c.input("x");
          c.output("y", free(c));
        });
  }

  /** A square root has two values. */
  @Test
  void aRootIsNotUnique() {
    assertBroken(
        c -> {
          Signal root = c.hint(operands -> operands, 1, c.input("x")).get(0);
          root.square().assertEquals(c.input("square"));
          c.output("root", root);
        });
  }

  /** The inverse's constraint alone: out may be anything where x is not 0. */
  @Test
  void isZeroWithoutItsSecondConstraint() {
    assertBroken(
        c -> {
          Signal x = c.input("x");
          Signal inverse = free(c);
          c.output("out", c.constant(1).minus(x.times(inverse)));
        });
  }

  /** 254 bits have two values for small numbers: x and x + r. */
  @Test
  void aliasedBits() {
    assertBroken(
        c -> {
          Signal x = c.input("x");
          List<Signal> bits = c.hint(operands -> Collections.nCopies(254, Fr.ZERO), 254);
          Signal sum = c.constant(0);
          Fr power = Fr.ONE;
          for (Signal bit : bits) {
            sum = sum.plus(bit.bool().times(power));
            power = power.plus(power);
          }
          sum.assertEquals(x);
          c.output("lowest", bits.get(0));
        });
  }

  /** A remainder that is not smaller than the divisor. */
  @Test
  void divisionWithoutABoundOfTheRemainder() {
    assertBroken(
        c -> {
          Bounded x = c.input("x", 8);
          List<Signal> hints = c.hint(operands -> List.of(Fr.ZERO, operands.get(0)), 2, x);
          Bounded quotient = hints.get(0).bounded(8);
          Bounded remainder = hints.get(1).bounded(8);
          quotient.times(7).plus(remainder).assertEquals(x);
          c.output("quotient", quotient);
        });
  }

  /** A decoder whose bits need not sum to one: all may be 0. */
  @Test
  void indicatorsWithoutTheirSum() {
    assertBroken(
        c -> {
          Signal index = c.input("index");
          Signal chosen = c.constant(0);
          for (int i = 0; i < 3; i++) {
            Signal bit = free(c).bool();
            bit.times(index.minus(i)).assertEquals(0);
            chosen = chosen.plus(bit.times(c.input("x" + i)));
          }
          c.output("chosen", chosen);
        });
  }

  /** A selector that is not required to be a bit. */
  @Test
  void aProductWithAFreeFactor() {
    assertBroken(
        c -> {
          Signal x = c.input("x");
          Signal y = c.input("y");
          c.output("z", y.plus(free(c).times(x.minus(y))));
        });
  }

  /** An input that a compiler has removed is not free, and so nothing that depends on it is. */
  @Test
  void nothingIsSaidOfSystemsWithoutAllTheirInputs() {
    R1cs whole = CompiledCircuit.of(c -> c.output("y", c.input("x"))).r1cs();
    assertEquals(Verdict.SAFE, Audit.of(whole).verdict());
    SparseMatrix none = SparseMatrix.of(2, new int[] {0}, new int[0], FrVector.zeros(0));
    R1cs without = R1cs.of(1, 0, 1, 3, new long[] {0, 1}, none, none, none);
    AuditReport report = Audit.of(without);
    assertEquals(Verdict.UNKNOWN, report.verdict());
    assertEquals(1, report.missingInputs());
    R1cs noInputs = R1cs.of(1, 0, 0, 2, new long[] {0, 1}, none, none, none);
    assertEquals(Verdict.COUNTEREXAMPLE, Audit.of(noInputs).verdict());
  }
}
