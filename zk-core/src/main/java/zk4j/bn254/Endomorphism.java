package zk4j.bn254;

import java.math.BigInteger;
import zk4j.core.internal.pairing.MillerLoop;

/**
 * G1's endomorphism (x, y) -> (beta x, y), which multiplies by lambda, and scalars as k + l lambda
 * for k and l of half the length (Gallant, Lambert and Vanstone, CRYPTO 2001).
 */
final class Endomorphism {
  private static final BigInteger X = MillerLoop.X;
  private static final BigInteger XX = X.multiply(X);

  /** 18x^3 + 18x^2 + 9x + 1, a cube root of 1 in Fq. */
  static final Fq BETA = Fq.of(polynomial(18, 18, 9, 1).mod(Fq.MODULUS));

  /** 36x^3 + 18x^2 + 6x + 1, a cube root of 1 in Fr. */
  static final Fr LAMBDA = Fr.of(polynomial(36, 18, 6, 1).mod(Fr.MODULUS));

  // a + b lambda = 0 mod r for (a, b) = (A, B) and (B, -C).
  private static final BigInteger A = polynomial(0, 6, 4, 1);
  private static final BigInteger B = polynomial(0, 0, 2, 1);
  private static final BigInteger C = polynomial(0, 6, 2, 0);

  private Endomorphism() {}

  private static BigInteger polynomial(int cubic, int square, int linear, int constant) {
    return XX.multiply(X.multiply(BigInteger.valueOf(cubic)).add(BigInteger.valueOf(square)))
        .add(X.multiply(BigInteger.valueOf(linear)))
        .add(BigInteger.valueOf(constant));
  }

  /**
   * k and l of a scalar k + l lambda, below 2^127 in absolute value: (scalar, 0) less what rounding
   * its coordinates in the basis of (A, B) and (B, -C), whose determinant is -r, makes of it.
   */
  static BigInteger[] split(BigInteger scalar) {
    BigInteger first = rounded(scalar.multiply(C));
    BigInteger second = rounded(scalar.multiply(B));
    return new BigInteger[] {
      scalar.subtract(first.multiply(A)).subtract(second.multiply(B)),
      second.multiply(C).subtract(first.multiply(B))
    };
  }

  /** The integer closest to number/r. */
  private static BigInteger rounded(BigInteger number) {
    return number.add(Fr.MODULUS.shiftRight(1)).divide(Fr.MODULUS);
  }
}
