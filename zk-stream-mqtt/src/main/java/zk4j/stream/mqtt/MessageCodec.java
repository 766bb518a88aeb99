package zk4j.stream.mqtt;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.crypto.SecretKey;
import zk4j.stream.Channel;
import zk4j.stream.Reading;
import zk4j.stream.Window;
import zk4j.stream.ingest.Batch;

/**
 * Batches of readings in messages of a pairing, all of one size, which docs/ingestion.md describes
 * byte by byte. Thread-safe.
 *
 * <p>Encrypted by AES-256-GCM. Nonces are uniformly random: none has to be remembered, so none
 * comes twice because a file was lost or set back. A pairing has at most 2^32 messages, since that
 * is how many numbers there are; that two of them have the same nonce is less likely than 2^-32
 * (NIST SP 800-38D, 8.3).
 */
public final class MessageCodec {
  /** Bytes of a message. */
  public static final int SIZE = 1024;

  /** The most readings of a message. */
  public static final int MOST_READINGS = 110;

  /** The largest number of a message. */
  public static final long LAST_SEQUENCE = (1L << 32) - 1;

  /** The largest value of a reading, whatever its channel. */
  public static final int LARGEST_VALUE = 0xffff;

  private static final int VERSION = 1;
  private static final int HEAD = 1 + 4 + Aead.NONCE;
  private static final int PLAIN = SIZE - HEAD - Aead.TAG;

  private final Pairing pairing;
  private final SecretKey key;
  private final byte[] channelsHash;

  /** Of messages of a pairing. */
  public MessageCodec(Pairing pairing) {
    this.pairing = pairing;
    this.key = pairing.key("zk4j.stream.message.v1");
    this.channelsHash = pairing.channelsHash();
  }

  /**
   * A message.
   *
   * @param sequence 0 to {@link #LAST_SEQUENCE}, another one for each message
   * @param readings at most {@link #MOST_READINGS}, of the pairing's channels, in 1970 to 2109,
   *     with values from 0 to {@link #LARGEST_VALUE}
   * @throws IllegalArgumentException if they are not
   */
  public byte[] encode(long sequence, List<Reading> readings, SecureRandom random) {
    if (sequence < 0 || sequence > LAST_SEQUENCE || readings.size() > MOST_READINGS) {
      throw new IllegalArgumentException("message " + sequence + " of " + readings.size());
    }
    ByteBuffer plain = ByteBuffer.allocate(PLAIN);
    plain.put((byte) readings.size());
    for (Reading reading : readings) {
      requireEncodable(reading);
      plain.put((byte) pairing.channels().indexOf(reading.channel()));
      long time = reading.time().toEpochMilli();
      plain.putShort((short) (time >>> 32)).putInt((int) time);
      plain.putShort((short) reading.value());
    }
    byte[] nonce = new byte[Aead.NONCE];
    random.nextBytes(nonce);
    ByteBuffer message = ByteBuffer.allocate(SIZE);
    message.put((byte) VERSION).putInt((int) sequence).put(nonce);
    message.put(Aead.encrypt(key, nonce, associated((int) sequence), plain.array()));
    Arrays.fill(plain.array(), (byte) 0);
    return message.array();
  }

  /**
   * Whether a message can hold a reading.
   *
   * @throws IllegalArgumentException if not, saying why, without its value
   */
  void requireEncodable(Reading reading) {
    if (!pairing.channels().contains(reading.channel())) {
      throw new IllegalArgumentException(
          "the pairing has no channel " + reading.channel().name() + " like the reading's");
    }
    long second = reading.time().getEpochSecond();
    if (second < 0 || second >= (1L << Window.START_BITS) / 1000) {
      throw new IllegalArgumentException(reading.time() + " is not in 1970 to 2109");
    }
    if (reading.value() < 0 || reading.value() > LARGEST_VALUE) {
      throw new IllegalArgumentException("a value that is not in 0 to " + LARGEST_VALUE);
    }
  }

  private byte[] associated(int sequence) {
    ByteBuffer bytes = ByteBuffer.allocate(1 + Pairing.ALIAS_BYTES + 4 + channelsHash.length);
    bytes.put((byte) VERSION).put(pairing.alias()).putInt(sequence).put(channelsHash);
    return bytes.array();
  }

  /** Why a message was dropped. */
  public enum Rejection {
    /** It is not of the one size, or of another version. */
    MALFORMED,
    /**
     * Its tag is wrong: it was changed, or is of another pairing, or the sides have other channels.
     */
    FORGED,
    /** Who has the key has written something else than readings. */
    UNREADABLE
  }

  /**
   * What a message turned out to be: a batch, or the reason why it is none.
   *
   * @param batch of the pairing's source, if it is one
   * @param rejection if it is none
   */
  public record Decoded(Optional<Batch> batch, Optional<Rejection> rejection) {
    private static Decoded rejected(Rejection rejection) {
      return new Decoded(Optional.empty(), Optional.of(rejection));
    }
  }

  /** Reads a message; of whatever bytes, it throws nothing. */
  public Decoded decode(byte[] bytes) {
    if (bytes.length != SIZE || bytes[0] != VERSION) {
      return Decoded.rejected(Rejection.MALFORMED);
    }
    ByteBuffer message = ByteBuffer.wrap(bytes, 1, SIZE - 1);
    int sequence = message.getInt();
    byte[] nonce = new byte[Aead.NONCE];
    message.get(nonce);
    Optional<byte[]> plain = Aead.decrypt(key, nonce, associated(sequence), bytes, HEAD);
    if (plain.isEmpty()) {
      return Decoded.rejected(Rejection.FORGED);
    }
    return readings(ByteBuffer.wrap(plain.get()))
        .map(readings -> batch(Integer.toUnsignedLong(sequence), readings))
        .orElseGet(() -> Decoded.rejected(Rejection.UNREADABLE));
  }

  private Decoded batch(long sequence, List<Reading> readings) {
    return new Decoded(
        Optional.of(new Batch(pairing.source(), sequence, readings)), Optional.empty());
  }

  /** The readings, unless a count, a channel, a time or the padding is none. */
  private Optional<List<Reading>> readings(ByteBuffer plain) {
    int count = Byte.toUnsignedInt(plain.get());
    if (count > MOST_READINGS) {
      return Optional.empty();
    }
    List<Reading> readings = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int channel = Byte.toUnsignedInt(plain.get());
      long high = Short.toUnsignedLong(plain.getShort());
      long time = high << 32 | Integer.toUnsignedLong(plain.getInt());
      int value = Short.toUnsignedInt(plain.getShort());
      if (channel >= pairing.channels().size() || time >= 1L << Window.START_BITS) {
        return Optional.empty();
      }
      Channel of = pairing.channels().get(channel);
      readings.add(new Reading(of, Instant.ofEpochMilli(time), value));
    }
    while (plain.hasRemaining()) {
      if (plain.get() != 0) {
        return Optional.empty();
      }
    }
    return Optional.of(readings);
  }
}
