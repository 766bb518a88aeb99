package zk4j.bn254;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.math.BigInteger;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The laws of a field, for each field. */
class FieldLawsTest {
  @Retention(RetentionPolicy.RUNTIME)
  @ParameterizedTest(name = "{0}")
  @MethodSource("fields")
  private @interface ForEveryField {}

  static Stream<FieldUnderTest<?>> fields() {
    return Stream.of(
        FieldUnderTest.FR,
        FieldUnderTest.FQ,
        FieldUnderTest.FQ2,
        FieldUnderTest.FQ6,
        FieldUnderTest.FQ12);
  }

  static Stream<Arguments> powers() {
    return Stream.of(
        arguments(FieldUnderTest.FR, (BiFunction<Fr, BigInteger, Fr>) Fr::pow),
        arguments(FieldUnderTest.FQ, (BiFunction<Fq, BigInteger, Fq>) Fq::pow),
        arguments(FieldUnderTest.FQ2, (BiFunction<Fq2, BigInteger, Fq2>) Fq2::pow),
        arguments(FieldUnderTest.FQ12, (BiFunction<Fq12, BigInteger, Fq12>) Fq12::pow));
  }

  static Stream<Arguments> frobeniusMaps() {
    BigInteger q = Fq.MODULUS;
    return Stream.of(
        arguments(FieldUnderTest.FQ2, (UnaryOperator<Fq2>) Fq2::conjugate, q),
        arguments(FieldUnderTest.FQ12, (UnaryOperator<Fq12>) Fq12::frobenius, q),
        arguments(FieldUnderTest.FQ12, (UnaryOperator<Fq12>) Fq12::conjugate, q.pow(6)));
  }

  @ForEveryField
  <E> void sumsAndProductsAreAssociativeAndProductsDistribute(FieldUnderTest<E> f) {
    for (E x : f.elements()) {
      for (E y : f.elements()) {
        E sum = f.plus().apply(x, y);
        E product = f.times().apply(x, y);
        for (E z : f.elements().subList(0, 7)) {
          assertEquals(
              f.plus().apply(sum, z), f.plus().apply(x, f.plus().apply(y, z)), "(x + y) + z");
          E yz = f.times().apply(y, z);
          assertEquals(f.times().apply(product, z), f.times().apply(x, yz), "(x y) z");
          assertEquals(
              f.times().apply(sum, z), f.plus().apply(f.times().apply(x, z), yz), "(x + y) z");
        }
      }
    }
  }

  @ForEveryField
  <E> void sumsAndProductsCommute(FieldUnderTest<E> f) {
    for (E x : f.elements()) {
      for (E y : f.elements()) {
        assertEquals(f.plus().apply(x, y), f.plus().apply(y, x));
        assertEquals(f.times().apply(x, y), f.times().apply(y, x));
      }
    }
  }

  @ForEveryField
  <E> void zeroAndOneAreNeutral(FieldUnderTest<E> f) {
    assertNotEquals(f.zero(), f.one());
    for (E x : f.elements()) {
      assertEquals(x, f.plus().apply(x, f.zero()));
      assertEquals(x, f.times().apply(x, f.one()));
      assertEquals(f.zero(), f.times().apply(x, f.zero()));
    }
  }

  @ForEveryField
  <E> void differencesAndOppositesUndoSums(FieldUnderTest<E> f) {
    for (E x : f.elements()) {
      assertEquals(f.zero(), f.plus().apply(x, f.negate().apply(x)));
      assertEquals(f.zero(), f.minus().apply(x, x));
      for (E y : f.elements()) {
        assertEquals(x, f.minus().apply(f.plus().apply(x, y), y));
        assertEquals(f.minus().apply(x, y), f.plus().apply(x, f.negate().apply(y)));
      }
    }
  }

  @ForEveryField
  <E> void inversesUndoProductsAndZeroHasNone(FieldUnderTest<E> f) {
    for (E x : f.elements()) {
      if (x.equals(f.zero())) {
        assertThrows(ArithmeticException.class, () -> f.inverse().apply(x));
      } else {
        assertEquals(f.one(), f.times().apply(x, f.inverse().apply(x)));
      }
    }
  }

  @ForEveryField
  <E> void squaresAreProductsWithItself(FieldUnderTest<E> f) {
    for (E x : f.elements()) {
      assertEquals(f.times().apply(x, x), f.square().apply(x));
    }
  }

  @ForEveryField
  <E> void everyElementIsARootOfTheOrdersPower(FieldUnderTest<E> f) {
    for (E x : f.elements().subList(0, 8)) {
      assertEquals(x, f.naivePow(x, f.order()));
    }
  }

  @ForEveryField
  <E> void equalElementsHaveEqualHashCodesAndDifferentOnesDiffer(FieldUnderTest<E> f) {
    for (E x : f.elements()) {
      E same = f.minus().apply(f.plus().apply(x, f.one()), f.one());
      assertEquals(x, same);
      assertEquals(x.hashCode(), same.hashCode());
      assertEquals(x.toString(), same.toString());
      assertNotEquals(x, f.plus().apply(x, f.one()));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("powers")
  <E> void powersAreRepeatedProducts(FieldUnderTest<E> f, BiFunction<E, BigInteger, E> pow) {
    BigInteger large = f.order().subtract(BigInteger.TWO);
    List<BigInteger> exponents =
        Stream.concat(
                Stream.of(0, 1, 2, 3, 15, 16, 17).map(BigInteger::valueOf),
                Stream.of(BigInteger.ONE.shiftLeft(64), BigInteger.ONE.shiftLeft(63), large))
            .toList();
    for (E x : f.elements().subList(0, 10)) {
      for (BigInteger exponent : exponents) {
        assertEquals(f.naivePow(x, exponent), pow.apply(x, exponent), () -> "to the " + exponent);
        if (!x.equals(f.zero())) {
          assertEquals(
              f.one(), f.times().apply(pow.apply(x, exponent), pow.apply(x, exponent.negate())));
        }
      }
    }
    assertThrows(
        ArithmeticException.class, () -> pow.apply(f.zero(), BigInteger.ONE.negate()), "0^-1");
  }

  @ParameterizedTest(name = "{0} to the {2}")
  @MethodSource("frobeniusMaps")
  <E> void frobeniusMapsArePowers(FieldUnderTest<E> f, UnaryOperator<E> map, BigInteger power) {
    for (E x : f.elements()) {
      assertEquals(f.naivePow(x, power), map.apply(x));
    }
  }
}
