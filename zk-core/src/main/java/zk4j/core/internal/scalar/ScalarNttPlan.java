package zk4j.core.internal.scalar;

import static zk4j.core.internal.field.FrKernels.LIMBS;

import java.math.BigInteger;
import zk4j.core.Execution;
import zk4j.core.internal.field.FrKernels;
import zk4j.core.internal.field.Words;
import zk4j.core.internal.spi.FrStore;
import zk4j.core.internal.spi.NttPlan;
import zk4j.core.internal.spi.OnDemand;

/**
 * Radix-2 transforms: decimation in frequency takes natural to bit-reversed order, decimation in
 * time takes it back, so that a transform there and back needs no permutation between.
 */
final class ScalarNttPlan implements NttPlan {
  /** 5 generates the multiplicative group of the scalar field, whose order has 28 twos. */
  private static final BigInteger GENERATOR = BigInteger.valueOf(5);

  /** Blocks of so many elements stay in the first-level cache while all their layers are done. */
  private static final int BLOCK = 512;

  private final int logSize;
  private final int n;
  private final long[] roots; // w^0..w^(n/2-1)
  private final long[] inverseRoots;
  private final BigInteger inverseSize;

  ScalarNttPlan(int logSize) {
    this.logSize = logSize;
    this.n = 1 << logSize;
    BigInteger r = ScalarKernels.R;
    BigInteger w = GENERATOR.modPow(r.subtract(BigInteger.ONE).shiftRight(logSize), r);
    this.roots = powers(BigInteger.ONE, w, Math.max(1, n / 2));
    this.inverseRoots = powers(BigInteger.ONE, w.modInverse(r), Math.max(1, n / 2));
    this.inverseSize = BigInteger.valueOf(n).modInverse(r);
  }

  @Override
  public void forward(FrStore vector, Execution execution) {
    long[] a = limbs(vector);
    decimateInFrequency(a, roots, execution);
    reverseBits(a, execution);
    canonical(a, execution);
  }

  @Override
  public void inverse(FrStore vector, Execution execution) {
    long[] a = limbs(vector);
    decimateInFrequency(a, inverseRoots, execution);
    reverseBits(a, execution);
    long[] factor = new long[LIMBS];
    FrKernels.fromWords(factor, 0, Words.of(inverseSize), 0);
    forEachElement(execution, i -> FrKernels.mul(a, i, a, i, factor, 0));
    canonical(a, execution);
  }

  @Override
  public CosetPlan coset(long[] shift) {
    return new Coset(Words.toBigInteger(shift, 0));
  }

  /** Multiplies by powers of the shift while the coefficients are in bit-reversed order. */
  private final class Coset implements CosetPlan {
    private final OnDemand<long[]> up; // shift^i
    private final OnDemand<long[]> down; // shift^-i / n
    private final OnDemand<long[]> across; // shift^i / n

    Coset(BigInteger shift) {
      up = new OnDemand<>(() -> reversed(BigInteger.ONE, shift));
      down = new OnDemand<>(() -> reversed(inverseSize, shift.modInverse(ScalarKernels.R)));
      across = new OnDemand<>(() -> reversed(inverseSize, shift));
    }

    private long[] reversed(BigInteger first, BigInteger ratio) {
      long[] table = powers(first, ratio, n);
      reverseBits(table, Execution.sequential());
      return table;
    }

    @Override
    public void forward(FrStore vector, Execution execution) {
      long[] a = limbs(vector);
      reverseBits(a, execution);
      multiply(a, up.get(), execution);
      decimateInTime(a, roots, execution);
      canonical(a, execution);
    }

    @Override
    public void inverse(FrStore vector, Execution execution) {
      long[] a = limbs(vector);
      decimateInFrequency(a, inverseRoots, execution);
      multiply(a, down.get(), execution);
      reverseBits(a, execution);
      canonical(a, execution);
    }

    @Override
    public void extend(FrStore vector, Execution execution) {
      long[] a = limbs(vector);
      decimateInFrequency(a, inverseRoots, execution);
      multiply(a, across.get(), execution);
      decimateInTime(a, roots, execution);
      canonical(a, execution);
    }
  }

  private long[] limbs(FrStore vector) {
    if (vector.size() != n) {
      throw new IllegalArgumentException(
          "a transform of size " + n + " of a vector of size " + vector.size());
    }
    return ScalarKernels.own(vector).limbs;
  }

  /** first * ratio^i for i below count, canonical. */
  private static long[] powers(BigInteger first, BigInteger ratio, int count) {
    long[] table = new long[count * LIMBS];
    long[] factor = new long[LIMBS];
    FrKernels.fromWords(table, 0, Words.of(first), 0);
    FrKernels.fromWords(factor, 0, Words.of(ratio), 0);
    for (int i = LIMBS; i < table.length; i += LIMBS) {
      FrKernels.mul(table, i, table, i - LIMBS, factor, 0);
      FrKernels.canonical(table, i, table, i);
    }
    return table;
  }

