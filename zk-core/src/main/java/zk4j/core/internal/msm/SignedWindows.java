package zk4j.core.internal.msm;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.IntPredicate;
import zk4j.core.Execution;
import zk4j.core.internal.field.Words;
import zk4j.core.internal.spi.FrStore;

/**
 * Scalars as signs and signed digits of c bits, in windows.
 *
 * <p>A scalar s above r/2 becomes r - s with a sign, so that -1 is as small as 1. Adding half =
 * 2^(c-1) to every window but the top one, once for all of them, turns the unsigned digits d of the
 * sum into signed digits d - half, without a carry from window to window.
 */
final class SignedWindows {
  private static final int CHUNK = 1 << 12;

  /** Bit lengths of absolute values are below it. */
  private static final int BITS = 254;

  static final BigInteger MODULUS =
      new BigInteger(
          "21888242871839275222246405745257275088548364400416034343698204186575808495617");

  /** (r - 1)/2. */
  static final BigInteger HALF = MODULUS.shiftRight(1);

  private static final long[] R = Words.of(MODULUS);
  private static final long[] HALF_R = Words.of(HALF);

  private final Execution execution;
  private final int n;

  /** The absolute values in words, plus the windows' halves after {@link #split}. */
  private final long[] scalars;

  private final boolean[] negative;
  private final int[] lengths;
  private int window;
  private int windows;

  SignedWindows(FrStore elements, Execution execution) {
    this(elements, i -> false, execution);
  }

  /** Scalars of which skipped holds count as 0. */
  SignedWindows(FrStore elements, IntPredicate skipped, Execution execution) {
    this.execution = execution;
    this.n = elements.size();
    this.scalars = new long[Words.COUNT * n];
    this.negative = new boolean[n];
    this.lengths = read(elements, skipped);
  }

  /** Fills in signs and absolute values; how many of these have each bit length. */
  private int[] read(FrStore elements, IntPredicate skipped) {
    int chunks = Math.max(1, (n + CHUNK - 1) / CHUNK);
    int[][] lengths = new int[chunks][BITS];
    execution.forEach(
        chunks,
        chunk -> {
          int from = chunk * CHUNK;
          int to = Math.min(n, from + CHUNK);
          ByteBuffer words = ByteBuffer.allocate((to - from) * Words.BYTES);
          elements.encode(words, from, to, false);
          words.flip().order(ByteOrder.LITTLE_ENDIAN);
          words.asLongBuffer().get(scalars, Words.COUNT * from, Words.COUNT * (to - from));
          for (int i = from; i < to; i++) {
            if (skipped.test(i)) {
              Arrays.fill(scalars, 4 * i, 4 * i + 4, 0);
            }
            negative[i] = isAboveHalf(4 * i);
            if (negative[i]) {
              negate(4 * i);
            }
            lengths[chunk][bitLength(4 * i)]++;
          }
        });
    for (int chunk = 1; chunk < chunks; chunk++) {
      for (int bits = 0; bits < BITS; bits++) {
        lengths[0][bits] += lengths[chunk][bits];
      }
    }
    return lengths[0];
  }

  private boolean isAboveHalf(int at) {
    for (int i = 3; i >= 0; i--) {
      int order = Long.compareUnsigned(scalars[at + i], HALF_R[i]);
      if (order != 0) {
        return order > 0;
      }
    }
    return false;
  }

  private void negate(int at) {
    long borrow = 0;
    for (int i = 0; i < 4; i++) {
      long s = scalars[at + i];
      scalars[at + i] = R[i] - s - borrow;
      int order = Long.compareUnsigned(R[i], s);
      borrow = order < 0 || (order == 0 && borrow == 1) ? 1 : 0;
    }
  }

  private int bitLength(int at) {
    for (int i = 3; i >= 0; i--) {
      if (scalars[at + i] != 0) {
        return 64 * i + 64 - Long.numberOfLeadingZeros(scalars[at + i]);
      }
    }
    return 0;
  }

  /** Fixes the windows' width, 2..16; once, before digits are asked for. */
  void split(int width) {
    window = width;
    windows = longest() / width + 1;
    long[] halves = new long[4];
    for (int w = 0; w < windows - 1; w++) {
      int bit = w * window + window - 1;
      halves[bit >> 6] |= 1L << bit;
    }
    execution.forEach(
        (n + CHUNK - 1) / CHUNK,
        chunk -> {
          for (int i = chunk * CHUNK; i < Math.min(n, (chunk + 1) * CHUNK); i++) {
            long carry = 0;
            for (int k = 0; k < 4; k++) {
              long x = scalars[4 * i + k];
              long s = x + halves[k];
              long t = s + carry;
              carry = Long.compareUnsigned(s, x) < 0 || Long.compareUnsigned(t, s) < 0 ? 1 : 0;
              scalars[4 * i + k] = t;
            }
          }
        });
  }

  /** How many absolute values have so many bits. */
  int ofLength(int bits) {
    return bits < BITS ? lengths[bits] : 0;
  }

  /** The most bits of an absolute value. */
  int longest() {
    int longest = BITS - 1;
    while (longest > 0 && lengths[longest] == 0) {
      longest--;
    }
    return longest;
  }

  /** How many windows there are. */
  int windows() {
    return windows;
  }

  /** Whether the sign of scalar i is to be changed. */
  boolean isNegative(int i) {
    return negative[i];
  }

  /**
   * The signed digit of scalar i's absolute value in window w: -2^(c-1) to 2^(c-1) - 1, or more in
   * the top one.
   */
  int digit(int i, int w) {
    int bit = w * window;
    int at = 4 * i + (bit >> 6);
    long bits = scalars[at] >>> bit;
    if ((bit & 63) + window > 64 && bit < 192) {
      bits |= scalars[at + 1] << -bit;
    }
    int digit = (int) bits & ((1 << window) - 1);
    return w < windows - 1 ? digit - (1 << (window - 1)) : digit;
  }
}
