package zk4j.stream.prove;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import zk4j.bn254.Fr;
import zk4j.circuit.CompiledCircuit;
import zk4j.circuit.Inputs;
import zk4j.circuit.UnsatisfiedCircuitException;
import zk4j.core.Execution;
import zk4j.groth16.Groth16Prover;
import zk4j.groth16.InsecureSetup;
import zk4j.groth16.ProvingKey;
import zk4j.groth16.VerifyingKey;
import zk4j.merkle.MerkleProof;
import zk4j.r1cs.ProvingException;
import zk4j.r1cs.Witness;
import zk4j.stream.SealedWindow;
import zk4j.stream.SubjectSecret;
import zk4j.stream.statement.StatementCircuit;
import zk4j.stream.verify.Policy;

/** Makes proofs of one statement, by Groth16. Immutable and thread-safe. */
public final class StatementProver {
  private static final String MINIMUM = "minimumPresent";

  private final StatementCircuit statement;
  private final CompiledCircuit circuit;
  private final VerifyingKey verifyingKey;
  private final Groth16Prover prover;

  private StatementProver(StatementCircuit statement, CompiledCircuit circuit, ProvingKey key) {
    this.statement = statement;
    this.circuit = circuit;
    this.verifyingKey = key.verifyingKey();
    this.prover = Groth16Prover.of(key);
  }

  /**
   * A prover with a key that a ceremony made.
   *
   * @throws IllegalArgumentException if the key is for another circuit, as far as its numbers of
   *     wires and signals tell; else proofs fail, and none that does not hold is handed out
   */
  public static StatementProver of(StatementCircuit statement, ProvingKey key) {
    CompiledCircuit circuit = CompiledCircuit.of(statement);
    int wires = circuit.r1cs().wires();
    int signals = circuit.r1cs().publicSignals();
    if (key.wires() != wires || key.publicSignals() != signals) {
      throw new IllegalArgumentException(
          "the circuit has %d wires, %d of them public signals, and the key %d and %d"
              .formatted(wires, signals, key.wires(), key.publicSignals()));
    }
    return new StatementProver(statement, circuit, key);
  }

  /**
   * A prover with a key of its own: for development, tests and demonstrations alone, since whoever
   * made the key can prove anything.
   */
  public static StatementProver ofInsecureDevelopmentKey(
      StatementCircuit statement, SecureRandom random, Execution execution) {
    CompiledCircuit circuit = CompiledCircuit.of(statement);
    return new StatementProver(
        statement, circuit, InsecureSetup.provingKey(circuit.r1cs(), random, execution));
  }

  /** The statement. */
  public StatementCircuit statement() {
    return statement;
  }

  /** The key by which its proofs are verified. */
  public VerifyingKey verifyingKey() {
    return verifyingKey;
  }

  /** What the public signals are called, in their order. */
  public List<String> signals() {
    return IntStream.rangeClosed(1, circuit.r1cs().publicSignals())
        .mapToObj(wire -> circuit.names().name(wire))
        .toList();
  }

  /**
   * A policy that asks this statement.
   *
   * @param parameters the statement's, and {@code minimumPresent}
   */
  public Policy policy(
      String id, String question, Map<String, Long> parameters, Duration maximumAge) {
    Map<String, Fr> fixed = new HashMap<>();
    parameters.forEach((name, value) -> fixed.put(name, Fr.of(value)));
    return new Policy(
        id,
        question,
        verifyingKey,
        signals(),
        Map.of("start", statement.format().length()),
        fixed,
        maximumAge);
  }

  /**
   * Answers a policy's question about a window, whether the answer is that the statement holds or
   * that it does not.
   *
   * @param policy which has this statement's key
   * @param enrolled where the window's device is in the tree of devices
   * @param challenge of the verifier's
   * @param audience who is to be convinced
   * @throws IllegalArgumentException if the policy has another key, or the window another format
   * @throws UnsatisfiedCircuitException if the window is not the person's, its device is not
   *     enrolled, or it has not signed it. The message may have readings in it
   * @throws ProvingException if the key is for another circuit
   */
  public StatementProof prove(
      Policy policy,
      SealedWindow sealed,
      SubjectSecret secret,
      MerkleProof enrolled,
      Fr challenge,
      Fr audience,
      Execution execution)
      throws UnsatisfiedCircuitException, ProvingException {
    if (!policy.key().equals(verifyingKey)) {
      throw new IllegalArgumentException(
          "policy " + policy.id() + " has the key of another circuit");
    }
    int minimum = policy.fixed().getOrDefault(MINIMUM, Fr.ZERO).toBigInteger().intValueExact();
    Inputs inputs = statement.inputs(sealed, secret, enrolled, challenge, audience, minimum);
    for (var parameter : policy.fixed().entrySet()) {
      if (!parameter.getKey().equals(MINIMUM)) {
        inputs = inputs.and(parameter.getKey(), parameter.getValue());
      }
    }
    Witness witness = circuit.witness(inputs);
    List<Fr> signals = witness.publicSignals(circuit.r1cs().publicSignals()).toList();
    return new StatementProof(policy.id(), prover.prove(witness, execution), signals);
  }
}
