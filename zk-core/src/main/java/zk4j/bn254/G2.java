package zk4j.bn254;

import java.math.BigInteger;
import java.util.Arrays;
import zk4j.core.BoundedReader;
import zk4j.core.MalformedDataException;
import zk4j.core.internal.curve.CurveKernels;
import zk4j.core.internal.field.Fq2Kernels;
import zk4j.core.internal.field.FqKernels;
import zk4j.core.internal.pairing.MillerLoop;
import zk4j.core.internal.spi.Curve;

/**
 * A point of G2: the subgroup of order r of y^2 = x^3 + 3/(9 + u) over Fq2. Affine and immutable;
 * sums of many points are {@link Msm}'s work. Operations take time that depends on the operands.
 */
public final class G2 {
  /** Bytes of an uncompressed encoding. */
  public static final int BYTES = Curve.G2.bytes();

  /** The neutral element. */
  public static final G2 INFINITY = new G2(new long[2 * Fq2Kernels.LIMBS]);

  private static final int Y = Fq2Kernels.LIMBS;
  private static final Fq2 B = Fq2.of(Fq.of(3), Fq.ZERO).times(Fq2.XI.inverse());

  /** EIP-197's generator. */
  public static final G2 GENERATOR =
      of(
          fq2(
              "10857046999023057135944570762232829481370756359578518086990519993285655852781",
              "11559732032986387107991004021392285783925812861821192530917403151452391805634"),
          fq2(
              "8495653923123431417604973247489272438418190587263600148770280649306958101930",
              "4082367875863433681332203403145435568316851327593401208105741076214120093531"));

  /** x, y, canonical, in the kernels' Montgomery form; infinity is all zeros. */
  private final long[] limbs;

  private G2(long[] limbs) {
    this.limbs = limbs;
  }

  private static Fq2 fq2(String c0, String c1) {
    return Fq2.of(Fq.of(new BigInteger(c0)), Fq.of(new BigInteger(c1)));
  }

  /**
   * The point (x, y).
   *
   * @throws IllegalArgumentException if it is not on the curve or not in the subgroup
   */
  public static G2 of(Fq2 x, Fq2 y) {
    G2 point = unchecked(x, y);
    String fault = point.fault();
    if (!fault.isEmpty()) {
      throw new IllegalArgumentException("(" + x + ", " + y + ")" + fault);
    }
    return point;
  }

  private static G2 unchecked(Fq2 x, Fq2 y) {
    long[] limbs = new long[2 * Fq2Kernels.LIMBS];
    x.toLimbs(limbs, 0);
    y.toLimbs(limbs, Y);
    return new G2(limbs);
  }

  /** Why this is not a finite point of G2; empty if it is one. */
  private String fault() {
    if (!CurveKernels.of(Curve.G2).isOnCurve(limbs, 0)) {
      return " is not on the curve";
    }
    return isInSubgroup() ? "" : " is not in the subgroup of order r";
  }

  /**
   * Whether a point of the curve has order r: [x + 1]P + psi([x]P) + psi^2([x]P) = psi^3([2x]P),
   * psi being the Frobenius map carried over to the twist (El Housni, Guillevic and Piellard,
   * ePrint 2022/352, section 4). Public methods give no points of which this is false.
   */
  boolean isInSubgroup() {
    G2 xp = new G2(Points.sumOfProducts(Curve.G2, limbs, Points.digits(MillerLoop.X)));
    G2 image = xp.frobenius();
    G2 left = xp.plus(this).plus(image).plus(image.frobenius());
    return left.equals(xp.twice().frobenius().frobenius().frobenius());
  }

  /** The Frobenius map of Fq12 carried over to the twist. */
  G2 frobenius() {
    return isInfinity()
        ? this
        : unchecked(
            x().conjugate().times(Fq12.frobeniusFactor(2)),
            y().conjugate().times(Fq12.frobeniusFactor(3)));
  }

  /** Writes x, y; all zeros for infinity. */
  void toLimbs(long[] target, int to) {
    System.arraycopy(limbs, 0, target, to, limbs.length);
  }

  /** The point of a vector's storage, which is on the curve. */
  static G2 fromWords(long[] words) {
    long[] limbs = new long[2 * Fq2Kernels.LIMBS];
    for (int k = 0; k < 4; k++) {
      FqKernels.fromWords(limbs, k * FqKernels.LIMBS, words, 4 * k);
    }
    return new G2(limbs);
  }

  long[] toWords() {
    long[] words = new long[Curve.G2.words()];
    for (int k = 0; k < 4; k++) {
      FqKernels.toWords(words, 4 * k, limbs, k * FqKernels.LIMBS);
    }
    return words;
  }

