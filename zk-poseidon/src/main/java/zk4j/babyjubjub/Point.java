package zk4j.babyjubjub;

import java.math.BigInteger;
import java.util.Arrays;
import zk4j.babyjubjub.internal.Base8;
import zk4j.babyjubjub.internal.Edwards;
import zk4j.babyjubjub.internal.Multiples;
import zk4j.babyjubjub.internal.SquareRoots;
import zk4j.bn254.FieldEncoding;
import zk4j.bn254.Fr;
import zk4j.core.MalformedDataException;
import zk4j.core.internal.field.FrKernels;
import zk4j.core.internal.field.Words;
import zk4j.poseidon.internal.Slots;

/**
 * A point of BabyJubJub (EIP-2494): 168700 x^2 + y^2 = 1 + 168696 x^2 y^2 over BN254's scalar
 * field. There are 8 l points, l being the prime {@link #ORDER}. Those of order l or 1 are the
 * subgroup that {@link #BASE8} generates; signatures and keys are there. Immutable, and always on
 * the curve.
 *
 * <p>Operations take time that depends on the operands, but for {@link #timesSecret} and {@link
 * #base8TimesSecret}.
 */
public final class Point {
  /** Bytes of an encoding. */
  public static final int BYTES = Fr.BYTES;

  /** l, the prime order of the subgroup, of 251 bits. */
  public static final BigInteger ORDER =
      new BigInteger(
          "2736030358979909402780800718157159386076813972158567259200215660948447373041");

  /** (0, 1), the neutral element. */
  public static final Point IDENTITY = new Point(Fr.ZERO, Fr.ONE);

  /** circomlib's generator of all 8 l points. */
  public static final Point GENERATOR =
      of(
          Fr.of(
              new BigInteger(
                  "995203441582195749578291179787384436505546430278305826713579947235728471134")),
          Fr.of(
              new BigInteger(
                  "5472060717959818805561601436314318772137091100104008585924551046643952123905")));

  /** circomlib's Base8, 8 times the generator, which generates the subgroup. */
  public static final Point BASE8 = of(Base8.X, Base8.Y);

  private static final BigInteger ALL = ORDER.shiftLeft(3);
  private static final BigInteger HALF = Fr.MODULUS.shiftRight(1);
  private static final int SIGN = 0x80;

  private final Fr x;
  private final Fr y;

  private Point(Fr x, Fr y) {
    this.x = x;
    this.y = y;
  }

  /**
   * The point (x, y), of the subgroup or not.
   *
   * @throws IllegalArgumentException if it is not on the curve
   */
  public static Point of(Fr x, Fr y) {
    Fr x2 = x.square();
    Fr y2 = y.square();
    Fr left = Edwards.A.times(x2).plus(y2);
    if (!left.equals(Fr.ONE.plus(Edwards.D.times(x2).times(y2)))) {
      throw new IllegalArgumentException("(" + x + ", " + y + ") is not on BabyJubJub");
    }
    return new Point(x, y);
  }

  private long[] toSlots() {
    long[] slots = new long[4 * FrKernels.LIMBS];
    Edwards.put(slots, 0, x, y);
    return slots;
  }

  private static Point fromSlotsVartime(long[] slots) {
    long[] xy = new long[2 * FrKernels.LIMBS];
    Edwards.toAffineVartime(xy, slots, 0);
    return new Point(Slots.get(xy, 0), Slots.get(xy, FrKernels.LIMBS));
  }

  private static Point fromSlots(long[] slots) {
    long[] xy = new long[2 * FrKernels.LIMBS];
    Edwards.toAffine(xy, slots, 0);
    return new Point(Slots.get(xy, 0), Slots.get(xy, FrKernels.LIMBS));
  }

  /**
   * Reads a point, of the subgroup or not: y in 32 bytes, little-endian, with the highest bit set
   * if x is above (r - 1) / 2. It is circomlib's packing, and this takes no more than what that
   * makes.
   *
   * @throws MalformedDataException unless the bytes are the encoding of a point
   */
  public static Point decode(byte[] bytes) throws MalformedDataException {
    if (bytes.length != BYTES) {
      throw malformed("a point has " + BYTES + " bytes, not " + bytes.length);
    }
    byte[] number = bytes.clone();
    boolean larger = (number[BYTES - 1] & SIGN) != 0;
    number[BYTES - 1] &= (byte) ~SIGN;
    Fr y;
    try {
      y = Fr.decode(number, FieldEncoding.LITTLE_ENDIAN);
    } catch (MalformedDataException e) {
      throw malformed("y: " + e.problem());
    }
    Fr y2 = y.square();
    // a - d y^2 is never 0, since a is a square and d is none.
    Fr x2 = Fr.ONE.minus(y2).times(Edwards.A.minus(Edwards.D.times(y2)).inverse());
    Fr x = SquareRoots.of(x2).orElseThrow(() -> malformed("no point of BabyJubJub has y = " + y));
    if (x.isZero() && larger) {
      throw malformed("x = 0 is marked as the larger root");
    }
    return new Point(isLarger(x) == larger ? x : x.negate(), y);
  }

