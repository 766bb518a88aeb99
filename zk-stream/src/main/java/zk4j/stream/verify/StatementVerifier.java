package zk4j.stream.verify;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import zk4j.bn254.Fr;
import zk4j.core.VerificationResult;
import zk4j.groth16.Proof;
import zk4j.stream.Window;
import zk4j.stream.verify.Verdict.Reason;
import zk4j.stream.verify.Verdict.Refused;

/**
 * Asks for proofs and verifies them: under policies of its own, for its own challenges, each once.
 * What is cheap is looked at first. Thread-safe.
 */
public final class StatementVerifier {
  /** How far the clock of a device may be ahead. */
  private static final Duration SKEW = Duration.ofMinutes(1);

  private record Known(Policy policy, PolicyKeys keys) {}

  private final Fr audience;
  private final Map<String, Known> policies = new LinkedHashMap<>();
  private final Supplier<Set<Fr>> enrolments;
  private final QueryBudget budget;
  private final Duration lifetime;
  private final VerifierState state;
  private final Clock clock;
  private final SecureRandom random;

  /**
   * A verifier.
   *
   * @param audience its name: proofs for others are refused
   * @param policies what it asks
   * @param enrolments the roots of the tree of devices that it accepts now
   * @param budget how often it may ask about one person
   * @param lifetime how long a challenge may be answered
   * @param state its memory; still the caller's to close
   * @param clock that it trusts
   * @throws IllegalArgumentException if two policies have one id
   */
  public StatementVerifier(
      Fr audience,
      List<Policy> policies,
      Supplier<Set<Fr>> enrolments,
      QueryBudget budget,
      Duration lifetime,
      VerifierState state,
      Clock clock) {
    this.audience = audience;
    for (Policy policy : policies) {
      if (this.policies.put(policy.id(), new Known(policy, PolicyKeys.of(policy))) != null) {
        throw new IllegalArgumentException("two policies " + policy.id());
      }
    }
    this.enrolments = enrolments;
    this.budget = budget;
    this.lifetime = lifetime;
    this.state = state;
    this.clock = clock;
    this.random = new SecureRandom();
  }

  /** Its name. */
  public Fr audience() {
    return audience;
  }

  /** What it asks. */
  public List<Policy> policies() {
    return policies.values().stream().map(Known::policy).toList();
  }

  /**
   * A new challenge, which one proof under this policy may answer while it lasts.
   *
   * @return nothing if there is no such policy, or too many challenges are open
   */
  public Optional<Challenge> challenge(String policy) throws SQLException {
    Instant now = clock.instant();
    Challenge challenge = new Challenge(policy, Fr.random(random), now.plus(lifetime));
    boolean remembered =
        policies.containsKey(policy)
            && state.addChallenge(challenge.value(), policy, now, challenge.expires());
    return remembered ? Optional.of(challenge) : Optional.empty();
  }

  /**
   * A question that waits for its answer.
   *
   * @param policy what is asked
   * @param value the signal {@code challenge} of the answer
   * @param expires when it is too late
   */
  public record Challenge(String policy, Fr value, Instant expires) {}

  /**
   * Verifies a proof, and enters it if it is accepted.
   *
   * @param signals the public signals, in the policy's order
   * @throws SQLException if the state cannot be reached: then nothing is accepted
   */
  public Verdict verify(String policy, Proof proof, List<Fr> signals) throws SQLException {
    return verify(policy, proof, signals, List.of());
  }

  /**
   * Verifies a proof about a day with the proofs of its windows' summaries, these in one batch, and
   * enters it if all are accepted.
   *
   * @param signals the public signals, in the policy's order
   * @param windows the proofs of the policy's {@link Policy#summaries}, in their order
   * @throws SQLException if the state cannot be reached: then nothing is accepted
   */
  public Verdict verify(String policy, Proof proof, List<Fr> signals, List<Proof> windows)
      throws SQLException {
    Known known = policies.get(policy);
    if (known == null) {
      return new Refused(Reason.UNKNOWN_POLICY, "there is no policy of that id");
    }
    List<String> names = known.policy().signals();
    if (signals.size() != names.size()) {
      return new Refused(
          Reason.MALFORMED_SIGNALS, signals.size() + " signals instead of " + names.size());
    }
    Map<String, Fr> values = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      values.put(names.get(i), signals.get(i));
    }
    return verify(known, proof, signals, values, windows);
  }

  private Verdict verify(
      Known known, Proof proof, List<Fr> signals, Map<String, Fr> values, List<Proof> windows)
      throws SQLException {
    Policy policy = known.policy();
    Instant now = clock.instant();
    Optional<String> other = policy.otherParameter(signals);
    if (other.isPresent()) {
      return new Refused(Reason.OTHER_PARAMETERS, other.get());
    }
    if (!value(values, "audience").equals(audience)) {
      return new Refused(Reason.OTHER_AUDIENCE, "it is for another audience");
    }
    if (!enrolments.get().contains(value(values, "enrolment"))) {
      return new Refused(Reason.NOT_ENROLLED, "the tree of devices is none that counts now");
    }
    Instant end = Instant.EPOCH;
    for (var window : policy.windows().entrySet()) {
      BigInteger start = value(values, window.getKey()).toBigInteger();
      long length = window.getValue().toMillis();
      if (start.bitLength() > Window.START_BITS || start.longValue() % length != 0) {
        return new Refused(Reason.IMPOSSIBLE_WINDOW, window.getKey() + " is no window's start");
      }
      Instant over = Instant.ofEpochMilli(start.longValue() + length);
      if (over.isAfter(now.plus(SKEW))) {
        return new Refused(
            Reason.IMPOSSIBLE_WINDOW, "a window ends at " + over + ", later than now");
      }
      if (over.isBefore(now.minus(policy.maximumAge()))) {
        return new Refused(Reason.STALE, "a window ended at " + over);
      }
      end = over.isAfter(end) ? over : end;
    }
    Fr holds = value(values, "holds");
    if (!holds.isZero() && !holds.isOne()) {
      return new Refused(Reason.MALFORMED_SIGNALS, "holds is neither 0 nor 1");
    }
    Claim claim =
        new Claim(
            policy.id(),
            holds.isOne(),
            value(values, "challenge"),
            value(values, "pseudonym"),
            value(values, "nullifier"),
            end);
    Optional<Refused> obstacle = state.obstacle(claim, budget, now);
    if (obstacle.isPresent()) {
      return obstacle.get();
    }
    VerificationResult result = known.keys().check(proof, signals, windows);
    // Another thread may enter the same meanwhile: the state decides.
    return result.valid()
        ? state.enter(claim, budget, now)
        : new Refused(Reason.INVALID_PROOF, result.reason());
  }

  private static Fr value(Map<String, Fr> values, String name) {
    return Objects.requireNonNull(values.get(name), name);
  }
}
