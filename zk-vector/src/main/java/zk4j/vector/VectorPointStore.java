package zk4j.vector;

import static zk4j.vector.Lanes.LANES;
import static zk4j.vector.Lanes.LIMBS;
import static zk4j.vector.Lanes.slot;

import java.nio.ByteBuffer;
import java.util.Arrays;
import zk4j.core.Execution;
import zk4j.core.internal.curve.CurveKernels;
import zk4j.core.internal.field.FqKernels;
import zk4j.core.internal.field.Words;
import zk4j.core.internal.msm.AffinePoints;
import zk4j.core.internal.msm.Combinations;
import zk4j.core.internal.msm.FixedBase;
import zk4j.core.internal.msm.Pippenger;
import zk4j.core.internal.msm.Products;
import zk4j.core.internal.spi.Curve;
import zk4j.core.internal.spi.FrStore;
import zk4j.core.internal.spi.PointStore;

/**
 * Affine points one after the other, limb after limb, since sums gather them in any order: 80 bytes
 * a point of G1, 160 of G2. Coordinates are reduced; those of infinity are zero.
 */
final class VectorPointStore implements PointStore {
  private static final Layout FIELD = Layout.FQ;

  private final Curve curve;

  /** Coordinates in Fq of a point: x, y, each c0 (and c1). */
  private final int coordinates;

  private final double[] limbs;

  VectorPointStore(Curve curve, int size) {
    this(curve, new double[Math.multiplyExact(size, coordinates(curve) * LIMBS)]);
  }

  private VectorPointStore(Curve curve, double[] limbs) {
    this.curve = curve;
    this.coordinates = coordinates(curve);
    this.limbs = limbs;
  }

  static int coordinates(Curve curve) {
    return curve.words() / Words.COUNT;
  }

  @Override
  public Curve curve() {
    return curve;
  }

  @Override
  public int size() {
    return limbs.length / (coordinates * LIMBS);
  }

  @Override
  public void get(int i, long[] words) {
    double[] block = new double[Lanes.BLOCK];
    for (int k = 0; k < coordinates; k++) {
      copy(block, 0, LANES, limbs, at(i, k), 1);
      FIELD.leave(block, 0, block, 0, 1, false);
      Limbs.toWords(words, k * Words.COUNT, block, 0, LANES, FIELD.modulus);
    }
  }

  @Override
  public void set(int i, long[] words) {
    double[] block = new double[Lanes.BLOCK];
    for (int k = 0; k < coordinates; k++) {
      Limbs.fromWords(block, 0, LANES, words, k * Words.COUNT);
      FIELD.enter(block, 0, 1, false);
      copy(limbs, at(i, k), 1, block, 0, LANES);
    }
  }

  @Override
  public PointStore copy(int from, int to) {
    return new VectorPointStore(curve, Arrays.copyOfRange(limbs, at(from, 0), at(to, 0)));
  }

  @Override
  public boolean contentEquals(PointStore other) {
    return curve == other.curve()
        && size() == other.size()
        && Arrays.equals(encoded(), own(other).encoded());
  }

  private byte[] encoded() {
    byte[] bytes = new byte[Math.multiplyExact(size(), curve.bytes())];
    encode(ByteBuffer.wrap(bytes), 0, size());
    return bytes;
  }

  @Override
  public int decode(int at, ByteBuffer source, int count, boolean onCurve) {
    double[][] scratch = new double[coordinates][];
    Arrays.setAll(scratch, k -> Layout.scratch());
    CurveEquation equation = new CurveEquation(curve);
    int chunk = Layout.scratchElements();
    long[] words = new long[chunk * coordinates * Words.COUNT];
    for (int done = 0; done < count; done += chunk) {
      int part = Math.min(chunk, count - done);
      int from = source.position() + done * curve.bytes();
      Words.fromLittleEndian(words, source, from, part * coordinates);
      int good = split(scratch, words, part);
      int blocks = Lanes.blocks(good);
      for (int k = 0; k < coordinates; k++) {
        FIELD.enter(scratch[k], 0, blocks, true);
      }
      if (onCurve) {
        good = equation.firstNotSatisfied(scratch, good);
      }
      if (good < part) {
        return done + good;
      }
      keep(at + done, scratch, part);
    }
    return -1;
  }

