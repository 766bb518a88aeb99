package zk4j.plonk;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.List;
import org.bouncycastle.crypto.digests.KeccakDigest;
import zk4j.bn254.FieldEncoding;
import zk4j.bn254.Fr;
import zk4j.bn254.G1;
import zk4j.bn254.PointEncoding;

/**
 * The messages of a protocol, of which challenges are drawn (Fiat and Shamir). Everything that was
 * said before is in each challenge: a message is its type, its label and its length, and then its
 * bytes, so that no two transcripts have the same bytes; a challenge is of the hash of all that was
 * said, and that hash begins what is said next.
 */
final class Transcript {
  private static final int DIGEST_BYTES = 32;

  private final KeccakDigest digest = new KeccakDigest(8 * DIGEST_BYTES);

  /** A transcript of a protocol, whose name has its version. */
  Transcript(String protocol) {
    message('T', protocol, new byte[0]);
  }

  /** Bytes that are all that there is under their label. */
  void bytes(String label, byte[] bytes) {
    message('B', label, bytes);
  }

  /** Numbers. */
  void numbers(String label, List<Fr> numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(Fr.BYTES * numbers.size());
    numbers.forEach(number -> bytes.put(number.encode(FieldEncoding.BIG_ENDIAN)));
    message('N', label, bytes.array());
  }

  /** Points. */
  void points(String label, List<G1> points) {
    ByteBuffer bytes = ByteBuffer.allocate(G1.BYTES * points.size());
    points.forEach(point -> bytes.put(point.encode(PointEncoding.EVM)));
    message('P', label, bytes.array());
  }

  private void message(char type, String label, byte[] bytes) {
    byte[] name = label.getBytes(US_ASCII);
    int length = bytes.length;
    byte[] head = {
      (byte) type,
      (byte) name.length,
      (byte) (length >>> 24),
      (byte) (length >>> 16),
      (byte) (length >>> 8),
      (byte) length
    };
    for (byte[] part : List.of(head, name, bytes)) {
      digest.update(part, 0, part.length);
    }
  }

  /** A challenge: 512 bits modulo r, so that no value is more likely than another by 2^-256. */
  Fr challenge(String label) {
    message('C', label, new byte[0]);
    byte[] state = finish();
    BigInteger value = new BigInteger(1, expanded(state, 1)).shiftLeft(8 * DIGEST_BYTES);
    value = value.add(new BigInteger(1, expanded(state, 2)));
    message('S', label, expanded(state, 0));
    return Fr.reduce(value);
  }

  private byte[] expanded(byte[] state, int counter) {
    digest.update(state, 0, state.length);
    digest.update((byte) counter);
    return finish();
  }

  private byte[] finish() {
    byte[] hash = new byte[DIGEST_BYTES];
    digest.doFinal(hash, 0);
    return hash;
  }
}
