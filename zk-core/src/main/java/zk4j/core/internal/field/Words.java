package zk4j.core.internal.field;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Numbers below 2^256 as four words, least significant first: the form that layouts meet in. */
public final class Words {
  /** Words a number takes. */
  public static final int COUNT = 4;

  /** Bytes a number takes. */
  public static final int BYTES = 32;

  private Words() {}

  /** words[wo..wo+4) = the little-endian number at from, whatever the buffer's order. */
  public static void fromLittleEndian(long[] words, int wo, ByteBuffer bytes, int from) {
    boolean swap = bytes.order() == ByteOrder.BIG_ENDIAN;
    for (int i = 0; i < COUNT; i++) {
      long word = bytes.getLong(from + 8 * i);
      words[wo + i] = swap ? Long.reverseBytes(word) : word;
    }
  }

  /** words[0..4 * numbers) = little-endian numbers one after the other, the first at from. */
  public static void fromLittleEndian(long[] words, ByteBuffer bytes, int from, int numbers) {
    ByteBuffer source = bytes.slice(from, numbers * BYTES).order(ByteOrder.LITTLE_ENDIAN);
    source.asLongBuffer().get(words, 0, numbers * COUNT);
  }

  /** words[wo..wo+4) = the little-endian number at from. */
  public static void fromLittleEndian(long[] words, int wo, byte[] bytes, int from) {
    fromLittleEndian(words, wo, ByteBuffer.wrap(bytes), from);
  }

  /** The little-endian number at to = words[wo..wo+4). */
  public static void toLittleEndian(byte[] bytes, int to, long[] words, int wo) {
    toLittleEndian(ByteBuffer.wrap(bytes, to, BYTES), words, wo);
  }

  /** Puts words[wo..wo+4) as a little-endian number. */
  public static void toLittleEndian(ByteBuffer bytes, long[] words, int wo) {
    boolean swap = bytes.order() == ByteOrder.BIG_ENDIAN;
    for (int i = 0; i < COUNT; i++) {
      bytes.putLong(swap ? Long.reverseBytes(words[wo + i]) : words[wo + i]);
    }
  }

  /** words[wo..wo+4) = the big-endian number at from. */
  public static void fromBigEndian(long[] words, int wo, byte[] bytes, int from) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    for (int i = 0; i < COUNT; i++) {
      words[wo + i] = buffer.getLong(from + 8 * (COUNT - 1 - i));
    }
  }

  /** The big-endian number at to = words[wo..wo+4). */
  public static void toBigEndian(byte[] bytes, int to, long[] words, int wo) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    for (int i = 0; i < COUNT; i++) {
      buffer.putLong(to + 8 * (COUNT - 1 - i), words[wo + i]);
    }
  }

  /** The words of 0 <= value < 2^256. */
  public static long[] of(BigInteger value) {
    long[] words = new long[COUNT];
    for (int i = 0; i < COUNT; i++) {
      words[i] = value.shiftRight(64 * i).longValue();
    }
    return words;
  }

  /** The number in words[wo..wo+4). */
  public static BigInteger toBigInteger(long[] words, int wo) {
    byte[] bytes = new byte[BYTES];
    toBigEndian(bytes, 0, words, wo);
    return new BigInteger(1, bytes);
  }
}
