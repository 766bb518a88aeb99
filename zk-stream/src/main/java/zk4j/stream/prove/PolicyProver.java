package zk4j.stream.prove;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import zk4j.bn254.Fr;
import zk4j.circuit.UnsatisfiedCircuitException;
import zk4j.core.Execution;
import zk4j.core.VerificationResult;
import zk4j.r1cs.ProvingException;
import zk4j.stream.SubjectSecret;
import zk4j.stream.WindowFormat;
import zk4j.stream.WindowHeader;
import zk4j.stream.statement.EnrolledWindow;
import zk4j.stream.verify.Policy;

/**
 * What answers policies' questions: about a window or several of one time ({@link
 * StatementProver}), or about a day by its windows ({@link DayProver}). Immutable and thread-safe.
 */
public sealed interface PolicyProver permits StatementProver, DayProver {
  /** Of which windows an answer is, in their order. */
  List<WindowFormat> formats();

  /**
   * When each of the windows begins.
   *
   * @param first when the first one does
   */
  List<Instant> starts(Instant first);

  /**
   * Whether an answer can be about windows: as many as there have to be, of one person, with the
   * right formats and times, none left out. Signatures are not looked at.
   *
   * @param windows in their order
   */
  VerificationResult check(List<WindowHeader> windows);

  /** Whether a policy has the keys of this prover. */
  boolean answers(Policy policy);

  /**
   * A policy that asks the statement.
   *
   * @param parameters one for each public signal that a verifier does not compare by itself
   * @param maximumAge how long ago the end of the windows may be
   */
  Policy policy(String id, String question, Map<String, Long> parameters, Duration maximumAge);

  /**
   * Answers a policy's question, whether the answer is that the statement holds or that it does
   * not.
   *
   * @param policy which has this prover's keys
   * @param windows as {@link #check} wants them
   * @param secret of the person whose they are
   * @param challenge of the verifier's
   * @param audience who is to be convinced
   * @throws IllegalArgumentException if the policy has another key, or the windows are not as many,
   *     of the formats and of the times that they have to be, or not of one tree of devices
   * @throws UnsatisfiedCircuitException if a window is not the person's, its device is not
   *     enrolled, or it has not signed it. The message may have readings in it
   * @throws ProvingException if a key is for another circuit
   */
  StatementProof prove(
      Policy policy,
      List<EnrolledWindow> windows,
      SubjectSecret secret,
      Fr challenge,
      Fr audience,
      Execution execution)
      throws UnsatisfiedCircuitException, ProvingException;
}
