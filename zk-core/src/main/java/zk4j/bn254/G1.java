package zk4j.bn254;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import zk4j.core.BoundedReader;
import zk4j.core.MalformedDataException;
import zk4j.core.internal.curve.CurveKernels;
import zk4j.core.internal.curve.SignedDigits;
import zk4j.core.internal.field.FqKernels;
import zk4j.core.internal.spi.Curve;

/**
 * A point of G1: y^2 = x^3 + 3 over Fq, which has the prime order r. Affine and immutable; sums of
 * many points are {@link Msm}'s work. Operations take time that depends on the operands.
 */
public final class G1 {
  /** Bytes of an uncompressed encoding. */
  public static final int BYTES = Curve.G1.bytes();

  /** The neutral element. */
  public static final G1 INFINITY = new G1(new long[2 * FqKernels.LIMBS]);

  /** (1, 2). */
  public static final G1 GENERATOR = of(Fq.ONE, Fq.of(2));

  private static final int Y = FqKernels.LIMBS;

  /** x, y, canonical, in the kernels' Montgomery form; infinity is all zeros. */
  private final long[] limbs;

  private G1(long[] limbs) {
    this.limbs = limbs;
  }

  /**
   * The point (x, y).
   *
   * @throws IllegalArgumentException if it is not on the curve
   */
  public static G1 of(Fq x, Fq y) {
    G1 point = unchecked(x, y);
    if (!point.isOnCurve()) {
      throw new IllegalArgumentException("(" + x + ", " + y + ") is not on the curve");
    }
    return point;
  }

  /** The point in canonical limbs x, y, which are not copied. */
  static G1 fromLimbs(long[] limbs) {
    return new G1(limbs);
  }

  private static G1 unchecked(Fq x, Fq y) {
    long[] limbs = new long[2 * FqKernels.LIMBS];
    x.toLimbs(limbs, 0);
    y.toLimbs(limbs, Y);
    return new G1(limbs);
  }

  private boolean isOnCurve() {
    return CurveKernels.of(Curve.G1).isOnCurve(limbs, 0);
  }

  /** Writes x, y; all zeros for infinity. */
  void toLimbs(long[] target, int to) {
    System.arraycopy(limbs, 0, target, to, limbs.length);
  }

  /** The point of a vector's storage, which is on the curve. */
  static G1 fromWords(long[] words) {
    long[] limbs = new long[2 * FqKernels.LIMBS];
    FqKernels.fromWords(limbs, 0, words, 0);
    FqKernels.fromWords(limbs, Y, words, 4);
    return new G1(limbs);
  }

  long[] toWords() {
    long[] words = new long[Curve.G1.words()];
    FqKernels.toWords(words, 0, limbs, 0);
    FqKernels.toWords(words, 4, limbs, Y);
    return words;
  }

  /**
   * Reads a point.
   *
   * @throws MalformedDataException unless the bytes are the encoding of a point of G1
   */
  public static G1 decode(byte[] bytes, PointEncoding encoding) throws MalformedDataException {
    if (encoding == PointEncoding.COMPRESSED) {
      return decompress(bytes);
    }
    requireLength(bytes, BYTES);
    FieldEncoding coordinates = Points.coordinates(encoding);
    Fq x = Fq.decode(Arrays.copyOfRange(bytes, 0, 32), coordinates, "G1 x");
    Fq y = Fq.decode(Arrays.copyOfRange(bytes, 32, 64), coordinates, "G1 y");
    G1 point = unchecked(x, y);
    if (!point.isInfinity() && !point.isOnCurve()) {
      throw new MalformedDataException(
          "G1", null, -1, "(" + x + ", " + y + ") is not on the curve");
    }
    return point;
  }

  private static G1 decompress(byte[] bytes) throws MalformedDataException {
    requireLength(bytes, BYTES / 2);
    byte[] number = bytes.clone();
    int flags = Points.takeFlags(number, "G1");
    Fq x = Fq.decode(number, FieldEncoding.BIG_ENDIAN, "G1 x");
    if (flags == Points.INFINITY) {
      Points.requireZero(x.isZero(), "G1");
      return INFINITY;
    }
    Fq y =
        Points.squareRoot(x.square().times(x).plus(Fq.of(3)))
            .orElseThrow(
                () ->
                    new MalformedDataException(
                        "G1", null, -1, "no point of the curve has x = " + x));
    return unchecked(x, Points.isLarger(y) == (flags == Points.LARGER) ? y : y.negate());
  }

