package zk4j.bn254;

import java.math.BigInteger;
import java.util.Optional;
import zk4j.core.MalformedDataException;
import zk4j.core.internal.curve.CurveKernels;
import zk4j.core.internal.curve.SignedDigits;
import zk4j.core.internal.spi.Curve;

/** What points of both groups share: sums of affine limbs, and the parts of encodings. */
final class Points {
  /** Flags of a compressed point, in the two highest bits. */
  static final int SMALLER = 2;

  static final int LARGER = 3;
  static final int INFINITY = 1;

  private static final BigInteger HALF = Fq.MODULUS.shiftRight(1);
  private static final BigInteger ROOT =
      Fq.MODULUS.add(BigInteger.ONE).shiftRight(2); // q is 3 mod 4
  private static final Fq ONE_HALF = Fq.of(2).inverse();

  private Points() {}

  static long[] sum(Curve curve, long[] p, long[] q) {
    CurveKernels kernels = CurveKernels.of(curve);
    long[] left = new long[kernels.jacobian()];
    long[] right = new long[kernels.jacobian()];
    kernels.toJacobian(left, 0, p, 0);
    kernels.toJacobian(right, 0, q, 0);
    kernels.add(left, 0, right, 0);
    return affine(kernels, left);
  }

  /** Scalars times affine points. */
  static long[] sumOfProducts(Curve curve, long[] points, SignedDigits... scalars) {
    CurveKernels kernels = CurveKernels.of(curve);
    long[] sum = new long[kernels.jacobian()];
    kernels.sum(sum, 0, points, scalars);
    return affine(kernels, sum);
  }

  /** Digits of a scalar for {@link #sumOfProducts}: the four odd multiples they need are few. */
  static SignedDigits digits(BigInteger scalar) {
    return SignedDigits.of(scalar, 4);
  }

  private static long[] affine(CurveKernels kernels, long[] jacobian) {
    long[] affine = new long[kernels.affine()];
    kernels.toAffine(affine, 0, jacobian, 0);
    return affine;
  }

  static boolean isZero(long[] limbs) {
    for (long limb : limbs) {
      if (limb != 0) {
        return false;
      }
    }
    return true;
  }

  static FieldEncoding coordinates(PointEncoding encoding) {
    return encoding == PointEncoding.EVM
        ? FieldEncoding.BIG_ENDIAN
        : FieldEncoding.MONTGOMERY_LITTLE_ENDIAN;
  }

  static byte[] concat(byte[]... parts) {
    byte[] all = new byte[parts.length * Fq.BYTES];
    for (int i = 0; i < parts.length; i++) {
      System.arraycopy(parts[i], 0, all, i * Fq.BYTES, Fq.BYTES);
    }
    return all;
  }

  /** The flags, which are cleared in the bytes. */
  static int takeFlags(byte[] bytes, String what) throws MalformedDataException {
    int flags = (bytes[0] & 0xc0) >> 6;
    if (flags == 0) {
      throw new MalformedDataException(what, null, -1, "a compressed point's flags are 00");
    }
    bytes[0] &= 0x3f;
    return flags;
  }

  static void putFlags(byte[] bytes, boolean infinity, boolean larger) {
    bytes[0] |= (byte) ((infinity ? INFINITY : larger ? LARGER : SMALLER) << 6);
  }

  static void requireZero(boolean zero, String what) throws MalformedDataException {
    if (!zero) {
      throw new MalformedDataException(what, null, -1, "a compressed infinity with an x");
    }
  }

  static boolean isLarger(Fq y) {
    return y.toBigInteger().compareTo(HALF) > 0;
  }

  static boolean isLarger(Fq2 y) {
    return isLarger(y.c1().isZero() ? y.c0() : y.c1());
  }

  static Optional<Fq> squareRoot(Fq square) {
    Fq root = square.pow(ROOT);
    return root.square().equals(square) ? Optional.of(root) : Optional.empty();
  }

  /** From the norm's root n: c0 of the root is the root of (c0 + n)/2 or (c0 - n)/2. */
  static Optional<Fq2> squareRoot(Fq2 square) {
    Fq c0 = square.c0();
    Fq c1 = square.c1();
    if (c1.isZero()) {
      Optional<Fq> real = squareRoot(c0);
      return real.isPresent()
          ? real.map(root -> Fq2.of(root, Fq.ZERO))
          : squareRoot(c0.negate()).map(root -> Fq2.of(Fq.ZERO, root));
    }
    return squareRoot(c0.square().plus(c1.square()))
        .flatMap(
            norm ->
                squareRoot(c0.plus(norm).times(ONE_HALF))
                    .or(() -> squareRoot(c0.minus(norm).times(ONE_HALF))))
        .map(root -> Fq2.of(root, c1.times(ONE_HALF).times(root.inverse())))
        .filter(root -> root.square().equals(square));
  }
}
