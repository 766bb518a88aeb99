package zk4j.circuit;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import zk4j.bn254.Fr;

/** Decomposition into bits. */
final class Bits {
  private static final BigInteger LARGEST = Fr.MODULUS.subtract(BigInteger.ONE);

  private Bits() {}

  /** The signal, required to be below 2^bits. */
  static Bounded require(Signal x, int bits) {
    if (bits < 1 || bits > Bounded.MAX_BITS) {
      throw new IllegalArgumentException(bits + " bits are not 1 to " + Bounded.MAX_BITS);
    }
    BigInteger max = BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE);
    if (x.value.isConstant()) {
      BigInteger constant = x.value.constant().toBigInteger();
      if (constant.compareTo(max) > 0) {
        throw new IllegalArgumentException(constant + " has more than " + bits + " bits");
      }
      return new Bounded(x.builder, x.value, constant);
    }
    List<Bool> made = null;
    if (x.builder.hasCustomGates()) {
      x.builder.range(x.value, bits);
    } else {
      made = decompose(x, bits);
    }
    return new Bounded(x.builder, x.value, max, made);
  }

  /** The bits of a bounded signal. */
  static List<Bool> of(Bounded x) {
    return x instanceof Bool bit ? List.of(bit) : decompose(x, x.bits());
  }

  /** Bits b with x = the sum of b[i] * 2^i, one constraint each; 253 at most, to be unique. */
  static List<Bool> decompose(Signal x, int bits) {
    if (x.value.isConstant()) {
      BigInteger constant = x.value.constant().toBigInteger();
      return IntStream.range(0, bits).mapToObj(i -> x.builder.bool(constant.testBit(i))).toList();
    }
    return x.builder.gadget(
        "bits",
        () -> {
          List<Bool> result = new ArrayList<>(bits);
          for (Signal bit : x.builder.bits(x.value, bits)) {
            result.add(bit.bool());
          }
          x.assertEquals(sum(x.builder, result));
          return result;
        });
  }

  /** The sum of bits[i] * 2^i. */
  static Signal sum(CircuitBuilder builder, List<? extends Signal> bits) {
    List<LinearCombination> parts = new ArrayList<>(bits.size());
    Fr power = Fr.ONE;
    for (Signal bit : bits) {
      parts.add(bit.value.times(power));
      power = power.plus(power);
    }
    return builder.signal(LinearCombination.sum(parts));
  }

  /** The bits of the number below r that an element of the field is. */
  static List<Bool> canonical(Signal x) {
    return x.builder.gadget("canonicalBits", () -> upTo(x, LARGEST));
  }

  /**
   * The bits of a number that is required to be at most a constant below r. From the highest bit
   * on, {@code equal} says whether all bits so far are the constant's: where that has a 0, a bit is
   * then 0 too, which takes no constraint beside the bit's own, b * (1 - equal - b) = 0.
   */
  static List<Bool> upTo(Signal x, BigInteger largest) {
    CircuitBuilder builder = x.builder;
    List<Signal> bits = builder.bits(x.value, largest.bitLength());
    int trailingOnes = largest.not().getLowestSetBit();
    Signal equal = builder.constant(1);
    Bool[] result = new Bool[bits.size()];
    for (int i = result.length - 1; i >= 0; i--) {
      Signal bit = bits.get(i);
      if (largest.testBit(i)) {
        result[i] = bit.bool();
        equal = i < trailingOnes ? equal : equal.times(bit);
      } else {
        Signal room = builder.constant(1).minus(equal).minus(bit);
        builder.product(bit.value, room.value, LinearCombination.ZERO);
        result[i] = new Bool(builder, bit.value);
      }
    }
    List<Bool> all = List.of(result);
    x.assertEquals(sum(builder, all));
    return all;
  }
}
