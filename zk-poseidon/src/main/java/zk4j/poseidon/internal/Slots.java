package zk4j.poseidon.internal;

import zk4j.bn254.FieldEncoding;
import zk4j.bn254.Fr;
import zk4j.bn254.FrVector;
import zk4j.core.BoundedReader;
import zk4j.core.MalformedDataException;
import zk4j.core.internal.field.FrKernels;
import zk4j.core.internal.field.Words;

/** Values in and out of the kernels' slots. */
public final class Slots {
  private Slots() {}

  /** z = a value, canonical. */
  public static void put(long[] z, int zo, Fr value) {
    long[] words = new long[Words.COUNT];
    Words.fromLittleEndian(words, 0, value.encode(FieldEncoding.MONTGOMERY_LITTLE_ENDIAN), 0);
    FrKernels.fromMontgomery256(z, zo, words, 0);
  }

  /** The value of a loose x. */
  public static Fr get(long[] x, int xo) {
    long[] words = new long[Words.COUNT];
    FrKernels.toMontgomery256(words, 0, x, xo);
    byte[] bytes = new byte[Words.BYTES];
    Words.toLittleEndian(bytes, 0, words, 0);
    try {
      return Fr.decode(bytes, FieldEncoding.MONTGOMERY_LITTLE_ENDIAN);
    } catch (MalformedDataException e) {
      throw new AssertionError(e); // the kernel's result is below the modulus
    }
  }

  /** The canonical values of so many slots that follow each other. */
  public static FrVector vector(long[] slots, int from, int count) {
    long[] words = new long[Words.COUNT];
    byte[] bytes = new byte[count * Words.BYTES];
    for (int i = 0; i < count; i++) {
      FrKernels.toMontgomery256(words, 0, slots, from + i * FrKernels.LIMBS);
      Words.toLittleEndian(bytes, i * Words.BYTES, words, 0);
    }
    try {
      return FrVector.read(
          BoundedReader.of(bytes, "slots"), count, FieldEncoding.MONTGOMERY_LITTLE_ENDIAN);
    } catch (MalformedDataException e) {
      throw new AssertionError(e); // the kernels' results are below the modulus
    }
  }

  /** z = values, canonical, in slots that follow each other. */
  public static void put(long[] z, int zo, FrVector values) {
    long[] words = new long[Words.COUNT];
    byte[] bytes = values.encode(0, values.size(), FieldEncoding.MONTGOMERY_LITTLE_ENDIAN);
    for (int i = 0; i < values.size(); i++) {
      Words.fromLittleEndian(words, 0, bytes, i * Words.BYTES);
      FrKernels.fromMontgomery256(z, zo + i * FrKernels.LIMBS, words, 0);
    }
  }

  /** Slots with some values, one after the other. */
  public static long[] of(Fr... values) {
    long[] slots = new long[values.length * FrKernels.LIMBS];
    for (int i = 0; i < values.length; i++) {
      put(slots, i * FrKernels.LIMBS, values[i]);
    }
    return slots;
  }
}
