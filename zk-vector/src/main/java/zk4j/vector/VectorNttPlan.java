package zk4j.vector;

import static zk4j.vector.Lanes.BLOCK;
import static zk4j.vector.Lanes.LANES;
import static zk4j.vector.Lanes.LIMBS;
import static zk4j.vector.Lanes.slot;

import java.math.BigInteger;
import java.util.function.Consumer;
import zk4j.core.Execution;
import zk4j.core.internal.field.Words;
import zk4j.core.internal.scalar.ScalarKernels;
import zk4j.core.internal.spi.FrStore;
import zk4j.core.internal.spi.NttPlan;
import zk4j.core.internal.spi.OnDemand;

/**
 * Radix-2 transforms: decimation in frequency takes natural to bit-reversed order, decimation in
 * time takes it back. Layers whose butterflies span blocks are passes over blocks. The last layers,
 * within a block, are passes too, on tiles whose elements are transposed: lane l of block b of each
 * square of LANES blocks becomes lane b of block l. Between the two decimations elements stay
 * <i>scrambled</i>: bit-reversed, and with transposed tiles.
 *
 * <p>Butterflies do not reduce their sums, whose limbs must stay below 2^52.01 to be multiplied by
 * a power of w. In frequency, limbs double with each layer: elements are reduced after every second
 * one. In time, the layers 1 and 2 double them where w^j is 1 and is not multiplied by; a later one
 * adds a product's, below 2^50: elements are reduced after the layers 2, 6, 10... and the last.
 */
final class VectorNttPlan implements NttPlan {
  /** 5 generates the multiplicative group of the scalar field, whose order has 28 twos. */
  private static final BigInteger GENERATOR = BigInteger.valueOf(5);

  /** Elements of a square. */
  private static final int SQUARE = LANES * LANES;

  /** Elements that stay in the first-level cache while all their layers are done, at most. */
  private static final int TILE = Math.max(512, SQUARE);

  private static final FieldPasses FR = Layout.FR.passes;

  private final int logSize;
  private final int n;
  private final int tile;
  private final Twiddles forward;
  private final Twiddles inverse;
  private final BigInteger inverseSize;

  /** Transforms of size 2^logSize; those of fewer elements than a square has are scalar. */
  static NttPlan of(int logSize) {
    return 1 << logSize < SQUARE ? new SmallNttPlan(logSize) : new VectorNttPlan(logSize);
  }

  private VectorNttPlan(int logSize) {
    this.logSize = logSize;
    this.n = 1 << logSize;
    this.tile = Math.min(n, TILE);
    BigInteger r = Moduli.R;
    BigInteger w = GENERATOR.modPow(r.subtract(BigInteger.ONE).shiftRight(logSize), r);
    this.forward = new Twiddles(n, w);
    this.inverse = new Twiddles(n, w.modInverse(r));
    this.inverseSize = BigInteger.valueOf(n).modInverse(r);
  }

  @Override
  public void forward(FrStore vector, Execution execution) {
    double[] a = limbs(vector);
    decimateInFrequency(a, forward, execution);
    execution.forEach(n / tile, i -> FR.reduce(a, i * tile * LIMBS, tile / LANES));
    unscramble(a, execution);
  }

  @Override
  public void inverse(FrStore vector, Execution execution) {
    double[] a = limbs(vector);
    decimateInFrequency(a, inverse, execution);
    multiply(a, Limbs.block(inverseSize.shiftLeft(255), Moduli.R), 0, execution);
    unscramble(a, execution);
  }

  @Override
  public CosetPlan coset(long[] shift) {
    return new Coset(Words.toBigInteger(shift, 0));
  }

  /** Multiplies by powers of the shift while the coefficients are scrambled. */
  private final class Coset implements CosetPlan {
    private final OnDemand<double[]> up; // shift^i
    private final OnDemand<double[]> down; // shift^-i / n
    private final OnDemand<double[]> across; // shift^i / n

    Coset(BigInteger shift) {
      up = new OnDemand<>(() -> scrambled(BigInteger.ONE, shift));
      down = new OnDemand<>(() -> scrambled(inverseSize, shift.modInverse(Moduli.R)));
      across = new OnDemand<>(() -> scrambled(inverseSize, shift));
    }

    private double[] scrambled(BigInteger first, BigInteger ratio) {
      double[] table = powers(first, ratio, n);
      scramble(table, Execution.sequential());
      return table;
    }

