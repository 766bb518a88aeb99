package zk4j.bn254;

import java.nio.ByteBuffer;
import zk4j.core.internal.field.FrKernels;
import zk4j.core.internal.field.Words;
import zk4j.core.internal.spi.FrStore;

/**
 * A chunk of a vector's elements as slots of {@link FrKernels}, for what goes from one element to
 * the next: conversions of many at once are cheap, and those of one at a time are not.
 */
final class FrSlots {
  /** Elements of a chunk at most. */
  static final int CHUNK = 1 << 10;

  /** Element i of the chunk is at i * FrKernels.LIMBS: canonical when read, loose when written. */
  final long[] slots;

  private final ByteBuffer bytes;
  private final long[] words = new long[Words.COUNT];

  /** Room for a chunk of a vector of so many elements. */
  FrSlots(int size) {
    int chunk = Math.min(size, CHUNK);
    this.slots = new long[chunk * FrKernels.LIMBS];
    this.bytes = ByteBuffer.allocate(chunk * Fr.BYTES);
  }

  /** The chunk becomes elements from..to-1. */
  void read(FrStore store, int from, int to) {
    store.encode(bytes.clear(), from, to, true);
    for (int i = 0; i < to - from; i++) {
      Words.fromLittleEndian(words, 0, bytes, i * Fr.BYTES);
      FrKernels.fromMontgomery256(slots, i * FrKernels.LIMBS, words, 0);
    }
  }

  /** Elements from..to-1 become those of the chunk. */
  void write(FrStore store, int from, int to) {
    bytes.clear();
    for (int i = 0; i < to - from; i++) {
      FrKernels.toMontgomery256(words, 0, slots, i * FrKernels.LIMBS);
      Words.toLittleEndian(bytes, words, 0);
    }
    if (store.decode(from, bytes.flip(), to - from, Fr.BYTES, true) >= 0) {
      throw new AssertionError("an element that is not canonical");
    }
  }

  /** An element as a slot. */
  static long[] of(Fr value) {
    long[] slot = new long[FrKernels.LIMBS];
    FrKernels.fromWords(slot, 0, value.toWords(), 0);
    return slot;
  }

  /** A loose slot as an element. */
  static Fr get(long[] slot) {
    long[] words = new long[Words.COUNT];
    FrKernels.toWords(words, 0, slot, 0);
    return Fr.fromWords(words);
  }
}
