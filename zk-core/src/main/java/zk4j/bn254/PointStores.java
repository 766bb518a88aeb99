package zk4j.bn254;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import zk4j.core.BoundedReader;
import zk4j.core.Execution;
import zk4j.core.MalformedDataException;
import zk4j.core.internal.provider.Provider;
import zk4j.core.internal.spi.Curve;
import zk4j.core.internal.spi.FrStore;
import zk4j.core.internal.spi.PointStore;

/** What vectors of points of both groups share: checked access, and reading in bulk. */
final class PointStores {
  /** Points of a vector at most, so that any layout fits in an array. */
  private static final int MAX_SIZE = 100_000_000;

  /** Points decoded by a task. */
  private static final int BLOCK = 1 << 10;

  /** Blocks fetched between two rounds of tasks: bounds the memory beside the points. */
  private static final int BLOCKS = 64;

  /**
   * Random combinations that are tested, and the bits of their coefficients. The least prime factor
   * of the cofactor is 10069, so that points off the subgroup pass one combination with probability
   * below 1/5000, and ten with less than 2^-120.
   */
  private static final int COMBINATIONS = 10;

  private static final int COEFFICIENT_MASK = (1 << 13) - 1;

  private PointStores() {}

  static PointStore make(Curve curve, int size) {
    if (size < 0) {
      throw new IllegalArgumentException("a vector of size " + size);
    }
    if (size > MAX_SIZE) {
      throw new IllegalArgumentException(tooMany(size));
    }
    return Provider.kernels().points(curve, size);
  }

  private static String tooMany(int size) {
    return size + " points, more than a vector's " + MAX_SIZE;
  }

  static PointStore multiples(Curve curve, long[] words, FrStore scalars, Execution execution) {
    PointStore store = make(curve, scalars.size());
    store.setMultiples(words, scalars, execution);
    return store;
  }

  static void subtract(PointStore store, PointStore other, Execution execution) {
    if (store.size() != other.size()) {
      throw new IllegalArgumentException("vectors of " + store.size() + " and " + other.size());
    }
    int[] starts = IntStream.rangeClosed(0, store.size()).toArray();
    FrStore minusOne = FrVector.of(Fr.ONE.negate()).store();
    store.addCombinations(other, starts, starts, new int[store.size()], minusOne, execution);
  }

  static void multiply(PointStore store, FrStore scalars, Execution execution) {
    if (store.size() != scalars.size()) {
      throw new IllegalArgumentException(
          scalars.size() + " scalars for " + store.size() + " points");
    }
    store.multiply(scalars, execution);
  }

  static long[] get(PointStore store, int i) {
    Objects.checkIndex(i, store.size());
    long[] words = new long[store.curve().words()];
    store.get(i, words);
    return words;
  }

  static void set(PointStore store, int i, long[] words) {
    Objects.checkIndex(i, store.size());
    store.set(i, words);
  }

  static PointStore slice(PointStore store, int from, int to) {
    Objects.checkFromToIndex(from, to, store.size());
    return store.copy(from, to);
  }

  static byte[] encode(PointStore store, int from, int to) {
    Objects.checkFromToIndex(from, to, store.size());
    byte[] bytes = new byte[Math.multiplyExact(to - from, store.curve().bytes())];
    store.encode(ByteBuffer.wrap(bytes), from, to);
    return bytes;
  }

  static PointStore read(
      Curve curve, BoundedReader in, int count, PointValidation validation, Execution execution)
      throws MalformedDataException {
    long begin = in.position();
    in.count(count, curve.bytes(), "points");
    if (count > MAX_SIZE) {
      throw in.malformed(tooMany(count));
    }
    PointStore store = make(curve, count);
    boolean onCurve = validation == PointValidation.FULL;
    for (int done = 0; done < count; done += BLOCK * BLOCKS) {
      int from = done;
      int part = Math.min(count - done, BLOCK * BLOCKS);
      byte[] bytes = in.bytes(part * curve.bytes(), "points");
      AtomicInteger firstBad = new AtomicInteger(part);
      execution.forEach(
          (part + BLOCK - 1) / BLOCK,
          block -> {
            int at = block * BLOCK;
            ByteBuffer source = ByteBuffer.wrap(bytes).position(at * curve.bytes());
            int bad = store.decode(from + at, source, Math.min(BLOCK, part - at), onCurve);
            if (bad >= 0) {
              firstBad.accumulateAndGet(at + bad, Math::min);
            }
          });
      if (firstBad.get() < part) {
        throw fault(curve, in, begin, done + firstBad.get());
      }
    }
    if (onCurve && curve == Curve.G2) {
      requireSubgroup(store, in, begin, execution);
    }
    return store;
  }

  private static void requireSubgroup(
      PointStore store, BoundedReader in, long begin, Execution execution)
      throws MalformedDataException {
    if (isInSubgroup(store, execution)) {
      return;
    }
    AtomicInteger first = new AtomicInteger(store.size());
    execution.forEach(
        store.size(),
        i -> {
          if (i < first.get() && !G2.fromWords(get(store, i)).isInSubgroup()) {
            first.accumulateAndGet(i, Math::min);
          }
        });
    throw fault(store.curve(), in, begin, first.get());
  }

  /** Whether all points of the curve are in the subgroup, but for a probability below 2^-120. */
  static boolean isInSubgroup(PointStore store, Execution execution) {
    if (store.size() < COMBINATIONS) {
      for (int i = 0; i < store.size(); i++) {
        if (!G2.fromWords(get(store, i)).isInSubgroup()) {
          return false;
        }
      }
      return true;
    }
    SecureRandom random = new SecureRandom();
    FrStore coefficients = Provider.kernels().scalars(store.size());
    long[] coefficient = new long[4];
    byte[] bytes = new byte[2 * store.size()];
    long[] sum = new long[Curve.G2.words()];
    for (int round = 0; round < COMBINATIONS; round++) {
      random.nextBytes(bytes);
      for (int i = 0; i < store.size(); i++) {
        int drawn = (bytes[2 * i] << 8) | (bytes[2 * i + 1] & 0xff);
        coefficient[0] = drawn & COEFFICIENT_MASK;
        coefficients.set(i, coefficient);
      }
      store.multiScalarSum(sum, coefficients, execution);
      if (!G2.fromWords(sum).isInSubgroup()) {
        return false;
      }
    }
    return true;
  }

  /** What is wrong with the point, from the decoder of single points. */
  private static MalformedDataException fault(Curve curve, BoundedReader in, long begin, int index)
      throws MalformedDataException {
    in.seek(begin + (long) index * curve.bytes());
    if (curve == Curve.G1) {
      G1.read(in, "point " + index);
    } else {
      G2.read(in, "point " + index);
    }
    return in.malformed("point " + index + " fails the check of vectors but not that of points");
  }
}
