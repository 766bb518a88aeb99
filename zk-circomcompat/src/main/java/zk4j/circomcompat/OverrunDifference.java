package zk4j.circomcompat;

import java.math.BigInteger;
import java.util.Arrays;
import zk4j.bn254.Fq;

/**
 * What snarkjs's arithmetic makes of the difference of 64 bytes that are no point, and a point. Its
 * setups hash one difference too many from a domain of 2^15 on, and with no more powers than are
 * needed, they read bytes behind the last one for it (zkey_new.js). To come to the same hash, the
 * operations here wrap as those of wasmcurves do on numbers that are not below q.
 */
final class OverrunDifference {
  private static final BigInteger Q = Fq.MODULUS;
  private static final BigInteger RADIX = BigInteger.ONE.shiftLeft(8 * Fq.BYTES);
  private static final BigInteger MINUS_Q_INVERSE = RADIX.subtract(Q.modInverse(RADIX));
  private static final BigInteger RADIX_INVERSE = RADIX.modInverse(Q);

  private OverrunDifference() {}

  /**
   * The difference's coordinates, most significant byte first.
   *
   * @param left x and y, 32 bytes each, least significant first, in Montgomery form
   * @param right a point, as left
   */
  static byte[] of(byte[] left, byte[] right) {
    BigInteger x1 = coordinate(left, 0);
    BigInteger y1 = coordinate(left, 1);
    // mmadd-2007-bl: 4M + 2S, https://hyperelliptic.org/EFD/g1p/auto-shortw-jacobian-0.html
    BigInteger h = minus(coordinate(right, 0), x1);
    BigInteger i = twice(twice(times(h, h)));
    BigInteger j = times(h, i);
    BigInteger r = twice(minus(minus(BigInteger.ZERO, coordinate(right, 1)), y1));
    BigInteger v = times(x1, i);
    BigInteger x = minus(minus(times(r, r), j), twice(v));
    BigInteger y = minus(times(minus(v, x), r), twice(times(y1, j)));
    BigInteger zInverse = value(twice(h)).modInverse(Q);
    BigInteger zInverse2 = zInverse.multiply(zInverse);
    byte[] difference = new byte[2 * Fq.BYTES];
    encode(value(x).multiply(zInverse2), difference, 0);
    encode(value(y).multiply(zInverse2).multiply(zInverse), difference, Fq.BYTES);
    return difference;
  }

  private static BigInteger coordinate(byte[] point, int index) {
    byte[] bytes = Arrays.copyOfRange(point, index * Fq.BYTES, (index + 1) * Fq.BYTES);
    SectionFile.reverse(bytes);
    return new BigInteger(1, bytes);
  }

  private static BigInteger minus(BigInteger a, BigInteger b) {
    BigInteger difference = a.subtract(b);
    return difference.signum() >= 0 ? difference : difference.add(Q).mod(RADIX);
  }

  private static BigInteger twice(BigInteger a) {
    BigInteger sum = a.shiftLeft(1);
    return sum.compareTo(Q) >= 0 ? sum.subtract(Q).mod(RADIX) : sum;
  }

  /** A Montgomery product. */
  private static BigInteger times(BigInteger a, BigInteger b) {
    BigInteger product = a.multiply(b);
    BigInteger factor = product.multiply(MINUS_Q_INVERSE).mod(RADIX);
    BigInteger reduced = product.add(factor.multiply(Q)).shiftRight(RADIX.bitLength() - 1);
    return reduced.compareTo(Q) >= 0 ? reduced.subtract(Q) : reduced;
  }

  /** Out of Montgomery form. */
  private static BigInteger value(BigInteger a) {
    return a.multiply(RADIX_INVERSE).mod(Q);
  }

  private static void encode(BigInteger value, byte[] target, int at) {
    byte[] bytes = value.mod(Q).toByteArray();
    int length = Math.min(bytes.length, Fq.BYTES);
    System.arraycopy(bytes, bytes.length - length, target, at + Fq.BYTES - length, length);
  }
}
