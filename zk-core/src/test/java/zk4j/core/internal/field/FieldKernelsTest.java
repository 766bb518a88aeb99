package zk4j.core.internal.field;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static zk4j.core.internal.field.KernelsUnderTest.R;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import zk4j.bn254.Fr;
import zk4j.bn254.Samples;

/**
 * The kernels against BigInteger, with operands at the ends of what they are documented to take.
 */
class FieldKernelsTest {
  private static final long LOOSE_LIMB = (1L << 55) - 1;
  private static final BigInteger TWO_256 = BigInteger.ONE.shiftLeft(256);

  private final Samples samples = new Samples(10);

  @Retention(RetentionPolicy.RUNTIME)
  @ParameterizedTest(name = "{0}")
  @MethodSource("zk4j.core.internal.field.KernelsUnderTest#both")
  private @interface ForBothFields {}

  /** In (-9p, 9p), limbs in (-2^55, 2^55). */
  private List<long[]> loose(KernelsUnderTest k) {
    return Limbs.edges(k.p(9), LOOSE_LIMB, samples);
  }

  /** What tighten and canonical take: in (-32p, 32p), limbs in (-2^60, 2^60). */
  private List<long[]> wide(KernelsUnderTest k) {
    BigInteger sixtyFourth = k.p().shiftRight(6);
    Stream<long[]> aboutMultiples =
        Stream.iterate(-31, i -> i <= 31, i -> i + 1)
            .map(k::p)
            .flatMap(m -> Stream.of(m, m.add(sixtyFourth), m.subtract(sixtyFourth)))
            .flatMap(m -> Stream.of(m.subtract(BigInteger.ONE), m, m.add(BigInteger.ONE)))
            .map(Limbs::of);
    List<long[]> edges = Limbs.edges(k.p(32), (1L << 60) - 1, samples);
    return Stream.concat(edges.stream(), aboutMultiples).toList();
  }

  private static void assertNormalLimbs(long[] z) {
    for (int i = 0; i < 4; i++) {
      assertTrue(z[i] >>> 52 == 0, () -> "limbs " + Arrays.toString(z));
    }
  }

  /** A product's result: congruent to expected / 2^260, and in (-p, 2p) with normal limbs. */
  private static void assertTight(KernelsUnderTest k, BigInteger expected, long[] z) {
    assertNormalLimbs(z);
    BigInteger value = Limbs.value(z);
    assertTrue(value.compareTo(k.p().negate()) > 0 && value.compareTo(k.p(2)) < 0);
    assertEquals(0, value.multiply(R).subtract(expected).mod(k.p()).signum());
  }

  @ForBothFields
  void productsOfLooseElementsAreTight(KernelsUnderTest k) {
    for (long[] x : loose(k)) {
      BigInteger xv = Limbs.value(x);
      assertTight(k, xv.multiply(xv), k.sqr().of(x));
      for (long[] y : loose(k)) {
        assertTight(k, xv.multiply(Limbs.value(y)), k.mul().of(x, y));
      }
    }
  }

  @Test
  void sumsOfProductsInTheScalarFieldAreReducedOnce() {
    BigInteger p = Fr.MODULUS;
    long[] full = Limbs.of(p.multiply(BigInteger.valueOf(5)).subtract(BigInteger.ONE));
    for (int i = 0; i < 4; i++) { // a carry taken back from each limb, the value being the same
      if (full[i] < 1L << 52 && full[i + 1] > 0) {
        full[i] += 1L << 52;
        full[i + 1]--;
      }
    }
    long[][] xs = {
      full, Limbs.of(BigInteger.ONE.subtract(p)), Limbs.of(samples.below(p)), Limbs.of(p)
    };
    long[][] ys = {
      Limbs.of(p.subtract(BigInteger.ONE)), Limbs.of(samples.below(p)), Limbs.of(BigInteger.ONE)
    };
    for (int n = 1; n <= 48; n++) {
      for (int choice = 0; choice < xs.length + 3; choice++) {
        long[] x = new long[5 * n];
        long[] y = new long[5 * n];
        BigInteger sum = BigInteger.ZERO;
        for (int i = 0; i < n; i++) {
          long[] xi = xs[choice < xs.length ? choice : samples.below(xs.length)];
          long[] yi = ys[choice < xs.length ? 0 : samples.below(ys.length)];
          System.arraycopy(xi, 0, x, 5 * i, 5);
          System.arraycopy(yi, 0, y, 5 * i, 5);
          sum = sum.add(Limbs.value(xi).multiply(Limbs.value(yi)));
        }
        FrKernels.sumOfProducts(x, 0, x, 0, y, 0, n);
        long[] z = Arrays.copyOf(x, 5);
        assertNormalLimbs(z);
        BigInteger value = Limbs.value(z);
        assertTrue(value.compareTo(p.negate()) > 0);
        assertTrue(value.compareTo(p.shiftLeft(2)) < 0);
        assertEquals(0, value.multiply(R).subtract(sum).mod(p).signum());
      }
    }
  }

