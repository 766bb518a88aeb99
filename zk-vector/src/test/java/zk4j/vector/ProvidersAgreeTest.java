package zk4j.vector;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import zk4j.bn254.Fr;
import zk4j.bn254.G1;
import zk4j.bn254.G2;
import zk4j.bn254.PointEncoding;
import zk4j.core.Execution;
import zk4j.core.internal.curve.CurveKernels;
import zk4j.core.internal.field.Words;
import zk4j.core.internal.msm.AffinePoints;
import zk4j.core.internal.provider.Provider;
import zk4j.core.internal.scalar.ScalarAffinePoints;
import zk4j.core.internal.scalar.ScalarKernels;
import zk4j.core.internal.spi.Curve;
import zk4j.core.internal.spi.FrStore;
import zk4j.core.internal.spi.Kernels;
import zk4j.core.internal.spi.NttPlan;
import zk4j.core.internal.spi.PointStore;

/** The same operations on the same numbers, by vectors and by scalars. */
class ProvidersAgreeTest {
  private static final Kernels VECTOR = new VectorKernels();
  private static final Kernels SCALAR = new ScalarKernels();
  private static final BigInteger R = Moduli.R;
  private static final BigInteger ONE = BigInteger.ONE;

  private final Random random = new Random(42);

  @Test
  void vectorsAreWhatTestsRunOn() {
    assertEquals("vector (" + Lanes.DOUBLES.vectorBitSize() + " bits)", Provider.kernels().name());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 7, 8, 13, 207, 4098})
  void elementWise(int size) {
    Pair x = pair(size);
    Pair y = pair(size);
    x.vector.add(y.vector);
    x.scalar.add(y.scalar);
    x.assertAgree();
    x.vector.multiply(y.vector);
    x.scalar.multiply(y.scalar);
    x.assertAgree();
    x.vector.multiply(x.vector);
    x.scalar.multiply(x.scalar);
    x.assertAgree();
    x.vector.subtract(y.vector);
    x.scalar.subtract(y.scalar);
    x.assertAgree();
    long[] factor = Words.of(R.subtract(ONE));
    x.vector.scale(factor);
    x.scalar.scale(factor);
    x.assertAgree();
    x.vector.addScaled(y.vector, factor);
    x.scalar.addScaled(y.scalar, factor);
    x.assertAgree();
    int[] index = random.ints(size + 3, 0, size).toArray();
    new Pair(x.vector.gather(index), x.scalar.gather(index)).assertAgree();
    for (int from : new int[] {0, 1, Math.min(size, 8)}) {
      for (int to : new int[] {from, size, size + 5}) {
        new Pair(x.vector.copy(from, to), x.scalar.copy(from, to)).assertAgree();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"0,1", "1,1", "3,1", "4,2", "5,1", "6,3", "7,2", "9,1", "10,3", "13,2"})
  void transforms(int logSize, int threads) {
    Execution execution = Execution.defaults().withParallelism(threads);
    long[] shift = Words.of(BigInteger.valueOf(7));
    NttPlan vector = VECTOR.transforms(logSize);
    NttPlan scalar = SCALAR.transforms(logSize);
    NttPlan.CosetPlan vectorCoset = vector.coset(shift);
    NttPlan.CosetPlan scalarCoset = scalar.coset(shift);
    Pair x = pair(1 << logSize);
    vector.forward(x.vector, execution);
    scalar.forward(x.scalar, execution);
    x.assertAgree();
    vectorCoset.extend(x.vector, execution);
    scalarCoset.extend(x.scalar, execution);
    x.assertAgree();
    vector.inverse(x.vector, execution);
    scalar.inverse(x.scalar, execution);
    x.assertAgree();
    vectorCoset.forward(x.vector, execution);
    scalarCoset.forward(x.scalar, execution);
    x.assertAgree();
    vectorCoset.inverse(x.vector, execution);
    scalarCoset.inverse(x.scalar, execution);
    x.assertAgree();
  }

  /** Rows of no entry, of one, of hundreds. */
  @Test
  void matrixProducts() {
    int rows = 1000;
    int columns = 333;
    int[] rowStart = new int[rows + 1];
    List<Integer> column = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      int entries = row % 100 == 5 ? 300 : random.nextInt(8);
      for (int i = 0; i < entries; i++) {
        column.add(random.nextInt(columns));
      }
      rowStart[row + 1] = column.size();
    }
    int[] columnOf = column.stream().mapToInt(Integer::intValue).toArray();
    Pair values = pair(columnOf.length);
    Pair x = pair(columns);
    Pair product = new Pair(VECTOR.scalars(rows), SCALAR.scalars(rows));
    for (int from = 0; from < rows; from += 250) {
      int to = from + 250;
      product.vector.setProducts(from, to, rowStart, columnOf, values.vector, x.vector);
      product.scalar.setProducts(from, to, rowStart, columnOf, values.scalar, x.scalar);
    }
    product.assertAgree();
    product.vector.multiply(product.vector);
    product.scalar.multiply(product.scalar);
    product.assertAgree();
  }

  /** Infinities, equal and opposite points, scalars of all kinds. */
  @ParameterizedTest
  @EnumSource
  void multiScalarSumsAndMultiples(Curve curve) {
    for (int size : new int[] {1, 2, 7, 13, 207, 3001}) {
      Pair scalars = pair(size);
      PointStore vector = VECTOR.points(curve, size);
      PointStore scalar = SCALAR.points(curve, size);
      ByteBuffer bytes = points(curve, size);
      assertEquals(-1, vector.decode(0, bytes, size, true));
      assertEquals(-1, scalar.decode(0, bytes, size, true));
      ByteBuffer encoded = ByteBuffer.allocate(size * curve.bytes());
      vector.encode(encoded, 0, size);
      assertArrayEquals(bytes.array(), encoded.array());
      long[] found = new long[curve.words()];
      long[] expected = new long[curve.words()];
      vector.multiScalarSum(found, scalars.vector, Execution.defaults());
      scalar.multiScalarSum(expected, scalars.scalar, Execution.defaults());
      assertArrayEquals(expected, found, curve + " " + size);
      vector.setMultiples(expected, scalars.vector, Execution.defaults());
      scalar.setMultiples(expected, scalars.scalar, Execution.defaults());
      vector.encode(bytes.clear(), 0, size);
      scalar.encode(encoded.clear(), 0, size);
      assertArrayEquals(encoded.array(), bytes.array());
    }
  }

  /**
   * Runs of all lengths, of few different points: sums of equal and of opposite ones, and infinity,
   * come up at every step.
   */
  @ParameterizedTest
  @EnumSource
  void sumsOfRuns(Curve curve) {
    CurveKernels kernels = CurveKernels.of(curve);
    AffinePoints<double[]> affine = new VectorAffinePoints(curve);
    AffinePoints<long[]> scalar = new ScalarAffinePoints(kernels);
    int size = 500;
    long[] points = new long[size * kernels.affine()];
    double[] vectors = affine.allocate(size);
    PointStore store = SCALAR.points(curve, size);
    assertEquals(-1, store.decode(0, points(curve, size), size, true));
    long[] words = new long[curve.words()];
    for (int i = 0; i < size; i++) {
      store.get(i, words);
      System.arraycopy(
          CurveKernels.fromWords(curve, words), 0, points, i * kernels.affine(), kernels.affine());
      affine.set(vectors, i, points, i * kernels.affine());
      assertEquals(scalar.isInfinity(points, i), affine.isInfinity(vectors, i));
    }
    for (int runs : new int[] {0, 1, 7, 1500}) {
      int[] starts = new int[runs + 1];
      for (int k = 0; k < runs; k++) {
        starts[k + 1] = starts[k] + 1 + random.nextInt(5) * random.nextInt(5);
      }
      int[] entries = random.ints(starts[runs], 0, 2 * size).toArray();
      double[] sums = affine.allocate(runs);
      long[] scalarSums = scalar.allocate(runs);
      affine.sumRuns(sums, vectors, entries, starts, runs);
      scalar.sumRuns(scalarSums, points, entries, starts, runs);
      long[] sum = new long[kernels.jacobian()];
      long[] point = new long[kernels.jacobian()];
      long[] expected = new long[kernels.affine()];
      long[] found = new long[kernels.affine()];
      for (int k = 0; k < runs; k++) {
        kernels.setInfinity(sum, 0);
        for (int e = starts[k]; e < starts[k + 1]; e++) {
          kernels.toJacobian(point, 0, points, (entries[e] >> 1) * kernels.affine());
          if ((entries[e] & 1) != 0) {
            kernels.negate(point, 0);
          }
          kernels.add(sum, 0, point, 0);
        }
        kernels.toAffine(expected, 0, sum, 0);
        affine.get(found, 0, sums, k);
        assertArrayEquals(expected, found, "run " + k + " of " + runs);
        scalar.get(found, 0, scalarSums, k);
        assertArrayEquals(expected, found, "run " + k + " of " + runs + ", by scalars");
      }
    }
  }

  /**
   * Coordinates next to p/2 have two reduced forms: points that are equal or opposite may not look
   * so, and the scalar kernels are asked.
   */
  @ParameterizedTest
  @EnumSource
  void sumsOfPointsInOtherLimbs(Curve curve) {
    CurveKernels kernels = CurveKernels.of(curve);
    AffinePoints<double[]> affine = new VectorAffinePoints(curve);
    AffinePoints<long[]> scalar = new ScalarAffinePoints(kernels);
    int stride = VectorPointStore.coordinates(curve) * Lanes.LIMBS;
    int size = 602;
    ByteBuffer bytes = ByteBuffer.allocate(size * curve.bytes());
    for (int i = 0; i < size; i++) { // each twice, and infinity
      bytes.put(encoded(curve, Fr.of(i / 2)));
    }
    PointStore store = SCALAR.points(curve, size);
    assertEquals(-1, store.decode(0, bytes.flip(), size, true));
    long[] points = new long[size * kernels.affine()];
    double[] vectors = affine.allocate(size);
    long[] words = new long[curve.words()];
    List<Integer> others = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      store.get(i, words);
      System.arraycopy(
          CurveKernels.fromWords(curve, words), 0, points, i * kernels.affine(), kernels.affine());
      affine.set(vectors, i, points, i * kernels.affine());
      if (i % 2 == 1) {
        boolean x = useOtherForm(vectors, i * stride);
        if (x | useOtherForm(vectors, i * stride + stride / 2)) {
          others.add(i);
        }
      }
    }
    assertTrue(others.size() > 3, others.toString());
    for (int i : others) {
      for (int sign = 0; sign < 2; sign++) {
        int[] pairs = {2 * i, 2 * (i - 1) + sign, 2 * 40, 2 * 50, 2 * i, 0, 60, 61, 2 * i, 2 * i};
        int count = pairs.length / 2;
        double[] sums = affine.allocate(count);
        long[] expected = scalar.allocate(count);
        affine.addPairs(sums, 0, vectors, pairs, count);
        scalar.addPairs(expected, 0, points, pairs, count);
        long[] found = new long[expected.length];
        for (int k = 0; k < count; k++) {
          affine.get(found, k * kernels.affine(), sums, k);
        }
        assertArrayEquals(expected, found, curve + " " + i + " " + sign);
      }
    }
  }

  /**
   * A number above 0.49 p becomes the same one below -0.49 p, or the other way round, if it is one.
   */
  private static boolean useOtherForm(double[] limbs, int at) {
    BigInteger value = BigInteger.ZERO;
    for (int j = Lanes.LIMBS - 1; j >= 0; j--) {
      value = value.shiftLeft(51).add(BigInteger.valueOf((long) limbs[at + j]));
    }
    BigInteger hundredth = Moduli.Q.divide(BigInteger.valueOf(100));
    if (value.abs().compareTo(hundredth.multiply(BigInteger.valueOf(49))) < 0) {
      return false;
    }
    BigInteger other = value.signum() > 0 ? value.subtract(Moduli.Q) : value.add(Moduli.Q);
    for (int j = 0; j < Lanes.LIMBS; j++) {
      BigInteger limb = other;
      if (j < Lanes.LIMBS - 1) {
        limb = BigInteger.valueOf((other.longValue() << 13) >> 13); // centred, mod 2^51
      }
      limbs[at + j] = limb.doubleValue();
      other = other.subtract(limb).shiftRight(51);
    }
    return true;
  }

  private static byte[] encoded(Curve curve, Fr k) {
    return curve == Curve.G1
        ? G1.GENERATOR.times(k).encode(PointEncoding.SNARKJS)
        : G2.GENERATOR.times(k).encode(PointEncoding.SNARKJS);
  }

  private ByteBuffer points(Curve curve, int size) {
    ByteBuffer bytes = ByteBuffer.allocate(size * curve.bytes());
    for (int i = 0; i < size; i++) {
      // few different points, so that buckets get equal and opposite ones
      Fr k = Fr.of(random.nextInt(12)).minus(Fr.of(6));
      bytes.put(encoded(curve, k));
    }
    return bytes.flip();
  }

  @ParameterizedTest
  @EnumSource
  void pointsOffTheCurveAreFound(Curve curve) {
    ByteBuffer bytes = points(curve, 207);
    bytes.put(150 * curve.bytes() + 1, (byte) (bytes.get(150 * curve.bytes() + 1) ^ 1));
    PointStore vector = VECTOR.points(curve, 207);
    assertEquals(150, vector.decode(0, bytes, 207, true));
    assertEquals(-1, vector.decode(0, bytes, 207, false));
    for (int i = 0; i < Words.BYTES; i++) {
      bytes.put(150 * curve.bytes() + i, (byte) -1);
    }
    assertEquals(150, vector.decode(0, bytes, 207, false));
  }

  private record Pair(FrStore vector, FrStore scalar) {
    void assertAgree() {
      assertEquals(scalar.size(), vector.size());
      assertArrayEquals(encoded(scalar), encoded(vector));
    }

    private static byte[] encoded(FrStore store) {
      ByteBuffer bytes = ByteBuffer.allocate(store.size() * Words.BYTES);
      store.encode(bytes, 0, store.size(), false);
      return bytes.array();
    }
  }

  /** Random numbers among the extreme ones. */
  private Pair pair(int size) {
    Pair pair = new Pair(VECTOR.scalars(size), SCALAR.scalars(size));
    for (int i = 0; i < size; i++) {
      BigInteger value =
          switch (random.nextInt(8)) {
            case 0 -> BigInteger.valueOf(random.nextInt(3));
            case 1 -> R.subtract(BigInteger.valueOf(1 + random.nextInt(3)));
            case 2 -> R.shiftRight(1).add(BigInteger.valueOf(random.nextInt(3)));
            case 3 -> extreme();
            default -> new BigInteger(256, random).mod(R);
          };
      pair.vector.set(i, Words.of(value));
      pair.scalar.set(i, Words.of(value));
    }
    return pair;
  }

  /** A number that has limbs of +-2^50 in this layout. */
  private BigInteger extreme() {
    BigInteger limbs = BigInteger.ZERO;
    for (int j = 0; j < 5; j++) {
      int sign = random.nextBoolean() ? 1 : -1;
      limbs =
          limbs.add(ONE.shiftLeft(51 * j + (j == 4 ? 48 : 50)).multiply(BigInteger.valueOf(sign)));
    }
    return limbs.multiply(ONE.shiftLeft(255).modInverse(R)).mod(R);
  }
}
