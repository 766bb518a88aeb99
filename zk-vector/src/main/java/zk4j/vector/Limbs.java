package zk4j.vector;

import static zk4j.vector.Lanes.LANES;
import static zk4j.vector.Lanes.LIMBS;

import java.math.BigInteger;
import zk4j.core.internal.field.Words;

/** Between limbs of 51 bits in doubles and numbers of four words. Steps are in doubles. */
final class Limbs {
  static final BigInteger RADIX = BigInteger.ONE.shiftLeft(51);

  private Limbs() {}

  /** Limbs in [0, 2^51) at o, o + step... = the number in words, which is below 2^255. */
  static void fromWords(double[] z, int o, int step, long[] words, int wo) {
    long w0 = words[wo];
    long w1 = words[wo + 1];
    long w2 = words[wo + 2];
    long w3 = words[wo + 3];
    z[o] = w0 & Lanes.MASK;
    z[o + step] = (w0 >>> 51 | w1 << 13) & Lanes.MASK;
    z[o + 2 * step] = (w1 >>> 38 | w2 << 26) & Lanes.MASK;
    z[o + 3 * step] = (w2 >>> 25 | w3 << 39) & Lanes.MASK;
    z[o + 4 * step] = w3 >>> 12;
  }

  /**
   * Words = the number in [0, p) that is the limbs' mod p.
   *
   * @param p words of the modulus, of which the number is within twice
   */
  static void toWords(long[] words, int wo, double[] x, int o, int step, long[] p) {
    long t0 = (long) x[o];
    long t1 = (long) x[o + step] + (t0 >> 51);
    long t2 = (long) x[o + 2 * step] + (t1 >> 51);
    long t3 = (long) x[o + 3 * step] + (t2 >> 51);
    long t4 = (long) x[o + 4 * step] + (t3 >> 51);
    t0 &= Lanes.MASK;
    t1 &= Lanes.MASK;
    t2 &= Lanes.MASK;
    t3 &= Lanes.MASK;
    words[wo] = t0 | t1 << 51;
    words[wo + 1] = t1 >>> 13 | t2 << 38;
    words[wo + 2] = t2 >>> 26 | t3 << 25;
    words[wo + 3] = t3 >>> 39 | t4 << 12;
    while (words[wo + 3] < 0) {
      add(words, wo, p);
    }
    while (!isBelow(words, wo, p)) {
      subtract(words, wo, p);
    }
  }

  private static void add(long[] words, int wo, long[] p) {
    long carry = 0;
    for (int i = 0; i < Words.COUNT; i++) {
      long x = words[wo + i];
      long sum = x + p[i];
      long total = sum + carry;
      carry = Long.compareUnsigned(sum, x) < 0 || Long.compareUnsigned(total, sum) < 0 ? 1 : 0;
      words[wo + i] = total;
    }
  }

  private static void subtract(long[] words, int wo, long[] p) {
    long borrow = 0;
    for (int i = 0; i < Words.COUNT; i++) {
      long x = words[wo + i];
      int order = Long.compareUnsigned(x, p[i]);
      words[wo + i] = x - p[i] - borrow;
      borrow = order < 0 || (order == 0 && borrow == 1) ? 1 : 0;
    }
  }

  private static boolean isBelow(long[] words, int wo, long[] p) {
    for (int i = Words.COUNT - 1; i >= 0; i--) {
      int order = Long.compareUnsigned(words[wo + i], p[i]);
      if (order != 0) {
        return order < 0;
      }
    }
    return false;
  }

  /** Centred limbs at o, o + step... of a number whose absolute value is below 2^254. */
  static void split(double[] z, int o, int step, BigInteger value) {
    for (int j = 0; j < LIMBS - 1; j++) {
      BigInteger limb = centred(value);
      z[o + j * step] = limb.longValueExact();
      value = value.subtract(limb).shiftRight(51);
    }
    z[o + (LIMBS - 1) * step] = value.longValueExact();
  }

  /** Its centred limbs. */
  static double[] split(BigInteger value) {
    double[] limbs = new double[LIMBS];
    split(limbs, 0, 1, value);
    return limbs;
  }

  /** The residue mod 2^51 in [-2^50, 2^50). */
  static BigInteger centred(BigInteger value) {
    BigInteger residue = value.mod(RADIX);
    return residue.testBit(50) ? residue.subtract(RADIX) : residue;
  }

  /** The integer that the limbs at o, o + step... hold. */
  static BigInteger join(double[] x, int o, int step) {
    BigInteger value = BigInteger.ZERO;
    for (int j = LIMBS - 1; j >= 0; j--) {
      value = value.shiftLeft(51).add(BigInteger.valueOf((long) x[o + j * step]));
    }
    return value;
  }

  /** A block of which every lane is the same residue's least absolute value. */
  static double[] block(BigInteger residue, BigInteger p) {
    BigInteger value = residue.mod(p);
    if (value.compareTo(p.shiftRight(1)) > 0) {
      value = value.subtract(p);
    }
    double[] block = new double[Lanes.BLOCK];
    for (int lane = 0; lane < LANES; lane++) {
      split(block, lane, LANES, value);
    }
    return block;
  }
}
