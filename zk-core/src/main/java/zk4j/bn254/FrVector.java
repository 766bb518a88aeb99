package zk4j.bn254;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import zk4j.core.BoundedReader;
import zk4j.core.MalformedDataException;
import zk4j.core.internal.field.FrKernels;
import zk4j.core.internal.provider.Provider;
import zk4j.core.internal.spi.FrStore;

/**
 * A vector of elements of the scalar field, of fixed size, in flat storage. Mutable, by methods
 * that say so; not to be changed while another thread uses it.
 */
public final class FrVector {
  /** The most elements of a vector, so that any layout fits in an array. */
  public static final int MAX_SIZE = 400_000_000;

  /** Bytes decoded at a time. */
  private static final int BLOCK = 1 << 16;

  private final FrStore store;

  FrVector(FrStore store) {
    this.store = store;
  }

  FrStore store() {
    return store;
  }

  /**
   * So many zeros.
   *
   * @throws IllegalArgumentException unless they are 0 to {@value #MAX_SIZE}
   */
  public static FrVector zeros(int size) {
    if (size < 0) {
      throw new IllegalArgumentException("a vector of size " + size);
    }
    requireFits(size);
    return new FrVector(Provider.kernels().scalars(size));
  }

  /**
   * The same element so many times.
   *
   * @throws IllegalArgumentException unless they are 0 to {@value #MAX_SIZE}
   */
  public static FrVector filled(int size, Fr element) {
    FrVector vector = zeros(size);
    vector.store.fill(element.toWords());
    return vector;
  }

  private static void requireFits(int size) {
    if (size > MAX_SIZE) {
      throw new IllegalArgumentException(tooMany(size));
    }
  }

  private static String tooMany(int size) {
    return size + " elements, more than a vector's " + MAX_SIZE;
  }

  /** The vector of some elements. */
  public static FrVector of(Fr... elements) {
    return copyOf(Arrays.asList(elements));
  }

  /** The vector of a list's elements. */
  public static FrVector copyOf(List<Fr> elements) {
    FrVector vector = zeros(elements.size());
    for (int i = 0; i < elements.size(); i++) {
      vector.set(i, elements.get(i));
    }
    return vector;
  }

  /**
   * Reads consecutive elements.
   *
   * @param count how many, checked against the bytes that remain before space is made for them
   * @param encoding a little-endian one
   * @throws MalformedDataException if there are fewer, more than {@value #MAX_SIZE} are asked for,
   *     or one is not below r
   */
  public static FrVector read(BoundedReader in, int count, FieldEncoding encoding)
      throws MalformedDataException {
    in.count(count, Fr.BYTES, "field elements");
    if (count > MAX_SIZE) {
      throw in.malformed(tooMany(count));
    }
    FrVector vector = zeros(count);
    vector.readRecords(0, in, count, Fr.BYTES, 0, encoding);
    return vector;
  }

  /**
   * Reads elements that are parts of records, such as the coefficients of a sparse matrix.
   *
   * @param index where the first element goes
   * @param count how many records
   * @param stride bytes of a record
   * @param offset of the element within the record
   * @param encoding a little-endian one
   * @throws MalformedDataException if there are fewer records, or an element is not below r
   */
  public void readRecords(
      int index, BoundedReader in, int count, int stride, int offset, FieldEncoding encoding)
      throws MalformedDataException {
    Objects.checkFromIndexSize(index, count, size());
    if (offset < 0 || offset > stride - Fr.BYTES || encoding == FieldEncoding.BIG_ENDIAN) {
      throw new IllegalArgumentException(
          encoding + " elements at " + offset + " of records of " + stride + " bytes");
    }
    in.count(count, stride, "records");
    ByteBuffer block = ByteBuffer.allocate(Math.min(count, Math.max(1, BLOCK / stride)) * stride);
    boolean montgomery = encoding == FieldEncoding.MONTGOMERY_LITTLE_ENDIAN;
    for (int done = 0; done < count; ) {
      int part = Math.min(count - done, block.capacity() / stride);
      long at = in.position();
      in.get(block.clear().limit(part * stride), "field elements");
      int bad = store.decode(index + done, block.position(offset), part, stride, montgomery);
      if (bad >= 0) {
        in.seek(at + (long) bad * stride + offset);
        throw in.malformed("element " + (done + bad) + " is not below the modulus r");
      }
      done += part;
    }
  }

  /** Writes elements from..to-1, 32 bytes each, in a little-endian encoding. */
  public byte[] encode(int from, int to, FieldEncoding encoding) {
    Objects.checkFromToIndex(from, to, size());
    if (encoding == FieldEncoding.BIG_ENDIAN) {
      throw new IllegalArgumentException("vectors have no " + encoding + " encoding");
    }
    byte[] bytes = new byte[Math.multiplyExact(to - from, Fr.BYTES)];
    boolean montgomery = encoding == FieldEncoding.MONTGOMERY_LITTLE_ENDIAN;
    store.encode(ByteBuffer.wrap(bytes), from, to, montgomery);
    return bytes;
  }

  /** How many elements. */
  public int size() {
    return store.size();
  }

