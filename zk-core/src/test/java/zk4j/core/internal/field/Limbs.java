package zk4j.core.internal.field;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import zk4j.bn254.Fq;
import zk4j.bn254.Samples;

/** Numbers in five limbs of 52 bits, signed and redundant. */
public final class Limbs {
  private static final int COUNT = 5;
  private static final int BITS = 52;

  private Limbs() {}

  public static BigInteger value(long[] limbs) {
    BigInteger value = BigInteger.ZERO;
    for (int i = COUNT - 1; i >= 0; i--) {
      value = value.shiftLeft(BITS).add(BigInteger.valueOf(limbs[i]));
    }
    return value;
  }

  /** A number with its limbs 0..3 in [0, 2^52), the top one having the sign. */
  public static long[] of(BigInteger value) {
    long[] limbs = new long[COUNT];
    BigInteger rest = value;
    for (int i = 0; i < COUNT - 1; i++) {
      limbs[i] = rest.longValue() & ((1L << BITS) - 1);
      rest = rest.shiftRight(BITS);
    }
    limbs[COUNT - 1] = rest.longValueExact();
    return limbs;
  }

  /** Ends of (-q, 2q), the tight elements of Fq, and those with limbs 0..3 of all ones or none. */
  public static List<BigInteger> tightEnds() {
    BigInteger q = Fq.MODULUS;
    BigInteger top = BigInteger.ONE.shiftLeft(BITS * (COUNT - 1));
    BigInteger ones = top.subtract(BigInteger.ONE);
    BigInteger highest = q.shiftLeft(1).divide(top).subtract(BigInteger.ONE).multiply(top);
    BigInteger lowest = q.negate().divide(top).multiply(top);
    return List.of(
        BigInteger.ZERO,
        BigInteger.ONE.subtract(q),
        q.shiftLeft(1).subtract(BigInteger.ONE),
        ones,
        highest,
        highest.add(ones),
        lowest,
        lowest.add(ones));
  }

  /**
   * Numbers strictly between -bound and bound: the ends of the range, 0 and 1, random ones, and
   * every choice of limbs 0..3 from -limb, 0, limb with the lowest and highest top limb for them.
   *
   * @param limb the largest absolute value of limbs 0..3
   */
  static List<long[]> edges(BigInteger bound, long limb, Samples samples) {
    List<long[]> edges = new ArrayList<>();
    BigInteger last = bound.subtract(BigInteger.ONE);
    for (BigInteger value : List.of(last, last.negate(), BigInteger.ZERO, BigInteger.ONE)) {
      edges.add(of(value));
    }
    for (int k = 0; k < 20; k++) {
      edges.add(of(samples.below(bound.shiftLeft(1).subtract(BigInteger.ONE)).subtract(last)));
    }
    for (int choice = 0; choice < 81; choice++) {
      long[] limbs = new long[COUNT];
      for (int i = 0, rest = choice; i < COUNT - 1; i++, rest /= 3) {
        limbs[i] = (rest % 3 - 1) * limb;
      }
      BigInteger low = value(limbs);
      int top = BITS * (COUNT - 1);
      long[] highest = limbs.clone();
      highest[COUNT - 1] = last.subtract(low).shiftRight(top).longValueExact();
      edges.add(highest);
      limbs[COUNT - 1] = -last.add(low).shiftRight(top).longValueExact();
      edges.add(limbs);
    }
    return edges;
  }
}