    @Override
    public void forward(FrStore vector, Execution execution) {
      double[] a = limbs(vector);
      scramble(a, execution);
      multiply(a, up.get(), BLOCK, execution);
      decimateInTime(a, forward, execution);
    }

    @Override
    public void inverse(FrStore vector, Execution execution) {
      double[] a = limbs(vector);
      decimateInFrequency(a, inverse, execution);
      multiply(a, down.get(), BLOCK, execution);
      unscramble(a, execution);
    }

    @Override
    public void extend(FrStore vector, Execution execution) {
      double[] a = limbs(vector);
      decimateInFrequency(a, inverse, execution);
      multiply(a, across.get(), BLOCK, execution);
      decimateInTime(a, forward, execution);
    }
  }

  private double[] limbs(FrStore vector) {
    if (vector.size() != n) {
      throw new IllegalArgumentException(
          "a transform of size " + n + " of a vector of size " + vector.size());
    }
    return VectorFrStore.own(vector).limbs;
  }

  /** The powers w^j of all layers: layer by layer, the longest first, and the squares' last. */
  private static final class Twiddles {
    /** For each layer of length 2^k > LANES, the powers of j = 0..2^(k-1)-1. */
    private final double[][] layers = new double[32][];

    /** For each layer of length 2^k <= LANES, the same, each power in a block of its own. */
    private final double[][] inSquare = new double[32][];

    Twiddles(int n, BigInteger w) {
      double[] powers = powers(BigInteger.ONE, w, n / 2);
      int step = 1;
      for (int k = log2(n); k > 0; k--) {
        int half = 1 << (k - 1);
        boolean spread = 2 * half <= LANES;
        double[] layer = new double[spread ? half * BLOCK : Lanes.blocks(half) * BLOCK];
        for (int i = 0; i < (spread ? half * LANES : half); i++) {
          copy(layer, slot(i), powers, slot((spread ? i / LANES : i) * step));
        }
        (spread ? inSquare : layers)[k] = layer;
        step *= 2;
      }
    }
  }

  /** first * ratio^i for i below count, reduced: twice as many from those that there are. */
  private static double[] powers(BigInteger first, BigInteger ratio, int count) {
    int blocks = Lanes.blocks(count);
    double[] table = new double[blocks * BLOCK];
    for (int lane = 0; lane < LANES; lane++) {
      BigInteger power = first.multiply(ratio.pow(lane)).shiftLeft(255).mod(Moduli.R);
      Limbs.split(table, lane, LANES, power);
    }
    FR.reduce(table, 0, 1);
    BigInteger step = ratio.pow(LANES).mod(Moduli.R);
    for (int known = 1; known < blocks; known *= 2) {
      double[] factor = Limbs.block(step.shiftLeft(255), Moduli.R);
      int more = Math.min(known, blocks - known);
      FR.multiply(table, known * BLOCK, table, 0, factor, 0, 0, more);
      FR.reduce(table, known * BLOCK, more);
      step = step.multiply(step).mod(Moduli.R);
    }
    return table;
  }

  /** Natural to scrambled. Layers over the whole vector first, then each part's own. */
  private void decimateInFrequency(double[] a, Twiddles w, Execution execution) {
    int part = partSize(execution);
    for (int length = n; length > part; length >>= 1) {
      layer(a, w, length, execution, true);
    }
    execution.forEach(n / part, i -> frequencyPart(a, w, i * part, part, new double[tile * LIMBS]));
  }

  /** Scrambled to natural: each part's own layers first, then those over the whole vector. */
  private void decimateInTime(double[] a, Twiddles w, Execution execution) {
    int part = partSize(execution);
    execution.forEach(n / part, i -> timePart(a, w, i * part, part, new double[tile * LIMBS]));
    for (int length = 2 * part; length <= n; length <<= 1) {
      layer(a, w, length, execution, false);
    }
  }

  /** Parts enough for every thread to have several. */
  private int partSize(Execution execution) {
    if (execution.parallelism() == 1) {
      return n;
    }
    int parts = Integer.highestOneBit(4 * Math.min(execution.parallelism(), 1 << 16));
    return Math.max(tile, n / parts);
  }

