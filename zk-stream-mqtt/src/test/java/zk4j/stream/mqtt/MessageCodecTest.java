package zk4j.stream.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.Serial;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import zk4j.stream.Channel;
import zk4j.stream.Reading;
import zk4j.stream.ingest.Batch;
import zk4j.stream.mqtt.MessageCodec.Rejection;

class MessageCodecTest {
  private static final Pairing PAIRING = new Ward(1).pairing();

  private static final MessageCodec CODEC = new MessageCodec(PAIRING);
  private static final SecureRandom RANDOM = new SecureRandom();

  private static Batch read(byte[] message) {
    return CODEC.decode(message).batch().orElseThrow();
  }

  private static Optional<Rejection> rejection(byte[] message) {
    return CODEC.decode(message).rejection();
  }

  private static byte[] message() {
    return CODEC.encode(7, Ward.readings(1), RANDOM);
  }

  @Test
  void whatWasEncodedIsRead() {
    assertEquals(new Batch(PAIRING.source(), 7, Ward.readings(1)), read(message()));
    byte[] last = CODEC.encode(MessageCodec.LAST_SEQUENCE, List.of(), RANDOM);
    assertEquals(new Batch(PAIRING.source(), 4_294_967_295L, List.of()), read(last));
    List<Reading> extreme =
        Collections.nCopies(
            MessageCodec.MOST_READINGS,
            new Reading(Channel.SPO2, Instant.ofEpochMilli((1L << 42) - 112), 65535));
    assertEquals(extreme, read(CODEC.encode(0, extreme, RANDOM)).readings());
  }

