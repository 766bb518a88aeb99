package zk4j.circuit;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import zk4j.bn254.FieldEncoding;
import zk4j.bn254.Fr;
import zk4j.bn254.FrVector;
import zk4j.core.BoundedReader;
import zk4j.core.MalformedDataException;

/** Computes the values of all wires of a builder from inputs by name. */
record WitnessComputation(WitnessProgram program, List<InputSignal> inputs) {
  /** The values; what the circuit requires is checked. */
  WitnessProgram.Values values(Inputs values) throws UnsatisfiedCircuitException {
    WitnessProgram.Values slots = slots(values);
    program.run(slots);
    return slots;
  }

  /** The values, whatever the circuit requires. */
  WitnessProgram.Values uncheckedValues(Inputs values) {
    WitnessProgram.Values slots = slots(values);
    program.runUnchecked(slots);
    return slots;
  }

  private WitnessProgram.Values slots(Inputs values) {
    Set<String> unknown = new LinkedHashSet<>(values.values().keySet());
    WitnessProgram.Values slots = program.values();
    for (InputSignal input : inputs) {
      List<Fr> given = values.values().get(input.name());
      if (given == null) {
        throw new IllegalArgumentException("the input " + input.name() + " has no value");
      }
      if (given.size() != input.count()) {
        throw new IllegalArgumentException(
            "the input "
                + input.name()
                + " has "
                + given.size()
                + " values instead of "
                + input.count());
      }
      for (int i = 0; i < input.count(); i++) {
        slots.set(input.firstWire() + i, given.get(i));
      }
      unknown.remove(input.name());
    }
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException("the circuit has no inputs " + unknown);
    }
    return slots;
  }

  /** The values of some wires. */
  static FrVector vector(WitnessProgram.Values slots, int[] wires) {
    byte[] bytes = new byte[Math.multiplyExact(wires.length, Fr.BYTES)];
    slots.encode(bytes, wires);
    try {
      BoundedReader in = BoundedReader.of(bytes, "witness");
      return FrVector.read(in, wires.length, FieldEncoding.LITTLE_ENDIAN);
    } catch (MalformedDataException e) {
      throw new AssertionError(e); // values are below r
    }
  }
}
