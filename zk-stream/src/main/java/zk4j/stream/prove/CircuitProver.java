package zk4j.stream.prove;

import java.math.BigInteger;
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
import zk4j.stream.verify.Policy;

/** A circuit and its key. Immutable and thread-safe. */
final class CircuitProver {
  /** A proof and its public signals. */
  record Proven(Proof proof, List<Fr> signals) {}

  private final CompiledCircuit circuit;
  private final VerifyingKey verifyingKey;
  private final Groth16Prover prover;
  private final boolean insecureDevelopmentKey;

  private CircuitProver(CompiledCircuit circuit, ProvingKey key, boolean insecureDevelopmentKey) {
    this.circuit = circuit;
    this.insecureDevelopmentKey = insecureDevelopmentKey;
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
    return new CircuitProver(circuit, key, false);
  }

  /** With a key of its own, for development alone. */
  static CircuitProver ofInsecureDevelopmentKey(
      Circuit statement, SecureRandom random, Execution execution) {
    CompiledCircuit circuit = CompiledCircuit.of(statement);
    ProvingKey key = InsecureSetup.provingKey(circuit.r1cs(), random, execution);
    return new CircuitProver(circuit, key, true);
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

  /** Whether the key is for development alone. */
  boolean insecureDevelopmentKey() {
    return insecureDevelopmentKey;
  }

  /**
   * Parameters as a policy has them.
   *
   * @throws IllegalArgumentException if one is below 0, or has more bits than the circuit takes
   */
  Map<String, Fr> fixed(Map<String, Long> parameters) {
    parameters.forEach(
        (name, value) -> {
          int bits = circuit.inputBits().getOrDefault(name, Long.SIZE - 1);
          if (value < 0 || BigInteger.valueOf(value).bitLength() > bits) {
            throw new IllegalArgumentException(
                name + " is " + value + ", and is to be a number of " + bits + " bits");
          }
        });
    return parameters.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, parameter -> Fr.of(parameter.getValue())));
  }

  /**
   * Answers a policy, whose parameters are inputs too.
   *
   * @throws IllegalArgumentException if {@code inputs} has another value of a parameter
   */
  Proven prove(Policy policy, Inputs inputs, Execution execution)
      throws UnsatisfiedCircuitException, ProvingException {
    Inputs all = inputs;
    for (var parameter : policy.fixed().entrySet()) {
      List<Fr> value = List.of(parameter.getValue());
      if (!value.equals(inputs.values().get(parameter.getKey()))) {
        all = all.and(parameter.getKey(), value);
      }
    }
    return prove(all, execution);
  }

  Proven prove(Inputs inputs, Execution execution)
      throws UnsatisfiedCircuitException, ProvingException {
    Witness witness = circuit.witness(inputs);
    List<Fr> signals = witness.publicSignals(circuit.r1cs().publicSignals()).toList();
    return new Proven(prover.prove(witness, execution), signals);
  }
}
