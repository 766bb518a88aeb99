package zk4j.core.internal.scalar;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import zk4j.bn254.FieldEncoding;
import zk4j.bn254.Fr;
import zk4j.bn254.FrVector;
import zk4j.bn254.PointEncoding;
import zk4j.bn254.PointsUnderTest;
import zk4j.bn254.Samples;
import zk4j.core.Execution;
import zk4j.core.internal.msm.Pippenger;

/** Every width of window, and sums over several tiles. */
class PippengerTest {
  private static final int SIZE = 150;

  @ParameterizedTest(name = "{0}")
  @MethodSource("zk4j.bn254.PointsUnderTest#both")
  <P, V> void everyWindowAndTilingGivesTheSum(PointsUnderTest<P, V> g) {
    Samples samples = new Samples(7);
    List<Fr> edges = Samples.edges(Fr.MODULUS).stream().map(Fr::of).toList();
    Fr start = samples.fr();
    Fr step = samples.fr();
    List<P> points = new ArrayList<>(g.progression(start, step, SIZE));
    FrVector scalars = samples.frs(SIZE);
    Fr sum = Fr.ZERO;
    for (int i = 0; i < SIZE; i++) {
      if (i < edges.size()) {
        scalars.set(i, edges.get(i));
      }
      if (i % 11 == 0) {
        points.set(i, g.infinity());
      } else {
        sum = sum.plus(scalars.get(i).times(start.plus(step.times(Fr.of(i)))));
      }
    }
    byte[] expected = g.encode().apply(g.times().apply(g.generator(), sum), PointEncoding.SNARKJS);
    byte[] bytes = g.encodeSlice().encode(g.vectorOf().apply(points), 0, SIZE);
    Execution execution = Execution.defaults().withParallelism(3);
    for (int window = 2; window <= 16; window++) {
      int range = window % 2 == 0 ? SIZE : SIZE / 2;
      byte[] found = sum(g, bytes, scalars, execution, window, range);
      assertArrayEquals(expected, found, "windows of " + window);
    }
    for (int range : new int[] {20, 75, 149}) {
      byte[] found = sum(g, bytes, scalars, execution, 0, range);
      assertArrayEquals(expected, found, "tiles of " + range);
    }
  }

  private static byte[] sum(
      PointsUnderTest<?, ?> g,
      byte[] points,
      FrVector scalars,
      Execution execution,
      int window,
      int range) {
    int n = scalars.size();
    ScalarPointStore store = new ScalarPointStore(g.curve(), n);
    assertEquals(-1, store.decode(0, ByteBuffer.wrap(points), n, true));
    ScalarFrStore elements = new ScalarFrStore(n);
    byte[] numbers = scalars.encode(0, n, FieldEncoding.LITTLE_ENDIAN);
    assertEquals(-1, elements.decode(0, ByteBuffer.wrap(numbers), n, Fr.BYTES, false));
    ScalarPointStore result = new ScalarPointStore(g.curve(), 1);
    Pippenger.sum(
        result.limbs,
        g.curve(),
        store::arithmetic,
        store.limbs,
        elements,
        execution,
        window,
        range);
    byte[] bytes = new byte[g.curve().bytes()];
    result.encode(ByteBuffer.wrap(bytes), 0, 1);
    return bytes;
  }
}
