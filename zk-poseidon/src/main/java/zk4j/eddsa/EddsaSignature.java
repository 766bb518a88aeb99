package zk4j.eddsa;

import java.math.BigInteger;
import java.util.Arrays;
import zk4j.babyjubjub.Point;
import zk4j.core.MalformedDataException;

/**
 * A signature: a point R8 of BabyJubJub and a number S below {@link Point#ORDER}. Immutable.
 *
 * <p>S has one encoding, since larger numbers are refused: otherwise S + l would be another
 * signature of the same message.
 */
public final class EddsaSignature {
  /** Bytes of an encoding. */
  public static final int BYTES = 2 * Point.BYTES;

  private final Point r8;
  private final BigInteger s;

  private EddsaSignature(Point r8, BigInteger s) {
    this.r8 = r8;
    this.s = s;
  }

  /**
   * The signature (R8, S), which verifies or not.
   *
   * @throws IllegalArgumentException unless S is at least 0 and below {@link Point#ORDER}
   */
  public static EddsaSignature of(Point r8, BigInteger s) {
    if (s.signum() < 0 || s.compareTo(Point.ORDER) >= 0) {
      throw new IllegalArgumentException("S = " + s + " is not from 0 to below " + Point.ORDER);
    }
    return new EddsaSignature(r8, s);
  }

  /**
   * Reads circomlib's packed signature: R8 as {@link Point#decode} reads it, then S in 32 bytes,
   * little-endian.
   *
   * @throws MalformedDataException unless there are 64 bytes of a point and of a number below
   *     {@link Point#ORDER}
   */
  public static EddsaSignature decode(byte[] bytes) throws MalformedDataException {
    if (bytes.length != BYTES) {
      throw malformed("a signature has " + BYTES + " bytes, not " + bytes.length);
    }
    Point r8;
    try {
      r8 = Point.decode(Arrays.copyOf(bytes, Point.BYTES));
    } catch (MalformedDataException e) {
      throw malformed("R8: " + e.problem());
    }
    BigInteger s = number(Arrays.copyOfRange(bytes, Point.BYTES, BYTES));
    if (s.compareTo(Point.ORDER) >= 0) {
      throw malformed("S = " + s + " is not below the order " + Point.ORDER);
    }
    return new EddsaSignature(r8, s);
  }

  private static MalformedDataException malformed(String problem) {
    return new MalformedDataException("EdDSA signature", null, -1, problem);
  }

  /** Of little-endian bytes. */
  static BigInteger number(byte[] bytes) {
    byte[] bigEndian = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      bigEndian[i] = bytes[bytes.length - 1 - i];
    }
    return new BigInteger(1, bigEndian);
  }

  /** Writes the signature as {@link #decode} reads it. */
  public byte[] encode() {
    byte[] bytes = Arrays.copyOf(r8.encode(), BYTES);
    for (int i = 0; i < Point.BYTES; i++) {
      bytes[Point.BYTES + i] = s.shiftRight(8 * i).byteValue();
    }
    return bytes;
  }

  /** R8, the commitment to the nonce. */
  public Point r8() {
    return r8;
  }

  /** S, from 0 to below {@link Point#ORDER}. */
  public BigInteger s() {
    return s;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EddsaSignature that && r8.equals(that.r8) && s.equals(that.s);
  }

  @Override
  public int hashCode() {
    return 31 * r8.hashCode() + s.hashCode();
  }

  @Override
  public String toString() {
    return "(" + r8 + ", " + s + ")";
  }
}
