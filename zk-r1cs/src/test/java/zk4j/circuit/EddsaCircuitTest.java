package zk4j.circuit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import zk4j.babyjubjub.Point;
import zk4j.bn254.Fr;
import zk4j.circuit.BabyJubJubCircuit.CurvePoint;
import zk4j.circuit.EddsaCircuit.PointSignal;
import zk4j.core.Execution;
import zk4j.eddsa.EddsaSignature;
import zk4j.eddsa.SigningKey;
import zk4j.r1cs.Witness;

/** BabyJubJub and its signatures in circuits against those outside. */
class EddsaCircuitTest {
  private static final CompiledCircuit SIGNED =
      CompiledCircuit.of(
          c ->
              EddsaCircuit.assertValid(
                  c,
                  new PointSignal(c.publicInput("ax"), c.publicInput("ay")),
                  new PointSignal(c.input("rx"), c.input("ry")),
                  c.input("s"),
                  c.publicInput("message")));

  private static Point point(CircuitBuilderTask task, Inputs inputs) throws Exception {
    CompiledCircuit compiled =
        CompiledCircuit.of(
            c -> {
              CurvePoint p = task.define(new BabyJubJubCircuit(c), c);
              c.output("x", p.x());
              c.output("y", p.y());
            });
    Witness witness = compiled.witness(inputs);
    assertTrue(compiled.r1cs().firstViolation(witness, Execution.sequential()).isEmpty());
    return Point.of(witness.get(1), witness.get(2));
  }

  private interface CircuitBuilderTask {
    CurvePoint define(BabyJubJubCircuit curve, CircuitBuilder c);
  }

  private static CurvePoint input(BabyJubJubCircuit curve, CircuitBuilder c, String name) {
    return curve.point(c.input(name + "x"), c.input(name + "y"));
  }

  private static Inputs inputs(Point p, Point q) {
    return Inputs.of("px", p.x()).and("py", p.y()).and("qx", q.x()).and("qy", q.y());
  }

  /** Points of all orders: the neutral one, of order 2, 4 and 8, and of large ones. */
  private static List<Point> points() {
    List<Point> points = new ArrayList<>();
    Point eighth = Point.GENERATOR.times(Point.ORDER);
    for (int i = 0; i < 8; i++) {
      points.add(eighth.times(BigInteger.valueOf(i)));
    }
    points.add(Point.BASE8);
    points.add(Point.BASE8.negate());
    points.add(Point.GENERATOR);
    points.add(Point.GENERATOR.times(BigInteger.TWO));
    return points;
  }

  @Test
  void sumsAreComplete() throws Exception {
    for (Point p : points()) {
      assertEquals(
          p.twice(),
          point(
              (curve, c) -> curve.twice(input(curve, c, "p")),
              Inputs.of("px", p.x()).and("py", p.y())));
      for (Point q : points()) {
        CircuitBuilderTask sum =
            (curve, c) -> curve.add(input(curve, c, "p"), input(curve, c, "q"));
        assertEquals(p.plus(q), point(sum, inputs(p, q)));
      }
    }
  }

  private static Inputs bits(BigInteger number, int count) {
    return Inputs.of(
        "bits",
        IntStream.range(0, count).mapToObj(i -> number.testBit(i) ? Fr.ONE : Fr.ZERO).toList());
  }