  /** Natural to bit-reversed order. Layers that span blocks first, then each block's own. */
  private void decimateInFrequency(long[] a, long[] w, Execution execution) {
    int split = blockSize(execution);
    for (int length = n; length > split; length >>= 1) {
      layer(a, w, length, execution, true);
    }
    execution.forEach(n / split, block -> frequencyBlock(a, w, block * split, split));
  }

  /** Bit-reversed to natural order: each block's own layers first, then those that span blocks. */
  private void decimateInTime(long[] a, long[] w, Execution execution) {
    int split = blockSize(execution);
    execution.forEach(n / split, block -> timeBlock(a, w, block * split, split));
    for (int length = 2 * split; length <= n; length <<= 1) {
      layer(a, w, length, execution, false);
    }
  }

  /** Blocks enough for every thread to have several. */
  private int blockSize(Execution execution) {
    int tasks = Integer.highestOneBit(4 * threads(execution));
    return execution.parallelism() == 1 ? n : Math.max(1, n / tasks);
  }

  /** More threads than that make no difference, but would overflow. */
  private static int threads(Execution execution) {
    return Math.min(execution.parallelism(), 1 << 16);
  }

  private void frequencyBlock(long[] a, long[] w, int from, int size) {
    long[] t = new long[LIMBS];
    if (size <= BLOCK) {
      for (int length = size; length > 1; length >>= 1) {
        for (int at = from; at < from + size; at += length) {
          frequency(a, w, at, length, 0, length / 2, t);
        }
      }
      return;
    }
    frequency(a, w, from, size, 0, size / 2, t);
    frequencyBlock(a, w, from, size / 2);
    frequencyBlock(a, w, from + size / 2, size / 2);
  }

  private void timeBlock(long[] a, long[] w, int from, int size) {
    long[] t = new long[LIMBS];
    if (size <= BLOCK) {
      for (int length = 2; length <= size; length <<= 1) {
        for (int at = from; at < from + size; at += length) {
          time(a, w, at, length, 0, length / 2, t);
        }
      }
      return;
    }
    timeBlock(a, w, from, size / 2);
    timeBlock(a, w, from + size / 2, size / 2);
    time(a, w, from, size, 0, size / 2, t);
  }

  /** One layer over the whole vector, its butterflies shared out. */
  private void layer(long[] a, long[] w, int length, Execution execution, boolean frequency) {
    int half = length / 2;
    int part = Math.min(half, Math.max(BLOCK, n / (8 * threads(execution))));
    int parts = half / part; // both are powers of two unless half is smaller than part
    execution.forEach(
        n / length * parts,
        task -> {
          long[] t = new long[LIMBS];
          int at = task / parts * length;
          int from = task % parts * part;
          int to = task % parts == parts - 1 ? half : from + part;
          if (frequency) {
            frequency(a, w, at, length, from, to, t);
          } else {
            time(a, w, at, length, from, to, t);
          }
        });
  }

  /** (x, y) = (x + y, (x - y) w^j) for x at j and y at j + length/2 of the part at. */
  private void frequency(long[] a, long[] w, int at, int length, int from, int to, long[] t) {
    int step = n / length;
    for (int j = from; j < to; j++) {
      int x = (at + j) * LIMBS;
      int y = x + length / 2 * LIMBS;
      FrKernels.sub(t, 0, a, x, a, y);
      FrKernels.add(a, x, a, x, a, y);
      FrKernels.tighten(a, x, a, x);
      FrKernels.mul(a, y, t, 0, w, j * step * LIMBS);
    }
  }

  /** (x, y) = (x + w^j y, x - w^j y). */
  private void time(long[] a, long[] w, int at, int length, int from, int to, long[] t) {
    int step = n / length;
    for (int j = from; j < to; j++) {
      int x = (at + j) * LIMBS;
      int y = x + length / 2 * LIMBS;
      FrKernels.mul(t, 0, a, y, w, j * step * LIMBS);
      FrKernels.sub(a, y, a, x, t, 0);
      FrKernels.tighten(a, y, a, y);
      FrKernels.add(a, x, a, x, t, 0);
      FrKernels.tighten(a, x, a, x);
    }
  }

  private void reverseBits(long[] a, Execution execution) {
    if (logSize == 0) {
      return;
    }
    forEachElement(
        execution,
        x -> {
          int y = (Integer.reverse(x / LIMBS) >>> (32 - logSize)) * LIMBS;
          if (x < y) {
            for (int k = 0; k < LIMBS; k++) {
              long swap = a[x + k];
              a[x + k] = a[y + k];
              a[y + k] = swap;
            }
          }
        });
  }

  private void multiply(long[] a, long[] factors, Execution execution) {
    forEachElement(execution, i -> FrKernels.mul(a, i, a, i, factors, i));
  }

  private void canonical(long[] a, Execution execution) {
    forEachElement(execution, i -> FrKernels.canonical(a, i, a, i));
  }

  private interface ElementTask {
    void accept(int slot);
  }

  private void forEachElement(Execution execution, ElementTask task) {
    int chunk = Math.min(n, 1 << 12);
    execution.forEach(
        n / chunk,
        c -> {
          for (int i = c * chunk * LIMBS; i < (c + 1) * chunk * LIMBS; i += LIMBS) {
            task.accept(i);
          }
        });
  }
}
