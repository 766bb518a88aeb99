package zk4j.stream.prove;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import zk4j.bn254.Fr;
import zk4j.circuit.Inputs;
import zk4j.circuit.UnsatisfiedCircuitException;
import zk4j.core.Execution;
import zk4j.core.VerificationResult;
import zk4j.groth16.Groth16Verifier;
import zk4j.groth16.Groth16Verifier.Claim;
import zk4j.groth16.Proof;
import zk4j.groth16.ProvingKey;
import zk4j.groth16.VerifyingKey;
import zk4j.r1cs.ProvingException;
import zk4j.stream.SubjectSecret;
import zk4j.stream.WindowFormat;
import zk4j.stream.WindowHeader;
import zk4j.stream.statement.DayCircuit;
import zk4j.stream.statement.EnrolledWindow;
import zk4j.stream.statement.SummaryCircuit;
import zk4j.stream.verify.Policy;
import zk4j.stream.verify.Policy.Summaries;

/**
 * Makes proofs about days, by Groth16: one of each window's summary, as soon as the window is over,
 * and one of the day, which opens the summaries. Immutable and thread-safe.
 */
public final class DayProver implements PolicyProver {
  private static final String LOW = "low";
  private static final String HIGH = "high";

  private final DayCircuit day;
  private final SummaryCircuit summary;
  private final CircuitProver dayProver;
  private final CircuitProver summaryProver;
  private final Groth16Verifier summaryVerifier;
  private final SecureRandom random = new SecureRandom();

  private DayProver(DayCircuit day, CircuitProver summaryProver, CircuitProver dayProver) {
    this.day = day;
    this.summary = new SummaryCircuit(day.format());
    this.dayProver = dayProver;
    this.summaryProver = summaryProver;
    this.summaryVerifier = Groth16Verifier.of(summaryProver.verifyingKey());
  }

  /**
   * A prover with keys that ceremonies made.
   *
   * @param summaryKey of {@link SummaryCircuit}, for windows of the day's format
   * @param dayKey of the day's circuit
   * @throws IllegalArgumentException if a key is for another circuit
   */
  public static DayProver of(DayCircuit day, ProvingKey summaryKey, ProvingKey dayKey) {
    return new DayProver(
        day,
        CircuitProver.of(new SummaryCircuit(day.format()), summaryKey),
        CircuitProver.of(day, dayKey));
  }

  /**
   * A prover with keys of its own: for development, tests and demonstrations alone, since whoever
   * made the keys can prove anything.
   */
  public static DayProver ofInsecureDevelopmentKeys(
      DayCircuit day, SecureRandom random, Execution execution) {
    return new DayProver(
        day,
        CircuitProver.ofInsecureDevelopmentKey(new SummaryCircuit(day.format()), random, execution),
        CircuitProver.ofInsecureDevelopmentKey(day, random, execution));
  }

  @Override
  public List<WindowFormat> formats() {
    return Collections.nCopies(day.windows(), day.format());
  }

  @Override
  public List<Instant> starts(Instant first) {
    return IntStream.range(0, day.windows())
        .mapToObj(i -> first.plus(day.format().length().multipliedBy(i)))
        .toList();
  }

  /** Beside what the circuit wants, a day has to begin when one does: verifiers take no others. */
  @Override
  public VerificationResult check(List<WindowHeader> windows) {
    VerificationResult result = day.check(windows);
    if (result.valid() && windows.get(0).start().toEpochMilli() % day.length().toMillis() != 0) {
      return VerificationResult.invalid(
          "a day of %s begins at a multiple of that since 1970, and not at %s"
              .formatted(day.length(), windows.get(0).start()));
    }
    return result;
  }

  @Override
  public boolean answers(Policy policy) {
    return policy.key().equals(dayProver.verifyingKey())
        && policy.summaries().map(Summaries::key).equals(Optional.of(summaryKey()));
  }

  private VerifyingKey summaryKey() {
    return summaryProver.verifyingKey();
  }

  /**
   * A policy that asks the day's statement.
   *
   * @param parameters the statement's, {@code low}, {@code high} and {@code minimumPresent}
   * @throws IllegalArgumentException if one of them has more bits than the statement takes
   */
  @Override
  public Policy policy(
      String id, String question, Map<String, Long> parameters, Duration maximumAge) {
    List<String> signals = dayProver.signals();
    List<String> summaries =
        signals.stream().filter(signal -> signal.startsWith("summaries[")).toList();
    return new Policy(
        id,
        question,
        dayProver.verifyingKey(),
        signals,
        Map.of("start", day.length()),
        dayProver.fixed(parameters),
        maximumAge,
        Optional.of(new Summaries(summaryKey(), summaries)),
        dayProver.insecureDevelopmentKey());
  }

