package zk4j.stream.statement;

import zk4j.circuit.Bool;
import zk4j.circuit.CircuitBuilder;

/**
 * What may hold of a day's readings together. Slots without a reading are in no total; the least
 * number of readings that {@link DayCircuit} has decides.
 */
public interface DayStatement {
  /** Its name, 1 to 31 ASCII characters, which nullifiers depend on. */
  String name();

  /**
   * Whether it holds.
   *
   * @param parameters where it declares all its public inputs
   * @param day the totals of all windows
   */
  Bool holds(CircuitBuilder c, Parameters parameters, Totals day);
}
