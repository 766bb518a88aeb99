package zk4j.stream;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.math.BigInteger;
import zk4j.bn254.Fr;

/**
 * Texts as elements of the field: their ASCII characters as a big-endian number. The first input of
 * each hash says by one what it is of, so that no hash can be taken for another.
 */
public final class Tag {
  /** Of a window's header. */
  public static final Fr HEADER = of("zk4j.stream.header.v1");

  /** Of what a window's readings mean. */
  public static final Fr FORMAT = of("zk4j.stream.format.v1");

  /** Of a subject's secret. */
  public static final Fr SUBJECT = of("zk4j.stream.subject.v1");

  /** Of a device and its subject. */
  public static final Fr DEVICE = of("zk4j.stream.device.v1");

  /** Of a subject's name for one audience. */
  public static final Fr PSEUDONYM = of("zk4j.stream.pseudonym.v1");

  /** Of what a nullifier allows once. */
  public static final Fr SCOPE = of("zk4j.stream.scope.v1");

  /** Of a statement about some windows, as a part of a condition. */
  public static final Fr PART = of("zk4j.stream.part.v1");

  /** Of parts of a condition that are all to hold. */
  public static final Fr ALL = of("zk4j.stream.all.v1");

  /** Of parts of a condition of which any is to hold. */
  public static final Fr ANY = of("zk4j.stream.any.v1");

  /** Of the summary of a window, for a statement about a day. */
  public static final Fr SUMMARY = of("zk4j.stream.summary.v1");

  private Tag() {}

  /**
   * A text as an element.
   *
   * @throws IllegalArgumentException unless it has 1 to 31 ASCII characters
   */
  public static Fr of(String text) {
    boolean ascii = text.chars().allMatch(c -> c > 0 && c < 128);
    if (text.isEmpty() || text.length() > 31 || !ascii) {
      throw new IllegalArgumentException("\"" + text + "\" has not 1 to 31 ASCII characters");
    }
    return Fr.reduce(new BigInteger(1, text.getBytes(US_ASCII)));
  }
}
