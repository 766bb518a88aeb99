package zk4j.plonk;

import java.math.BigInteger;
import org.bouncycastle.crypto.digests.KeccakDigest;
import zk4j.bn254.FieldEncoding;
import zk4j.bn254.Fr;
import zk4j.bn254.G1;
import zk4j.bn254.PointEncoding;

/**
 * snarkjs's transcript: a challenge is the Keccak-256 of what was absorbed since the last one,
 * modulo r. Points are x and y, numbers 32 bytes, most significant byte first; infinity is zeros.
 */
final class KeccakTranscript {
  private static final int DIGEST_BYTES = 32;

  private final KeccakDigest digest = new KeccakDigest(8 * DIGEST_BYTES);

  KeccakTranscript add(G1... points) {
    for (G1 point : points) {
      absorb(point.encode(PointEncoding.EVM));
    }
    return this;
  }

  KeccakTranscript add(Fr... values) {
    for (Fr value : values) {
      absorb(value.encode(FieldEncoding.BIG_ENDIAN));
    }
    return this;
  }

  private void absorb(byte[] bytes) {
    digest.update(bytes, 0, bytes.length);
  }

  /** The challenge, after which the transcript is empty. */
  Fr challenge() {
    byte[] hash = new byte[DIGEST_BYTES];
    digest.doFinal(hash, 0);
    return Fr.reduce(new BigInteger(1, hash));
  }
}