  /**
   * The coordinates of points, one after the other in words, go to scratch.
   *
   * @return how many points have coordinates below the modulus before the first that has not
   */
  private int split(double[][] scratch, long[] words, int count) {
    int good = count;
    for (int k = 0; k < coordinates; k++) {
      for (int i = 0; i < good; i++) {
        int from = (i * coordinates + k) * Words.COUNT;
        if (!FIELD.inRange(words, from)) {
          good = i;
        }
        Limbs.fromWords(scratch[k], slot(i), LANES, words, from);
      }
    }
    return good;
  }

  private void keep(int at, double[][] scratch, int count) {
    for (int k = 0; k < coordinates; k++) {
      for (int i = 0; i < count; i++) {
        copy(limbs, at(at + i, k), 1, scratch[k], slot(i), LANES);
      }
    }
  }

  @Override
  public void encode(ByteBuffer target, int from, int to) {
    double[][] scratch = new double[coordinates][];
    Arrays.setAll(scratch, k -> Layout.scratch());
    long[] words = new long[Words.COUNT];
    int chunk = Layout.scratchElements();
    for (int done = from; done < to; done += chunk) {
      int part = Math.min(chunk, to - done);
      for (int k = 0; k < coordinates; k++) {
        for (int i = 0; i < part; i++) {
          copy(scratch[k], slot(i), LANES, limbs, at(done + i, k), 1);
        }
        FIELD.leave(scratch[k], 0, scratch[k], 0, Lanes.blocks(part), true);
      }
      for (int i = 0; i < part; i++) {
        for (int k = 0; k < coordinates; k++) {
          Limbs.toWords(words, 0, scratch[k], slot(i), LANES, FIELD.modulus);
          Words.toLittleEndian(target, words, 0);
        }
      }
    }
  }

  @Override
  public void setMultiples(long[] words, FrStore scalars, Execution execution) {
    long[] affine = CurveKernels.fromWords(curve, words);
    FixedBase.multiples(
        limbs, curve, this::arithmetic, affine, VectorFrStore.own(scalars), execution);
  }

  @Override
  public void addCombinations(
      PointStore addends,
      int[] starts,
      int[] index,
      int[] scalar,
      FrStore scalars,
      Execution execution) {
    Combinations.add(
        curve,
        this::arithmetic,
        limbs,
        own(addends).limbs,
        starts,
        index,
        scalar,
        VectorFrStore.own(scalars),
        execution);
  }

  @Override
  public void multiply(FrStore scalars, Execution execution) {
    Products.multiply(this::arithmetic, limbs, VectorFrStore.own(scalars), execution);
  }

  @Override
  public void multiScalarSum(long[] sum, FrStore scalars, Execution execution) {
    long[] affine = new long[coordinates * FqKernels.LIMBS];
    Pippenger.sum(affine, curve, this::arithmetic, limbs, VectorFrStore.own(scalars), execution);
    for (int k = 0; k < coordinates; k++) {
      FqKernels.toWords(sum, k * Words.COUNT, affine, k * FqKernels.LIMBS);
    }
  }

  private AffinePoints<double[]> arithmetic() {
    return new VectorAffinePoints(curve);
  }

  private int at(int i, int k) {
    return (i * coordinates + k) * LIMBS;
  }

  private static void copy(double[] z, int zo, int zStep, double[] x, int xo, int xStep) {
    for (int j = 0; j < LIMBS; j++) {
      z[zo + j * zStep] = x[xo + j * xStep];
    }
  }

  private static VectorPointStore own(PointStore store) {
    if (store instanceof VectorPointStore own) {
      return own;
    }
    throw new IllegalArgumentException("a vector of another provider: " + store.getClass());
  }
}
