package zk4j.vector;

import static zk4j.vector.Lanes.BLOCK;
import static zk4j.vector.Lanes.LANES;
import static zk4j.vector.Lanes.LIMBS;
import static zk4j.vector.Lanes.slot;

import java.nio.ByteBuffer;
import java.util.Arrays;
import zk4j.core.internal.field.Words;
import zk4j.core.internal.spi.FrStore;

/** Scalars in blocks, each reduced or a product; lanes beyond the size are zero or unused. */
final class VectorFrStore implements FrStore {
  private static final Layout FIELD = Layout.FR;

  final double[] limbs;
  private final int size;

  VectorFrStore(int size) {
    this(new double[Math.multiplyExact(Lanes.blocks(size), BLOCK)], size);
  }

  private VectorFrStore(double[] limbs, int size) {
    this.limbs = limbs;
    this.size = size;
  }

  /** A store of this provider as what it is. */
  static VectorFrStore own(FrStore store) {
    if (store instanceof VectorFrStore own) {
      return own;
    }
    throw new IllegalArgumentException("a vector of another provider: " + store.getClass());
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public void get(int i, long[] words) {
    double[] block = new double[BLOCK];
    copy(block, 0, limbs, slot(i));
    FIELD.leave(block, 0, block, 0, 1, false);
    Limbs.toWords(words, 0, block, 0, LANES, FIELD.modulus);
  }

  @Override
  public void set(int i, long[] words) {
    double[] block = new double[BLOCK];
    Limbs.fromWords(block, 0, LANES, words, 0);
    FIELD.enter(block, 0, 1, false);
    copy(limbs, slot(i), block, 0);
  }

  @Override
  public void fill(long[] words) {
    double[] block = block(words);
    for (int to = 0; to < limbs.length; to += BLOCK) {
      System.arraycopy(block, 0, limbs, to, BLOCK);
    }
  }

  /** A block of one element. */
  private static double[] block(long[] words) {
    double[] block = new double[BLOCK];
    for (int lane = 0; lane < LANES; lane++) {
      Limbs.fromWords(block, lane, LANES, words, 0);
    }
    FIELD.enter(block, 0, 1, false);
    return block;
  }

  private static void copy(double[] z, int zo, double[] x, int xo) {
    for (int j = 0; j < LIMBS; j++) {
      z[zo + j * LANES] = x[xo + j * LANES];
    }
  }

  @Override
  public FrStore copy(int from, int to) {
    VectorFrStore copy = new VectorFrStore(to - from);
    int end = Math.min(to, size);
    if (from % LANES == 0) {
      int blocks = Math.max(0, Lanes.blocks(end) - from / LANES);
      System.arraycopy(limbs, from / LANES * BLOCK, copy.limbs, 0, blocks * BLOCK);
      if (end < to) {
        copy.clear(Math.max(0, end - from));
      }
    } else {
      for (int i = from; i < end; i++) {
        copy(copy.limbs, slot(i - from), limbs, slot(i));
      }
    }
    return copy;
  }

  /** Zeros the rest of the block of element i, which is unused. */
  private void clear(int i) {
    for (int k = i; k % LANES != 0; k++) {
      for (int j = 0; j < LIMBS; j++) {
        limbs[slot(k) + j * LANES] = 0;
      }
    }
  }

  @Override
  public FrStore gather(int[] index) {
    VectorFrStore gathered = new VectorFrStore(index.length);
    for (int i = 0; i < index.length; i++) {
      copy(gathered.limbs, slot(i), limbs, slot(index[i]));
    }
    return gathered;
  }

  @Override
  public boolean contentEquals(FrStore other) {
    return size == other.size() && Arrays.equals(encoded(), own(other).encoded());
  }

  private byte[] encoded() {
    byte[] bytes = new byte[Math.multiplyExact(size, Words.BYTES)];
    encode(ByteBuffer.wrap(bytes), 0, size, false);
    return bytes;
  }

  @Override
  public int decode(int at, ByteBuffer source, int count, int stride, boolean montgomery) {
    double[] scratch = Layout.scratch();
    long[] words = new long[Words.COUNT];
    int chunk = Layout.scratchElements();
    for (int done = 0; done < count; done += chunk) {
      int part = Math.min(chunk, count - done);
      for (int i = 0; i < part; i++) {
        Words.fromLittleEndian(words, 0, source, source.position() + (done + i) * stride);
        if (!FIELD.inRange(words, 0)) {
          return done + i;
        }
        Limbs.fromWords(scratch, slot(i), LANES, words, 0);
      }
      FIELD.enter(scratch, 0, Lanes.blocks(part), montgomery);
      for (int i = 0; i < part; i++) {
        copy(limbs, slot(at + done + i), scratch, slot(i));
      }
    }
    return -1;
  }

  @Override
  public void encode(ByteBuffer target, int from, int to, boolean montgomery) {
    double[] scratch = Layout.scratch();
    long[] words = new long[Words.COUNT];
    int chunk = Layout.scratchElements();
    for (int at = from; at < to; at += chunk) {
      int part = Math.min(chunk, to - at);
      for (int i = 0; i < part; i++) {
        copy(scratch, slot(i), limbs, slot(at + i));
      }
      FIELD.leave(scratch, 0, scratch, 0, Lanes.blocks(part), montgomery);
      for (int i = 0; i < part; i++) {
        Limbs.toWords(words, 0, scratch, slot(i), LANES, FIELD.modulus);
        Words.toLittleEndian(target, words, 0);
      }
    }
  }

  @Override
  public void add(FrStore other) {
    Planes.add(limbs, limbs, own(other).limbs, Lanes.blocks(size));
    FIELD.passes.reduce(limbs, 0, Lanes.blocks(size));
  }

  @Override
  public void subtract(FrStore other) {
    Planes.subtract(limbs, limbs, own(other).limbs, Lanes.blocks(size));
    FIELD.passes.reduce(limbs, 0, Lanes.blocks(size));
  }

  @Override
  public void multiply(FrStore other) {
    double[] factors = other == this ? limbs.clone() : own(other).limbs;
    FIELD.passes.multiply(limbs, 0, limbs, 0, factors, 0, BLOCK, Lanes.blocks(size));
  }

  @Override
  public void scale(long[] words) {
    double[] factor = block(words);
    FIELD.passes.multiply(limbs, 0, limbs, 0, factor, 0, 0, Lanes.blocks(size));
  }

  @Override
  public void addScaled(FrStore other, long[] words) {
    double[] factor = block(words);
    double[] x = own(other).limbs;
    double[] products = Layout.scratch();
    for (int at = 0; at < limbs.length; at += products.length) {
      int blocks = Math.min(products.length, limbs.length - at) / BLOCK;
      FIELD.passes.multiply(products, 0, x, at, factor, 0, 0, blocks);
      Planes.accumulate(limbs, at, products, blocks);
      FIELD.passes.reduce(limbs, at, blocks);
    }
  }

  @Override
  public void setProducts(
      int fromRow, int toRow, int[] rowStart, int[] column, FrStore values, FrStore vector) {
    new RowProducts(limbs, own(values).limbs, own(vector).limbs)
        .compute(fromRow, toRow, rowStart, column);
  }
}
