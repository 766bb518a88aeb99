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

  /** A backend with requirements that others make of bits and products. */
  interface CustomGates extends Backend {
    /** Requires 0 <= x < 2^bits. x is not constant, and bits are 1 to {@link Bounded#MAX_BITS}. */
    void range(LinearCombination x, int bits, int origin);

    /** Requires of three new wires that base = x, square = base^2 and fifth = base^5. */
    void fifthPower(LinearCombination x, int base, int square, int fifth, int origin);
  }
}
