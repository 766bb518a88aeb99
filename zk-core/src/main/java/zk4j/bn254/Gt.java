package zk4j.bn254;

import zk4j.core.internal.curve.SignedDigits;
import zk4j.core.internal.pairing.Fq12Kernels;

/** An element of the pairing's target group: the r-th roots of unity in Fq12. Immutable. */
public final class Gt {
  /** 1. */
  public static final Gt ONE = new Gt(Fq12.ONE);

  private final Fq12 value;

  /** Takes a result of the final exponentiation, or 1. */
  Gt(Fq12 value) {
    this.value = value;
  }

  /** The element as one of Fq12. */
  public Fq12 value() {
    return value;
  }

  /** this * other. */
  public Gt times(Gt other) {
    return new Gt(value.times(other.value));
  }

  /** 1 / this. */
  public Gt inverse() {
    return new Gt(value.conjugate());
  }

  /** This to the power of a scalar. Takes time that depends on it. */
  public Gt pow(Fr exponent) {
    long[] power = value.toLimbs();
    SignedDigits digits = SignedDigits.of(exponent.toBigInteger(), 4);
    new Fq12Kernels().cyclotomicPow(power, 0, power, 0, digits);
    return new Gt(Fq12.fromLimbs(power));
  }

  /** Whether this is 1. */
  public boolean isOne() {
    return value.isOne();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Gt that && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
