package zk4j.stream.mqtt;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import zk4j.stream.Channel;

/**
 * What a device and its gateway agree on beforehand, and nobody else knows: the alias that messages
 * go by, the key that they are encrypted with, and which channels there are. Immutable.
 */
public final class Pairing {
  /** Bytes of an alias. */
  public static final int ALIAS_BYTES = 16;

  /** Bytes of a key. */
  public static final int KEY_BYTES = 32;

  /** A message names a channel by a byte. */
  public static final int MOST_CHANNELS = 256;

  private static final String TOPICS = "zk4j/v1/";

  private final byte[] alias;
  private final byte[] key;
  private final List<Channel> channels;

  private Pairing(byte[] alias, byte[] key, List<Channel> channels) {
    this.alias = alias;
    this.key = key;
    this.channels = channels;
  }

  /**
   * A new pairing.
   *
   * @throws IllegalArgumentException unless there are 1 to 256 channels, all of different names
   */
  public static Pairing generate(List<Channel> channels, SecureRandom random) {
    byte[] alias = new byte[ALIAS_BYTES];
    byte[] key = new byte[KEY_BYTES];
    random.nextBytes(alias);
    random.nextBytes(key);
    return of(alias, key, channels);
  }

  /**
   * A pairing that was made before.
   *
   * @param alias 16 uniformly random bytes, which name neither person nor device
   * @param key 32 uniformly random bytes, for this pairing alone; they are copied
   * @param channels in the order that both sides agree on
   * @throws IllegalArgumentException if there are more or fewer bytes, or not 1 to 256 channels of
   *     different names
   */
  public static Pairing of(byte[] alias, byte[] key, List<Channel> channels) {
    if (alias.length != ALIAS_BYTES || key.length != KEY_BYTES) {
      throw new IllegalArgumentException(
          "an alias of " + alias.length + " and a key of " + key.length + " bytes, not 16 and 32");
    }
    long names = channels.stream().map(Channel::name).distinct().count();
    if (channels.isEmpty() || channels.size() > MOST_CHANNELS || names != channels.size()) {
      throw new IllegalArgumentException(
          channels.size() + " channels of " + names + " names, not 1 to " + MOST_CHANNELS);
    }
    return new Pairing(alias.clone(), key.clone(), List.copyOf(channels));
  }

  /** The alias in hexadecimal digits: the source that a gateway's feed has. */
  public String source() {
    return HexFormat.of().formatHex(alias);
  }

  /** The topic of its messages. */
  public String topic() {
    return TOPICS + source();
  }

  /** The channels, in the order of their numbers in messages. */
  public List<Channel> channels() {
    return channels;
  }

  /** The bytes of the alias. */
  public byte[] alias() {
    return alias.clone();
  }

  /** The bytes of the key, for storing it away; secret. */
  public byte[] key() {
    return key.clone();
  }

  /** The topic of the gateway's receipts. */
  public String receiptTopic() {
    return topic() + "/r";
  }

  /** The key for one purpose: HMAC-SHA256, with the pairing's key, of the purpose in ASCII. */
  SecretKey key(String purpose) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return new SecretKeySpec(mac.doFinal(purpose.getBytes(US_ASCII)), "AES");
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e); // every JDK has it, and it takes any key
    }
  }

  /** SHA-256 of the channels, a line each: name, bits and milliseconds of a slot. */
  byte[] channelsHash() {
    StringBuilder text = new StringBuilder();
    for (Channel channel : channels) {
      text.append(channel.name()).append(' ').append(channel.bits()).append(' ');
      text.append(channel.slot().toMillis()).append('\n');
    }
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(US_ASCII));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e); // every JDK has it
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Pairing that
        && Arrays.equals(alias, that.alias)
        && MessageDigest.isEqual(key, that.key)
        && channels.equals(that.channels);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(alias);
  }

  /** The alias; the key is secret. */
  @Override
  public String toString() {
    return "pairing " + source();
  }
}
