package zk4j.circuit;

import java.math.BigInteger;
import java.util.List;
import zk4j.bn254.Fr;

/** Comparisons, and division with remainder. */
final class Comparisons {
  private Comparisons() {}

  /** 1 - x * (a hint for 1/x), which x makes 0 unless x is: x * result = 0. */
  static Bool isZero(Signal x) {
    CircuitBuilder builder = x.builder;
    if (x.value.isConstant()) {
      return builder.bool(x.value.terms() == 0);
    }
    if (x instanceof Bool bit) {
      return bit.not();
    }
    return builder.gadget(
        "isZero",
        () -> {
          Signal inverse = builder.quotientOrZero(builder.one(), x.value);
          Signal result = builder.constant(1).minus(x.times(inverse));
          builder.product(x.value, result.value, LinearCombination.ZERO);
          return new Bool(builder, result.value);
        });
  }

  /**
   * The highest bit of x - y + 2^n is 0 only for x < y. Where there are ranges, only that bit is
   * made: without it the sum has n bits.
   */
  static Bool isLess(Bounded x, Bounded y) {
    CircuitBuilder builder = x.builder;
    LinearCombination difference = x.value.minus(builder.own(y));
    if (difference.isConstant()) {
      return builder.bool(difference.constant().toBigInteger().compareTo(x.max()) > 0);
    }
    return builder.gadget(
        "isLess",
        () -> {
          int n = Math.max(x.bits(), y.bits());
          BigInteger power = BigInteger.ONE.shiftLeft(n);
          LinearCombination sum = difference.plus(LinearCombination.ofConstant(Fr.of(power)));
          Signal shifted = builder.signal(sum);
          if (!builder.hasCustomGates()) {
            return Bits.decompose(shifted, n + 1).get(n).not();
          }
          Bool highest =
              builder
                  .hint(
                      operands -> List.of(Fr.of(operands.get(0).toBigInteger().shiftRight(n))),
                      1,
                      shifted)
                  .get(0)
                  .bool();
          builder.range(shifted.minus(highest.times(Fr.of(power))).value, n);
          return highest.not();
        });
  }

  /** y - x has as many bits as the larger bound, and no more. */
  static void assertAtMost(Bounded x, Bounded y) {
    x.builder.gadget("atMost", () -> Bits.require(y.minus(x), Math.max(x.bits(), y.bits())));
  }

  static Bounded.Division divide(Bounded x, Bounded divisor) {
    CircuitBuilder builder = x.builder;
    return builder.gadget(
        "divide",
        () -> {
          List<Signal> hints =
              builder.hint(
                  operands -> {
                    BigInteger y = operands.get(1).toBigInteger();
                    if (y.signum() == 0) {
                      return List.of(Fr.ZERO, operands.get(0));
                    }
                    BigInteger[] parts = operands.get(0).toBigInteger().divideAndRemainder(y);
                    return List.of(Fr.of(parts[0]), Fr.of(parts[1]));
                  },
                  2,
                  x,
                  divisor);
          Bounded quotient = hints.get(0).bounded(x.bits());
          Bounded remainder = hints.get(1).bounded(divisor.bits());
          remainder.isLessThan(divisor).assertTrue();
          // Bounded: the product of the largest values does not wrap around r.
          Signal product = quotient.times(divisor).plus(remainder);
          product.assertEquals(x);
          return new Bounded.Division(quotient, remainder);
        });
  }
}
