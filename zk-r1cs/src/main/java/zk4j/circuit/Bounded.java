package zk4j.circuit;

import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;
import zk4j.bn254.Fr;

/**
 * A signal that is known to be a number from 0 to a maximum, far enough below r that it can be
 * compared: constraints, or the way it was made, require it.
 *
 * <p>Sums and products of bounded signals are bounded. A difference is a signal: it may be below 0.
 */
public class Bounded extends Signal {
  /** The most bits of a bounded signal; comparisons need one more, and r has 254. */
  public static final int MAX_BITS = 252;

  private final BigInteger max;

  /** The bits, if it was required to be in range by them. */
  private final @Nullable List<Bool> bits;

  Bounded(CircuitBuilder builder, LinearCombination value, BigInteger max) {
    this(builder, value, max, null);
  }

  Bounded(
      CircuitBuilder builder, LinearCombination value, BigInteger max, @Nullable List<Bool> bits) {
    super(builder, value);
    if (max.bitLength() > MAX_BITS) {
      throw new IllegalArgumentException(
          "values up to " + max + " have more than " + MAX_BITS + " bits");
    }
    this.max = max;
    this.bits = bits;
  }

  /** The largest value that it can have. */
  public final BigInteger max() {
    return max;
  }

  /** The bits of the largest value; at least 1. */
  public final int bits() {
    return Math.max(1, max.bitLength());
  }

  /**
   * this + other.
   *
   * @throws IllegalArgumentException if the sum may have more than {@value #MAX_BITS} bits
   */
  public final Bounded plus(Bounded other) {
    return new Bounded(builder, value.plus(builder.own(other)), max.add(other.max));
  }

  /** this + a constant, bounded if the constant is not negative. */
  @Override
  public final Signal plus(long other) {
    Signal sum = super.plus(other);
    BigInteger newMax = max.add(BigInteger.valueOf(other));
    return other < 0 ? sum : new Bounded(builder, sum.value, newMax);
  }

  /**
   * this * other. One constraint, unless one of them is constant.
   *
   * @throws IllegalArgumentException if the product may have more than {@value #MAX_BITS} bits
   */
  public final Bounded times(Bounded other) {
    return new Bounded(builder, super.times(other).value, max.multiply(other.max));
  }

  /**
   * this * a constant of at least 0.
   *
   * @throws IllegalArgumentException if the product may have more than {@value #MAX_BITS} bits
   */
  public final Bounded times(long factor) {
    if (factor < 0) {
      throw new IllegalArgumentException("a bounded signal times " + factor + " is below 0");
    }
    BigInteger newMax = max.multiply(BigInteger.valueOf(factor));
    return new Bounded(builder, value.times(Fr.of(factor)), newMax);
  }

  /** Whether this < other. As many constraints as the larger bound has bits, and one. */
  public final Bool isLessThan(Bounded other) {
    return Comparisons.isLess(this, other);
  }

  /** Whether this <= other. */
  public final Bool isAtMost(Bounded other) {
    return other.isLessThan(this).not();
  }

  /** Whether this > other. */
  public final Bool isGreaterThan(Bounded other) {
    return other.isLessThan(this);
  }

  /** Whether this >= other. */
  public final Bool isAtLeast(Bounded other) {
    return isLessThan(other).not();
  }

  /** Requires this <= other. As many constraints as the larger bound has bits. */
  public final void assertAtMost(Bounded other) {
    Comparisons.assertAtMost(this, other);
  }

  /** Requires this >= other. */
  public final void assertAtLeast(Bounded other) {
    other.assertAtMost(this);
  }

  /** The smaller one. */
  public final Bounded min(Bounded other) {
    Bounded smaller = isLessThan(other).choose(this, other);
    return new Bounded(builder, smaller.value, max.min(other.max));
  }

  /** The larger one. */
  public final Bounded max(Bounded other) {
    return isLessThan(other).choose(other, this);
  }

  /**
   * The bits, the lowest first. One constraint each, unless they are there from {@link #bounded}.
   */
  public final List<Bool> bitList() {
    return bits != null ? bits : Bits.of(this);
  }

  /**
   * Quotient and remainder.
   *
   * <p>The divisor is required not to be 0: the remainder is smaller than it.
   */
  public final Division divideBy(Bounded divisor) {
    return Comparisons.divide(this, divisor);
  }

  /** A dividend is quotient * divisor + remainder, with the remainder smaller than the divisor. */
  public record Division(Bounded quotient, Bounded remainder) {}
}
