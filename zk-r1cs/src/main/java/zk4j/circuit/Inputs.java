package zk4j.circuit;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import zk4j.bn254.Fr;

/** Values of a circuit's inputs by name. Immutable; as secret as the private ones. */
public final class Inputs {
  private static final Inputs NONE = new Inputs(Map.of());

  private final Map<String, List<Fr>> values;

  private Inputs(Map<String, List<Fr>> values) {
    this.values = values;
  }

  /** No values yet. */
  public static Inputs none() {
    return NONE;
  }

  /** With a value. */
  public static Inputs of(String name, long value) {
    return NONE.and(name, value);
  }

  /** With a value. */
  public static Inputs of(String name, Fr value) {
    return NONE.and(name, value);
  }

  /** With an array. */
  public static Inputs of(String name, List<Fr> array) {
    return NONE.and(name, array);
  }

  /** With another value. */
  public Inputs and(String name, long value) {
    return and(name, Fr.of(value));
  }

  /** With another value. */
  public Inputs and(String name, Fr value) {
    return and(name, List.of(value));
  }

  /** With another array. */
  public Inputs and(String name, long... array) {
    return and(name, LongStream.of(array).mapToObj(Fr::of).toList());
  }

  /**
   * With another array.
   *
   * @throws IllegalArgumentException if the name has a value already
   */
  public Inputs and(String name, List<Fr> array) {
    Map<String, List<Fr>> more = new LinkedHashMap<>(values);
    if (more.put(name, List.copyOf(array)) != null) {
      throw new IllegalArgumentException("two values of the input " + name);
    }
    return new Inputs(Collections.unmodifiableMap(more));
  }

  /** The values by name. */
  public Map<String, List<Fr>> values() {
    return values;
  }

  /** The names; values may be secret. */
  @Override
  public String toString() {
    return "Inputs " + values.keySet();
  }
}
