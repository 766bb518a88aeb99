package zk4j.stream.verify;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import zk4j.bn254.Fr;
import zk4j.groth16.VerifyingKey;

/**
 * What a verifier asks: which statement, by its pinned verification key, with which parameters,
 * about windows of which length and age. A verifier accepts proofs under its own policies alone.
 *
 * @param id 1 to 63 characters of a-z, 0-9 and -
 * @param question in plain words, for people
 * @param key of the statement's circuit
 * @param signals what each public signal is called, in their order
 * @param windows the signals that are the start of a window, and how long it is
 * @param fixed the signals that have one value: the statement's parameters, and how many readings
 *     there must be
 * @param maximumAge how long ago the end of a window may be
 * @param summaries that proofs of windows show, if the statement is about a day by its windows
 * @param insecureDevelopmentKey whether whoever made a key of it, or anyone, can forge proofs
 */
public record Policy(
    String id,
    String question,
    VerifyingKey key,
    List<String> signals,
    Map<String, Duration> windows,
    Map<String, Fr> fixed,
    Duration maximumAge,
    Optional<Summaries> summaries,
    boolean insecureDevelopmentKey) {
  /**
   * Signals that are summaries of windows, each of which has a proof.
   *
   * @param key of the windows' circuit, whose one signal is the summary
   * @param signals which they are, in the order of the windows
   */
  public record Summaries(VerifyingKey key, List<String> signals) {
    /**
     * Summaries.
     *
     * @throws IllegalArgumentException if there are none, or the key is for other signals
     */
    public Summaries {
      signals = List.copyOf(signals);
      if (signals.isEmpty() || key.publicSignals() != 1) {
        throw new IllegalArgumentException(
            "summaries " + signals + " by a key of " + key.publicSignals() + " signals");
      }
    }
  }

  /** The signals that each statement has, which a verifier compares with what it expects. */
  public static final Set<String> BOUND =
      Set.of("holds", "pseudonym", "nullifier", "challenge", "audience", "enrolment");

  /**
   * A policy.
   *
   * @throws IllegalArgumentException unless each of the key's signals is one of {@link #BOUND},
   *     {@code windows}, {@code fixed} or {@code summaries}, once
   */
  public Policy {
    if (!id.matches("[a-z0-9-]{1,63}")) {
      throw new IllegalArgumentException(
          "\"" + id + "\" is no id of 1 to 63 characters of a-z, 0-9 and -");
    }
    if (maximumAge.isNegative() || maximumAge.isZero()) {
      throw new IllegalArgumentException("policy " + id + " has a maximum age of " + maximumAge);
    }
    signals = List.copyOf(signals);
    windows = Map.copyOf(windows);
    fixed = Map.copyOf(fixed);
    if (windows.isEmpty()) {
      throw new IllegalArgumentException("policy " + id + " is about no window");
    }
    if (signals.size() != key.publicSignals()) {
      throw new IllegalArgumentException(
          "policy " + id + " names " + signals.size() + " of " + key.publicSignals() + " signals");
    }
    Set<String> known = new HashSet<>(BOUND);
    known.addAll(windows.keySet());
    known.addAll(fixed.keySet());
    List<String> shown = summaries.map(Summaries::signals).orElse(List.of());
    known.addAll(shown);
    boolean apart = known.size() == BOUND.size() + windows.size() + fixed.size() + shown.size();
    if (!apart || signals.size() != known.size() || !known.equals(new HashSet<>(signals))) {
      throw new IllegalArgumentException(
          "policy " + id + " knows " + known + " of the signals " + signals);
    }
  }

  /** The same, marked as one with a key that is for development alone. */
  public Policy withInsecureDevelopmentKey() {
    return new Policy(id, question, key, signals, windows, fixed, maximumAge, summaries, true);
  }

  /**
   * Compares the public signals of a proof with the {@code fixed} ones.
   *
   * @param values in the order of {@code signals}
   * @return which one has another value, in words; empty if none has
   * @throws IllegalArgumentException if there are more or fewer values than signals
   */
  public Optional<String> otherParameter(List<Fr> values) {
    if (values.size() != signals.size()) {
      throw new IllegalArgumentException(
          values.size() + " values of " + signals.size() + " signals");
    }
    for (int i = 0; i < signals.size(); i++) {
      Fr asked = fixed.get(signals.get(i));
      if (asked != null && !asked.equals(values.get(i))) {
        return Optional.of(
            "%s is %s, and the policy's is %s".formatted(signals.get(i), values.get(i), asked));
      }
    }
    return Optional.empty();
  }
}
