package zk4j.bn254;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import zk4j.core.BoundedReader;
import zk4j.core.Execution;
import zk4j.core.MalformedDataException;

/** Vectors read in bulk, and the scalars' operations on all elements. */
class VectorsTest {
  private static final String BOTH = "zk4j.bn254.PointsUnderTest#both";
  private static final Execution EXECUTION = Execution.defaults().withParallelism(3);

  /** More than a block of those that are decoded at a time. */
  private static final int SIZE = 2500;

  /** 16 bytes before the points, so that offsets in the file are not offsets in the points. */
  private static BoundedReader points(byte[] points) throws MalformedDataException {
    byte[] file = new byte[16 + points.length];
    System.arraycopy(points, 0, file, 16, points.length);
    BoundedReader in = BoundedReader.of(file, "key").slice(8, file.length - 8, "section 5");
    in.seek(8);
    return in;
  }

  private static <P, V> byte[] progression(PointsUnderTest<P, V> g) {
    List<P> points = g.progression(Fr.of(3), Fr.of(11), SIZE);
    return g.encodeSlice().encode(g.vectorOf().apply(points), 0, SIZE);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource(BOTH)
  <P, V> void pointsComeBackInBulk(PointsUnderTest<P, V> g) throws MalformedDataException {
    byte[] bytes = progression(g);
    int each = g.curve().bytes();
    Arrays.fill(bytes, 7 * each, 8 * each, (byte) 0);
    for (PointValidation validation : PointValidation.values()) {
      for (int count : new int[] {0, 1, 9, 10, 1024, 1025, SIZE}) {
        BoundedReader in = points(bytes);
        V vector = g.read().read(in, count, validation, EXECUTION);
        assertEquals(8 + (long) count * each, in.position());
        assertArrayEquals(
            Arrays.copyOf(bytes, count * each), g.encodeSlice().encode(vector, 0, count));
        for (int i : new int[] {0, 7, count - 1}) {
          if (i >= 0 && i < count) {
            byte[] one = Arrays.copyOfRange(bytes, i * each, (i + 1) * each);
            assertEquals(g.decode().decode(one, PointEncoding.SNARKJS), g.get().apply(vector, i));
          }
        }
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource(BOTH)
  <P, V> void aCoordinateOfQOrMoreIsRefusedEvenWhereTrusted(PointsUnderTest<P, V> g)
      throws MalformedDataException {
    byte[] q = EncodingTest.bytes(Fq.MODULUS, false);
    byte[] right = progression(g);
    for (PointValidation validation : PointValidation.values()) {
      for (int bad : new int[] {0, 1024, SIZE - 1}) {
        for (int at = 0; at < g.curve().bytes(); at += 32) {
          byte[] bytes = right.clone();
          System.arraycopy(q, 0, bytes, bad * g.curve().bytes() + at, 32);
          assertNamesPoint(g, bytes, bad, validation, "is not below the modulus");
        }
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource(BOTH)
  <P, V> void aPointOffTheCurveIsRefusedUnlessTrusted(PointsUnderTest<P, V> g)
      throws MalformedDataException {
    byte[] right = progression(g);
    for (int bad : new int[] {0, 1025, SIZE - 1}) {
      byte[] bytes = right.clone();
      bytes[bad * g.curve().bytes()] ^= 1;
      bytes[(SIZE - 1) * g.curve().bytes()] ^= 2; // a later one is not named
      assertNamesPoint(g, bytes, bad, PointValidation.FULL, "is not on the curve");
      g.read().read(points(bytes), SIZE, PointValidation.TRUSTED, EXECUTION);
    }
  }

  /** In vectors that are checked one by one and in those checked by random combinations. */
  @Test
  void aPointOffTheSubgroupIsRefusedUnlessTrusted() throws MalformedDataException {
    byte[] off = G2Twist.offTheSubgroup(1).get(0).encode(PointEncoding.SNARKJS);
    byte[] all = progression(PointsUnderTest.G2S);
    for (int size : new int[] {3, 10, 300}) {
      for (int bad : new int[] {0, size / 2, size - 1}) {
        byte[] bytes = Arrays.copyOf(all, size * G2.BYTES);
        System.arraycopy(off, 0, bytes, bad * G2.BYTES, G2.BYTES);
        assertNamesPoint(
            PointsUnderTest.G2S, bytes, bad, PointValidation.FULL, "is not in the subgroup");
        G2Vector.read(points(bytes), size, PointValidation.TRUSTED, EXECUTION);
      }
    }
  }

  private static <P, V> void assertNamesPoint(
      PointsUnderTest<P, V> g, byte[] bytes, int bad, PointValidation validation, String problem)
      throws MalformedDataException {
    BoundedReader in = points(bytes);
    int count = bytes.length / g.curve().bytes();
    MalformedDataException e =
        assertThrows(
            MalformedDataException.class, () -> g.read().read(in, count, validation, EXECUTION));
    assertTrue(e.problem().startsWith("point " + bad + ": "), e::getMessage);
    assertTrue(e.problem().contains(problem), e::getMessage);
    assertEquals(OptionalLong.of(8 + (long) bad * g.curve().bytes()), e.offset());
    assertEquals("section 5", e.section().orElseThrow());
  }

  /** Refused before space is made: 2^31 - 1 points would not fit in memory. */
  @ParameterizedTest(name = "{0}")
  @MethodSource(BOTH)
  <P, V> void countsBeyondTheBytesAreRefused(PointsUnderTest<P, V> g) {
    byte[] three = new byte[4 * g.curve().bytes() - 1];
    for (int count : new int[] {4, Integer.MAX_VALUE, -1}) {
      assertThrows(
          MalformedDataException.class,
          () -> g.read().read(points(three), count, PointValidation.FULL, EXECUTION));
    }
  }

  @Test
  void countsOfScalarsBeyondTheBytesAreRefused() {
    for (int count : new int[] {4, Integer.MAX_VALUE, -1}) {
      assertThrows(
          MalformedDataException.class,
          () -> FrVector.read(points(new byte[127]), count, FieldEncoding.LITTLE_ENDIAN));
    }
  }

  @Test
  void pointVectorsAreCheckedAtTheirEnds() {
    G1Vector vector = G1Vector.of(G1.GENERATOR, G1.INFINITY);
    vector.set(1, G1.GENERATOR.twice());
    assertEquals(G1.GENERATOR.twice(), vector.get(1));
    assertTrue(vector.slice(1, 2).contentEquals(G1Vector.of(G1.GENERATOR.twice())));
    assertFalse(vector.contentEquals(G1Vector.infinities(2)));
    assertThrows(IndexOutOfBoundsException.class, () -> vector.get(2));
    assertThrows(IndexOutOfBoundsException.class, () -> vector.set(-1, G1.INFINITY));
    assertThrows(IndexOutOfBoundsException.class, () -> vector.slice(1, 3));
    assertThrows(IndexOutOfBoundsException.class, () -> vector.encode(-1, 1));
    assertThrows(IllegalArgumentException.class, () -> G1Vector.infinities(-1));
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BIG_ENDIAN")
  void scalarsComeBackInBulk(FieldEncoding encoding) throws MalformedDataException {
    FrVector scalars = FrVector.copyOf(FieldUnderTest.FR.elements());
    int size = scalars.size();
    byte[] bytes = scalars.encode(0, size, encoding);
    for (int i = 0; i < size; i++) {
      assertArrayEquals(
          scalars.get(i).encode(encoding), Arrays.copyOfRange(bytes, 32 * i, 32 * (i + 1)));
    }
    BoundedReader in = points(bytes);
    assertTrue(scalars.contentEquals(FrVector.read(in, size, encoding)));
    assertEquals(0, in.remaining());
    assertArrayEquals(Arrays.copyOfRange(bytes, 32, 96), scalars.encode(1, 3, encoding));
  }

  /** Strides beside 32 bytes, of which several blocks or less than one record fit in a block. */
  @Test
  void scalarsAreReadFromRecords() throws MalformedDataException {
    Samples samples = new Samples(14);
    int[][] shapes = {{32, 0, 5000}, {44, 12, 5000}, {40, 3, 1}, {100_000, 99_968, 3}, {44, 0, 0}};
    for (int[] shape : shapes) {
      int stride = shape[0];
      int offset = shape[1];
      int count = shape[2];
      FrVector expected = samples.frs(count);
      byte[] records = new byte[count * stride];
      for (int i = 0; i < count; i++) {
        byte[] element = expected.get(i).encode(FieldEncoding.LITTLE_ENDIAN);
        System.arraycopy(element, 0, records, i * stride + offset, 32);
      }
      FrVector vector = FrVector.zeros(count + 3);
      BoundedReader in = points(records);
      vector.readRecords(2, in, count, stride, offset, FieldEncoding.LITTLE_ENDIAN);
      assertTrue(expected.contentEquals(vector.slice(2, count + 2)));
      assertTrue(vector.get(1).isZero() && vector.get(count + 2).isZero());
      assertEquals(0, in.remaining());

      for (int bad : count == 0 ? new int[0] : new int[] {0, count / 2, count - 1}) {
        byte[] malformed = records.clone();
        byte[] r = EncodingTest.bytes(Fr.MODULUS, false);
        System.arraycopy(r, 0, malformed, bad * stride + offset, 32);
        MalformedDataException e =
            assertThrows(
                MalformedDataException.class,
                () ->
                    vector.readRecords(
                        0, points(malformed), count, stride, offset, FieldEncoding.LITTLE_ENDIAN));
        assertEquals("element " + bad + " is not below the modulus r", e.problem());
        assertEquals(OptionalLong.of(8 + (long) bad * stride + offset), e.offset());
      }
    }
  }

  @Test
  void recordsThatCannotHoldTheElementAreWrongUse() {
    FrVector vector = FrVector.zeros(2);
    byte[] bytes = new byte[100];
    int[][] shapes = {{32, 1}, {31, 0}, {40, -1}};
    for (int[] shape : shapes) {
      assertThrows(
          IllegalArgumentException.class,
          () ->
              vector.readRecords(
                  0, points(bytes), 1, shape[0], shape[1], FieldEncoding.LITTLE_ENDIAN));
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> vector.readRecords(0, points(bytes), 1, 32, 0, FieldEncoding.BIG_ENDIAN));
    assertThrows(
        IllegalArgumentException.class, () -> vector.encode(0, 2, FieldEncoding.BIG_ENDIAN));
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> vector.readRecords(1, points(bytes), 2, 32, 0, FieldEncoding.LITTLE_ENDIAN));
    assertThrows(
        MalformedDataException.class,
        () -> vector.readRecords(0, points(bytes), 2, 51, 0, FieldEncoding.LITTLE_ENDIAN));
  }

  @Test
  void operationsOnAllElementsAreThoseOfTheElements() {
    List<Fr> edges = FieldUnderTest.FR.elements();
    for (int shift = 0; shift < edges.size(); shift++) {
      int by = shift;
      FrVector x = FrVector.copyOf(edges);
      FrVector y =
          FrVector.copyOf(
              IntStream.range(0, edges.size())
                  .mapToObj(i -> edges.get((i + by) % edges.size()))
                  .toList());
      FrVector sum = x.copy();
      sum.addInPlace(y);
      FrVector difference = x.copy();
      difference.subtractInPlace(y);
      FrVector product = x.copy();
      product.multiplyInPlace(y);
      FrVector scaled = x.copy();
      scaled.scaleInPlace(edges.get(by));
      for (int i = 0; i < edges.size(); i++) {
        assertEquals(x.get(i).plus(y.get(i)), sum.get(i));
        assertEquals(x.get(i).minus(y.get(i)), difference.get(i));
        assertEquals(x.get(i).times(y.get(i)), product.get(i));
        assertEquals(x.get(i).times(edges.get(by)), scaled.get(i));
      }
    }
    FrVector squares = FrVector.copyOf(edges);
    squares.multiplyInPlace(squares);
    assertEquals(edges.stream().map(Fr::square).toList(), Samples.list(squares));
  }

  @Test
  void sizesThatNoArrayHoldsAreRefused(@TempDir Path folder) throws IOException {
    int size = FrVector.MAX_SIZE + 1;
    String problem = "400000001 elements, more than a vector's 400000000";
    for (Executable made :
        List.<Executable>of(
            () -> FrVector.zeros(size),
            () -> FrVector.zeros(Integer.MAX_VALUE),
            () -> FrVector.of(Fr.ONE).padded(size))) {
      var e = assertThrows(IllegalArgumentException.class, made);
      assertTrue(e.toString().contains("more than a vector's 400000000"), e.toString());
    }
    var e = assertThrows(IllegalArgumentException.class, () -> FrVector.zeros(size));
    assertEquals(problem, e.getMessage());

    int points = 100_000_001;
    e = assertThrows(IllegalArgumentException.class, () -> G2Vector.infinities(points));
    assertEquals("100000001 points, more than a vector's 100000000", e.getMessage());

    // A sparse file that is long enough.
    Path file = folder.resolve("huge");
    try (var channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.allocate(1), (long) size * Fr.BYTES - 1);
    }
    BoundedReader in = BoundedReader.map(file);
    var malformed =
        assertThrows(
            MalformedDataException.class,
            () -> FrVector.read(in, size, FieldEncoding.LITTLE_ENDIAN));
    assertEquals(problem, malformed.problem());
    malformed =
        assertThrows(
            MalformedDataException.class,
            () -> G1Vector.read(in, points, PointValidation.FULL, EXECUTION));
    assertEquals("100000001 points, more than a vector's 100000000", malformed.problem());
  }

  @Test
  void scalarVectorsOfOtherSizesAndIndicesAreRefused() {
    FrVector two = FrVector.of(Fr.ONE, Fr.of(2));
    FrVector three = FrVector.zeros(3);
    assertThrows(IllegalArgumentException.class, () -> two.addInPlace(three));
    assertThrows(IllegalArgumentException.class, () -> two.subtractInPlace(three));
    assertThrows(IllegalArgumentException.class, () -> two.multiplyInPlace(three));
    assertThrows(IllegalArgumentException.class, () -> two.padded(1));
    assertThrows(IllegalArgumentException.class, () -> FrVector.zeros(-1));
    assertThrows(IndexOutOfBoundsException.class, () -> two.get(2));
    assertThrows(IndexOutOfBoundsException.class, () -> two.set(-1, Fr.ONE));
    assertThrows(IndexOutOfBoundsException.class, () -> two.slice(1, 3));
    assertFalse(two.contentEquals(two.padded(3)));
    assertEquals(List.of(Fr.ONE, Fr.of(2), Fr.ZERO), Samples.list(two.padded(3)));
    FrVector copy = two.copy();
    copy.set(0, Fr.of(9));
    assertEquals(Fr.ONE, two.get(0));
  }

  /** In more than one chunk. */
  @Test
  void runningProductsSumsAndInversesFollowFromElements() {
    Samples samples = new Samples(11);
    for (int size : new int[] {0, 1, 5, SIZE}) {
      List<Fr> elements = Samples.list(samples.frs(size));
      FrVector vector = FrVector.copyOf(elements);
      FrVector products = vector.runningProducts();
      FrVector sums = vector.runningSums();
      FrVector inverses = vector.copy();
      inverses.invertInPlace();
      Fr product = Fr.ONE;
      Fr sum = Fr.ZERO;
      for (int i = 0; i < size; i++) {
        assertEquals(product, products.get(i));
        assertEquals(sum, sums.get(i));
        assertEquals(elements.get(i).inverse(), inverses.get(i));
        product = product.times(elements.get(i));
        sum = sum.plus(elements.get(i));
      }
      assertTrue(vector.contentEquals(FrVector.copyOf(elements)));
    }
  }

  @Test
  void thatAnElementHasNoInverseIsSaid() {
    FrVector vector = FrVector.filled(SIZE, Fr.of(7));
    assertEquals(Collections.nCopies(SIZE, Fr.of(7)), vector.toList());
    vector.set(2100, Fr.ZERO);
    ArithmeticException e = assertThrows(ArithmeticException.class, vector::invertInPlace);
    assertEquals("element 2100 is 0", e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> FrVector.filled(-1, Fr.ONE));
  }
}
