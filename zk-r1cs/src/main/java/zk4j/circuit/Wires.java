package zk4j.circuit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The wires that a builder made: what they are, and where they are from. Wire 0 is the constant
 * one.
 */
final class Wires {
  private CircuitBuilder.Kind[] kinds = new CircuitBuilder.Kind[64];

  /** Of inputs and outputs the index of the name, of others the origin. */
  private int[] details = new int[64];

  private final List<String> names = new ArrayList<>();
  private int count = 1;

  int count() {
    return count;
  }

  int count(CircuitBuilder.Kind kind) {
    int sum = 0;
    for (int wire = 1; wire < count; wire++) {
      sum += kind(wire) == kind ? 1 : 0;
    }
    return sum;
  }

  /** A new input or output. */
  int add(CircuitBuilder.Kind kind, String name) {
    names.add(name);
    return add(kind, names.size() - 1);
  }

  /** A new wire of a part of the circuit. */
  int add(CircuitBuilder.Kind kind, int detail) {
    if (count == kinds.length) {
      kinds = Arrays.copyOf(kinds, 2 * count);
      details = Arrays.copyOf(details, 2 * count);
    }
    kinds[count] = kind;
    details[count] = detail;
    return count++;
  }

  CircuitBuilder.Kind kind(int wire) {
    return kinds[wire];
  }

  /** The name, such as {@code readings[3]}, or {@code average.divide.w1234}. */
  String name(int wire, Origins origins) {
    if (wire == 0) {
      return "one";
    }
    if (kind(wire) != CircuitBuilder.Kind.INTERNAL) {
      return names.get(details[wire]);
    }
    String path = origins.path(details[wire]);
    return path.isEmpty() ? "w" + wire : path + ".w" + wire;
  }
}