  /** Element i. */
  public Fr get(int i) {
    Objects.checkIndex(i, size());
    long[] words = new long[4];
    store.get(i, words);
    return Fr.fromWords(words);
  }

  /** Replaces element i. */
  public void set(int i, Fr value) {
    Objects.checkIndex(i, size());
    store.set(i, value.toWords());
  }

  /** The elements as values. */
  public List<Fr> toList() {
    return IntStream.range(0, size()).mapToObj(this::get).toList();
  }

  /** A copy. */
  public FrVector copy() {
    return new FrVector(store.copy(0, size()));
  }

  /** A copy of elements from..to-1. */
  public FrVector slice(int from, int to) {
    Objects.checkFromToIndex(from, to, size());
    return new FrVector(store.copy(from, to));
  }

  /** The vector whose element i is element indices[i]. */
  public FrVector gather(int... indices) {
    for (int index : indices) {
      Objects.checkIndex(index, size());
    }
    return new FrVector(store.gather(indices));
  }

  /** A copy with zeros appended. */
  public FrVector padded(int newSize) {
    if (newSize < size()) {
      throw new IllegalArgumentException("no padding takes " + size() + " to " + newSize);
    }
    requireFits(newSize);
    return new FrVector(store.copy(0, newSize));
  }

  /** Element-wise this += other. */
  public void addInPlace(FrVector other) {
    requireSameSize(other);
    store.add(other.store);
  }

  /** Element-wise this -= other. */
  public void subtractInPlace(FrVector other) {
    requireSameSize(other);
    store.subtract(other.store);
  }

  /** Element-wise this *= other. */
  public void multiplyInPlace(FrVector other) {
    requireSameSize(other);
    store.multiply(other.store);
  }

  /** This *= factor. */
  public void scaleInPlace(Fr factor) {
    store.scale(factor.toWords());
  }

  /** Element-wise this += other * factor. */
  public void addScaledInPlace(FrVector other, Fr factor) {
    requireSameSize(other);
    store.addScaled(other.store, factor.toWords());
  }

  /**
   * Element-wise 1/this, with an inversion for a thousand elements.
   *
   * @throws ArithmeticException if one is 0; those before it may be inverted already
   */
  public void invertInPlace() {
    FrSlots chunk = new FrSlots(size());
    long[] x = chunk.slots;
    long[] products = new long[x.length]; // of the elements before
    long[] product = new long[FrKernels.LIMBS];
    for (int from = 0; from < size(); from += FrSlots.CHUNK) {
      int to = Math.min(size(), from + FrSlots.CHUNK);
      chunk.read(store, from, to);
      FrKernels.setOne(product, 0);
      for (int i = 0; i < (to - from) * FrKernels.LIMBS; i += FrKernels.LIMBS) {
        if (FrKernels.isZero(x, i)) {
          throw new ArithmeticException("element " + (from + i / FrKernels.LIMBS) + " is 0");
        }
        FrKernels.copy(products, i, product, 0);
        FrKernels.mul(product, 0, product, 0, x, i);
      }
      FrKernels.inv(product, 0, product, 0);
      for (int i = (to - from - 1) * FrKernels.LIMBS; i >= 0; i -= FrKernels.LIMBS) {
        FrKernels.mul(products, i, products, i, product, 0);
        FrKernels.mul(product, 0, product, 0, x, i);
        FrKernels.copy(x, i, products, i);
      }
      chunk.write(store, from, to);
    }
  }

  /** On each place the product of all elements before it; 1 on the first. */
  public FrVector runningProducts() {
    return running(FrSlots.of(Fr.ONE), FrKernels::mul);
  }

  /** On each place the sum of all elements before it; 0 on the first. */
  public FrVector runningSums() {
    return running(
        FrSlots.of(Fr.ZERO),
        (z, zo, x, xo, y, yo) -> {
          FrKernels.add(z, zo, x, xo, y, yo);
          FrKernels.tighten(z, zo, z, zo);
        });
  }

  private interface SlotOperation {
    void apply(long[] z, int zo, long[] x, int xo, long[] y, int yo);
  }

  private FrVector running(long[] sum, SlotOperation plus) {
    FrVector result = zeros(size());
    FrSlots chunk = new FrSlots(size());
    long[] next = new long[FrKernels.LIMBS];
    for (int from = 0; from < size(); from += FrSlots.CHUNK) {
      int to = Math.min(size(), from + FrSlots.CHUNK);
      chunk.read(store, from, to);
      for (int i = 0; i < (to - from) * FrKernels.LIMBS; i += FrKernels.LIMBS) {
        plus.apply(next, 0, sum, 0, chunk.slots, i);
        FrKernels.copy(chunk.slots, i, sum, 0);
        FrKernels.copy(sum, 0, next, 0);
      }
      chunk.write(result.store, from, to);
    }
    return result;
  }

  private void requireSameSize(FrVector other) {
    if (size() != other.size()) {
      throw new IllegalArgumentException("vectors of " + size() + " and " + other.size());
    }
  }

  /** Whether sizes and elements agree. */
  public boolean contentEquals(FrVector other) {
    return store.contentEquals(other.store);
  }

  /** The size; elements may be secret. */
  @Override
  public String toString() {
    return "FrVector of " + size();
  }
}
