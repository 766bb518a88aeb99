package zk4j.bn254;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import zk4j.core.BoundedReader;
import zk4j.core.MalformedDataException;

/** Every encoding is strict: one for each value, and nothing else is decoded. */
class EncodingTest {
  private static final String BOTH = "zk4j.bn254.PointsUnderTest#both";
  private static final BigInteger TWO_256 = BigInteger.ONE.shiftLeft(256);

  private interface FieldDecoder<E> {
    E decode(byte[] bytes, FieldEncoding encoding) throws MalformedDataException;
  }

  private record FieldEncodings<E>(
      BigInteger p,
      Function<BigInteger, E> of,
      FieldDecoder<E> decoder,
      BiFunction<E, FieldEncoding, byte[]> encoder) {}

  private static final List<FieldEncodings<?>> FIELDS =
      List.of(
          new FieldEncodings<>(Fr.MODULUS, Fr::of, Fr::decode, Fr::encode),
          new FieldEncodings<>(Fq.MODULUS, Fq::of, Fq::decode, Fq::encode));

  /** 32 bytes of a number, which need not be below a prime. */
  static byte[] bytes(BigInteger number, boolean bigEndian) {
    byte[] bytes = new byte[32];
    for (int i = 0; i < 32; i++) {
      bytes[bigEndian ? 31 - i : i] = number.shiftRight(8 * i).byteValue();
    }
    return bytes;
  }

  @ParameterizedTest
  @EnumSource
  void fieldElementsBelowThePrimeAloneAreDecoded(FieldEncoding encoding)
      throws MalformedDataException {
    for (FieldEncodings<?> field : FIELDS) {
      checkField(field, encoding);
    }
  }

  private static <E> void checkField(FieldEncodings<E> field, FieldEncoding encoding)
      throws MalformedDataException {
    boolean bigEndian = encoding == FieldEncoding.BIG_ENDIAN;
    boolean montgomery = encoding == FieldEncoding.MONTGOMERY_LITTLE_ENDIAN;
    BigInteger p = field.p();
    for (BigInteger value : Samples.edges(p)) {
      BigInteger written = montgomery ? value.multiply(TWO_256).mod(p) : value;
      byte[] bytes = bytes(written, bigEndian);
      E element = field.of().apply(value);
      assertArrayEquals(bytes, field.encoder().apply(element, encoding));
      assertEquals(element, field.decoder().decode(bytes, encoding));
    }
    assertEquals(
        field
            .of()
            .apply(montgomery ? TWO_256.modInverse(p).negate().mod(p) : p.subtract(BigInteger.ONE)),
        field.decoder().decode(bytes(p.subtract(BigInteger.ONE), bigEndian), encoding),
        "p - 1");
    for (BigInteger refused :
        List.of(p, p.add(BigInteger.ONE), p.shiftLeft(1), TWO_256.subtract(BigInteger.ONE))) {
      MalformedDataException e =
          assertThrows(
              MalformedDataException.class,
              () -> field.decoder().decode(bytes(refused, bigEndian), encoding));
      assertTrue(e.problem().startsWith(refused.toString()), e::getMessage);
    }
    for (int length : new int[] {0, 31, 33, 64}) {
      assertThrows(
          MalformedDataException.class, () -> field.decoder().decode(new byte[length], encoding));
    }
  }

