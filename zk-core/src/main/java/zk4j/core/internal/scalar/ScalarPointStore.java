package zk4j.core.internal.scalar;

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

/** Affine points one after the other, canonical. */
final class ScalarPointStore implements PointStore {
  private final Curve curve;

  /** Coordinates in Fq of a point: x, y, each c0 (and c1). */
  private final int coordinates;

  final long[] limbs;

  ScalarPointStore(Curve curve, int size) {
    this(curve, new long[Math.multiplyExact(size, curve.words() / Words.COUNT * FqKernels.LIMBS)]);
  }

  private ScalarPointStore(Curve curve, long[] limbs) {
    this.curve = curve;
    this.coordinates = curve.words() / Words.COUNT;
    this.limbs = limbs;
  }

  @Override
  public Curve curve() {
    return curve;
  }

  @Override
  public int size() {
    return limbs.length / (coordinates * FqKernels.LIMBS);
  }

  @Override
  public void get(int i, long[] words) {
    for (int k = 0; k < coordinates; k++) {
      FqKernels.toWords(words, k * Words.COUNT, limbs, slot(i, k));
    }
  }

  @Override
  public void set(int i, long[] words) {
    for (int k = 0; k < coordinates; k++) {
      FqKernels.fromWords(limbs, slot(i, k), words, k * Words.COUNT);
    }
  }

  @Override
  public PointStore copy(int from, int to) {
    return new ScalarPointStore(curve, Arrays.copyOfRange(limbs, slot(from, 0), slot(to, 0)));
  }

  @Override
  public boolean contentEquals(PointStore other) {
    return curve == other.curve() && Arrays.equals(limbs, own(other).limbs);
  }

  @Override
  public int decode(int at, ByteBuffer source, int count, boolean onCurve) {
    CurveKernels kernels = CurveKernels.of(curve);
    long[] words = new long[Words.COUNT];
    for (int i = 0; i < count; i++) {
      for (int k = 0; k < coordinates; k++) {
        int from = source.position() + i * curve.bytes() + k * Words.BYTES;
        Words.fromLittleEndian(words, 0, source, from);
        if (!FqKernels.inRange(words, 0)) {
          return i;
        }
        FqKernels.fromMontgomery256(limbs, slot(at + i, k), words, 0);
      }
      int point = slot(at + i, 0);
      if (onCurve && !kernels.isInfinity(limbs, point) && !kernels.isOnCurve(limbs, point)) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public void encode(ByteBuffer target, int from, int to) {
    long[] words = new long[Words.COUNT];
    for (int i = from; i < to; i++) {
      for (int k = 0; k < coordinates; k++) {
        FqKernels.toMontgomery256(words, 0, limbs, slot(i, k));
        Words.toLittleEndian(target, words, 0);
      }
    }
  }

  @Override
  public void setMultiples(long[] words, FrStore scalars, Execution execution) {
    long[] affine = CurveKernels.fromWords(curve, words);
    FixedBase.multiples(
        limbs, curve, this::arithmetic, affine, ScalarKernels.own(scalars), execution);
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
        ScalarKernels.own(scalars),
        execution);
  }

  @Override
  public void multiply(FrStore scalars, Execution execution) {
    Products.multiply(this::arithmetic, limbs, ScalarKernels.own(scalars), execution);
  }

  @Override
  public void multiScalarSum(long[] sum, FrStore scalars, Execution execution) {
    long[] affine = new long[coordinates * FqKernels.LIMBS];
    Pippenger.sum(affine, curve, this::arithmetic, limbs, ScalarKernels.own(scalars), execution);
    for (int k = 0; k < coordinates; k++) {
      FqKernels.toWords(sum, k * Words.COUNT, affine, k * FqKernels.LIMBS);
    }
  }

  AffinePoints<long[]> arithmetic() {
    return new ScalarAffinePoints(CurveKernels.of(curve));
  }

  private int slot(int i, int k) {
    return (i * coordinates + k) * FqKernels.LIMBS;
  }

  private static ScalarPointStore own(PointStore store) {
    if (store instanceof ScalarPointStore own) {
      return own;
    }
    throw new IllegalArgumentException("a vector of another provider: " + store.getClass());
  }
}
