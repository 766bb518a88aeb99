package zk4j.stream.store;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The address of bytes by their content: a CID of version 1 (multiformats), of raw bytes by their
 * SHA-256, written in base 32 (RFC 4648, lower case) behind a {@code b}. Immutable.
 */
public final class Cid {
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

  /** Version 1, raw bytes, SHA-256 of 32 bytes. */
  private static final byte[] PREFIX = {1, 0x55, 0x12, 32};

  private static final int BYTES = PREFIX.length + 32;
  private static final int CHARACTERS = (BYTES * 8 + 4) / 5;

  private final byte[] bytes;

  private Cid(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The address of some bytes. */
  public static Cid of(byte[] content) {
    try {
      byte[] bytes = Arrays.copyOf(PREFIX, BYTES);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      System.arraycopy(digest, 0, bytes, PREFIX.length, digest.length);
      return new Cid(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("a JDK without SHA-256", e);
    }
  }

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException if it is not one as above, in its one form
   */
  public static Cid parse(String text) {
    if (text.length() == 1 + CHARACTERS && text.charAt(0) == 'b') {
      byte[] bytes = new byte[BYTES];
      int bits = 0;
      int count = 0;
      int at = 0;
      for (int i = 1; i < text.length(); i++) {
        int digit = ALPHABET.indexOf(text.charAt(i));
        if (digit < 0) {
          break;
        }
        bits = (bits << 5 | digit) & 0xfff;
        count += 5;
        if (count >= 8) {
          count -= 8;
          bytes[at++] = (byte) (bits >> count);
        }
      }
      Cid cid = new Cid(bytes);
      if (cid.toString().equals(text)
          && Arrays.equals(PREFIX, Arrays.copyOf(bytes, PREFIX.length))) {
        return cid;
      }
    }
    throw new IllegalArgumentException("no CID of version 1, raw, by SHA-256, in base 32");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Cid that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** Its text. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("b");
    int bits = 0;
    int count = 0;
    for (byte b : bytes) {
      bits = (bits << 8 | (b & 0xff)) & 0xfff;
      count += 8;
      while (count >= 5) {
        count -= 5;
        text.append(ALPHABET.charAt(bits >> count & 31));
      }
    }
    return text.append(ALPHABET.charAt(bits << (5 - count) & 31)).toString();
  }
}
