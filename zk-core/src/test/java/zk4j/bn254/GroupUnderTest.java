package zk4j.bn254;

import java.math.BigInteger;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/**
 * The operations that all groups of order r have, so that their laws are written once.
 *
 * @param elements the neutral one, the generator, its opposite and its double, and some at random
 */
record GroupUnderTest<P>(
    String name,
    P neutral,
    P generator,
    BinaryOperator<P> plus,
    BinaryOperator<P> minus,
    UnaryOperator<P> negate,
    UnaryOperator<P> twice,
    BiFunction<P, Fr, P> times,
    List<P> elements) {
  private static final Samples SAMPLES = new Samples(2);
  private static final Gt E = Pairing.pairing(G1.GENERATOR, G2.GENERATOR);

  static final GroupUnderTest<G1> G1S =
      new GroupUnderTest<>(
          "G1",
          G1.INFINITY,
          G1.GENERATOR,
          G1::plus,
          G1::minus,
          G1::negate,
          G1::twice,
          G1::times,
          List.of(
              G1.INFINITY,
              G1.GENERATOR,
              G1.GENERATOR.negate(),
              G1.GENERATOR.twice(),
              SAMPLES.g1(),
              SAMPLES.g1()));

  static final GroupUnderTest<G2> G2S =
      new GroupUnderTest<>(
          "G2",
          G2.INFINITY,
          G2.GENERATOR,
          G2::plus,
          G2::minus,
          G2::negate,
          G2::twice,
          G2::times,
          List.of(
              G2.INFINITY,
              G2.GENERATOR,
              G2.GENERATOR.negate(),
              G2.GENERATOR.twice(),
              SAMPLES.g2(),
              SAMPLES.g2()));

  /** Written as a sum, as the others are. */
  static final GroupUnderTest<Gt> GTS =
      new GroupUnderTest<>(
          "Gt",
          Gt.ONE,
          E,
          Gt::times,
          (a, b) -> a.times(b.inverse()),
          Gt::inverse,
          a -> a.pow(Fr.of(2)),
          Gt::pow,
          List.of(
              Gt.ONE,
              E,
              E.inverse(),
              E.times(E),
              Pairing.pairing(SAMPLES.g1(), SAMPLES.g2()),
              Pairing.pairing(SAMPLES.g1(), SAMPLES.g2())));

  /** n * p for n of at least 0, by doubling and adding with plus alone. */
  P naiveTimes(P p, BigInteger n) {
    P result = neutral;
    for (int i = n.bitLength() - 1; i >= 0; i--) {
      result = plus.apply(result, result);
      if (n.testBit(i)) {
        result = plus.apply(result, p);
      }
    }
    return result;
  }

  @Override
  public String toString() {
    return name;
  }
}
