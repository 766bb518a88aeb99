package zk4j.plonk;

import java.util.List;
import zk4j.bn254.Fr;
import zk4j.bn254.FrVector;
import zk4j.circuit.Bounded;
import zk4j.circuit.CompiledCircuit;
import zk4j.circuit.Inputs;
import zk4j.circuit.Signal;
import zk4j.r1cs.Witness;

/** Products, sums of many terms, constants, two public outputs and a public input. */
final class TestCircuit {
  static final CompiledCircuit CIRCUIT =
      CompiledCircuit.of(
          c -> {
            Bounded x = c.input("x", 8);
            Bounded limit = c.publicInput("limit", 8);
            c.output("less", x.isLessThan(limit));
            Signal sum = x.plus(limit).plus(x.square()).plus(limit.square()).plus(7);
            c.output("product", sum.times(sum.minus(x)));
          });

  private TestCircuit() {}

  static Witness witness(int x, int limit) throws Exception {
    return CIRCUIT.witness(Inputs.of("x", x).and("limit", limit));
  }

  static List<Fr> publics(Witness witness) {
    return witness.publicSignals(3).toList();
  }

  /** The same witness with 1 more on a wire. */
  static Witness changed(Witness witness, int wire) {
    FrVector values = witness.values().copy();
    values.set(wire, values.get(wire).plus(Fr.ONE));
    return Witness.of(values);
  }
}
