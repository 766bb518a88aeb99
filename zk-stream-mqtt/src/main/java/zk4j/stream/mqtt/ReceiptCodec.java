package zk4j.stream.mqtt;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Optional;
import javax.crypto.SecretKey;

/** What a gateway has taken, in receipts of one size; the layout is in docs/ingestion.md. */
final class ReceiptCodec {
  static final int SIZE = 1 + Aead.NONCE + 2 * Long.BYTES + Aead.TAG;

  private static final int VERSION = 1;
  private static final int HEAD = 1 + Aead.NONCE;

  private final SecretKey key;
  private final byte[] associated;

  /**
   * What has been taken.
   *
   * @param below all messages with smaller numbers
   * @param next none of this number or larger ones; not less than {@code below}
   */
  record Receipt(long below, long next) {}

  ReceiptCodec(Pairing pairing) {
    this.key = pairing.key("zk4j.stream.receipt.v1");
    ByteBuffer bytes = ByteBuffer.allocate(1 + Pairing.ALIAS_BYTES);
    this.associated = bytes.put((byte) VERSION).put(pairing.alias()).array();
  }

  byte[] encode(Receipt receipt, SecureRandom random) {
    byte[] nonce = new byte[Aead.NONCE];
    random.nextBytes(nonce);
    ByteBuffer plain = ByteBuffer.allocate(2 * Long.BYTES);
    plain.putLong(receipt.below()).putLong(receipt.next());
    ByteBuffer bytes = ByteBuffer.allocate(SIZE).put((byte) VERSION).put(nonce);
    return bytes.put(Aead.encrypt(key, nonce, associated, plain.array())).array();
  }

  /** Reads a receipt, unless it is none of the pairing. */
  Optional<Receipt> decode(byte[] bytes) {
    if (bytes.length != SIZE || bytes[0] != VERSION) {
      return Optional.empty();
    }
    byte[] nonce = new byte[Aead.NONCE];
    ByteBuffer.wrap(bytes, 1, Aead.NONCE).get(nonce);
    return Aead.decrypt(key, nonce, associated, bytes, HEAD)
        .map(ByteBuffer::wrap)
        .map(plain -> new Receipt(plain.getLong(), plain.getLong()))
        .filter(receipt -> receipt.below() >= 0 && receipt.below() <= receipt.next());
  }
}