  /**
   * Proves the summary of a window, for a policy's question.
   *
   * @param policy which has this prover's keys
   * @param audience who is to be convinced
   * @throws IllegalArgumentException if the policy has another key, or the window another format
   * @throws UnsatisfiedCircuitException if the window's device is not enrolled, or has not signed
   *     it. The message may have readings in it
   * @throws ProvingException if the key is for another circuit
   */
  public ProvenWindow proveWindow(
      Policy policy, EnrolledWindow window, Fr audience, Execution execution)
      throws UnsatisfiedCircuitException, ProvingException {
    require(policy);
    Fr salt = Fr.random(random);
    Inputs inputs = summary.inputs(window, audience, fixed(policy, LOW), fixed(policy, HIGH), salt);
    return new ProvenWindow(window, salt, summaryProver.prove(inputs, execution).proof());
  }

  /**
   * Answers a policy's question about a day, whether the answer is that the statement holds or that
   * it does not.
   *
   * @param policy which has this prover's keys
   * @param windows all of the day, in their order, proven for this policy and audience
   * @param secret of the person whose they are
   * @param challenge of the verifier's
   * @param audience who is to be convinced
   * @throws IllegalArgumentException if the policy has another key, the windows are not a day's, or
   *     a window's proof does not hold for its summary: as when it was proven for another policy
   * @throws UnsatisfiedCircuitException if the windows are not the person's. The message may have
   *     what is secret in it
   * @throws ProvingException if the key is for another circuit
   */
  public StatementProof proveDay(
      Policy policy,
      List<ProvenWindow> windows,
      SubjectSecret secret,
      Fr challenge,
      Fr audience,
      Execution execution)
      throws UnsatisfiedCircuitException, ProvingException {
    require(policy);
    Inputs inputs =
        day.inputs(
            windows.stream().map(ProvenWindow::window).toList(),
            windows.stream().map(ProvenWindow::salt).toList(),
            fixed(policy, LOW),
            fixed(policy, HIGH),
            secret,
            challenge,
            audience);
    CircuitProver.Proven proven = dayProver.prove(policy, inputs, execution);
    List<Proof> proofs = windows.stream().map(ProvenWindow::proof).toList();
    requireHolding(policy, proven.signals(), proofs);
    return new StatementProof(policy.id(), proven.proof(), proven.signals(), proofs);
  }

  /** Proves the windows' summaries one after the other, and then the day. */
  @Override
  public StatementProof prove(
      Policy policy,
      List<EnrolledWindow> windows,
      SubjectSecret secret,
      Fr challenge,
      Fr audience,
      Execution execution)
      throws UnsatisfiedCircuitException, ProvingException {
    VerificationResult result =
        check(windows.stream().map(window -> window.sealed().header()).toList());
    if (!result.valid()) {
      throw new IllegalArgumentException(result.reason());
    }
    List<ProvenWindow> proven = new ArrayList<>();
    for (EnrolledWindow window : windows) {
      proven.add(proveWindow(policy, window, audience, execution));
    }
    return proveDay(policy, proven, secret, challenge, audience, execution);
  }

  /** Refuses windows' proofs that do not hold for the summaries which a verifier will see. */
  private void requireHolding(Policy policy, List<Fr> signals, List<Proof> proofs) {
    List<String> summaries = policy.summaries().orElseThrow().signals();
    List<Claim> claims =
        IntStream.range(0, proofs.size())
            .mapToObj(i -> new Claim(proofs.get(i), List.of(signals.get(at(policy, summaries, i)))))
            .toList();
    List<Integer> invalid = summaryVerifier.findInvalid(claims);
    if (!invalid.isEmpty()) {
      throw new IllegalArgumentException(
          "the proofs of the windows %s, from 0, are not of their summaries for this policy and audience"
              .formatted(invalid));
    }
  }

  private static int at(Policy policy, List<String> summaries, int window) {
    return policy.signals().indexOf(summaries.get(window));
  }

  private void require(Policy policy) {
    if (!answers(policy)) {
      throw new IllegalArgumentException(
          "policy " + policy.id() + " has the keys of other circuits");
    }
  }

  private static int fixed(Policy policy, String name) {
    return Objects.requireNonNull(policy.fixed().get(name), name).toBigInteger().intValueExact();
  }
}
