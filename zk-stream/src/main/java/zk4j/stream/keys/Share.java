package zk4j.stream.keys;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import zk4j.core.MalformedDataException;

/**
 * A share of a secret, whose text can be written down: {@code zk4s1-} and in hexadecimal, with a
 * hyphen between each four bytes, the number of the set of shares (4 bytes), how many are needed,
 * the share's own number, its values, and the first 4 bytes of the SHA-256 of all that. Secret.
 */
public final class Share {
  /** The most bytes of a secret. */
  public static final int MAX_BYTES = 256;

  private static final String PREFIX = "zk4s1-";
  private static final int HEAD = 6;
  private static final int CHECK = 4;

  private final int set;
  private final int threshold;
  private final int number;
  private final byte[] values;

  Share(int set, int threshold, int number, byte[] values) {
    this.set = set;
    this.threshold = threshold;
    this.number = number;
    this.values = values;
  }

  /** How many are needed. */
  public int threshold() {
    return threshold;
  }

  /** Its number, from 1. */
  public int number() {
    return number;
  }

  byte[] values() {
    return values;
  }

  boolean isOfSetOf(Share other) {
    return set == other.set && threshold == other.threshold && values.length == other.values.length;
  }

  private static byte[] check(byte[] bytes, int length) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(bytes, 0, length);
      return Arrays.copyOf(sha256.digest(), CHECK);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("a JDK without SHA-256", e);
    }
  }

  /** Its text, which is as secret as the share. */
  public String text() {
    ByteBuffer bytes = ByteBuffer.allocate(HEAD + values.length + CHECK);
    bytes.putInt(set).put((byte) threshold).put((byte) number).put(values);
    bytes.put(check(bytes.array(), HEAD + values.length));
    String hex = HexFormat.of().formatHex(bytes.array());
    return PREFIX + hex.replaceAll("(.{8})(?=.)", "$1-");
  }

  /**
   * Reads a share; hyphens, blanks and capitals do not matter.
   *
   * @throws MalformedDataException if it is none, or one that is mistyped
   */
  public static Share parse(String text) throws MalformedDataException {
    String plain = text.toLowerCase(Locale.ROOT).replaceAll("[\\s-]", "");
    String prefix = PREFIX.replace("-", "");
    int digits = plain.length() - prefix.length();
    boolean form =
        plain.startsWith(prefix)
            && digits % 2 == 0
            && digits / 2 > HEAD + CHECK
            && digits / 2 <= HEAD + MAX_BYTES + CHECK
            && plain.substring(prefix.length()).matches("[0-9a-f]*");
    if (!form) {
      throw new MalformedDataException("share", null, -1, "no text of a share");
    }
    byte[] bytes = HexFormat.of().parseHex(plain.substring(prefix.length()));
    int length = bytes.length - CHECK;
    int threshold = bytes[4] & 0xff;
    int number = bytes[5] & 0xff;
    if (!Arrays.equals(check(bytes, length), Arrays.copyOfRange(bytes, length, bytes.length))
        || threshold < 2
        || number < 1) {
      throw new MalformedDataException("share", null, -1, "a share that is mistyped");
    }
    return new Share(
        ByteBuffer.wrap(bytes).getInt(),
        threshold,
        number,
        Arrays.copyOfRange(bytes, HEAD, length));
  }

  /** Which share; not its values. */
  @Override
  public String toString() {
    return "share " + number + ", " + threshold + " of which are needed";
  }
}