  @Test
  void numbersOutsideTheFieldAreNoElements() {
    for (BigInteger refused : List.of(BigInteger.ONE.negate(), Fr.MODULUS)) {
      assertThrows(IllegalArgumentException.class, () -> Fr.of(refused));
    }
    for (BigInteger refused : List.of(BigInteger.ONE.negate(), Fq.MODULUS)) {
      assertThrows(IllegalArgumentException.class, () -> Fq.of(refused));
    }
    assertEquals(Fr.of(3), Fr.reduce(Fr.MODULUS.shiftLeft(1).add(BigInteger.valueOf(3))));
    assertEquals(Fr.ONE.negate(), Fr.reduce(BigInteger.ONE.negate()));
    assertEquals(Fr.ONE.negate(), Fr.of(-1));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource(BOTH)
  <P, V> void pointsComeBackFromEveryEncoding(PointsUnderTest<P, V> g)
      throws MalformedDataException {
    Samples samples = new Samples(12);
    List<P> points =
        Stream.concat(
                g.group().elements().stream(),
                g.progression(samples.fr(), samples.fr(), 30).stream())
            .toList();
    for (P point : points) {
      for (PointEncoding encoding : PointEncoding.values()) {
        byte[] bytes = g.encode().apply(point, encoding);
        assertEquals(point, g.decode().decode(bytes, encoding), () -> point + " " + encoding);
      }
      byte[] bytes = g.encode().apply(point, PointEncoding.SNARKJS);
      assertEquals(point, g.readOne().read(BoundedReader.of(bytes, "file"), "a point"));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource(BOTH)
  <P, V> void otherLengthsAreRefused(PointsUnderTest<P, V> g) {
    for (PointEncoding encoding : PointEncoding.values()) {
      byte[] right = g.encode().apply(g.generator(), encoding);
      for (int length : new int[] {0, right.length - 1, right.length + 1, 2 * right.length}) {
        refused(g, Arrays.copyOf(right, length), encoding);
      }
    }
  }

  /** Each coordinate in turn plus q, which stands for the same point if it is not refused. */
  @ParameterizedTest(name = "{0}")
  @MethodSource(BOTH)
  <P, V> void aliasesOfCoordinatesAreRefused(PointsUnderTest<P, V> g) {
    for (PointEncoding encoding : PointEncoding.values()) {
      boolean bigEndian = encoding != PointEncoding.SNARKJS;
      byte[] right = g.encode().apply(g.generator(), encoding);
      boolean compressed = encoding == PointEncoding.COMPRESSED;
      int flags = compressed ? right[0] & 0xc0 : 0;
      right[0] ^= (byte) flags;
      for (int at = 0; at < right.length; at += 32) {
        byte[] part = Arrays.copyOfRange(right, at, at + 32);
        BigInteger alias = number(part, bigEndian).add(Fq.MODULUS);
        if (compressed && at == 0 && alias.bitLength() > 254) {
          continue; // the flags leave no room for it
        }
        byte[] bytes = right.clone();
        System.arraycopy(bytes(alias, bigEndian), 0, bytes, at, 32);
        bytes[0] |= (byte) flags;
        refused(g, bytes, encoding);
      }
      byte[] ones = new byte[right.length];
      Arrays.fill(ones, (byte) 0xff);
      refused(g, ones, encoding);
    }
  }

  private static BigInteger number(byte[] bytes, boolean bigEndian) {
    BigInteger number = BigInteger.ZERO;
    for (int i = 0; i < bytes.length; i++) {
      number = number.shiftLeft(8).or(BigInteger.valueOf(bytes[bigEndian ? i : 31 - i] & 0xff));
    }
    return number;
  }

  /** Infinity is all zeros; zeros in one coordinate alone are off the curve. */
  @ParameterizedTest(name = "{0}")
  @MethodSource(BOTH)
  <P, V> void infinityIsAllZerosAndNothingElse(PointsUnderTest<P, V> g)
      throws MalformedDataException {
    for (PointEncoding encoding : List.of(PointEncoding.EVM, PointEncoding.SNARKJS)) {
      byte[] zeros = new byte[g.curve().bytes()];
      assertArrayEquals(zeros, g.encode().apply(g.infinity(), encoding));
      assertEquals(g.infinity(), g.decode().decode(zeros, encoding));
      byte[] right = g.encode().apply(g.generator(), encoding);
      int half = right.length / 2;
      byte[] zeroX = right.clone();
      Arrays.fill(zeroX, 0, half, (byte) 0);
      refused(g, zeroX, encoding);
      byte[] zeroY = right.clone();
      Arrays.fill(zeroY, half, right.length, (byte) 0);
      refused(g, zeroY, encoding);
    }
    byte[] compressed = new byte[g.curve().bytes() / 2];
    refused(g, compressed.clone(), PointEncoding.COMPRESSED);
    compressed[0] = 0x40;
    assertArrayEquals(compressed, g.encode().apply(g.infinity(), PointEncoding.COMPRESSED));
    assertEquals(g.infinity(), g.decode().decode(compressed, PointEncoding.COMPRESSED));
    for (int at : new int[] {0, 1, compressed.length - 1}) {
      byte[] withX = compressed.clone();
      withX[at] |= 1;
      refused(g, withX, PointEncoding.COMPRESSED);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource(BOTH)
  <P, V> void pointsOffTheCurveAreRefused(PointsUnderTest<P, V> g) {
    for (PointEncoding encoding : List.of(PointEncoding.EVM, PointEncoding.SNARKJS)) {
      byte[] right = g.encode().apply(g.generator(), encoding);
      for (int at = 0; at < right.length; at += 32) {
        byte[] bytes = right.clone();
        bytes[at + 16] ^= 1;
        MalformedDataException e = refused(g, bytes, encoding);
        assertTrue(e.problem().endsWith("is not on the curve"), e::getMessage);
      }
    }
  }

  /** The flag bits choose between a point and its opposite. */
  @ParameterizedTest(name = "{0}")
  @MethodSource(BOTH)
  <P, V> void flagsOfCompressedPoints(PointsUnderTest<P, V> g) throws MalformedDataException {
    for (P point : g.progression(Fr.of(1), Fr.of(5), 20)) {
      byte[] bytes = g.encode().apply(point, PointEncoding.COMPRESSED);
      byte[] opposite = bytes.clone();
      opposite[0] ^= 0x40;
      assertEquals(
          g.group().negate().apply(point), g.decode().decode(opposite, PointEncoding.COMPRESSED));
      for (int flags : new int[] {0x00, 0x40}) {
        byte[] bad = bytes.clone();
        bad[0] = (byte) ((bytes[0] & 0x3f) | flags);
        refused(g, bad, PointEncoding.COMPRESSED);
      }
    }
  }

  /** Of small x, about half belong to no point. */
  @ParameterizedTest(name = "{0}")
  @MethodSource(BOTH)
  <P, V> void compressedCoordinatesOfNoPointAreRefused(PointsUnderTest<P, V> g) {
    long refused =
        IntStream.range(0, 40)
            .filter(
                x -> {
                  byte[] bytes = new byte[g.curve().bytes() / 2];
                  bytes[0] = (byte) 0x80;
                  bytes[bytes.length - 1] = (byte) x;
                  try {
                    g.decode().decode(bytes, PointEncoding.COMPRESSED);
                    return false;
                  } catch (MalformedDataException e) {
                    return e.problem().startsWith("no point of the curve has x = ");
                  }
                })
            .count();
    assertTrue(10 < refused && refused < 30, refused + " of 40 refused");
  }

  @Test
  void pointsOffTheSubgroupAreRefused() {
    for (G2Twist.Point point : G2Twist.offTheSubgroup(5)) {
      assertThrows(IllegalArgumentException.class, () -> G2.of(point.x(), point.y()));
      for (PointEncoding encoding : PointEncoding.values()) {
        MalformedDataException e =
            assertThrows(
                MalformedDataException.class, () -> G2.decode(point.encode(encoding), encoding));
        assertTrue(e.problem().endsWith("is not in the subgroup of order r"), e::getMessage);
      }
    }
  }

  @Test
  void pairsOfCoordinatesThatAreNoPointsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> G1.of(Fq.ONE, Fq.ONE));
    assertThrows(IllegalArgumentException.class, () -> G1.of(Fq.ZERO, Fq.ZERO));
    assertThrows(IllegalArgumentException.class, () -> G2.of(Fq2.ONE, Fq2.ONE));
    assertThrows(IllegalArgumentException.class, () -> G2.of(Fq2.ZERO, Fq2.ZERO));
    assertThrows(IllegalStateException.class, G1.INFINITY::x);
    assertThrows(IllegalStateException.class, G2.INFINITY::y);
  }

  private static <P, V> MalformedDataException refused(
      PointsUnderTest<P, V> g, byte[] bytes, PointEncoding encoding) {
    return assertThrows(
        MalformedDataException.class, () -> g.decode().decode(bytes, encoding), encoding::name);
  }
}
