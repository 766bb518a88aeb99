package zk4j.eddsa.internal;

import java.math.BigInteger;
import zk4j.babyjubjub.Point;

/**
 * Arithmetic modulo l, the order of BabyJubJub's subgroup, on numbers below 2^256 in eight parts of
 * 32 bits, least significant first, each in a long. Neither branches nor reads memory by the
 * numbers.
 */
public final class Scalars {
  private static final int PARTS = 8;
  private static final long MASK = 0xffffffffL;

  private static final long[] L = of(Point.ORDER);

  /** -1/l mod 2^32. */
  private static final long N0 =
      Point.ORDER
          .modInverse(BigInteger.ONE.shiftLeft(32))
          .negate()
          .mod(BigInteger.ONE.shiftLeft(32))
          .longValueExact();

  /** 2^512 mod l. */
  private static final long[] R2 = of(BigInteger.ONE.shiftLeft(512).mod(Point.ORDER));

  /** 2^768 mod l. */
  private static final long[] R3 = of(BigInteger.ONE.shiftLeft(768).mod(Point.ORDER));

  private static final long[] EIGHT = of(BigInteger.valueOf(8));

  private Scalars() {}

  private static long[] of(BigInteger number) {
    long[] z = new long[PARTS];
    for (int i = 0; i < PARTS; i++) {
      z[i] = number.shiftRight(32 * i).longValue() & MASK;
    }
    return z;
  }

  /** 32 little-endian bytes from a position on. */
  private static long[] parts(byte[] bytes, int from) {
    long[] z = new long[PARTS];
    for (int i = 0; i < 4 * PARTS; i++) {
      z[i >> 2] |= (bytes[from + i] & 0xffL) << (8 * (i & 3));
    }
    return z;
  }

  private static byte[] bytes(long[] x) {
    byte[] bytes = new byte[4 * PARTS];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (x[i >> 2] >>> (8 * (i & 3)));
    }
    return bytes;
  }

  /**
   * x * y / 2^256 mod l, below l, for x below 2^256 and y below l (Montgomery's product, operands
   * scanned in turn). Before the end the sum is below 2l, as (2^256 l + 2^256 l) / 2^256.
   */
  private static long[] multiply(long[] x, long[] y) {
    long[] t = new long[PARTS + 2];
    for (int i = 0; i < PARTS; i++) {
      long carry = 0;
      for (int j = 0; j < PARTS; j++) {
        long sum = x[i] * y[j] + t[j] + carry; // at most 2^64 - 1, unsigned
        t[j] = sum & MASK;
        carry = sum >>> 32;
      }
      long sum = t[PARTS] + carry;
      t[PARTS] = sum & MASK;
      t[PARTS + 1] = sum >>> 32;
      long m = (t[0] * N0) & MASK;
      carry = (m * L[0] + t[0]) >>> 32;
      for (int j = 1; j < PARTS; j++) {
        sum = m * L[j] + t[j] + carry;
        t[j - 1] = sum & MASK;
        carry = sum >>> 32;
      }
      sum = t[PARTS] + carry;
      t[PARTS - 1] = sum & MASK;
      t[PARTS] = t[PARTS + 1] + (sum >>> 32);
    }
    return subtractOnce(t);
  }

  /** x or x - l, whichever is in [0, l), for x below 2l. */
  private static long[] subtractOnce(long[] x) {
    long[] less = new long[PARTS];
    long borrow = 0;
    for (int i = 0; i < PARTS; i++) {
      long difference = x[i] - L[i] + borrow;
      less[i] = difference & MASK;
      borrow = difference >> 32; // 0 or -1
    }
    for (int i = 0; i < PARTS; i++) {
      less[i] = (x[i] & borrow) | (less[i] & ~borrow);
    }
    return less;
  }

  private static long[] add(long[] x, long[] y) {
    long[] z = new long[PARTS];
    long carry = 0;
    for (int i = 0; i < PARTS; i++) {
      long sum = x[i] + y[i] + carry;
      z[i] = sum & MASK;
      carry = sum >>> 32;
    }
    return subtractOnce(z);
  }

  /** The remainder modulo l of 64 little-endian bytes, in 32. */
  public static byte[] reduce(byte[] number) {
    long[] low = multiply(parts(number, 0), R2); // times 2^256
    long[] high = multiply(parts(number, 32), R3); // times 2^512
    return bytes(multiply(add(low, high), of(BigInteger.ONE)));
  }

  /** r + 8 h k mod l, of 32 little-endian bytes each: r and k below l, h below 2^256. */
  public static byte[] addEightfoldProduct(byte[] r, byte[] h, byte[] k) {
    long[] factor = multiply(EIGHT, R3); // 8 times 2^512
    long[] product = multiply(multiply(parts(h, 0), factor), parts(k, 0)); // 8 h k
    return bytes(add(parts(r, 0), product));
  }

  /** Whether 32 little-endian bytes are a number from 1 to l - 1. */
  public static boolean isInRange(byte[] scalar) {
    long[] x = parts(scalar, 0);
    long any = 0;
    long borrow = 0;
    for (int i = 0; i < PARTS; i++) {
      any |= x[i];
      borrow = (x[i] - L[i] + borrow) >> 32;
    }
    return any != 0 && borrow != 0;
  }
}