  private static List<BigInteger> scalars(int bits) {
    BigInteger all = BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE);
    Random random = new Random(1);
    return List.of(
        BigInteger.ZERO,
        BigInteger.ONE,
        BigInteger.TWO,
        BigInteger.valueOf(7),
        BigInteger.valueOf(8),
        Point.ORDER.subtract(BigInteger.ONE).and(all),
        Point.ORDER.and(all),
        Point.ORDER.add(BigInteger.ONE).and(all),
        all,
        BigInteger.ONE.shiftLeft(bits - 1),
        new BigInteger(bits, random),
        new BigInteger(bits, random));
  }

  @Test
  void multiplesOfTheBase() throws Exception {
    for (int count : new int[] {1, 3, 4, 126, 127, 251, 252}) {
      CircuitBuilderTask task =
          (curve, c) ->
              curve.base8Times(c.inputs("bits", count).stream().map(Signal::bool).toList());
      for (BigInteger scalar : scalars(count)) {
        BigInteger fits = scalar.mod(BigInteger.ONE.shiftLeft(count));
        assertEquals(Point.BASE8.times(fits), point(task, bits(fits, count)), fits::toString);
      }
    }
  }

  @Test
  void multiplesOfAPoint() throws Exception {
    Point base = Point.BASE8.times(BigInteger.valueOf(1234567));
    for (int count : new int[] {1, 2, 7, 254}) {
      CircuitBuilderTask task =
          (curve, c) ->
              curve.times(
                  curve.eightfold(input(curve, c, "p")),
                  c.inputs("bits", count).stream().map(Signal::bool).toList());
      for (BigInteger scalar : scalars(count)) {
        BigInteger fits = scalar.mod(BigInteger.ONE.shiftLeft(count));
        Inputs inputs = bits(fits, count).and("px", base.x()).and("py", base.y());
        Point expected = base.times(BigInteger.valueOf(8)).times(fits);
        assertEquals(expected, point(task, inputs), fits::toString);
      }
    }
  }

  @Test
  void pointsAreOnTheCurveAndNotOfSmallOrder() throws Exception {
    CircuitBuilderTask any = (curve, c) -> input(curve, c, "p");
    CircuitBuilderTask eight = (curve, c) -> curve.eightfold(input(curve, c, "p"));
    for (Point p : points()) {
      Inputs inputs = Inputs.of("px", p.x()).and("py", p.y());
      assertEquals(p, point(any, inputs));
      Point multiple = p.times(BigInteger.valueOf(8));
      if (multiple.equals(Point.IDENTITY)) {
        assertThrows(UnsatisfiedCircuitException.class, () -> point(eight, inputs));
      } else {
        assertEquals(multiple, point(eight, inputs));
      }
      Inputs off = Inputs.of("px", p.x()).and("py", p.y().plus(Fr.of(3)));
      assertThrows(UnsatisfiedCircuitException.class, () -> point(any, off));
    }
  }

  @Test
  void factorsAreNotTooLong() {
    CompiledCircuit.of(
        c -> {
          BabyJubJubCircuit curve = new BabyJubJubCircuit(c);
          BabyJubJubCircuit.SubgroupPoint p = curve.eightfold(input(curve, c, "p"));
          List<Bool> bits = c.inputs("bits", 255).stream().map(Signal::bool).toList();
          assertThrows(IllegalArgumentException.class, () -> curve.times(p, bits));
          List<Bool> base8Bits = bits.subList(0, 253);
          assertThrows(IllegalArgumentException.class, () -> curve.base8Times(base8Bits));
        });
  }

  private static Inputs signed(Point key, Point r8, BigInteger s, Fr message) {
    return Inputs.of("ax", key.x())
        .and("ay", key.y())
        .and("rx", r8.x())
        .and("ry", r8.y())
        .and("s", Fr.of(s))
        .and("message", message);
  }

  @Test
  void signaturesAreAcceptedAndForgeriesRefused() throws Exception {
    Fr message = Fr.of(42);
    try (SigningKey key = SigningKey.generate(new SecureRandom())) {
      Point a = key.publicKey().point();
      EddsaSignature signature = key.sign(message);
      Point r8 = signature.r8();
      BigInteger s = signature.s();
      Witness witness = SIGNED.witness(signed(a, r8, s, message));
      assertTrue(SIGNED.r1cs().firstViolation(witness, Execution.sequential()).isEmpty());
      List<Inputs> forged =
          List.of(
              signed(a, r8, s, Fr.of(43)),
              signed(a, r8.negate(), s, message),
              signed(a.negate(), r8, s, message),
              signed(a, r8, s.add(BigInteger.ONE).mod(Point.ORDER), message),
              signed(a, r8, s.add(Point.ORDER), message), // the same number modulo the order
              signed(Point.IDENTITY, r8, s, message),
              signed(a, r8, s, message.plus(Fr.ONE)));
      for (Inputs inputs : forged) {
        assertThrows(UnsatisfiedCircuitException.class, () -> SIGNED.witness(inputs));
      }
      Inputs offCurve = Inputs.of("ax", a.x().plus(Fr.ONE)).and("ay", a.y()).and("rx", r8.x());
      Inputs rest = offCurve.and("ry", r8.y()).and("s", Fr.of(s)).and("message", message);
      assertThrows(UnsatisfiedCircuitException.class, () -> SIGNED.witness(rest));
    }
  }

  /** With the neutral point as key, anybody could sign: s B8 = r8. */
  @Test
  void theNeutralKeyIsRefused() {
    BigInteger s = BigInteger.valueOf(99);
    Inputs inputs = signed(Point.IDENTITY, Point.BASE8.times(s), s, Fr.of(1));
    assertThrows(UnsatisfiedCircuitException.class, () -> SIGNED.witness(inputs));
    Point small = Point.GENERATOR.times(Point.ORDER);
    Inputs other = signed(small, Point.BASE8.times(s), s, Fr.of(1));
    assertThrows(UnsatisfiedCircuitException.class, () -> SIGNED.witness(other));
  }

  @Test
  void countsOfConstraints() {
    assertEquals(3972, SIGNED.r1cs().constraints());
  }
}
