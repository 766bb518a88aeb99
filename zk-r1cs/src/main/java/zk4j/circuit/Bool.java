package zk4j.circuit;

import java.math.BigInteger;
import zk4j.bn254.Fr;

/** A signal that is known to be 0 or 1. */
public final class Bool extends Bounded {
  Bool(CircuitBuilder builder, LinearCombination value) {
    super(builder, value, BigInteger.ONE);
  }

  /** 1 - this. Free. */
  public Bool not() {
    return new Bool(builder, builder.one().minus(value));
  }

  /** this AND other. One constraint. */
  public Bool and(Bool other) {
    return new Bool(builder, times((Signal) other).value);
  }

  /** this OR other. One constraint. */
  public Bool or(Bool other) {
    return new Bool(builder, plus((Signal) other).minus(times((Signal) other)).value);
  }

  /** this XOR other. One constraint. */
  public Bool xor(Bool other) {
    Signal both = times(Fr.of(2)).times(other);
    return new Bool(builder, plus((Signal) other).minus(both).value);
  }

  /** (NOT this) OR other. One constraint. */
  public Bool implies(Bool other) {
    return and(other.not()).not();
  }

  /** One of two signals. One constraint. */
  public Signal choose(Signal ifTrue, Signal ifFalse) {
    return ifFalse.plus(times(ifTrue.minus(ifFalse)));
  }

  /** One of two bounded signals. One constraint. */
  public Bounded choose(Bounded ifTrue, Bounded ifFalse) {
    Signal chosen = choose((Signal) ifTrue, ifFalse);
    return new Bounded(builder, chosen.value, ifTrue.max().max(ifFalse.max()));
  }

  /** One of two bits. One constraint. */
  public Bool choose(Bool ifTrue, Bool ifFalse) {
    return new Bool(builder, choose((Signal) ifTrue, ifFalse).value);
  }

  /** Requires this to be 1. */
  public void assertTrue() {
    assertEquals(1);
  }

  /** Requires this to be 0. */
  public void assertFalse() {
    assertEquals(0);
  }
}
