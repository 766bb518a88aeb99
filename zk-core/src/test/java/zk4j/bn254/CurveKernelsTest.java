package zk4j.bn254;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import zk4j.core.internal.curve.CurveKernels;
import zk4j.core.internal.curve.SignedDigits;
import zk4j.core.internal.spi.Curve;

/** Sums of multiples, and what they are made of, against sums of two points. */
class CurveKernelsTest {
  private static final Samples SAMPLES = new Samples(17);

  /** Affine points: infinity, one with its opposite and its double, others. */
  private static List<long[]> points(Curve curve) {
    CurveKernels kernels = CurveKernels.of(curve);
    List<long[]> points = new ArrayList<>();
    if (curve == Curve.G1) {
      G1 p = SAMPLES.g1();
      for (G1 point : List.of(G1.INFINITY, p, p.negate(), p.twice(), SAMPLES.g1())) {
        points.add(new long[kernels.affine()]);
        point.toLimbs(points.get(points.size() - 1), 0);
      }
    } else {
      G2 p = SAMPLES.g2();
      for (G2 point : List.of(G2.INFINITY, p, p.negate(), p.twice(), SAMPLES.g2())) {
        points.add(new long[kernels.affine()]);
        point.toLimbs(points.get(points.size() - 1), 0);
      }
    }
    return points;
  }

  private static long[] affine(CurveKernels kernels, long[] jacobian) {
    long[] affine = new long[kernels.affine()];
    kernels.toAffine(affine, 0, jacobian, 0);
    return affine;
  }

  private static long[] naive(Curve curve, long[] p, BigInteger scalar) {
    long[] sum = new long[p.length];
    for (int i = scalar.bitLength() - 1; i >= 0; i--) {
      sum = Points.sum(curve, sum, sum);
      if (scalar.testBit(i)) {
        sum = Points.sum(curve, sum, p);
      }
    }
    return sum;
  }

