package zk4j.core.internal.scalar;

import static zk4j.core.internal.field.FrKernels.LIMBS;

import java.nio.ByteBuffer;
import java.util.Arrays;
import zk4j.core.internal.field.FrKernels;
import zk4j.core.internal.field.Words;
import zk4j.core.internal.spi.FrStore;

/** Scalars one after the other, canonical. */
final class ScalarFrStore implements FrStore {
  final long[] limbs;

  ScalarFrStore(int size) {
    this(new long[Math.multiplyExact(size, LIMBS)]);
  }

  private ScalarFrStore(long[] limbs) {
    this.limbs = limbs;
  }

  @Override
  public int size() {
    return limbs.length / LIMBS;
  }

  @Override
  public void get(int i, long[] words) {
    FrKernels.toWords(words, 0, limbs, i * LIMBS);
  }

  @Override
  public void set(int i, long[] words) {
    FrKernels.fromWords(limbs, i * LIMBS, words, 0);
  }

  @Override
  public void fill(long[] words) {
    long[] element = new long[LIMBS];
    FrKernels.fromWords(element, 0, words, 0);
    for (int i = 0; i < limbs.length; i += LIMBS) {
      FrKernels.copy(limbs, i, element, 0);
    }
  }

  @Override
  public FrStore copy(int from, int to) {
    return new ScalarFrStore(
        Arrays.copyOfRange(limbs, from * LIMBS, Math.multiplyExact(to, LIMBS)));
  }

  @Override
  public FrStore gather(int[] index) {
    ScalarFrStore gathered = new ScalarFrStore(index.length);
    for (int i = 0; i < index.length; i++) {
      FrKernels.copy(gathered.limbs, i * LIMBS, limbs, index[i] * LIMBS);
    }
    return gathered;
  }

  @Override
  public boolean contentEquals(FrStore other) {
    return Arrays.equals(limbs, ScalarKernels.own(other).limbs);
  }

  @Override
  public int decode(int at, ByteBuffer source, int count, int stride, boolean montgomery) {
    long[] words = new long[Words.COUNT];
    for (int i = 0; i < count; i++) {
      Words.fromLittleEndian(words, 0, source, source.position() + i * stride);
      if (!FrKernels.inRange(words, 0)) {
        return i;
      }
      if (montgomery) {
        FrKernels.fromMontgomery256(limbs, (at + i) * LIMBS, words, 0);
      } else {
        FrKernels.fromWords(limbs, (at + i) * LIMBS, words, 0);
      }
    }
    return -1;
  }

  @Override
  public void encode(ByteBuffer target, int from, int to, boolean montgomery) {
    long[] words = new long[Words.COUNT];
    for (int i = from; i < to; i++) {
      if (montgomery) {
        FrKernels.toMontgomery256(words, 0, limbs, i * LIMBS);
      } else {
        FrKernels.toWords(words, 0, limbs, i * LIMBS);
      }
      Words.toLittleEndian(target, words, 0);
    }
  }

  @Override
  public void add(FrStore other) {
    long[] y = ScalarKernels.own(other).limbs;
    for (int i = 0; i < limbs.length; i += LIMBS) {
      FrKernels.add(limbs, i, limbs, i, y, i);
      FrKernels.canonical(limbs, i, limbs, i);
    }
  }

  @Override
  public void subtract(FrStore other) {
    long[] y = ScalarKernels.own(other).limbs;
    for (int i = 0; i < limbs.length; i += LIMBS) {
      FrKernels.sub(limbs, i, limbs, i, y, i);
      FrKernels.canonical(limbs, i, limbs, i);
    }
  }

  @Override
  public void multiply(FrStore other) {
    long[] y = ScalarKernels.own(other).limbs;
    for (int i = 0; i < limbs.length; i += LIMBS) {
      FrKernels.mul(limbs, i, limbs, i, y, i);
      FrKernels.canonical(limbs, i, limbs, i);
    }
  }

  @Override
  public void scale(long[] words) {
    long[] y = new long[LIMBS];
    FrKernels.fromWords(y, 0, words, 0);
    for (int i = 0; i < limbs.length; i += LIMBS) {
      FrKernels.mul(limbs, i, limbs, i, y, 0);
      FrKernels.canonical(limbs, i, limbs, i);
    }
  }

  @Override
  public void addScaled(FrStore other, long[] words) {
    long[] x = ScalarKernels.own(other).limbs;
    long[] y = new long[LIMBS];
    long[] product = new long[LIMBS];
    FrKernels.fromWords(y, 0, words, 0);
    for (int i = 0; i < limbs.length; i += LIMBS) {
      FrKernels.mul(product, 0, x, i, y, 0);
      FrKernels.add(limbs, i, limbs, i, product, 0);
      FrKernels.canonical(limbs, i, limbs, i);
    }
  }

  @Override
  public void setProducts(
      int fromRow, int toRow, int[] rowStart, int[] column, FrStore values, FrStore vector) {
    long[] a = ScalarKernels.own(values).limbs;
    long[] x = ScalarKernels.own(vector).limbs;
    long[] product = new long[LIMBS];
    long[] sum = new long[LIMBS];
    for (int row = fromRow; row < toRow; row++) {
      FrKernels.setZero(sum, 0);
      for (int e = rowStart[row]; e < rowStart[row + 1]; e++) {
        FrKernels.mul(product, 0, a, e * LIMBS, x, column[e] * LIMBS);
        FrKernels.add(sum, 0, sum, 0, product, 0);
        FrKernels.tighten(sum, 0, sum, 0);
      }
      FrKernels.canonical(limbs, row * LIMBS, sum, 0);
    }
  }
}
