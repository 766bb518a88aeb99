package zk4j.poseidon.internal;

import java.math.BigInteger;

/**
 * The self-shrinking Grain LFSR of 80 bits that Poseidon's constants come from (ePrint 2019/458,
 * appendix E), for x^5 over a prime field of 254 bits.
 */
final class Grain {
  private static final int ELEMENT_BITS = 254;

  /** Bits 0..63 of the state, the oldest in bit 0; 64..79 are in {@link #newest}. */
  private long oldest;

  /** The 16 bits made last. */
  private long newest;

  /** How many of the bits made last were not used yet, the next one in bit 16 - unused. */
  private int unused;

  Grain(int width, int fullRounds, int partialRounds) {
    // 2 bits say the kind of field, 4 the S-box, 12 the bits of an element, 12 the width, 10 and 10
    // the rounds, most significant bit first; then 30 ones.
    BigInteger start = BigInteger.ONE;
    start = start.shiftLeft(4); // S-box 0: x^alpha
    start = start.shiftLeft(12).add(BigInteger.valueOf(ELEMENT_BITS));
    start = start.shiftLeft(12).add(BigInteger.valueOf(width));
    start = start.shiftLeft(10).add(BigInteger.valueOf(fullRounds));
    start = start.shiftLeft(10).add(BigInteger.valueOf(partialRounds));
    start = start.add(BigInteger.ONE).shiftLeft(30).subtract(BigInteger.ONE);
    for (int i = 0; i < 80; i++) {
      long bit = start.testBit(79 - i) ? 1 : 0;
      if (i < 64) {
        oldest |= bit << i;
      } else {
        newest |= bit << (i - 64);
      }
    }
    for (int i = 0; i < 160; i += 16) {
      step();
    }
    unused = 0;
  }

  /**
   * Makes 16 bits: b(i + 80) = b(i + 62) + b(i + 51) + b(i + 38) + b(i + 23) + b(i + 13) + b(i).
   */
  private void step() {
    long made = from(62) ^ from(51) ^ from(38) ^ from(23) ^ from(13) ^ oldest;
    oldest = from(16);
    newest = made & 0xffff;
    unused = 16;
  }

  /** The state's bits from one on. */
  private long from(int bit) {
    return (oldest >>> bit) | (newest << (64 - bit));
  }

  private int rawBit() {
    if (unused == 0) {
      step();
    }
    unused--;
    return (int) (newest >>> (15 - unused)) & 1;
  }

  /** Of each pair of bits the second one, if the first is 1. */
  private int bit() {
    while (rawBit() == 0) {
      rawBit();
    }
    return rawBit();
  }

  /** A number below 2^254. */
  BigInteger number() {
    byte[] bytes = new byte[32];
    for (int i = 256 - ELEMENT_BITS; i < 256; i++) {
      bytes[i >> 3] |= (byte) (bit() << (7 - (i & 7)));
    }
    return new BigInteger(1, bytes);
  }
}