  private void frequencyPart(double[] a, Twiddles w, int from, int size, double[] space) {
    if (size == tile) {
      frequencyTile(a, w, from, space);
      return;
    }
    butterflies(a, w, from, size, 0, size / 2, true);
    frequencyPart(a, w, from, size / 2, space);
    frequencyPart(a, w, from + size / 2, size / 2, space);
  }

  private void timePart(double[] a, Twiddles w, int from, int size, double[] space) {
    if (size == tile) {
      timeTile(a, w, from, space);
      return;
    }
    timePart(a, w, from, size / 2, space);
    timePart(a, w, from + size / 2, size / 2, space);
    butterflies(a, w, from, size, 0, size / 2, false);
  }

  private void frequencyTile(double[] a, Twiddles w, int from, double[] space) {
    for (int length = tile; length > LANES; length >>= 1) {
      for (int at = from; at < from + tile; at += length) {
        butterflies(a, w, at, length, 0, length / 2, true);
      }
    }
    transpose(a, from, space);
    for (int length = LANES; length > 1; length >>= 1) {
      squareLayer(a, w, from, length, true);
    }
  }

  private void timeTile(double[] a, Twiddles w, int from, double[] space) {
    for (int length = 2; length <= LANES; length <<= 1) {
      squareLayer(a, w, from, length, false);
    }
    transposeBack(a, from, space);
    for (int length = 2 * LANES; length <= tile; length <<= 1) {
      for (int at = from; at < from + tile; at += length) {
        butterflies(a, w, at, length, 0, length / 2, false);
      }
    }
  }

  /** One layer over the whole vector, its butterflies shared out. */
  private void layer(double[] a, Twiddles w, int length, Execution execution, boolean frequency) {
    int half = length / 2;
    int share =
        Math.min(half, Math.max(TILE, n / (8 * Math.min(execution.parallelism(), 1 << 16))));
    share = Math.max(LANES, Integer.highestOneBit(share));
    int shares = half / share;
    int count = share;
    execution.forEach(
        n / length * shares,
        task -> {
          int from = task % shares * count;
          butterflies(a, w, task / shares * length, length, from, from + count, frequency);
        });
  }

  /** Butterflies from..to-1, multiples of LANES, of the layer of a length at an element. */
  private void butterflies(
      double[] a, Twiddles w, int at, int length, int from, int to, boolean frequency) {
    int k = log2(length);
    double[] layer = w.layers[k];
    int x = (at + from) * LIMBS;
    int y = x + length / 2 * LIMBS;
    int blocks = (to - from) / LANES;
    if (frequency) {
      Planes.butterflies(a, x, y, blocks);
      FR.multiply(a, y, a, y, layer, from * LIMBS, BLOCK, blocks);
    } else {
      FR.multiply(a, y, a, y, layer, from * LIMBS, BLOCK, blocks);
      Planes.butterflies(a, x, y, blocks);
    }
    if (mustReduce(k, frequency)) {
      FR.reduce(a, x, blocks);
      FR.reduce(a, y, blocks);
    }
  }

  /** Whether the layer of length 2^k is to be followed by reduction. */
  private boolean mustReduce(int k, boolean frequency) {
    return frequency ? (logSize - k) % 2 == 1 : k % 4 == 2 || k == logSize;
  }

  private static int log2(int powerOfTwo) {
    return 31 - Integer.numberOfLeadingZeros(powerOfTwo);
  }

  /** The layer of a length up to LANES in a transposed tile. */
  private void squareLayer(double[] a, Twiddles w, int from, int length, boolean frequency) {
    int k = log2(length);
    double[] layer = w.inSquare[k];
    int squares = tile / SQUARE;
    int row = squares * BLOCK; // doubles from one lane's blocks to the next one's
    for (int at = 0; at < LANES; at += length) {
      for (int j = 0; j < length / 2; j++) {
        int x = from * LIMBS + (at + j) * row;
        int y = x + length / 2 * row;
        if (frequency) {
          Planes.butterflies(a, x, y, squares);
          multiplyUnlessOne(a, y, layer, j, squares);
        } else {
          multiplyUnlessOne(a, y, layer, j, squares);
          Planes.butterflies(a, x, y, squares);
        }
      }
    }
    if (mustReduce(k, frequency)) {
      FR.reduce(a, from * LIMBS, tile / LANES);
    }
  }

  private static void multiplyUnlessOne(double[] a, int y, double[] layer, int j, int blocks) {
    if (j > 0) {
      FR.multiply(a, y, a, y, layer, j * BLOCK, 0, blocks);
    }
  }

