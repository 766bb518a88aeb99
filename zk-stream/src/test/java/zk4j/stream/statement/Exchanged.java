package zk4j.stream.statement;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import zk4j.bn254.Fr;
import zk4j.circuit.Inputs;

/** Honest inputs, but for one. */
final class Exchanged {
  private Exchanged() {}

  /** With another element at an index of one of them. */
  static Inputs element(Inputs honest, String name, int index) {
    return input(
        honest,
        name,
        values -> {
          List<Fr> changed = new ArrayList<>(values);
          Fr value = changed.get(index);
          changed.set(index, value.isZero() ? Fr.ONE : value.minus(Fr.ONE));
          return changed;
        });
  }

  /** With one of them changed. */
  static Inputs input(Inputs honest, String name, UnaryOperator<List<Fr>> change) {
    Inputs result = Inputs.none();
    for (var entry : honest.values().entrySet()) {
      boolean isIt = entry.getKey().equals(name);
      result = result.and(entry.getKey(), isIt ? change.apply(entry.getValue()) : entry.getValue());
    }
    return result;
  }
}
