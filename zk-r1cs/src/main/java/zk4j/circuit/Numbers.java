package zk4j.circuit;

import java.math.BigInteger;
import zk4j.bn254.Fr;

/** Field elements for people. */
final class Numbers {
  private static final BigInteger HALF = Fr.MODULUS.shiftRight(1);

  private Numbers() {}

  /** Elements above r/2 as the negative numbers that they stand for. */
  static String text(Fr value) {
    BigInteger number = value.toBigInteger();
    return (number.compareTo(HALF) > 0 ? number.subtract(Fr.MODULUS) : number).toString();
  }
}
