package zk4j.bn254;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import zk4j.core.Execution;

/** Multi-scalar sums and multiples of one point against products. */
class MsmTest {
  private static final String BOTH = "zk4j.bn254.PointsUnderTest#both";
  private static final int[] NAIVE_SIZES = {0, 1, 2, 3, 7, 13, 100, 207};
  private static final int[] LARGE_SIZES = {1000, 4098};

  /** The sum of products, one at a time. */
  private static <P, V> P naive(PointsUnderTest<P, V> g, List<P> points, FrVector scalars) {
    P sum = g.infinity();
    for (int i = 0; i < points.size(); i++) {
      sum = g.group().plus().apply(sum, g.times().apply(points.get(i), scalars.get(i)));
    }
    return sum;
  }

  private static <P, V> void check(
      PointsUnderTest<P, V> g, P expected, List<P> points, FrVector scalars) {
    V vector = g.vectorOf().apply(points);
    for (int parallelism : new int[] {1, 3}) {
      Execution execution = Execution.defaults().withParallelism(parallelism);
      assertEquals(
          expected,
          g.multiScalarSum().sum(vector, scalars, execution),
          () -> points.size() + " points, parallelism " + parallelism);
    }
  }

  /** Infinities, equal and opposite neighbours, and edges among random points and scalars. */
  @ParameterizedTest(name = "{0}")
  @MethodSource(BOTH)
  <P, V> void sumsWithSpecialPointsAndScalars(PointsUnderTest<P, V> g) {
    Samples samples = new Samples(3);
    List<Fr> edges = FieldUnderTest.FR.elements();
    for (int size : NAIVE_SIZES) {
      List<P> points = new ArrayList<>(g.progression(samples.fr(), samples.fr(), size));
      FrVector scalars = samples.frs(size);
      for (int i = 0; i < size; i++) {
        switch (samples.below(6)) {
          case 0 -> points.set(i, g.infinity());
          case 1 -> points.set(i, points.get(i / 2));
          case 2 -> points.set(i, g.group().negate().apply(points.get(i / 2)));
          default -> {}
        }
        switch (samples.below(4)) {
          case 0 -> scalars.set(i, edges.get(samples.below(edges.size())));
          case 1 -> scalars.set(i, scalars.get(i / 2));
          case 2 -> scalars.set(i, scalars.get(i / 2).negate());
          default -> {}
        }
      }
      check(g, naive(g, points, scalars), points, scalars);
    }
  }

  /** Points in a progression, whose sum is one product. */
  @ParameterizedTest(name = "{0}")
  @MethodSource(BOTH)
  <P, V> void largeSums(PointsUnderTest<P, V> g) {
    Samples samples = new Samples(4);
    for (int size : LARGE_SIZES) {
      Fr start = samples.fr();
      Fr step = samples.fr();
      List<P> points = g.progression(start, step, size);
      FrVector scalars = samples.frs(size);
      Fr sum = Fr.ZERO;
      for (int i = 0; i < size; i++) {
        if (i % 3 == 0) {
          scalars.set(i, Fr.of(samples.below(9) - 4));
        }
        sum = sum.plus(scalars.get(i).times(start.plus(step.times(Fr.of(i)))));
      }
      check(g, g.times().apply(g.generator(), sum), points, scalars);
    }
  }

