package zk4j.core.internal.curve;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * A whole number as the sum of digits times powers of 2, the digits being 0 or odd and less than
 * 2^(w - 1) in absolute value: of w in a row, one at most is not 0. For w = 2 it is the
 * non-adjacent form.
 */
public final class SignedDigits {
  private final int[] digits;
  private final int width;

  private SignedDigits(int[] digits, int width) {
    this.digits = digits;
    this.width = width;
  }

  /** The digits of a number, for w = 2..8. */
  public static SignedDigits of(BigInteger number, int width) {
    int[] digits = new int[number.bitLength() + 1];
    int length = 0;
    for (BigInteger rest = number; rest.signum() != 0; rest = rest.shiftRight(1)) {
      int digit = 0;
      if (rest.testBit(0)) {
        int low = rest.intValue() & ((1 << width) - 1);
        digit = low < 1 << (width - 1) ? low : low - (1 << width);
        rest = rest.subtract(BigInteger.valueOf(digit));
      }
      digits[length++] = digit;
    }
    return new SignedDigits(Arrays.copyOf(digits, length), width);
  }

  /** How many digits there are. */
  public int length() {
    return digits.length;
  }

  /** The factor of 2^i; 0 above the highest digit. */
  public int digit(int i) {
    return i < digits.length ? digits[i] : 0;
  }

  /** How many odd numbers there are from 1 to the largest possible digit. */
  public int odd() {
    return 1 << (width - 2);
  }
}
