package zk4j.circomcompat;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** BLAKE2b with 64 bytes of output and no key (RFC 7693), which the JDK lacks. */
final class Blake2b {
  private static final int BLOCK_BYTES = 128;
  private static final int ROUNDS = 12;
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** SHA-512's: the fractions of the square roots of the first primes. */
  private static final long[] IV = {
    0x6a09e667f3bcc908L,
    0xbb67ae8584caa73bL,
    0x3c6ef372fe94f82bL,
    0xa54ff53a5f1d36f1L,
    0x510e527fade682d1L,
    0x9b05688c2b3e6c1fL,
    0x1f83d9abfb41bd6bL,
    0x5be0cd19137e2179L
  };

  /** The order of a message's words in each round; the last two rounds are the first two again. */
  private static final byte[][] SIGMA = {
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
    {14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3},
    {11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4},
    {7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8},
    {9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13},
    {2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9},
    {12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11},
    {13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10},
    {6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5},
    {10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0}
  };

  private final long[] state = IV.clone();
  private final byte[] block = new byte[BLOCK_BYTES];
  private final long[] v = new long[16];
  private final long[] message = new long[16];
  private int filled;
  private long compressed;

  Blake2b() {
    state[0] ^= 0x01010000L ^ 64; // parameters: fan-out and depth 1, no key, 64 bytes
  }

  Blake2b update(byte[] bytes) {
    int at = 0;
    while (at < bytes.length) {
      if (filled == BLOCK_BYTES) { // only now: the last block is compressed otherwise
        compress(false);
      }
      int part = Math.min(bytes.length - at, BLOCK_BYTES - filled);
      System.arraycopy(bytes, at, block, filled, part);
      filled += part;
      at += part;
    }
    return this;
  }

  /** The digest of all updates, after which there can be none. */
  byte[] digest() {
    for (int i = filled; i < BLOCK_BYTES; i++) {
      block[i] = 0;
    }
    compress(true);
    byte[] digest = new byte[64];
    for (int i = 0; i < 8; i++) {
      WORD.set(digest, 8 * i, state[i]);
    }
    return digest;
  }

  private void compress(boolean last) {
    compressed += filled;
    filled = 0;
    for (int i = 0; i < 16; i++) {
      message[i] = (long) WORD.get(block, 8 * i);
      v[i] = i < 8 ? state[i] : IV[i - 8];
    }
    v[12] ^= compressed; // below 2^63 bytes
    if (last) {
      v[14] = ~v[14];
    }
    for (int round = 0; round < ROUNDS; round++) {
      byte[] order = SIGMA[round % SIGMA.length];
      for (int i = 0; i < 8; i++) {
        // four columns, and then four diagonals
        int shift = i < 4 ? 0 : 1;
        mix(
            i & 3,
            4 + ((i + shift) & 3),
            8 + ((i + 2 * shift) & 3),
            12 + ((i + 3 * shift) & 3),
            message[order[2 * i]],
            message[order[2 * i + 1]]);
      }
    }
    for (int i = 0; i < 8; i++) {
      state[i] ^= v[i] ^ v[i + 8];
    }
  }

  private void mix(int a, int b, int c, int d, long x, long y) {
    v[a] += v[b] + x;
    v[d] = Long.rotateRight(v[d] ^ v[a], 32);
    v[c] += v[d];
    v[b] = Long.rotateRight(v[b] ^ v[c], 24);
    v[a] += v[b] + y;
    v[d] = Long.rotateRight(v[d] ^ v[a], 16);
    v[c] += v[d];
    v[b] = Long.rotateRight(v[b] ^ v[c], 63);
  }
}
