package zk4j.stream.statement;

import zk4j.circuit.Bool;
import zk4j.circuit.CircuitBuilder;

/**
 * What may hold of a window. A slot without a reading never speaks for a statement: either it
 * counts against it, or it does not count, and then the least number of readings that {@link
 * StatementCircuit} has decides.
 */
public interface Statement {
  /** Its name, 1 to 31 ASCII characters, which nullifiers depend on. */
  String name();

  /** Whether it holds. Its parameters are public inputs that it declares. */
  Bool holds(CircuitBuilder c, OpenWindow window);
}
