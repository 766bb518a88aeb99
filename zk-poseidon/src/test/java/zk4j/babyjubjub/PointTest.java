package zk4j.babyjubjub;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import zk4j.babyjubjub.internal.Edwards;
import zk4j.babyjubjub.internal.SquareRoots;
import zk4j.bn254.FieldEncoding;
import zk4j.bn254.Fr;
import zk4j.core.MalformedDataException;
import zk4j.poseidon.Values;
import zk4j.poseidon.Vectors;

public class PointTest {
  private static final BigInteger L = Point.ORDER;

  /** Little-endian, 32 bytes. */
  public static byte[] littleEndian(BigInteger number) {
    byte[] bytes = new byte[32];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = number.shiftRight(8 * i).byteValue();
    }
    return bytes;
  }

  /** The points of order 1, 2, 4 and 8, multiples of the second. */
  public static List<Point> lowOrder() {
    Point eighth = Point.GENERATOR.times(L);
    List<Point> points = new ArrayList<>(List.of(Point.IDENTITY));
    while (points.size() < 8) {
      points.add(points.get(points.size() - 1).plus(eighth));
    }
    return points;
  }

  private static List<Point> samples() {
    Values values = new Values(21);
    List<Point> points = new ArrayList<>(lowOrder());
    points.add(Point.BASE8);
    points.add(Point.BASE8.negate());
    points.add(Point.GENERATOR);
    for (int i = 0; i < 3; i++) {
      points.add(Point.GENERATOR.times(values.below(L.shiftLeft(3))));
    }
    return points;
  }

  /** By doubling and adding with the curve's own law. */
  private static Point naive(Point p, BigInteger scalar) {
    Point sum = Point.IDENTITY;
    for (int i = scalar.bitLength() - 1; i >= 0; i--) {
      sum = sum.twice();
      if (scalar.testBit(i)) {
        sum = sum.plus(p);
      }
    }
    return sum;
  }

  @Test
  void theCurveIsWhatItIsSaidToBe() {
    assertTrue(L.isProbablePrime(100));
    assertTrue(SquareRoots.of(Edwards.A).isPresent());
    assertTrue(SquareRoots.of(Edwards.D).isEmpty(), "the law would have exceptions");
    assertEquals(Point.BASE8, Point.GENERATOR.times(BigInteger.valueOf(8)));
    assertTrue(Point.BASE8.isInSubgroup());
    assertFalse(Point.GENERATOR.isInSubgroup());
    assertEquals(8, new HashSet<>(lowOrder()).size());
    assertTrue(naive(Point.GENERATOR, L.shiftLeft(3)).isIdentity());
    for (Point p : lowOrder()) {
      assertEquals(p.isIdentity(), p.isInSubgroup());
    }
  }

  @Test
  void squareRootsAreThose() {
    Values values = new Values(5);
    int squares = 0;
    for (int i = 0; i < 200; i++) {
      Fr x = values.fr();
      Fr root = SquareRoots.of(x.square()).orElseThrow();
      assertTrue(root.equals(x) || root.equals(x.negate()));
      boolean isSquare = x.isZero() || x.pow(Fr.MODULUS.shiftRight(1)).isOne();
      assertEquals(isSquare, SquareRoots.of(x).isPresent());
      squares += isSquare ? 1 : 0;
    }
    assertTrue(squares > 50 && squares < 180);
    Fr root = Fr.of(5).pow(Fr.MODULUS.shiftRight(28));
    for (int order = 0; order <= 28; order++) { // of each order that is a power of two
      Fr power = root.pow(BigInteger.ONE.shiftLeft(order));
      assertEquals(order != 0, SquareRoots.of(power).isPresent());
    }
  }

  @Test
  void multiplesAndPackingAreCircomlibs() throws MalformedDataException {
    Vectors vectors = Vectors.resource("babyjubjub.csv");
    assertEquals(30, vectors.rows().size());
    for (List<String> row : vectors.rows()) {
      Point base = vectors.text(row, "base").equals("base8") ? Point.BASE8 : Point.GENERATOR;
      BigInteger scalar = vectors.number(row, "scalar");
      Point expected = Point.of(vectors.fr(row, "x"), vectors.fr(row, "y"));
      assertEquals(expected, base.times(scalar));
      assertEquals(expected, base.timesSecret(littleEndian(scalar)));
      assertArrayEquals(vectors.bytes(row, "packed"), expected.encode());
      assertEquals(expected, Point.decode(vectors.bytes(row, "packed")));
    }
  }

  @Test
  void everyMultiplicationAgreesWithTheNaiveOne() {
    Values values = new Values(22);
    BigInteger all = BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE);
    List<BigInteger> scalars =
        new ArrayList<>(
            List.of(
                BigInteger.ZERO,
                BigInteger.ONE,
                BigInteger.TWO,
                BigInteger.valueOf(15),
                BigInteger.valueOf(16),
                BigInteger.valueOf(17),
                L.subtract(BigInteger.ONE),
                L,
                L.add(BigInteger.ONE),
                L.shiftLeft(3),
                all));
    for (int i = 0; i < 5; i++) {
      scalars.add(values.below(all));
    }
    for (BigInteger scalar : scalars) {
      for (Point p : samples()) {
        Point expected = naive(p, scalar);
        assertEquals(expected, p.times(scalar));
        assertEquals(expected, p.timesSecret(littleEndian(scalar)));
        assertEquals(expected.negate(), p.times(scalar.negate()));
      }
      Point expected = naive(Point.BASE8, scalar);
      assertEquals(expected, Point.base8TimesSecret(littleEndian(scalar)));
    }
  }

  @Test
  void sumsObeyTheLawsOfAGroup() {
    List<Point> points = samples();
    for (Point p : points) {
      assertEquals(p, p.plus(Point.IDENTITY));
      assertTrue(p.minus(p).isIdentity());
      assertEquals(p.twice(), p.plus(p));
      assertEquals(p, Point.of(p.x(), p.y()));
      for (Point q : points) {
        Point sum = p.plus(q);
        assertEquals(sum, q.plus(p));
        assertEquals(sum, Point.of(sum.x(), sum.y()), "on the curve");
        assertEquals(p, sum.minus(q));
        for (Point s : points.subList(0, 10)) {
          assertEquals(sum.plus(s), p.plus(q.plus(s)));
        }
      }
    }
  }

  @Test
  void pointsOffTheCurveAreRefused() {
    Point p = Point.BASE8;
    assertThrows(IllegalArgumentException.class, () -> Point.of(p.x(), p.y().plus(Fr.ONE)));
    assertThrows(IllegalArgumentException.class, () -> Point.of(p.y(), p.x()));
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Point.of(Fr.ZERO, Fr.ZERO));
    assertEquals("(0, 0) is not on BabyJubJub", e.getMessage());
  }

  @Test
  void encodingsAreRead() throws MalformedDataException {
    for (Point p : samples()) {
      assertEquals(p, Point.decode(p.encode()));
      assertEquals(p.hashCode(), Point.decode(p.encode()).hashCode());
      if (!p.x().isZero()) {
        assertNotEquals(p, Point.decode(p.negate().encode()));
      }
    }
  }

  @Test
  void otherEncodingsAreRefused() {
    assertRefused(new byte[31], "a point has 32 bytes, not 31");
    assertRefused(new byte[33], "a point has 32 bytes, not 33");
    byte[] ones = new byte[32];
    Arrays.fill(ones, (byte) -1);
    assertRefused(ones, "is not below the modulus");
    // The neutral element's y = 1, and y = -1, with the mark of a larger x.
    for (Fr y : List.of(Fr.ONE, Fr.of(-1))) {
      byte[] marked = y.encode(FieldEncoding.LITTLE_ENDIAN);
      marked[31] |= (byte) 0x80;
      assertRefused(marked, "x = 0 is marked as the larger root");
    }
    // y + r, for a y small enough.
    byte[] aliased = littleEndian(Fr.MODULUS.add(BigInteger.ONE));
    assertRefused(aliased, "is not below the modulus");
    int none = 0;
    for (int y = 0; y < 50; y++) {
      byte[] bytes = littleEndian(BigInteger.valueOf(y));
      try {
        Point p = Point.decode(bytes);
        assertEquals(p, Point.of(p.x(), p.y()));
        assertArrayEquals(bytes, p.encode());
      } catch (MalformedDataException e) {
        assertEquals("no point of BabyJubJub has y = " + y, e.problem());
        none++;
      }
    }
    assertTrue(none > 10 && none < 40);
  }

  private static void assertRefused(byte[] bytes, String why) {
    MalformedDataException e =
        assertThrows(MalformedDataException.class, () -> Point.decode(bytes));
    assertTrue(e.problem().contains(why), e::problem);
  }

  @Test
  void secretScalarsHave32Bytes() {
    assertThrows(IllegalArgumentException.class, () -> Point.BASE8.timesSecret(new byte[31]));
    assertThrows(IllegalArgumentException.class, () -> Point.base8TimesSecret(new byte[33]));
  }
}