  /** One bucket takes all points, and they are the same: every addition in it is a doubling. */
  @ParameterizedTest(name = "{0}")
  @MethodSource(BOTH)
  <P, V> void equalPointsWithEqualScalars(PointsUnderTest<P, V> g) {
    Fr scalar = new Samples(5).fr();
    for (int size : new int[] {5, 1000}) {
      List<P> points = Collections.nCopies(size, g.generator());
      FrVector scalars = FrVector.copyOf(Collections.nCopies(size, scalar));
      P expected = g.times().apply(g.generator(), scalar.times(Fr.of(size)));
      check(g, expected, points, scalars);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource(BOTH)
  <P, V> void sumsThatCancel(PointsUnderTest<P, V> g) {
    List<P> pair = List.of(g.generator(), g.group().negate().apply(g.generator()));
    List<P> points = IntStream.range(0, 200).mapToObj(i -> pair.get(i % 2)).toList();
    FrVector scalars = FrVector.copyOf(Collections.nCopies(200, new Samples(6).fr()));
    check(g, g.infinity(), points, scalars);
    check(g, g.infinity(), points, FrVector.zeros(200));
    check(g, g.infinity(), Collections.nCopies(200, g.infinity()), scalars);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource(BOTH)
  <P, V> void sizesMustAgree(PointsUnderTest<P, V> g) {
    V points = g.vectorOf().apply(List.of(g.generator(), g.infinity()));
    assertThrows(
        IllegalArgumentException.class,
        () -> g.multiScalarSum().sum(points, FrVector.zeros(3), Execution.sequential()));
    assertThrows(
        IllegalArgumentException.class,
        () -> g.multiplyInPlace().multiply(points, FrVector.zeros(3), Execution.sequential()));
  }

  /** Scalars of all kinds and lengths, and windows of several widths. */
  @ParameterizedTest(name = "{0}")
  @MethodSource(BOTH)
  <P, V> void multiplesOfAPoint(PointsUnderTest<P, V> g) {
    Samples samples = new Samples(7);
    List<Fr> edges = FieldUnderTest.FR.elements();
    P point = g.times().apply(g.generator(), samples.fr());
    for (int size : new int[] {0, 1, 7, 207, 2500}) {
      FrVector scalars = samples.frs(size);
      for (int i = 0; i < size; i++) {
        if (i < edges.size()) {
          scalars.set(i, edges.get(i));
        } else if (i % 3 == 0) {
          scalars.set(i, Fr.of(samples.below(40) - 20));
        }
      }
      V found = g.multiples().of(point, scalars, Execution.defaults().withParallelism(3));
      for (int i = 0; i < size; i += size < 1000 ? 1 : 37) {
        P expected = g.times().apply(point, scalars.get(i));
        assertEquals(expected, g.get().apply(found, i), scalars.get(i)::toString);
      }
    }
    V multiples = g.multiples().of(g.infinity(), samples.frs(3), Execution.sequential());
    assertEquals(g.infinity(), g.get().apply(multiples, 2));
  }

  /** Points and scalars of all kinds, units among them, in more than one chunk. */
  @ParameterizedTest(name = "{0}")
  @MethodSource(BOTH)
  <P, V> void productsPointByPoint(PointsUnderTest<P, V> g) {
    Samples samples = new Samples(8);
    List<Fr> edges = FieldUnderTest.FR.elements();
    for (int size : new int[] {0, 1, 7, 207, 1500}) {
      List<P> points = new ArrayList<>(g.progression(samples.fr(), samples.fr(), size));
      FrVector scalars = samples.frs(size);
      for (int i = 0; i < size; i++) {
        switch (samples.below(6)) {
          case 0 -> points.set(i, g.infinity());
          case 1 -> points.set(i, points.get(i / 2));
          default -> {}
        }
        switch (samples.below(5)) {
          case 0 -> scalars.set(i, edges.get(samples.below(edges.size())));
          case 1 -> scalars.set(i, Fr.of(samples.below(3) - 1));
          case 2 -> scalars.set(i, Fr.of(samples.below(80) - 40));
          default -> {}
        }
      }
      V found = g.vectorOf().apply(points);
      g.multiplyInPlace().multiply(found, scalars, Execution.defaults().withParallelism(3));
      for (int i = 0; i < size; i++) {
        P expected = g.times().apply(points.get(i), scalars.get(i));
        assertEquals(expected, g.get().apply(found, i), scalars.get(i)::toString);
      }
    }
  }

  /** One window, or none, in which all scalars may be units. */
  @ParameterizedTest(name = "{0}")
  @MethodSource(BOTH)
  <P, V> void smallProducts(PointsUnderTest<P, V> g) {
    for (int max = 0; max < 40; max++) {
      FrVector scalars = FrVector.zeros(2 * max + 1);
      for (int i = 0; i < scalars.size(); i++) {
        scalars.set(i, Fr.of(i - max));
      }
      V found = g.vectorOf().apply(Collections.nCopies(scalars.size(), g.generator()));
      g.multiplyInPlace().multiply(found, scalars, Execution.sequential());
      for (int i = 0; i < scalars.size(); i++) {
        assertEquals(
            g.times().apply(g.generator(), scalars.get(i)), g.get().apply(found, i), "" + i);
      }
    }
  }

  /** Small scalars have one window, or none. */
  @ParameterizedTest(name = "{0}")
  @MethodSource(BOTH)
  <P, V> void smallMultiplesOfAPoint(PointsUnderTest<P, V> g) {
    for (int max = 0; max < 20; max++) {
      FrVector scalars = FrVector.zeros(max + 1);
      for (int i = 0; i <= max; i++) {
        scalars.set(i, Fr.of(i % 2 == 0 ? i : -i));
      }
      V found = g.multiples().of(g.generator(), scalars, Execution.sequential());
      for (int i = 0; i <= max; i++) {
        assertEquals(
            g.times().apply(g.generator(), scalars.get(i)), g.get().apply(found, i), "" + i);
      }
    }
  }
}