  @ParameterizedTest
  @EnumSource(Curve.class)
  void mixedSumsAreSums(Curve curve) {
    CurveKernels kernels = CurveKernels.of(curve);
    for (long[] p : points(curve)) {
      for (long[] s : points(curve)) {
        for (long[] q : List.of(s, p, new long[p.length])) {
          long[] sum = new long[kernels.jacobian()];
          kernels.toJacobian(sum, 0, p, 0);
          kernels.addMixed(sum, 0, q, 0);
          assertArrayEquals(Points.sum(curve, p, q), affine(kernels, sum));
          // The same with a Z that is not 1: ((p + p + q) + q) + p.
          kernels.toJacobian(sum, 0, p, 0);
          kernels.twice(sum, 0);
          kernels.addMixed(sum, 0, q, 0);
          kernels.addMixed(sum, 0, q, 0);
          kernels.addMixed(sum, 0, p, 0);
          long[] expected = Points.sum(curve, Points.sum(curve, p, p), Points.sum(curve, p, q));
          assertArrayEquals(Points.sum(curve, expected, q), affine(kernels, sum));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Curve.class)
  void mixedSumsOfEqualAndOppositePointsAreHandled(Curve curve) {
    CurveKernels kernels = CurveKernels.of(curve);
    List<long[]> points = points(curve);
    long[] twice = new long[kernels.jacobian()]; // Z is not 1
    kernels.toJacobian(twice, 0, points.get(1), 0);
    kernels.twice(twice, 0);
    long[] sum = twice.clone();
    kernels.addMixed(sum, 0, points.get(3), 0);
    assertArrayEquals(naive(curve, points.get(1), BigInteger.valueOf(4)), affine(kernels, sum));
    kernels.negate(twice, 0);
    kernels.addMixed(twice, 0, points.get(3), 0);
    assertArrayEquals(new long[kernels.affine()], affine(kernels, twice));
  }

  @ParameterizedTest
  @EnumSource(Curve.class)
  void oppositesCancel(Curve curve) {
    CurveKernels kernels = CurveKernels.of(curve);
    for (long[] p : points(curve)) {
      long[] negated = new long[kernels.jacobian()];
      kernels.toJacobian(negated, 0, p, 0);
      kernels.negate(negated, 0);
      assertArrayEquals(new long[p.length], Points.sum(curve, p, affine(kernels, negated)));
    }
  }

  @ParameterizedTest
  @EnumSource(Curve.class)
  void sumsOfMultiplesAreSums(Curve curve) {
    List<long[]> points = points(curve);
    List<BigInteger> scalars = new ArrayList<>(Samples.edges(Fr.MODULUS));
    scalars.add(Fr.MODULUS);
    int size = points.get(0).length;
    for (int i = 0; i < scalars.size(); i++) {
      BigInteger k = scalars.get(i);
      BigInteger l = scalars.get((i + 5) % scalars.size());
      long[] p = points.get(i % points.size());
      for (long[] q : points) {
        long[] both = Arrays.copyOf(p, 2 * size);
        System.arraycopy(q, 0, both, size, size);
        assertArrayEquals(
            Points.sum(curve, naive(curve, p, k), naive(curve, q, l)),
            Points.sumOfProducts(curve, both, SignedDigits.of(k, 4), SignedDigits.of(l, 2)));
      }
    }
  }

  @Test
  void sumsOfFewMultiplesAreSums() {
    G1 p = SAMPLES.g1();
    List<G1> points = List.of(p, G1.INFINITY, p.negate(), p, G1.GENERATOR);
    G1Table table = G1Table.of(points);
    List<Fr> edges =
        Stream.concat(
                Samples.edges(Fr.MODULUS).stream().map(Fr::of),
                Stream.generate(SAMPLES::fr).limit(5))
            .toList();
    for (int i = 0; i < edges.size(); i++) {
      List<Fr> scalars = new ArrayList<>();
      G1 expected = G1.INFINITY;
      for (int k = 0; k < points.size(); k++) {
        scalars.add(edges.get((i + 3 * k) % edges.size()));
        expected =
            expected.plus(
                GroupUnderTest.G1S.naiveTimes(points.get(k), scalars.get(k).toBigInteger()));
      }
      assertEquals(expected, table.sum(scalars));
      assertEquals(expected, G1.sumOfProducts(points, scalars));
    }
    assertEquals(G1.INFINITY, table.sum(List.of(Fr.ONE, Fr.ONE, Fr.ONE, Fr.ZERO, Fr.ZERO)));
    assertEquals(G1.INFINITY, G1Table.of(List.of()).sum(List.of()));
    assertEquals(G1.INFINITY, G1.sumOfProducts(List.of(), List.of()));
    List<Fr> four = edges.subList(0, 4);
    assertThrows(IllegalArgumentException.class, () -> table.sum(four));
    assertThrows(IllegalArgumentException.class, () -> G1.sumOfProducts(points, four));
  }

  @Test
  void theEndomorphismMultipliesByLambda() {
    assertEquals(Fr.ONE, Endomorphism.LAMBDA.square().times(Endomorphism.LAMBDA));
    for (G1 p : List.of(G1.GENERATOR, SAMPLES.g1())) {
      BigInteger lambda = Endomorphism.LAMBDA.toBigInteger();
      assertEquals(
          GroupUnderTest.G1S.naiveTimes(p, lambda), G1.of(p.x().times(Endomorphism.BETA), p.y()));
    }
  }

  @Test
  void scalarsAreSplitInHalves() {
    BigInteger lambda = Endomorphism.LAMBDA.toBigInteger();
    List<BigInteger> scalars = new ArrayList<>(Samples.edges(Fr.MODULUS));
    for (int n = 0; n < 1000; n++) {
      scalars.add(SAMPLES.below(Fr.MODULUS));
    }
    for (BigInteger scalar : scalars) {
      BigInteger[] parts = Endomorphism.split(scalar);
      BigInteger sum = parts[0].add(parts[1].multiply(lambda));
      assertEquals(scalar, sum.mod(Fr.MODULUS));
      assertTrue(parts[0].bitLength() <= 127 && parts[1].bitLength() <= 127);
    }
  }

  @Test
  void shortPartsAreFoundAgain() {
    BigInteger end = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
    List<BigInteger> parts = List.of(BigInteger.ZERO, BigInteger.ONE, SAMPLES.below(end), end);
    for (BigInteger k : parts) {
      for (BigInteger l : parts) {
        Fr scalar = Fr.of(k).plus(Fr.of(l).times(Endomorphism.LAMBDA));
        assertEquals(List.of(k, l), List.of(Endomorphism.split(scalar.toBigInteger())));
      }
    }
  }
}
