package zk4j.circuit;

import java.util.List;
import zk4j.bn254.Fr;

/**
 * A value in a circuit: an element of the scalar field that depends on the inputs. Immutable. Sums
 * and products with constants are free; a product of two signals takes a constraint.
 *
 * <p>A signal has no order and no bits, for it may be any element of the field. {@link Bounded}
 * ones have both.
 */
public class Signal {
  final CircuitBuilder builder;
  final LinearCombination value;

  Signal(CircuitBuilder builder, LinearCombination value) {
    this.builder = builder;
    this.value = value;
  }

  /** The value as a combination of the circuit's wires. */
  public final LinearCombination combination() {
    return value;
  }

  /** this + other. */
  public final Signal plus(Signal other) {
    return builder.signal(value.plus(builder.own(other)));
  }

  /** this + a constant. */
  public Signal plus(long other) {
    return builder.signal(value.plus(LinearCombination.ofConstant(Fr.of(other))));
  }

  /** this - other. */
  public final Signal minus(Signal other) {
    return builder.signal(value.minus(builder.own(other)));
  }

  /** this - a constant. */
  public final Signal minus(long other) {
    return builder.signal(value.minus(LinearCombination.ofConstant(Fr.of(other))));
  }

  /** -this. */
  public final Signal negate() {
    return times(Fr.ONE.negate());
  }

  /** this * a constant. */
  public final Signal times(Fr factor) {
    return builder.signal(value.times(factor));
  }

  /** this * other. One constraint, unless one of them is constant. */
  public final Signal times(Signal other) {
    return builder.multiply(value, builder.own(other));
  }

  /** this * this. One constraint. */
  public final Signal square() {
    return builder.multiply(value, value);
  }

  /** Whether this = 0. Two constraints. */
  public final Bool isZero() {
    return Comparisons.isZero(this);
  }

  /** Whether this = other. Two constraints. */
  public final Bool isEqualTo(Signal other) {
    return minus(other).isZero();
  }

  /** Whether this is a constant. Two constraints. */
  public final Bool isEqualTo(long other) {
    return minus(other).isZero();
  }

  /** Requires this = other. */
  public final void assertEquals(Signal other) {
    builder.assertEqual(value, builder.own(other));
  }

  /** Requires this to be a constant. */
  public final void assertEquals(long other) {
    builder.assertEqual(value, LinearCombination.ofConstant(Fr.of(other)));
  }

  /** Requires this to have an inverse. One constraint. */
  public final void assertNotZero() {
    builder.inverse(value);
  }

  /** 1 / this, which is required to exist. One constraint. */
  public final Signal inverse() {
    return builder.inverse(value);
  }

  /** this / divisor in the field, for a divisor that is required not to be 0. Two constraints. */
  public final Signal dividedBy(Signal divisor) {
    return builder.divide(value, builder.own(divisor));
  }

  /**
   * This as a number of at most so many bits, which is required.
   *
   * @param bits 1..{@value Bounded#MAX_BITS}
   */
  public final Bounded bounded(int bits) {
    return Bits.require(this, bits);
  }

  /** This as a bit, which is required. One constraint. */
  public final Bool bool() {
    builder.product(value, value.minus(builder.one()), LinearCombination.ZERO);
    return new Bool(builder, value);
  }

  /**
   * The 254 bits of the number from 0 to r - 1 that this is, the lowest first. Each value has two
   * representations in 254 bits, x and x + r, for small x: this is the one below r.
   */
  public final List<Bool> toBits() {
    return Bits.canonical(this);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
