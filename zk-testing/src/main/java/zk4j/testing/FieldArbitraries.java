package zk4j.testing;

import java.math.BigInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import zk4j.bn254.Fr;

/** Arbitraries of values of signals. */
public final class FieldArbitraries {
  private FieldArbitraries() {}

  /** Elements of the field; 0, 1, -1 and their like more often than others. */
  public static Arbitrary<Fr> elements() {
    return numbers(Fr.MODULUS.subtract(BigInteger.ONE));
  }

  /**
   * Numbers of at most so many bits, 1 to 253; the least and the largest more often than others.
   */
  public static Arbitrary<Fr> bits(int bits) {
    if (bits < 1 || bits > 253) {
      throw new IllegalArgumentException(bits + " bits are not 1 to 253");
    }
    return numbers(BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE));
  }

  private static Arbitrary<Fr> numbers(BigInteger max) {
    return Arbitraries.bigIntegers().between(BigInteger.ZERO, max).map(Fr::of);
  }
}
