package zk4j.babyjubjub.internal;

import static zk4j.babyjubjub.internal.Edwards.AFFINE;
import static zk4j.babyjubjub.internal.Edwards.POINT;
import static zk4j.babyjubjub.internal.Edwards.SCRATCH;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * Multiples of points. Scalars that may be secret are four words, least significant first, that
 * hold any number below 2^256; what takes those neither branches nor reads memory by them.
 */
public final class Multiples {
  private static final int WINDOW = 4;
  private static final int ENTRIES = 1 << WINDOW;
  private static final int WINDOWS = 256 / WINDOW;

  /** Width of the signed digits of public scalars. */
  private static final int NAF = 5;

  private Multiples() {}

  /** z = scalar * p. z may be p. */
  public static void times(long[] z, long[] p, long[] scalar) {
    long[] t = new long[SCRATCH];
    long[] table = new long[ENTRIES * POINT]; // summands 0, p, 2p, .., 15p
    long[] multiple = new long[POINT];
    Edwards.setIdentity(multiple, 0);
    Edwards.toSummand(table, 0, multiple, 0, false);
    Edwards.toSummand(table, POINT, p, 0, false);
    for (int i = 1; i < ENTRIES; i++) {
      Edwards.add(multiple, 0, multiple, 0, table, POINT, t);
      Edwards.toSummand(table, i * POINT, multiple, 0, false);
    }
    long[] entry = new long[POINT];
    Edwards.setIdentity(z, 0);
    for (int i = WINDOWS - 1; i >= 0; i--) {
      for (int k = 0; k < WINDOW; k++) {
        Edwards.twice(z, 0, z, 0, t);
      }
      select(entry, table, 0, digit(scalar, i));
      Edwards.add(z, 0, z, 0, entry, 0, t);
    }
    Arrays.fill(entry, 0);
    Arrays.fill(t, 0);
  }

  private static int digit(long[] scalar, int window) {
    int bit = window * WINDOW;
    return (int) (scalar[bit >> 6] >>> (bit & 63)) & (ENTRIES - 1);
  }

  /** z = the entry of the table, all of whose entries are read. */
  private static void select(long[] z, long[] table, int from, int index) {
    Arrays.fill(z, 0);
    for (int e = 0; e < ENTRIES; e++) {
      long mask = ((long) (e ^ index) - 1) >> 63; // all ones for the entry, else 0
      int at = from + e * z.length;
      for (int i = 0; i < z.length; i++) {
        z[i] |= table[at + i] & mask;
      }
    }
  }

  /** All digits' multiples of a point's 16^i-folds. */
  public static final class Table {
    private final long[] entries = new long[WINDOWS * ENTRIES * AFFINE];

    /** Makes the table of a point, in some milliseconds, which depend on it. */
    public Table(long[] p) {
      long[] t = new long[SCRATCH];
      long[] power = p.clone();
      long[] multiple = new long[POINT];
      long[] summand = new long[POINT];
      for (int window = 0; window < WINDOWS; window++) {
        Edwards.toSummand(summand, 0, power, 0, false);
        Edwards.setIdentity(multiple, 0);
        for (int e = 0; e < ENTRIES; e++) {
          Edwards.normalizeVartime(multiple, 0);
          Edwards.toSummand(entries, (window * ENTRIES + e) * AFFINE, multiple, 0, true);
          Edwards.add(multiple, 0, multiple, 0, summand, 0, t);
        }
        System.arraycopy(multiple, 0, power, 0, POINT);
      }
    }

    /** z = scalar * the point. */
    public void times(long[] z, long[] scalar) {
      long[] t = new long[SCRATCH];
      long[] entry = new long[AFFINE];
      Edwards.setIdentity(z, 0);
      for (int window = 0; window < WINDOWS; window++) {
        select(entry, entries, window * ENTRIES * AFFINE, digit(scalar, window));
        Edwards.addAffine(z, 0, z, 0, entry, 0, t);
      }
      Arrays.fill(entry, 0);
      Arrays.fill(t, 0);
    }

    /** z += scalar * the point, in time that depends on the scalar. */
    public void addTimesVartime(long[] z, long[] scalar) {
      long[] t = new long[SCRATCH];
      for (int window = 0; window < WINDOWS; window++) {
        int digit = digit(scalar, window);
        if (digit != 0) {
          Edwards.addAffine(z, 0, z, 0, entries, (window * ENTRIES + digit) * AFFINE, t);
        }
      }
    }
  }

  /** z = scalar * p for a scalar of at least 0, in time that depends on it. z may be p. */
  public static void timesVartime(long[] z, long[] p, BigInteger scalar) {
    long[] t = new long[SCRATCH];
    int odd = 1 << (NAF - 2);
    long[] table = new long[2 * odd * POINT]; // summands p, 3p, 5p, .., then their opposites
    long[] multiple = p.clone();
    long[] twice = new long[POINT];
    Edwards.twice(twice, 0, p, 0, t);
    Edwards.toSummand(twice, 0, twice.clone(), 0, false);
    for (int i = 0; i < odd; i++) {
      Edwards.toSummand(table, i * POINT, multiple, 0, false);
      Edwards.negateSummand(table, (odd + i) * POINT, table, i * POINT);
      Edwards.add(multiple, 0, multiple, 0, twice, 0, t);
    }
    byte[] digits = signedDigits(scalar);
    Edwards.setIdentity(z, 0);
    for (int i = digits.length - 1; i >= 0; i--) {
      Edwards.twice(z, 0, z, 0, t);
      if (digits[i] != 0) {
        int entry = digits[i] > 0 ? digits[i] >> 1 : odd + (-digits[i] >> 1);
        Edwards.add(z, 0, z, 0, table, entry * POINT, t);
      }
    }
  }

  /** The scalar's non-adjacent form: digits 0 or odd below 2^(NAF-1) in absolute value. */
  private static byte[] signedDigits(BigInteger scalar) {
    byte[] digits = new byte[scalar.bitLength() + 1];
    BigInteger rest = scalar;
    for (int i = 0; rest.signum() != 0; i++) {
      if (rest.testBit(0)) {
        int digit = rest.intValue() & ((1 << NAF) - 1);
        if (digit >= 1 << (NAF - 1)) {
          digit -= 1 << NAF;
        }
        digits[i] = (byte) digit;
        rest = rest.subtract(BigInteger.valueOf(digit));
      }
      rest = rest.shiftRight(1);
    }
    return digits;
  }
}
