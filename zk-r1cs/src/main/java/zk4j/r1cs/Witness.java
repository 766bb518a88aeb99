package zk4j.r1cs;

import zk4j.bn254.Fr;
import zk4j.bn254.FrVector;

/**
 * The values of all of a circuit's wires: 1, then the public outputs, the public inputs, and the
 * private rest.
 */
public final class Witness {
  private final FrVector values;

  private Witness(FrVector values) {
    this.values = values;
  }

  /**
   * Makes a witness.
   *
   * @param values one a wire; not copied, and not to be modified from now on
   * @throws IllegalArgumentException if there is none, or the first is not 1
   */
  public static Witness of(FrVector values) {
    if (values.size() == 0) {
      throw new IllegalArgumentException("a witness has at least one wire");
    }
    if (!values.get(0).isOne()) {
      throw new IllegalArgumentException("wire 0 of a witness is 1, not " + values.get(0));
    }
    return new Witness(values);
  }

  /** The values of all wires; not to be modified. */
  public FrVector values() {
    return values;
  }

  /** How many wires there are, the constant one among them. */
  public int size() {
    return values.size();
  }

  /** The value of a wire, 0..size-1. */
  public Fr get(int wire) {
    return values.get(wire);
  }

  /**
   * A copy of the values of wires 1..count, which are public.
   *
   * @param count 0..size-1
   */
  public FrVector publicSignals(int count) {
    if (count < 0 || count >= size()) {
      throw new IllegalArgumentException(
          count + " public signals of a witness with " + size() + " wires");
    }
    return values.slice(1, 1 + count);
  }
}
