package zk4j.bn254;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The operations that all fields have, so that their laws are written once.
 *
 * @param order how many elements the field has
 * @param elements the edges, and some at random
 */
record FieldUnderTest<E>(
    String name,
    BigInteger order,
    E zero,
    E one,
    BinaryOperator<E> plus,
    BinaryOperator<E> minus,
    BinaryOperator<E> times,
    UnaryOperator<E> negate,
    UnaryOperator<E> square,
    UnaryOperator<E> inverse,
    List<E> elements) {
  private static final Samples SAMPLES = new Samples(1);

  private static final List<Fq> FQS =
      Stream.concat(
              Samples.edges(Fq.MODULUS).stream().map(Fq::of), Stream.generate(SAMPLES::fq).limit(5))
          .toList();
  private static final List<Fq2> FQ2S =
      Stream.concat(mixtures(FQS, 2).map(c -> Fq2.of(c.get(0), c.get(1))), Stream.of(SAMPLES.fq2()))
          .toList();
  private static final List<Fq6> FQ6S =
      Stream.concat(
              mixtures(FQ2S, 3).map(c -> new Fq6(c.get(0), c.get(1), c.get(2))),
              Stream.of(SAMPLES.fq6()))
          .toList();
  private static final List<Fq12> FQ12S =
      Stream.concat(
              mixtures(FQ6S, 2).map(c -> new Fq12(c.get(0), c.get(1))), Stream.of(SAMPLES.fq12()))
          .toList();

  static final FieldUnderTest<Fr> FR =
      new FieldUnderTest<>(
          "Fr",
          Fr.MODULUS,
          Fr.ZERO,
          Fr.ONE,
          Fr::plus,
          Fr::minus,
          Fr::times,
          Fr::negate,
          Fr::square,
          Fr::inverse,
          Stream.concat(
                  Samples.edges(Fr.MODULUS).stream().map(Fr::of),
                  Stream.generate(SAMPLES::fr).limit(5))
              .toList());

  static final FieldUnderTest<Fq> FQ =
      new FieldUnderTest<>(
          "Fq",
          Fq.MODULUS,
          Fq.ZERO,
          Fq.ONE,
          Fq::plus,
          Fq::minus,
          Fq::times,
          Fq::negate,
          Fq::square,
          Fq::inverse,
          FQS);

  static final FieldUnderTest<Fq2> FQ2 =
      new FieldUnderTest<>(
          "Fq2",
          Fq.MODULUS.pow(2),
          Fq2.ZERO,
          Fq2.ONE,
          Fq2::plus,
          Fq2::minus,
          Fq2::times,
          Fq2::negate,
          Fq2::square,
          Fq2::inverse,
          FQ2S);

  static final FieldUnderTest<Fq6> FQ6 =
      new FieldUnderTest<>(
          "Fq6",
          Fq.MODULUS.pow(6),
          Fq6.ZERO,
          Fq6.ONE,
          Fq6::plus,
          Fq6::minus,
          Fq6::times,
          Fq6::negate,
          Fq6::square,
          Fq6::inverse,
          FQ6S);

  static final FieldUnderTest<Fq12> FQ12 =
      new FieldUnderTest<>(
          "Fq12",
          Fq.MODULUS.pow(12),
          Fq12.ZERO,
          Fq12.ONE,
          Fq12::plus,
          Fq12::minus,
          Fq12::times,
          Fq12::negate,
          Fq12::square,
          Fq12::inverse,
          FQ12S);

  /** So many coefficients each: all alike, and each a different one, zeros among them. */
  private static <C> Stream<List<C>> mixtures(List<C> coefficients, int count) {
    List<List<C>> mixtures = new ArrayList<>();
    for (int i = 0; i < Math.min(coefficients.size(), 10); i++) {
      List<C> mixed = new ArrayList<>();
      for (int k = 0; k < count; k++) {
        mixed.add(coefficients.get((i + k * 7) % coefficients.size()));
      }
      mixtures.add(mixed);
    }
    for (int i = 0; i < 4; i++) {
      C same = coefficients.get(i);
      mixtures.add(Stream.generate(() -> same).limit(count).toList());
    }
    return mixtures.stream();
  }

  /** x to the power of an exponent of at least 0, by squaring and multiplying with times alone. */
  E naivePow(E x, BigInteger exponent) {
    E result = one;
    for (int i = exponent.bitLength() - 1; i >= 0; i--) {
      result = times.apply(result, result);
      if (exponent.testBit(i)) {
        result = times.apply(result, x);
      }
    }
    return result;
  }

  @Override
  public String toString() {
    return name;
  }
}
