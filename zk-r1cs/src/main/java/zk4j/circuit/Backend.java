package zk4j.circuit;

/**
 * What a circuit's constraints are written to. Wires are numbered from 1 in the order in which the
 * builder makes them; 0 is the constant one. An origin is where in the circuit a constraint is
 * from, as {@link CircuitBuilder#origin} tells.
 */
public interface Backend {
  /** Requires a * b = c. Neither a nor b is constant. */
  void product(LinearCombination a, LinearCombination b, LinearCombination c, int origin);

  /** Requires x = 0. x is not constant. */
  void zero(LinearCombination x, int origin);

  /**
   * Requires 0 <= x < 2^bits.
   *
   * @return false if there is no such constraint, so that the builder makes it of bits
   */
  boolean range(LinearCombination x, int bits, int origin);
}