  @ForBothFields
  void sumsOfFourTightElementsAreLoose(KernelsUnderTest k) {
    long[][] tight = {
      Limbs.of(k.p(2).subtract(BigInteger.ONE)), Limbs.of(BigInteger.ONE.subtract(k.p()))
    };
    for (int signs = 0; signs < 16; signs++) {
      for (int ends = 0; ends < 16; ends++) {
        long[] sum = new long[5];
        for (int i = 0; i < 4; i++) {
          long[] term = tight[ends >> i & 1];
          sum = (signs >> i & 1) == 0 ? k.add().of(sum, term) : k.sub().of(sum, term);
        }
        assertTrue(Limbs.value(sum).abs().compareTo(k.p(9)) < 0);
        for (long limb : sum) {
          assertTrue(Math.abs(limb) <= LOOSE_LIMB);
        }
        assertTight(k, Limbs.value(sum).pow(2), k.sqr().of(sum));
      }
    }
  }

  @ForBothFields
  void tightenBringsWithinASixtyFourthOfTheField(KernelsUnderTest k) {
    for (long[] x : wide(k)) {
      long[] z = k.tighten().of(x);
      assertNormalLimbs(z);
      BigInteger value = Limbs.value(z);
      assertEquals(0, value.subtract(Limbs.value(x)).mod(k.p()).signum());
      BigInteger scaled = value.shiftLeft(6);
      assertTrue(scaled.compareTo(k.p().negate()) > 0 && scaled.compareTo(k.p(65)) < 0);
    }
  }

  @ForBothFields
  void canonicalIsTheRemainder(KernelsUnderTest k) {
    for (long[] x : wide(k)) {
      assertArrayEquals(Limbs.of(Limbs.value(x).mod(k.p())), k.canonical().of(x));
    }
  }

  @ForBothFields
  void sumsDifferencesAndOppositesAreLimbByLimb(KernelsUnderTest k) {
    long[] x = {1, -2, 3, LOOSE_LIMB, -LOOSE_LIMB};
    long[] y = {10, 20, -LOOSE_LIMB, 40, 50};
    assertArrayEquals(
        new long[] {11, 18, 3 - LOOSE_LIMB, LOOSE_LIMB + 40, 50 - LOOSE_LIMB}, k.add().of(x, y));
    assertArrayEquals(
        new long[] {-9, -22, 3 + LOOSE_LIMB, LOOSE_LIMB - 40, -LOOSE_LIMB - 50}, k.sub().of(x, y));
    assertArrayEquals(new long[] {-1, 2, -3, -LOOSE_LIMB, LOOSE_LIMB}, k.neg().of(x));
  }

  @ForBothFields
  void powersAgreeWithBigInteger(KernelsUnderTest k) {
    BigInteger toStandard = R.modInverse(k.p());
    long[][] exponents = {
      {0}, {1}, {16}, {-1, 0}, {0, 1}, {-1, -1, -1, -1, 5}, Words.of(k.p().subtract(BigInteger.ONE))
    };
    for (long[] x : loose(k).subList(0, 60)) {
      BigInteger value = Limbs.value(x).multiply(toStandard).mod(k.p());
      for (long[] words : exponents) {
        BigInteger exponent = BigInteger.ZERO;
        for (int i = words.length - 1; i >= 0; i--) {
          exponent = exponent.shiftLeft(64).add(new BigInteger(Long.toUnsignedString(words[i])));
        }
        assertTight(k, value.modPow(exponent, k.p()).multiply(R.pow(2)), k.pow().of(x, words));
      }
    }
  }