  private static MalformedDataException malformed(String problem) {
    return new MalformedDataException("BabyJubJub point", null, -1, problem);
  }

  private static boolean isLarger(Fr x) {
    return x.toBigInteger().compareTo(HALF) > 0;
  }

  /** Writes the point as {@link #decode} reads it. */
  public byte[] encode() {
    byte[] bytes = y.encode(FieldEncoding.LITTLE_ENDIAN);
    if (isLarger(x)) {
      bytes[BYTES - 1] |= (byte) SIGN;
    }
    return bytes;
  }

  /** The first coordinate. */
  public Fr x() {
    return x;
  }

  /** The second coordinate. */
  public Fr y() {
    return y;
  }

  /** Whether this is the neutral element. */
  public boolean isIdentity() {
    return equals(IDENTITY);
  }

  /** Whether this is in the subgroup: whether {@link #ORDER} times this is the neutral element. */
  public boolean isInSubgroup() {
    return timesReduced(ORDER).isIdentity();
  }

  /** this + other. */
  public Point plus(Point other) {
    // The curve's own law, whose denominators are never 0: 4 products and 2 divisions.
    Fr crossed = x.times(other.y);
    Fr crossed2 = y.times(other.x);
    Fr product = Edwards.D.times(crossed).times(crossed2);
    Fr sumX = crossed.plus(crossed2);
    Fr sumY = y.times(other.y).minus(Edwards.A.times(x).times(other.x));
    Fr below = Fr.ONE.plus(product);
    Fr below2 = Fr.ONE.minus(product);
    Fr inverse = below.times(below2).inverse();
    return new Point(sumX.times(below2).times(inverse), sumY.times(below).times(inverse));
  }

  /** this - other. */
  public Point minus(Point other) {
    return plus(other.negate());
  }

  /** -this. */
  public Point negate() {
    return new Point(x.negate(), y);
  }

  /** 2 * this. */
  public Point twice() {
    return plus(this);
  }

  /** scalar * this, for any number. */
  public Point times(BigInteger scalar) {
    return timesReduced(scalar.mod(ALL));
  }

  private Point timesReduced(BigInteger scalar) {
    long[] product = toSlots();
    Multiples.timesVartime(product, product.clone(), scalar);
    return fromSlotsVartime(product);
  }

  /**
   * scalar * this, in time that does not depend on the scalar, as far as a JVM allows.
   *
   * @param scalar 32 bytes, little-endian, of any number
   * @throws IllegalArgumentException if there are more bytes or fewer
   */
  public Point timesSecret(byte[] scalar) {
    long[] words = words(scalar);
    long[] product = new long[4 * FrKernels.LIMBS];
    Multiples.times(product, toSlots(), words);
    return erasing(product, words);
  }

  /**
   * scalar * {@link #BASE8}, in time that does not depend on the scalar, as far as a JVM allows.
   *
   * @param scalar 32 bytes, little-endian, of any number
   * @throws IllegalArgumentException if there are more bytes or fewer
   */
  public static Point base8TimesSecret(byte[] scalar) {
    long[] words = words(scalar);
    long[] product = new long[4 * FrKernels.LIMBS];
    Base8.table().times(product, words);
    return erasing(product, words);
  }

  private static long[] words(byte[] scalar) {
    if (scalar.length != BYTES) {
      throw new IllegalArgumentException("a scalar has " + BYTES + " bytes, not " + scalar.length);
    }
    long[] words = new long[Words.COUNT];
    Words.fromLittleEndian(words, 0, scalar, 0);
    return words;
  }

  /** The product; with its Z one could learn of the scalar. */
  private static Point erasing(long[] product, long[] words) {
    Point point = fromSlots(product);
    Arrays.fill(product, 0);
    Arrays.fill(words, 0);
    return point;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Point that && x.equals(that.x) && y.equals(that.y);
  }

  @Override
  public int hashCode() {
    return 31 * x.hashCode() + y.hashCode();
  }

  @Override
  public String toString() {
    return "(" + x + ", " + y + ")";
  }
}
