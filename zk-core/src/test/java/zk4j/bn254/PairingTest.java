package zk4j.bn254;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import zk4j.core.internal.pairing.FinalExponentiation;
import zk4j.core.internal.pairing.Fq12Kernels;
import zk4j.core.internal.pairing.MillerLoop;

class PairingTest {
  private static final Samples SAMPLES = new Samples(9);
  private static final Gt E = Pairing.pairing(G1.GENERATOR, G2.GENERATOR);

  private static List<PreparedG2> prepared(G2... points) {
    return Stream.of(points).map(PreparedG2::of).toList();
  }

  @Test
  void bilinear() {
    for (Fr a : List.of(Fr.ZERO, Fr.ONE, Fr.of(2), Fr.ONE.negate(), SAMPLES.fr())) {
      G1 ap = G1.GENERATOR.times(a);
      G2 aq = G2.GENERATOR.times(a);
      assertEquals(E.pow(a), Pairing.pairing(ap, G2.GENERATOR));
      assertEquals(E.pow(a), Pairing.pairing(G1.GENERATOR, aq));
      Fr b = SAMPLES.fr();
      assertEquals(E.pow(a.times(b)), Pairing.pairing(ap, G2.GENERATOR.times(b)));
    }
  }

  @Test
  void notDegenerateAndOneAtInfinity() {
    assertFalse(E.isOne());
    assertEquals(Gt.ONE, Pairing.pairing(G1.INFINITY, G2.GENERATOR));
    assertEquals(Gt.ONE, Pairing.pairing(G1.GENERATOR, G2.INFINITY));
  }

  @Test
  void productsAreProductsOfPairings() {
    G1 p = SAMPLES.g1();
    G1 s = SAMPLES.g1();
    G2 q = SAMPLES.g2();
    G2 t = SAMPLES.g2();
    assertEquals(
        Pairing.pairing(p, q).times(Pairing.pairing(s, t)),
        Pairing.product(List.of(p, G1.INFINITY, s), prepared(q, t, t)));
    assertEquals(
        Pairing.pairing(p, q).times(Pairing.pairing(s, t)),
        Pairing.product(List.of(p, s), List.of(PreparedG2.once(q), PreparedG2.of(t))));
    assertEquals(Pairing.pairing(p, q), Pairing.product(List.of(s, p), prepared(G2.INFINITY, q)));
    assertEquals(Gt.ONE, Pairing.product(List.of(s), List.of(PreparedG2.once(G2.INFINITY))));
    assertEquals(Gt.ONE, Pairing.product(List.of(), List.of()));
    assertTrue(Pairing.productIsOne(List.of(p, p.negate()), prepared(q, q)));
    assertFalse(Pairing.productIsOne(List.of(p, p), prepared(q, q)));
    assertThrows(IllegalArgumentException.class, () -> Pairing.product(List.of(p), prepared(q, t)));
  }

  private static Fq12 finalExponentiation(Fq12 f) {
    long[] limbs = f.toLimbs();
    FinalExponentiation.power(limbs, 0, new Fq12Kernels());
    return Fq12.fromLimbs(limbs);
  }

  /** The exponent m (q^12 - 1)/r, m = 2x(6x^2 + 3x + 1). */
  @Test
  void theFinalExponentiationIsAPower() {
    BigInteger x = MillerLoop.X;
    BigInteger six = BigInteger.valueOf(6);
    BigInteger three = BigInteger.valueOf(3);
    BigInteger m =
        six.multiply(x).add(three).multiply(x).add(BigInteger.ONE).multiply(x).shiftLeft(1);
    BigInteger exponent =
        Fq.MODULUS.pow(12).subtract(BigInteger.ONE).divide(Fr.MODULUS).multiply(m);
    for (Fq12 f : List.of(Fq12.ONE, SAMPLES.fq12(), SAMPLES.fq12())) {
      assertEquals(f.pow(exponent), finalExponentiation(f));
    }
  }

  /** The pairing by its definition, with affine lines on the curve over Fq12. */
  @Test
  void pairingsAgreeWithTheNaiveOne() {
    for (int i = 0; i < 3; i++) {
      G1 p = i == 0 ? G1.GENERATOR : SAMPLES.g1();
      G2 q = i == 0 ? G2.GENERATOR : SAMPLES.g2();
      Gt naive = new Gt(finalExponentiation(naiveLoop(p, q)));
      assertEquals(naive, Pairing.pairing(p, q));
      assertEquals(naive, Pairing.product(List.of(p), prepared(q)));
    }
  }

  private record Point(Fq12 x, Fq12 y) {
    /** A point of the twist, on y^2 = x^3 + 3: (x w^2, y w^3). */
    static Point untwisted(G2 q) {
      return new Point(
          new Fq12(new Fq6(Fq2.ZERO, q.x(), Fq2.ZERO), Fq6.ZERO),
          new Fq12(Fq6.ZERO, new Fq6(Fq2.ZERO, q.y(), Fq2.ZERO)));
    }

    Point frobenius() {
      return new Point(x.frobenius(), y.frobenius());
    }

    Fq12 slopeTo(Point other) {
      Fq12 xx = x.square();
      return equals(other)
          ? xx.plus(xx).plus(xx).times(y.plus(y).inverse())
          : other.y.minus(y).times(other.x.minus(x).inverse());
    }

    Point plus(Point other) {
      Fq12 slope = slopeTo(other);
      Fq12 sumX = slope.square().minus(x).minus(other.x);
      return new Point(sumX, slope.times(x.minus(sumX)).minus(y));
    }

    /** The value at p of the line through this and another point. */
    Fq12 line(Point other, Point p) {
      return slopeTo(other).times(p.x.minus(x)).minus(p.y.minus(y));
    }
  }

  private static Fq12 naiveLoop(G1 g1, G2 g2) {
    Point p = new Point(embed(g1.x()), embed(g1.y()));
    Point q = Point.untwisted(g2);
    BigInteger loop = MillerLoop.X.multiply(BigInteger.valueOf(6)).add(BigInteger.TWO);
    Fq12 f = Fq12.ONE;
    Point t = q;
    for (int i = loop.bitLength() - 2; i >= 0; i--) {
      f = f.square().times(t.line(t, p));
      t = t.plus(t);
      if (loop.testBit(i)) {
        f = f.times(t.line(q, p));
        t = t.plus(q);
      }
    }
    Point image = q.frobenius();
    f = f.times(t.line(image, p));
    t = t.plus(image);
    Point second = image.frobenius();
    return f.times(t.line(new Point(second.x(), second.y().negate()), p));
  }

  private static Fq12 embed(Fq x) {
    return new Fq12(new Fq6(Fq2.of(x, Fq.ZERO), Fq2.ZERO, Fq2.ZERO), Fq6.ZERO);
  }
}
