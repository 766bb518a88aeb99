package zk4j.stream.prove;

import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import zk4j.bn254.Fr;
import zk4j.circuit.Circuit;
import zk4j.circuit.CompiledCircuit;
import zk4j.circuit.Inputs;
import zk4j.circuit.UnsatisfiedCircuitException;
import zk4j.core.Execution;
import zk4j.groth16.Groth16Prover;
import zk4j.groth16.InsecureSetup;
import zk4j.groth16.Proof;
import zk4j.groth16.ProvingKey;
import zk4j.groth16.VerifyingKey;
import zk4j.r1cs.ProvingException;
import zk4j.r1cs.Witness;

/** A circuit and its key. Immutable and thread-safe. */
final class CircuitProver {
  /** A proof and its public signals. */
  record Proven(Proof proof, List<Fr> signals) {}

  private final CompiledCircuit circuit;
  private final VerifyingKey verifyingKey;
  private final Groth16Prover prover;

  private CircuitProver(CompiledCircuit circuit, ProvingKey key) {
    this.circuit = circuit;
    this.verifyingKey = key.verifyingKey();
    this.prover = Groth16Prover.of(key);
  }

  /**
   * With a key that a ceremony made.
   *
   * @throws IllegalArgumentException if the key is for another circuit
   */
  static CircuitProver of(Circuit statement, ProvingKey key) {
    CompiledCircuit circuit = CompiledCircuit.of(statement);
    key.requireCircuit(circuit.r1cs(), Execution.defaults());
    return new CircuitProver(circuit, key);
  }

  /** With a key of its own, for development alone. */
  static CircuitProver ofInsecureDevelopmentKey(
      Circuit statement, SecureRandom random, Execution execution) {
    CompiledCircuit circuit = CompiledCircuit.of(statement);
    return new CircuitProver(circuit, InsecureSetup.provingKey(circuit.r1cs(), random, execution));
  }

  VerifyingKey verifyingKey() {
    return verifyingKey;
  }

  /** What the public signals are called, in their order. */
  List<String> signals() {
    return IntStream.rangeClosed(1, circuit.r1cs().publicSignals())
        .mapToObj(wire -> circuit.names().name(wire))
        .toList();
  }

  /** Parameters as a policy has them. */
  static Map<String, Fr> fixed(Map<String, Long> parameters) {
    return parameters.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, parameter -> Fr.of(parameter.getValue())));
  }

  Proven prove(Inputs inputs, Execution execution)
      throws UnsatisfiedCircuitException, ProvingException {
    Witness witness = circuit.witness(inputs);
    List<Fr> signals = witness.publicSignals(circuit.r1cs().publicSignals()).toList();
    return new Proven(prover.prove(witness, execution), signals);
  }
}