  @ForBothFields
  void inversesAgreeWithBigIntegerAndFermat(KernelsUnderTest k) {
    long[] fermat = Words.of(k.p().subtract(BigInteger.TWO));
    Stream<BigInteger> powersOfTwo =
        IntStream.range(0, k.p().bitLength()).mapToObj(BigInteger.ONE::shiftLeft);
    Stream<BigInteger> random = Stream.generate(() -> samples.below(k.p())).limit(1000);
    List<BigInteger> values =
        Stream.of(Samples.edges(k.p()).stream(), powersOfTwo, random).flatMap(s -> s).toList();
    // As numbers, and as what the limbs hold.
    Stream<long[]> numbers = values.stream().map(v -> k.fromWords().of(Words.of(v)));
    Stream<long[]> limbs = values.stream().map(Limbs::of);
    Stream.of(numbers, limbs, loose(k).stream())
        .flatMap(s -> s)
        .forEach(
            x -> {
              BigInteger held = Limbs.value(x).mod(k.p());
              BigInteger inverse = held.signum() == 0 ? held : held.modInverse(k.p());
              long[] z = k.inv().of(x);
              assertArrayEquals(Limbs.of(inverse.multiply(R.pow(2)).mod(k.p())), z);
              assertArrayEquals(k.canonical().of(k.pow().of(x, fermat)), z);
            });
  }

  @ForBothFields
  void destinationsMayBeOperands(KernelsUnderTest k) {
    long[] x = Limbs.of(samples.below(k.p()));
    long[] y = Limbs.of(samples.below(k.p()));
    for (KernelsUnderTest.Unary unary :
        List.of(k.sqr(), k.neg(), k.tighten(), k.canonical(), k.inv())) {
      long[] slots = x.clone();
      unary.apply(slots, 0, slots, 0);
      assertArrayEquals(unary.of(x), slots);
    }
    for (KernelsUnderTest.Binary binary : List.of(k.mul(), k.add(), k.sub())) {
      for (int z : new int[] {0, 5}) {
        long[] slots = concat(x, y);
        binary.apply(slots, z, slots, 0, slots, 5);
        assertArrayEquals(binary.of(x, y), Arrays.copyOfRange(slots, z, z + 5));
      }
      long[] slots = x.clone();
      binary.apply(slots, 0, slots, 0, slots, 0);
      assertArrayEquals(binary.of(x, x), slots);
    }
  }

  private static long[] concat(long[]... parts) {
    return Stream.of(parts).flatMapToLong(Arrays::stream).toArray();
  }

  @ForBothFields
  void wordsBelowThePrimeAreInRange(KernelsUnderTest k) {
    BigInteger p = k.p();
    for (BigInteger in : List.of(BigInteger.ZERO, BigInteger.ONE, p.subtract(BigInteger.ONE))) {
      assertTrue(k.inRange().apply(Words.of(in), 0), in::toString);
    }
    Stream<BigInteger> largerByAWord =
        Stream.of(0, 64, 128, 192, 255).map(bit -> p.add(BigInteger.ONE.shiftLeft(bit)));
    Stream<BigInteger> ends = Stream.of(p, TWO_256.subtract(BigInteger.ONE));
    Stream.concat(largerByAWord, ends)
        .forEach(out -> assertTrue(!k.inRange().apply(Words.of(out), 0), out::toString));
    for (int bit : new int[] {64, 128, 192}) {
      BigInteger smaller = p.subtract(BigInteger.ONE.shiftLeft(bit)).setBit(0);
      assertTrue(k.inRange().apply(Words.of(smaller), 0), smaller::toString);
    }
  }

  @ForBothFields
  void numbersEnterAndLeaveMontgomeryForm(KernelsUnderTest k) {
    BigInteger sixteen = BigInteger.valueOf(16);
    Stream.of(
            Samples.edges(k.p()),
            List.of(k.p(), TWO_256.subtract(BigInteger.ONE), samples.below(TWO_256)))
        .flatMap(List::stream)
        .forEach(
            number -> {
              long[] words = Words.of(number);
              assertArrayEquals(Limbs.of(number.multiply(R).mod(k.p())), k.fromWords().of(words));
              assertArrayEquals(
                  Limbs.of(number.multiply(sixteen).mod(k.p())), k.fromMontgomery256().of(words));
            });
    for (long[] x : loose(k)) {
      BigInteger number = Limbs.value(x).multiply(R.modInverse(k.p())).mod(k.p());
      assertEquals(number, Words.toBigInteger(k.toWords().of(x), 0));
      assertEquals(
          number.multiply(TWO_256).mod(k.p()), Words.toBigInteger(k.toMontgomery256().of(x), 0));
    }
  }
}