  /**
   * Reads a point.
   *
   * @throws MalformedDataException unless the bytes are the encoding of a point of G2, the subgroup
   */
  public static G2 decode(byte[] bytes, PointEncoding encoding) throws MalformedDataException {
    if (encoding == PointEncoding.COMPRESSED) {
      return decompress(bytes);
    }
    requireLength(bytes, BYTES);
    boolean evm = encoding == PointEncoding.EVM;
    Fq[] c = new Fq[4];
    for (int i = 0; i < 4; i++) {
      // Ethereum puts c1 before c0.
      c[evm ? i ^ 1 : i] =
          Fq.decode(
              Arrays.copyOfRange(bytes, 32 * i, 32 * (i + 1)),
              Points.coordinates(encoding),
              i < 2 ? "G2 x" : "G2 y");
    }
    Fq2 x = Fq2.of(c[0], c[1]);
    Fq2 y = Fq2.of(c[2], c[3]);
    return x.isZero() && y.isZero() ? INFINITY : checked(x, y);
  }

  private static G2 checked(Fq2 x, Fq2 y) throws MalformedDataException {
    G2 point = unchecked(x, y);
    String fault = point.fault();
    if (!fault.isEmpty()) {
      throw new MalformedDataException("G2", null, -1, point + fault);
    }
    return point;
  }

  private static G2 decompress(byte[] bytes) throws MalformedDataException {
    requireLength(bytes, BYTES / 2);
    byte[] number = bytes.clone();
    int flags = Points.takeFlags(number, "G2");
    Fq c1 = Fq.decode(Arrays.copyOfRange(number, 0, 32), FieldEncoding.BIG_ENDIAN, "G2 x");
    Fq c0 = Fq.decode(Arrays.copyOfRange(number, 32, 64), FieldEncoding.BIG_ENDIAN, "G2 x");
    Fq2 x = Fq2.of(c0, c1);
    if (flags == Points.INFINITY) {
      Points.requireZero(x.isZero(), "G2");
      return INFINITY;
    }
    Fq2 y =
        Points.squareRoot(x.square().times(x).plus(B))
            .orElseThrow(
                () ->
                    new MalformedDataException(
                        "G2", null, -1, "no point of the curve has x = " + x));
    return checked(x, Points.isLarger(y) == (flags == Points.LARGER) ? y : y.negate());
  }

  private static void requireLength(byte[] bytes, int length) throws MalformedDataException {
    if (bytes.length != length) {
      throw new MalformedDataException(
          "G2", null, -1, "a point has " + length + " bytes, not " + bytes.length);
    }
  }

  /**
   * Reads a point in the form of .zkey files.
   *
   * @param what the point's name, for the error
   */
  public static G2 read(BoundedReader in, String what) throws MalformedDataException {
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
    Fq2 x = Fq2.fromLimbs(limbs, 0);
    Fq2 y = Fq2.fromLimbs(limbs, Y);
    if (encoding == PointEncoding.COMPRESSED) {
      byte[] bytes =
          Points.concat(
              x.c1().encode(FieldEncoding.BIG_ENDIAN), x.c0().encode(FieldEncoding.BIG_ENDIAN));
      Points.putFlags(bytes, isInfinity(), Points.isLarger(y));
      return bytes;
    }
    FieldEncoding form = Points.coordinates(encoding);
    return encoding == PointEncoding.EVM
        ? Points.concat(
            x.c1().encode(form), x.c0().encode(form), y.c1().encode(form), y.c0().encode(form))
        : Points.concat(
            x.c0().encode(form), x.c1().encode(form), y.c0().encode(form), y.c1().encode(form));
  }

  /**
   * The first coordinate.
   *
   * @throws IllegalStateException at infinity
   */
  public Fq2 x() {
    requireFinite();
    return Fq2.fromLimbs(limbs, 0);
  }

  /**
   * The second coordinate.
   *
   * @throws IllegalStateException at infinity
   */
  public Fq2 y() {
    requireFinite();
    return Fq2.fromLimbs(limbs, Y);
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
  public G2 plus(G2 other) {
    return new G2(Points.sum(Curve.G2, limbs, other.limbs));
  }

  /** this - other. */
  public G2 minus(G2 other) {
    return plus(other.negate());
  }

  /** -this. */
  public G2 negate() {
    return isInfinity() ? this : unchecked(x(), y().negate());
  }

  /** 2 * this. */
  public G2 twice() {
    return plus(this);
  }

  /** scalar * this. */
  public G2 times(Fr scalar) {
    return new G2(Points.sumOfProducts(Curve.G2, limbs, Points.digits(scalar.toBigInteger())));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof G2 that && Arrays.equals(limbs, that.limbs);
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