  @Test
  void allMessagesHaveOneSizeAndDifferentBytes() {
    Set<String> nonces = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      byte[] message = CODEC.encode(0, i % 2 == 0 ? List.of() : Ward.readings(i), RANDOM);
      assertEquals(1024, message.length);
      assertTrue(nonces.add(HexFormat.of().formatHex(message, 5, 17)), "a nonce came twice");
    }
  }

  /** With nonces of zeros, which only a test may have. */
  @Test
  void theFormatDoesNotDrift() throws NoSuchAlgorithmException {
    byte[] message = CODEC.encode(7, Ward.readings(1), new Zeros());
    assertEquals("0100000007" + "00".repeat(12), HexFormat.of().formatHex(message, 0, 17));
    assertEquals(
        "8772f11e1ceaa3c1925a23cfec25c9d534093412c274f84337dd0ad11f11a7a5",
        HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(message)));
  }

  private static final class Zeros extends SecureRandom {
    @Serial private static final long serialVersionUID = 1;

    @Override
    public void nextBytes(byte[] bytes) {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  @Test
  void everyChangedByteIsSeen() {
    byte[] message = message();
    for (int i = 0; i < message.length; i++) {
      byte[] changed = message.clone();
      changed[i] ^= (byte) (1 << i % 8);
      assertEquals(
          Optional.of(i == 0 ? Rejection.MALFORMED : Rejection.FORGED), rejection(changed));
    }
    for (int length = 0; length < 2 * message.length; length++) {
      if (length != message.length) {
        byte[] cut = Arrays.copyOf(message, length);
        assertEquals(Optional.of(Rejection.MALFORMED), rejection(cut));
      }
    }
  }

  @Test
  void messagesOfOtherPairingsAreSeen() {
    byte[] alias = PAIRING.alias();
    byte[] key = PAIRING.key();
    List<Channel> channels = PAIRING.channels();
    byte[] other = alias.clone();
    other[15]++;
    byte[] otherKey = key.clone();
    otherKey[31]++;
    for (Pairing pairing :
        List.of(
            Pairing.of(other, key, channels),
            Pairing.of(alias, otherKey, channels),
            Pairing.of(alias, key, List.of(channels.get(1), channels.get(0))))) {
      byte[] message = new MessageCodec(pairing).encode(7, List.of(), RANDOM);
      assertEquals(Optional.of(Rejection.FORGED), rejection(message));
      assertNotEquals(PAIRING, pairing);
    }
  }

  /** Whoever has the key and writes nonsense. */
  @Test
  void contentThatIsNoneIsSeen() {
    byte[] good = new byte[991];
    good[0] = 1;
    assertTrue(CODEC.decode(sealed(good)).batch().isPresent());
    int[][] changes = {{0, 111}, {0, 255}, {1, 2}, {1, 255}, {2, 4}, {10, 1}, {990, 1}};
    for (int[] change : changes) {
      byte[] plain = good.clone();
      plain[change[0]] = (byte) change[1];
      assertEquals(Optional.of(Rejection.UNREADABLE), rejection(sealed(plain)));
    }
    assertEquals(Optional.of(Rejection.MALFORMED), rejection(sealed(new byte[990])));
  }

  private static byte[] sealed(byte[] plain) {
    byte[] nonce = new byte[12];
    RANDOM.nextBytes(nonce);
    ByteBuffer associated = ByteBuffer.allocate(1 + 16 + 4 + 32);
    associated.put((byte) 1).put(PAIRING.alias()).putInt(7).put(PAIRING.channelsHash());
    byte[] text =
        Aead.encrypt(PAIRING.key("zk4j.stream.message.v1"), nonce, associated.array(), plain);
    return ByteBuffer.allocate(17 + text.length)
        .put((byte) 1)
        .putInt(7)
        .put(nonce)
        .put(text)
        .array();
  }

  @Test
  void noiseIsRejected() {
    Random random = new Random(1);
    byte[] message = message();
    for (int i = 0; i < 20_000; i++) {
      byte[] noise = message.clone();
      if (i % 2 == 0) {
        random.nextBytes(noise);
        noise[0] = (byte) (i % 4);
        noise = i % 8 == 0 ? Arrays.copyOf(noise, random.nextInt(1100)) : noise;
      } else {
        for (int k = 0; k < 1 + i % 5; k++) {
          noise[random.nextInt(noise.length)] += (byte) (1 + random.nextInt(255));
        }
      }
      if (!Arrays.equals(noise, message)) {
        assertTrue(rejection(noise).isPresent());
      }
    }
  }

  @Test
  void whatNoMessageHoldsIsRefusedWithoutItsValue() {
    for (Reading reading :
        List.of(
            new Reading(Ward.HEART, Ward.START, 65536),
            new Reading(Ward.HEART, Ward.START, -1),
            new Reading(Channel.GLUCOSE, Ward.START, 98765),
            new Reading(Ward.HEART, Instant.ofEpochMilli(-1), 98765),
            new Reading(Ward.HEART, Instant.MAX, 98765))) {
      IllegalArgumentException e =
          assertThrows(
              IllegalArgumentException.class, () -> CODEC.encode(0, List.of(reading), RANDOM));
      assertFalse(String.valueOf(e.getMessage()).contains("98765"));
    }
    List<Reading> many = Collections.nCopies(111, Ward.readings(1).get(0));
    assertThrows(IllegalArgumentException.class, () -> CODEC.encode(0, many, RANDOM));
    for (long sequence : new long[] {-1, 1L << 32}) {
      assertThrows(IllegalArgumentException.class, () -> CODEC.encode(sequence, List.of(), RANDOM));
    }
  }

  @Test
  void receiptsAreReadAndNothingElse() {
    ReceiptCodec codec = new ReceiptCodec(PAIRING);
    ReceiptCodec.Receipt receipt = new ReceiptCodec.Receipt(5, 9);
    byte[] bytes = codec.encode(receipt, RANDOM);
    assertEquals(45, bytes.length);
    assertEquals(Optional.of(receipt), codec.decode(bytes));
    for (int i = 0; i < bytes.length; i++) {
      byte[] changed = bytes.clone();
      changed[i] ^= 1;
      assertEquals(Optional.empty(), codec.decode(changed));
      assertEquals(Optional.empty(), codec.decode(Arrays.copyOf(bytes, i)));
    }
    for (long[] wrong : new long[][] {{9, 5}, {-1, 5}}) {
      byte[] none = codec.encode(new ReceiptCodec.Receipt(wrong[0], wrong[1]), RANDOM);
      assertEquals(Optional.empty(), codec.decode(none));
    }
  }

  @Test
  void pairingsAreCheckedAndKeepTheirKey() {
    List<Channel> channels = PAIRING.channels();
    byte[] alias = new byte[16];
    byte[] key = new byte[32];
    assertThrows(IllegalArgumentException.class, () -> Pairing.of(new byte[15], key, channels));
    assertThrows(IllegalArgumentException.class, () -> Pairing.of(alias, new byte[16], channels));
    assertThrows(IllegalArgumentException.class, () -> Pairing.of(alias, key, List.of()));
    assertThrows(
        IllegalArgumentException.class,
        () -> Pairing.of(alias, key, List.of(Channel.SPO2, Channel.SPO2)));
    Pairing fresh = Pairing.generate(channels, RANDOM);
    assertEquals(fresh, Pairing.of(fresh.alias(), fresh.key(), fresh.channels()));
    assertFalse(fresh.toString().contains(HexFormat.of().formatHex(fresh.key())));
    assertEquals("zk4j/v1/" + fresh.source(), fresh.topic());
  }
}
