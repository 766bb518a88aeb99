package zk4j.circuit;

/**
 * A statement about inputs. It is defined once, and {@link CompiledCircuit} makes the constraint
 * system, the witness calculator and the list of inputs of it.
 *
 * <pre>{@code
 * // "I know factors of n that are not 1."
 * Circuit factors = c -> {
 *   Bounded n = c.publicInput("n", 64);
 *   Bounded p = c.input("p", 32);
 *   Bounded q = c.input("q", 32);
 *   p.times(q).assertEquals(n);
 *   p.isEqualTo(1).assertFalse();
 *   q.isEqualTo(1).assertFalse();
 * };
 * }</pre>
 */
@FunctionalInterface
public interface Circuit {
  /**
   * Writes the statement. It must do the same in every call: what it does may depend on parameters
   * of the circuit, and never on values of inputs, which it does not see.
   */
  void define(CircuitBuilder c);
}
