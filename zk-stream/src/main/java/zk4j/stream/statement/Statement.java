package zk4j.stream.statement;

import java.util.List;
import zk4j.circuit.Bool;
import zk4j.circuit.CircuitBuilder;

/**
 * What may hold of a window, or of several of the same time. A slot without a reading never speaks
 * for a statement: either it counts against it, or it does not count, and then the least number of
 * readings that {@link StatementCircuit} has decides.
 */
public interface Statement {
  /**
   * Its name, 1 to 31 ASCII characters, which nullifiers depend on. They do not on the order of its
   * windows: what is another question in another order needs another name.
   */
  String name();

  /**
   * Whether it holds.
   *
   * @param parameters where it declares all its public inputs
   * @param windows that it is about
   * @throws IllegalArgumentException if it is not about such windows
   */
  Bool holds(CircuitBuilder c, Parameters parameters, List<OpenWindow> windows);
}
