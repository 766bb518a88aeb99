package zk4j.evm;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import zk4j.bn254.Fr;
import zk4j.circuit.Circuit;
import zk4j.circuit.CompiledCircuit;
import zk4j.circuit.Inputs;
import zk4j.circuit.Signal;
import zk4j.circuit.UnsatisfiedCircuitException;
import zk4j.r1cs.Witness;

/** A statement of so many public signals: x^2 and others, for a private x. */
final class Statements {
  private Statements() {}

  static CompiledCircuit circuit(int signals) {
    Circuit circuit =
        c -> {
          Signal x = c.input("x");
          if (signals > 1) {
            c.publicInputs("idle", signals - 1);
          }
          if (signals > 0) {
            c.output("square", x.square());
          } else {
            x.square().times(x).assertEquals(27);
          }
        };
    return CompiledCircuit.of(circuit);
  }

  static Witness witness(int signals) throws UnsatisfiedCircuitException {
    Inputs inputs = Inputs.of("x", 3);
    if (signals > 1) {
      List<Fr> idle =
          new ArrayList<>(IntStream.range(1, signals - 1).mapToObj(i -> Fr.of(1000 + i)).toList());
      idle.add(Fr.of(-1));
      inputs = inputs.and("idle", idle);
    }
    return circuit(signals).witness(inputs);
  }
}