  /**
   * Lane l of block b of square s goes to lane b of block l * squares + s, so that the blocks that
   * were lanes l are one run.
   */
  private void transpose(double[] a, int from, double[] space) {
    System.arraycopy(a, from * LIMBS, space, 0, tile * LIMBS);
    int squares = tile / SQUARE;
    for (int s = 0; s < squares; s++) {
      for (int b = 0; b < LANES; b++) {
        int x = (s * LANES + b) * BLOCK;
        for (int j = 0; j < LIMBS; j++) {
          for (int l = 0; l < LANES; l++) {
            a[from * LIMBS + (l * squares + s) * BLOCK + j * LANES + b] = space[x++];
          }
        }
      }
    }
  }

  private void transposeBack(double[] a, int from, double[] space) {
    System.arraycopy(a, from * LIMBS, space, 0, tile * LIMBS);
    int squares = tile / SQUARE;
    for (int s = 0; s < squares; s++) {
      for (int b = 0; b < LANES; b++) {
        int z = from * LIMBS + (s * LANES + b) * BLOCK;
        for (int j = 0; j < LIMBS; j++) {
          for (int l = 0; l < LANES; l++) {
            a[z++] = space[(l * squares + s) * BLOCK + j * LANES + b];
          }
        }
      }
    }
  }

  private void scramble(double[] a, Execution execution) {
    reverseBits(a, execution);
    execution.forEach(n / tile, i -> transpose(a, i * tile, new double[tile * LIMBS]));
  }

  private void unscramble(double[] a, Execution execution) {
    execution.forEach(n / tile, i -> transposeBack(a, i * tile, new double[tile * LIMBS]));
    reverseBits(a, execution);
  }

  private void reverseBits(double[] a, Execution execution) {
    execution.forEach(
        n / tile,
        chunk -> {
          for (int i = chunk * tile; i < (chunk + 1) * tile; i++) {
            int k = Integer.reverse(i) >>> (32 - logSize);
            if (i < k) {
              int x = slot(i);
              int y = slot(k);
              for (int j = 0; j < BLOCK; j += LANES) {
                double swap = a[x + j];
                a[x + j] = a[y + j];
                a[y + j] = swap;
              }
            }
          }
        });
  }

  private void multiply(double[] a, double[] factors, int step, Execution execution) {
    execution.forEach(
        n / tile,
        i -> {
          int at = i * tile * LIMBS;
          FR.multiply(a, at, a, at, factors, step == 0 ? 0 : at, step, tile / LANES);
        });
  }

  private static void copy(double[] z, int zo, double[] x, int xo) {
    for (int j = 0; j < BLOCK; j += LANES) {
      z[zo + j] = x[xo + j];
    }
  }

  /** The scalar transforms, on copies. */
  private record SmallNttPlan(NttPlan plan) implements NttPlan {
    SmallNttPlan(int logSize) {
      this(new ScalarKernels().transforms(logSize));
    }

    @Override
    public void forward(FrStore vector, Execution execution) {
      throughScalars(vector, copy -> plan.forward(copy, execution));
    }

    @Override
    public void inverse(FrStore vector, Execution execution) {
      throughScalars(vector, copy -> plan.inverse(copy, execution));
    }

    @Override
    public CosetPlan coset(long[] shift) {
      CosetPlan coset = plan.coset(shift);
      return new CosetPlan() {
        @Override
        public void forward(FrStore vector, Execution execution) {
          throughScalars(vector, copy -> coset.forward(copy, execution));
        }

        @Override
        public void inverse(FrStore vector, Execution execution) {
          throughScalars(vector, copy -> coset.inverse(copy, execution));
        }

        @Override
        public void extend(FrStore vector, Execution execution) {
          throughScalars(vector, copy -> coset.extend(copy, execution));
        }
      };
    }

    private static void throughScalars(FrStore vector, Consumer<FrStore> transform) {
      VectorFrStore.own(vector);
      FrStore copy = new ScalarKernels().scalars(vector.size());
      transfer(copy, vector);
      transform.accept(copy);
      transfer(vector, copy);
    }

    private static void transfer(FrStore to, FrStore from) {
      long[] words = new long[Words.COUNT];
      for (int i = 0; i < from.size(); i++) {
        from.get(i, words);
        to.set(i, words);
      }
    }
  }
}
