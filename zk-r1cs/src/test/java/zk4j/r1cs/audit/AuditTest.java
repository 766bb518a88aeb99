package zk4j.r1cs.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import zk4j.babyjubjub.Point;
import zk4j.bn254.Fr;
import zk4j.bn254.FrVector;
import zk4j.bn254.SparseMatrix;
import zk4j.circuit.BabyJubJubCircuit;
import zk4j.circuit.BabyJubJubCircuit.CurvePoint;
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

  /** That no denominator is 0 follows from what the curve is, wherever the points are. */
  @Test
  void sumsOfPoints() {
    assertSafe(
        c -> {
          BabyJubJubCircuit curve = new BabyJubJubCircuit(c);
          CurvePoint p = curve.point(c.input("x1"), c.input("y1"));
          CurvePoint q = curve.point(c.input("x2"), c.input("y2"));
          CurvePoint sum = curve.add(curve.add(p, q), curve.constant(Point.BASE8));
          CurvePoint multiple = curve.eightfold(sum);
          c.output("x", multiple.x());
          c.output("y", multiple.y());
        });
  }

  private static Signal free(CircuitBuilder c) {
    return c.hint(operands -> List.of(Fr.ZERO), 1).get(0);
  }

  // Mistakes and their repairs, in the order of docs/audit.md.

  /** An assignment without a constraint, as with circom's {@code <--}. */
  @Test
  void aHashThatIsAssignedOnly() {
    assertBroken(
        c -> {
          Signal power = c.input("x").plus(5).square().square();
          c.output("hash", c.hint(operands -> operands, 1, power).get(0));
        });
    assertSafe(
        c -> {
          Signal power = c.input("x").plus(5).square().square();
          Signal hash = c.hint(operands -> operands, 1, power).get(0);
          hash.assertEquals(power);
          c.output("hash", hash);
        });
  }

  /** A square root has two values; the repaired circuit takes one. */
  @Test
  void aRootIsNotUnique() {
    assertBroken(
        c -> {
          Signal root = c.hint(operands -> operands, 1, c.input("x")).get(0);
          root.square().assertEquals(c.input("square"));
          c.output("root", root);
        });
    assertSafe(
        c -> {
          Signal root = c.input("x");
          root.square().assertEquals(c.input("square"));
          c.output("root", root);
        });
  }

  /** The inverse's constraint alone: out may be anything where x is not 0. */
  @Test
  void isZeroWithoutItsSecondConstraint() {
    assertBroken(c -> c.output("out", isZero(c, c.input("x"))));
    assertSafe(
        c -> {
          Signal x = c.input("x");
          Signal out = isZero(c, x);
          x.times(out).assertEquals(0);
          c.output("out", out);
        });
  }

  private static Signal isZero(CircuitBuilder c, Signal x) {
    return c.constant(1).minus(x.times(free(c)));
  }

  /** 254 bits have two values for small numbers: x and x + r. */
  @Test
  void aliasedBits() {
    assertBroken(c -> c.output("lowest", digits(c, c.input("x"), 254, 254).get(0)));
    assertSafe(c -> c.output("lowest", digits(c, c.input("x"), 253, 253).get(0)));
    assertSafe(c -> c.output("lowest", c.input("x").toBits().get(0)));
  }

  /** A loop that ends too early: the highest bit is not required to be one. */
  @Test
  void aBitThatNeedNotBeOne() {
    assertBroken(c -> c.output("lowest", digits(c, c.input("x"), 16, 15).get(0)));
    assertSafe(c -> c.output("lowest", digits(c, c.input("x"), 16, 16).get(0)));
  }

  /** Digits of a number, of which the lowest ones are required to be bits. */
  private static List<Signal> digits(CircuitBuilder c, Signal x, int count, int checked) {
    List<Signal> digits = c.hint(operands -> Collections.nCopies(count, Fr.ZERO), count);
    Signal sum = c.constant(0);
    Fr power = Fr.ONE;
    for (int i = 0; i < count; i++) {
      sum = sum.plus((i < checked ? digits.get(i).bool() : digits.get(i)).times(power));
      power = power.plus(power);
    }
    sum.assertEquals(x);
    return digits;
  }

  /** A remainder that is not smaller than the divisor. */
  @Test
  void divisionWithoutABoundOfTheRemainder() {
    assertBroken(c -> divideBy7(c, false, true));
    assertSafe(c -> divideBy7(c, true, true));
  }

  /** A quotient of any size: 7 q + r wraps around the field. */
  @Test
  void divisionWithoutABoundOfTheQuotient() {
    assertBroken(c -> divideBy7(c, true, false));
    assertSafe(c -> divideBy7(c, true, true));
  }

  private static void divideBy7(CircuitBuilder c, boolean remainderIsLess, boolean quotientFits) {
    Bounded x = c.input("x", 8);
    List<Signal> hints = c.hint(operands -> List.of(Fr.ZERO, operands.get(0)), 2, x);
    Signal quotient = quotientFits ? hints.get(0).bounded(8) : hints.get(0);
    Bounded remainder = hints.get(1).bounded(quotientFits ? 8 : 3);
    if (remainderIsLess) {
      remainder.isLessThan(c.constant(7)).assertTrue();
    }
    quotient.times(Fr.of(7)).plus(remainder).assertEquals(x);
    c.output("remainder", remainder);
  }

  /** Limbs of a number, of which one has no range. */
  @Test
  void aLimbWithoutARange() {
    assertBroken(c -> limbs(c, false));
    assertSafe(c -> limbs(c, true));
  }

  private static void limbs(CircuitBuilder c, boolean highFits) {
    List<Signal> hints = c.hint(operands -> List.of(operands.get(0), Fr.ZERO), 2, c.input("x"));
    Bounded low = hints.get(0).bounded(64);
    Signal high = highFits ? hints.get(1).bounded(64) : hints.get(1);
    high.times(Fr.of(BigInteger.ONE.shiftLeft(64))).plus(low).assertEquals(c.input("number"));
    c.output("low", low);
  }

  /** A decoder whose bits need not sum to one: all may be 0. */
  @Test
  void indicatorsWithoutTheirSum() {
    assertBroken(c -> chosen(c, false));
    assertSafe(c -> chosen(c, true));
  }

  private static void chosen(CircuitBuilder c, boolean oneOfThem) {
    Signal index = c.input("index");
    Signal chosen = c.constant(0);
    Signal sum = c.constant(0);
    for (int i = 0; i < 3; i++) {
      Signal bit = free(c).bool();
      bit.times(index.minus(i)).assertEquals(0);
      chosen = chosen.plus(bit.times(c.input("x" + i)));
      sum = sum.plus(bit);
    }
    if (oneOfThem) {
      sum.assertEquals(1);
    }
    c.output("chosen", chosen);
  }

  /** A selector that the prover chooses. */
  @Test
  void aProductWithAFreeFactor() {
    assertBroken(c -> choose(c, free(c)));
    assertSafe(c -> choose(c, c.input("which").bool()));
  }

  private static void choose(CircuitBuilder c, Signal which) {
    Signal x = c.input("x");
    Signal y = c.input("y");
    c.output("z", y.plus(which.times(x.minus(y))));
  }

  /** Required only where it is enabled; elsewhere the result is free. */
  @Test
  void aResultThatIsRequiredSometimes() {
    assertBroken(
        c -> {
          Signal result = free(c);
          c.input("enabled").bool().times(result.minus(c.input("x"))).assertEquals(0);
          c.output("result", result);
        });
    assertSafe(c -> c.output("result", c.input("enabled").bool().times(c.input("x"))));
  }

  /** That less implies x < y, but not the other way round: less may be 0. */
  @Test
  void anImplicationInPlaceOfAnEquivalence() {
    assertBroken(c -> compare(c, false));
    assertSafe(c -> compare(c, true));
  }

  private static void compare(CircuitBuilder c, boolean equivalent) {
    Bool isLess = c.input("x", 8).isLessThan(c.input("y", 8));
    Bool less = free(c).bool();
    if (equivalent) {
      less.assertEquals(isLess);
    } else {
      less.implies(isLess).assertTrue();
    }
    c.output("less", less);
  }

  /** A quotient of which the denominator may be 0, and then the numerator too. */
  @Test
  void aQuotientOfZeros() {
    assertBroken(c -> c.output("q", quotient(c, c.input("x"), c.input("y"))));
    assertSafe(
        c -> {
          Signal y = c.input("y");
          y.assertNotZero();
          c.output("q", quotient(c, c.input("x"), y));
        });
  }

  private static Signal quotient(CircuitBuilder c, Signal x, Signal y) {
    Signal quotient = free(c);
    quotient.times(y).assertEquals(x);
    return quotient;
  }

  /** From Edwards to Montgomery form, of a point of order two: u and x are 0. */
  @Test
  void aPointWithoutAMontgomeryForm() {
    assertBroken(c -> montgomery(c, c.input("x"), c.input("y")));
    assertSafe(
        c -> {
          Signal x = c.input("x");
          x.assertNotZero();
          montgomery(c, x, c.input("y"));
        });
  }

  private static void montgomery(CircuitBuilder c, Signal x, Signal y) {
    Signal u = quotient(c, y.plus(1), c.constant(1).minus(y));
    c.output("u", u);
    c.output("v", quotient(c, u, x));
  }

  /** The slope of the line through a point and itself. */
  @Test
  void aSumOfEqualPoints() {
    assertBroken(c -> slope(c, false));
    assertSafe(c -> slope(c, true));
  }

  private static void slope(CircuitBuilder c, boolean differ) {
    Signal u1 = c.input("u1");
    Signal u2 = c.input("u2");
    Signal run = u2.minus(u1);
    if (differ) {
      run.assertNotZero();
    }
    Signal slope = quotient(c, c.input("v2").minus(c.input("v1")), run);
    c.output("u3", slope.square().minus(u1).minus(u2));
  }

  /** The complete sum of points needs a d that is no square; of d = 1 it is not complete. */
  @Test
  void aSumOnTheWrongCurve() {
    assertBroken(c -> edwards(c, 1));
    assertSafe(c -> edwards(c, 168696));
  }

  private static void edwards(CircuitBuilder c, int d) {
    Signal beta = c.input("x1").times(c.input("y2"));
    Signal gamma = c.input("y1").times(c.input("x2"));
    Signal denominator = beta.times(gamma).times(Fr.of(d)).plus(1);
    c.output("x3", quotient(c, beta.plus(gamma), denominator));
  }

  /** A nullifier of something that the prover chooses: one note, many nullifiers. */
  @Test
  void aNullifierOfAFreeIndex() {
    assertBroken(c -> c.output("n", PoseidonCircuit.hash(c, c.input("secret"), free(c))));
    assertSafe(c -> c.output("n", PoseidonCircuit.hash(c, c.input("secret"), c.input("i", 8))));
  }

  /** The leaf's place is not bound: the prover chooses the side at each level. */
  @Test
  void aPathOfFreeDirections() {
    assertBroken(c -> root(c, free(c).bool()));
    assertSafe(c -> root(c, c.input("side").bool()));
  }

  private static void root(CircuitBuilder c, Bool side) {
    c.output("root", MerkleCircuit.root(c, c.input("x"), List.of(side), c.inputs("s", 1)));
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
