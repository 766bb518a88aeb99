package zk4j.stream.prove;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import zk4j.bn254.Fr;
import zk4j.circuit.Inputs;
import zk4j.circuit.UnsatisfiedCircuitException;
import zk4j.core.Execution;
import zk4j.core.VerificationResult;
import zk4j.groth16.ProvingKey;
import zk4j.groth16.VerifyingKey;
import zk4j.merkle.MerkleProof;
import zk4j.r1cs.ProvingException;
import zk4j.stream.SealedWindow;
import zk4j.stream.SubjectSecret;
import zk4j.stream.WindowFormat;
import zk4j.stream.WindowHeader;
import zk4j.stream.statement.EnrolledWindow;
import zk4j.stream.statement.StatementCircuit;
import zk4j.stream.verify.Policy;

/** Makes proofs of one statement, by Groth16. Immutable and thread-safe. */
public final class StatementProver implements PolicyProver {
  private final StatementCircuit statement;
  private final CircuitProver prover;

  private StatementProver(StatementCircuit statement, CircuitProver prover) {
    this.statement = statement;
    this.prover = prover;
  }

  /**
   * A prover with a key that a ceremony made.
   *
   * @throws IllegalArgumentException if the key is for another circuit, as far as its numbers of
   *     wires and signals tell; else proofs fail, and none that does not hold is handed out
   */
  public static StatementProver of(StatementCircuit statement, ProvingKey key) {
    return new StatementProver(statement, CircuitProver.of(statement, key));
  }

  /**
   * A prover with a key of its own: for development, tests and demonstrations alone, since whoever
   * made the key can prove anything.
   */
  public static StatementProver ofInsecureDevelopmentKey(
      StatementCircuit statement, SecureRandom random, Execution execution) {
    return new StatementProver(
        statement, CircuitProver.ofInsecureDevelopmentKey(statement, random, execution));
  }

  /** The statement. */
  public StatementCircuit statement() {
    return statement;
  }

  /** The key by which its proofs are verified. */
  public VerifyingKey verifyingKey() {
    return prover.verifyingKey();
  }

  /** What the public signals are called, in their order. */
  public List<String> signals() {
    return prover.signals();
  }

  @Override
  public List<WindowFormat> formats() {
    return statement.formats();
  }

  @Override
  public List<Instant> starts(Instant first) {
    return Collections.nCopies(formats().size(), first);
  }

  @Override
  public VerificationResult check(List<WindowHeader> windows) {
    VerificationResult result = statement.check(windows);
    if (result.valid() && windows.stream().map(WindowHeader::subject).distinct().count() != 1) {
      return VerificationResult.invalid("they are of several people");
    }
    return result;
  }

  @Override
  public boolean answers(Policy policy) {
    return policy.key().equals(verifyingKey()) && policy.summaries().isEmpty();
  }

  /**
   * A policy that asks this statement.
   *
   * @param parameters the statement's, and {@code minimumPresent}, or {@code minimumPresent0} and
   *     so on for several windows
   * @throws IllegalArgumentException if one of them has more bits than the statement takes
   */
  @Override
  public Policy policy(
      String id, String question, Map<String, Long> parameters, Duration maximumAge) {
    return new Policy(
        id,
        question,
        verifyingKey(),
        signals(),
        Map.of("start", statement.length()),
        prover.fixed(parameters),
        maximumAge,
        Optional.empty(),
        prover.insecureDevelopmentKey());
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
    return prove(
        policy,
        List.of(new EnrolledWindow(sealed, enrolled)),
        secret,
        challenge,
        audience,
        execution);
  }

  @Override
  public StatementProof prove(
      Policy policy,
      List<EnrolledWindow> windows,
      SubjectSecret secret,
      Fr challenge,
      Fr audience,
      Execution execution)
      throws UnsatisfiedCircuitException, ProvingException {
    if (!answers(policy)) {
      throw new IllegalArgumentException(
          "policy " + policy.id() + " has the key of another circuit");
    }
    Inputs inputs = statement.inputs(windows, secret, challenge, audience);
    CircuitProver.Proven proven = prover.prove(policy, inputs, execution);
    return new StatementProof(policy.id(), proven.proof(), proven.signals());
  }
}
