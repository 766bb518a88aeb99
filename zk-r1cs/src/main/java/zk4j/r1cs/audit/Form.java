package zk4j.r1cs.audit;

import java.math.BigInteger;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A linear combination of wires over a prime field; wire 0 is one. Immutable; factors are 1..p-1.
 */
final class Form {
  private final BigInteger p;
  private final NavigableMap<Integer, BigInteger> factors;

  private Form(BigInteger p, NavigableMap<Integer, BigInteger> factors) {
    this.p = p;
    this.factors = factors;
  }

  /** The form of some factors, which are reduced. */
  static Form of(BigInteger p, Map<Integer, BigInteger> factors) {
    TreeMap<Integer, BigInteger> reduced = new TreeMap<>();
    factors.forEach(
        (wire, factor) -> {
          BigInteger value = factor.mod(p);
          if (value.signum() != 0) {
            reduced.put(wire, value);
          }
        });
    return new Form(p, reduced);
  }

  /** 1/x, which is cheap for the factors that most terms have, 1 and -1. */
  static BigInteger inverse(BigInteger p, BigInteger x) {
    boolean own = x.equals(BigInteger.ONE) || x.equals(p.subtract(BigInteger.ONE));
    return own ? x : x.modInverse(p);
  }

  /** The inverse of a wire's factor. */
  BigInteger inverse(int wire) {
    return inverse(p, factor(wire));
  }

  Map<Integer, BigInteger> factors() {
    return factors;
  }

  BigInteger factor(int wire) {
    return factors.getOrDefault(wire, BigInteger.ZERO);
  }

  BigInteger constant() {
    return factor(0);
  }

  boolean isConstant() {
    return factors.isEmpty() || (factors.size() == 1 && factors.containsKey(0));
  }

  boolean isZero() {
    return factors.isEmpty();
  }

  /** This + k * other. */
  Form plus(Form other, BigInteger k) {
    TreeMap<Integer, BigInteger> sum = new TreeMap<>(factors);
    other.factors.forEach(
        (wire, factor) -> {
          BigInteger value = sum.getOrDefault(wire, BigInteger.ZERO).add(factor.multiply(k)).mod(p);
          if (value.signum() == 0) {
            sum.remove(wire);
          } else {
            sum.put(wire, value);
          }
        });
    return new Form(p, sum);
  }

  Form minus(Form other) {
    return plus(other, p.subtract(BigInteger.ONE));
  }

  Form times(BigInteger k) {
    return k.equals(BigInteger.ONE) ? this : of(p, Map.of()).plus(this, k);
  }

  Form withoutConstant() {
    TreeMap<Integer, BigInteger> rest = new TreeMap<>(factors);
    rest.remove(0);
    return new Form(p, rest);
  }

  /** This divided by its first factor, so that multiples of each other become equal; 0 stays. */
  Form normalized() {
    return factors.isEmpty() ? this : times(inverse(factors.firstKey()));
  }

  BigInteger value(BigInteger[] values) {
    BigInteger sum = BigInteger.ZERO;
    for (Map.Entry<Integer, BigInteger> term : factors.entrySet()) {
      sum = sum.add(term.getValue().multiply(values[term.getKey()]));
    }
    return sum.mod(p);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Form that && factors.equals(that.factors);
  }

  @Override
  public int hashCode() {
    return factors.hashCode();
  }

  @Override
  public String toString() {
    return factors.toString();
  }
}