  private static void requireLength(byte[] bytes, int length) throws MalformedDataException {
    if (bytes.length != length) {
      throw new MalformedDataException(
          "G1", null, -1, "a point has " + length + " bytes, not " + bytes.length);
    }
  }

  /**
   * Reads a point in the form of .zkey files.
   *
   * @param what the point's name, for the error
   */
  public static G1 read(BoundedReader in, String what) throws MalformedDataException {
    long at = in.position();
    byte[] bytes = in.bytes(BYTES, what);
    try {
      return decode(bytes, PointEncoding.SNARKJS);
    } catch (MalformedDataException e) {
      in.seek(at);
      throw in.malformed(what + ": " + e.problem());
    }
  }

  /** Writes the point. */
  public byte[] encode(PointEncoding encoding) {
    if (encoding == PointEncoding.COMPRESSED) {
      byte[] bytes = isInfinity() ? new byte[BYTES / 2] : x().encode(FieldEncoding.BIG_ENDIAN);
      Points.putFlags(bytes, isInfinity(), Points.isLarger(Fq.fromLimbs(limbs, Y)));
      return bytes;
    }
    FieldEncoding coordinates = Points.coordinates(encoding);
    return Points.concat(
        Fq.fromLimbs(limbs, 0).encode(coordinates), Fq.fromLimbs(limbs, Y).encode(coordinates));
  }

  /**
   * The first coordinate.
   *
   * @throws IllegalStateException at infinity
   */
  public Fq x() {
    requireFinite();
    return Fq.fromLimbs(limbs, 0);
  }

  /**
   * The second coordinate.
   *
   * @throws IllegalStateException at infinity
   */
  public Fq y() {
    requireFinite();
    return Fq.fromLimbs(limbs, Y);
  }

  private void requireFinite() {
    if (isInfinity()) {
      throw new IllegalStateException("infinity has no coordinates");
    }
  }

  /** Whether this is the neutral element. */
  public boolean isInfinity() {
    return Points.isZero(limbs);
  }

  /** this + other. */
  public G1 plus(G1 other) {
    return new G1(Points.sum(Curve.G1, limbs, other.limbs));
  }

  /** this - other. */
  public G1 minus(G1 other) {
    return plus(other.negate());
  }

  /** -this. */
  public G1 negate() {
    return isInfinity() ? this : unchecked(x(), y().negate());
  }

  /** 2 * this. */
  public G1 twice() {
    return plus(this);
  }

  /** scalar * this. */
  public G1 times(Fr scalar) {
    return sumOfProducts(List.of(this), List.of(scalar));
  }

  /**
   * The sum of scalars[i] * points[i] for up to some hundred points. Takes half as long for scalars
   * k + l lambda with k and l below 2^64, lambda being a cube root of 1.
   *
   * @throws IllegalArgumentException if there are not as many scalars as points
   */
  public static G1 sumOfProducts(List<G1> points, List<Fr> scalars) {
    if (scalars.size() != points.size()) {
      throw new IllegalArgumentException(
          scalars.size() + " scalars for " + points.size() + " points");
    }
    long[] both = new long[2 * points.size() * INFINITY.limbs.length]; // points and their images
    SignedDigits[] digits = new SignedDigits[2 * points.size()];
    int length = 0;
    for (int i = 0; i < points.size(); i++) {
      G1 p = points.get(i);
      G1 image = p.isInfinity() ? p : unchecked(p.x().times(Endomorphism.BETA), p.y());
      BigInteger[] parts = Endomorphism.split(scalars.get(i).toBigInteger());
      for (int k = 0; k < 2; k++) {
        G1 factor = k == 0 ? p : image;
        (parts[k].signum() < 0 ? factor.negate() : factor).toLimbs(both, length * p.limbs.length);
        digits[length++] = Points.digits(parts[k].abs());
      }
    }
    return new G1(Points.sumOfProducts(Curve.G1, both, digits));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof G1 that && Arrays.equals(limbs, that.limbs);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(limbs);
  }

  @Override
  public String toString() {
    return isInfinity() ? "infinity" : "(" + x() + ", " + y() + ")";
  }
}
