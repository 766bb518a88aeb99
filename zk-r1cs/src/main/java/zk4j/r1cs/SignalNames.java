package zk4j.r1cs;

/** What the wires of a circuit are called. */
@FunctionalInterface
public interface SignalNames {
  /**
   * The name of a wire.
   *
   * @param wire from 0
   * @return a name for people; wires of different signals have different names
   */
  String name(int wire);

  /** Names wire 0 {@code one} and wire 17 {@code w17}. */
  static SignalNames byWire() {
    return wire -> wire == 0 ? "one" : "w" + wire;
  }
}
