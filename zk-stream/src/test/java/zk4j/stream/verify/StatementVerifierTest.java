package zk4j.stream.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zk4j.bn254.Fr;
import zk4j.core.Execution;
import zk4j.groth16.Proof;
import zk4j.merkle.MerkleTree;
import zk4j.stream.Device;
import zk4j.stream.Samples;
import zk4j.stream.SealedWindow;
import zk4j.stream.database.Connections;
import zk4j.stream.prove.StatementProof;
import zk4j.stream.prove.StatementProver;
import zk4j.stream.statement.StatementCircuit;
import zk4j.stream.statement.Statements;
import zk4j.stream.verify.Verdict.Accepted;
import zk4j.stream.verify.Verdict.Reason;
import zk4j.stream.verify.Verdict.Refused;

/** What a verifier must refuse, each tried with proofs that are otherwise in order. */
class StatementVerifierTest {
  private static final Fr AUDIENCE = Fr.of(77);
  private static final Fr OTHER_AUDIENCE = Fr.of(78);
  private static final QueryBudget BUDGET = new QueryBudget(3, Duration.ofDays(1));
  private static final Duration LIFETIME = Duration.ofMinutes(10);

  private static final StatementProver PROVER =
      StatementProver.ofInsecureDevelopmentKey(
          new StatementCircuit(Samples.MINUTES, Statements.allBelow()),
          new SecureRandom(),
          Execution.defaults());

  private static final Policy BELOW_120 = policy("below-120", 120, 10);
  private static final Policy BELOW_100 = policy("below-100", 100, 10);

  /** Consecutive windows of twelve minutes each. */
  private static final List<SealedWindow> WINDOWS = windows();

  private static final MerkleTree DEVICES = MerkleTree.ofDepth(StatementCircuit.ENROLMENT_DEPTH);

  static {
    DEVICES.append(
        StatementCircuit.enrolmentLeaf(Samples.key(1).publicKey(), Samples.SECRET.subject()));
  }

  private static Policy policy(String id, long limit, long minimumPresent) {
    return PROVER.policy(
        id,
        "All heart rates are below " + limit + ".",
        Map.of("limit", limit, "minimumPresent", minimumPresent),
        Duration.ofHours(2));
  }

  /** A policy with another id, about other windows. */
  private static Policy policy(Policy p, String id, Map<String, Duration> windows) {
    return new Policy(
        id,
        p.question(),
        p.key(),
        p.signals(),
        windows,
        p.fixed(),
        p.maximumAge(),
        p.summaries(),
        p.insecureDevelopmentKey());
  }

  private static List<SealedWindow> windows() {
    Device device = Samples.device(1);
    return IntStream.range(0, 6).mapToObj(i -> device.seal(Samples.later(i))).toList();
  }

  @TempDir private Path folder;
  private final Set<Fr> enrolments = new HashSet<>(Set.of(DEVICES.root()));
  private Instant now = WINDOWS.get(5).window().end();
  private VerifierState state;
  private StatementVerifier verifier;

  private final Clock clock =
      new Clock() {
        @Override
        public ZoneOffset getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
          return this;
        }

        @Override
        public Instant instant() {
          return now;
        }
      };

  @BeforeEach
  void open() throws SQLException {
    state = VerifierState.open(Connections.sqlite(folder.resolve("state.db")));
    verifier =
        new StatementVerifier(
            AUDIENCE,
            List.of(BELOW_120, BELOW_100),
            () -> enrolments,
            BUDGET,
            LIFETIME,
            state,
            clock);
  }

  @AfterEach
  void close() {
    state.close();
  }

  private Fr challenge(Policy policy) throws SQLException {
    return verifier.challenge(policy.id()).orElseThrow().value();
  }

  private static StatementProof prove(Policy policy, int window, Fr challenge, Fr audience)
      throws Exception {
    return PROVER.prove(
        policy,
        WINDOWS.get(window),
        Samples.SECRET,
        DEVICES.prove(0),
        challenge,
        audience,
        Execution.defaults());
  }

  private Verdict answer(Policy policy, int window) throws Exception {
    return verify(prove(policy, window, challenge(policy), AUDIENCE));
  }

  private Verdict verify(StatementProof proof) throws SQLException {
    return verifier.verify(proof.policy(), proof.proof(), proof.signals());
  }

  private static void assertRefused(Reason reason, Verdict verdict) {
    assertEquals(reason, assertInstanceOf(Refused.class, verdict).reason());
  }

  @Test
  void anAnswerIsAcceptedOnce() throws Exception {
    StatementProof proof = prove(BELOW_120, 5, challenge(BELOW_120), AUDIENCE);
    Accepted accepted = assertInstanceOf(Accepted.class, verify(proof));
    assertEquals(
        new Accepted(
            "below-120",
            true,
            Samples.SECRET.pseudonym(AUDIENCE),
            Samples.SECRET.nullifier(
                PROVER.statement().scope(AUDIENCE, WINDOWS.get(5).window().start())),
            WINDOWS.get(5).window().end(),
            1),
        accepted);
    assertRefused(Reason.REPLAYED, verify(proof));
    assertEquals(List.of(accepted), state.accepted(0, 10));
  }

  @Test
  void aProofThatTheStatementDoesNotHoldIsAProof() throws Exception {
    Policy below65 = policy("below-65", 65, 10);
    StatementVerifier strict =
        new StatementVerifier(
            AUDIENCE, List.of(below65), () -> enrolments, BUDGET, LIFETIME, state, clock);
    Fr challenge = strict.challenge("below-65").orElseThrow().value();
    StatementProof proof = prove(below65, 5, challenge, AUDIENCE);
    Accepted accepted =
        assertInstanceOf(Accepted.class, strict.verify("below-65", proof.proof(), proof.signals()));
    assertEquals(false, accepted.holds());
  }

  @Test
  void theSameQuestionWithANarrowerLimitIsAReplay() throws Exception {
    assertInstanceOf(Accepted.class, answer(BELOW_120, 5));
    assertRefused(Reason.REPLAYED, answer(BELOW_100, 5));
  }

  @Test
  void aMauledProofOfTheSameStatementIsAReplay() throws Exception {
    StatementProof proof = prove(BELOW_120, 5, challenge(BELOW_120), AUDIENCE);
    assertInstanceOf(Accepted.class, verify(proof));
    Proof other =
        new Proof(proof.proof().a().negate(), proof.proof().b().negate(), proof.proof().c());
    assertRefused(
        Reason.REPLAYED, verify(new StatementProof(proof.policy(), other, proof.signals())));
  }

  @Test
  void eachSignalIsBound() throws Exception {
    StatementProof proof = prove(BELOW_120, 5, challenge(BELOW_120), AUDIENCE);
    Map<String, Reason> reasons =
        Map.of(
            "holds", Reason.INVALID_PROOF,
            "pseudonym", Reason.INVALID_PROOF,
            "nullifier", Reason.INVALID_PROOF,
            "challenge", Reason.UNKNOWN_CHALLENGE,
            "audience", Reason.OTHER_AUDIENCE,
            "enrolment", Reason.NOT_ENROLLED,
            "start", Reason.IMPOSSIBLE_WINDOW,
            "minimumPresent", Reason.OTHER_PARAMETERS,
            "limit", Reason.OTHER_PARAMETERS);
    assertEquals(reasons.keySet(), new HashSet<>(BELOW_120.signals()));
    for (int i = 0; i < proof.signals().size(); i++) {
      List<Fr> signals = new ArrayList<>(proof.signals());
      boolean holds = BELOW_120.signals().get(i).equals("holds");
      signals.set(i, holds ? Fr.ZERO : signals.get(i).plus(Fr.ONE));
      assertRefused(
          Objects.requireNonNull(reasons.get(BELOW_120.signals().get(i))),
          verifier.verify("below-120", proof.proof(), signals));
    }
    assertInstanceOf(Accepted.class, verify(proof));
  }

  @Test
  void signalsThatAreNoneAreRefused() throws Exception {
    StatementProof proof = prove(BELOW_120, 5, challenge(BELOW_120), AUDIENCE);
    List<Fr> fewer = proof.signals().subList(1, proof.signals().size());
    assertRefused(Reason.MALFORMED_SIGNALS, verifier.verify("below-120", proof.proof(), fewer));
    List<Fr> two = new ArrayList<>(proof.signals());
    two.set(BELOW_120.signals().indexOf("holds"), Fr.of(2));
    assertRefused(Reason.MALFORMED_SIGNALS, verifier.verify("below-120", proof.proof(), two));
    List<Fr> huge = new ArrayList<>(proof.signals());
    huge.set(BELOW_120.signals().indexOf("start"), Fr.ZERO.minus(Fr.ONE));
    assertRefused(Reason.IMPOSSIBLE_WINDOW, verifier.verify("below-120", proof.proof(), huge));
  }

  @Test
  void aPolicyNamesTheParameterThatIsAnother() {
    List<Fr> values = new ArrayList<>(Collections.nCopies(BELOW_120.signals().size(), Fr.of(9)));
    BELOW_120
        .fixed()
        .forEach((name, value) -> values.set(BELOW_120.signals().indexOf(name), value));
    assertEquals(Optional.empty(), BELOW_120.otherParameter(values));
    values.set(BELOW_120.signals().indexOf("limit"), Fr.of(121));
    assertEquals(
        Optional.of("limit is 121, and the policy's is 120"), BELOW_120.otherParameter(values));
    values.add(Fr.ONE);
    assertThrows(IllegalArgumentException.class, () -> BELOW_120.otherParameter(values));
  }

  @Test
  void aProofForAnotherAudienceOrPolicyIsRefused() throws Exception {
    Fr challenge = challenge(BELOW_120);
    assertRefused(Reason.OTHER_AUDIENCE, verify(prove(BELOW_120, 5, challenge, OTHER_AUDIENCE)));
    StatementProof proof = prove(BELOW_120, 5, challenge, AUDIENCE);
    assertRefused(
        Reason.OTHER_PARAMETERS, verifier.verify("below-100", proof.proof(), proof.signals()));
    assertRefused(
        Reason.UNKNOWN_POLICY, verifier.verify("below-99", proof.proof(), proof.signals()));
    assertTrue(verifier.challenge("below-99").isEmpty());
    // A challenge of one policy does not open another.
    assertRefused(Reason.UNKNOWN_CHALLENGE, verify(prove(BELOW_100, 5, challenge, AUDIENCE)));
  }

  @Test
  void aDeviceThatIsRevokedProvesNothing() throws Exception {
    StatementProof proof = prove(BELOW_120, 5, challenge(BELOW_120), AUDIENCE);
    enrolments.clear();
    assertRefused(Reason.NOT_ENROLLED, verify(proof));
  }

  @Test
  void oldWindowsAndOnesThatHaveNotEndedAreRefused() throws Exception {
    StatementProof proof = prove(BELOW_120, 5, challenge(BELOW_120), AUDIENCE);
    Instant end = WINDOWS.get(5).window().end();
    now = end.minus(Duration.ofMinutes(2));
    assertRefused(Reason.IMPOSSIBLE_WINDOW, verify(proof));
    now = end.plus(Duration.ofHours(2)).plusMillis(1);
    assertRefused(Reason.STALE, verify(proof));
    now = end;
    assertInstanceOf(Accepted.class, verify(proof));
  }

  @Test
  void clocksMayDifferByAMinuteAndNoMore() throws Exception {
    StatementProof proof = prove(BELOW_120, 5, challenge(BELOW_120), AUDIENCE);
    Instant end = WINDOWS.get(5).window().end();
    now = end.minus(Duration.ofMinutes(1)).minusMillis(1);
    assertRefused(Reason.IMPOSSIBLE_WINDOW, verify(proof));
    now = end.minus(Duration.ofMinutes(1));
    assertInstanceOf(Accepted.class, verify(proof));
    StatementProof old = prove(BELOW_120, 4, challenge(BELOW_120), AUDIENCE);
    // The verifier's clock is set ahead: windows are stale sooner, and challenges expire.
    now = WINDOWS.get(4).window().end().plus(BELOW_120.maximumAge()).plusMillis(1);
    assertRefused(Reason.STALE, verify(old));
    now = now.minusMillis(1);
    assertRefused(Reason.UNKNOWN_CHALLENGE, verify(old));
  }

  @Test
  void aChallengeIsOpenForATimeAndForOneAnswer() throws Exception {
    StatementProof late = prove(BELOW_120, 5, challenge(BELOW_120), AUDIENCE);
    now = now.plus(LIFETIME).plusMillis(1);
    assertRefused(Reason.UNKNOWN_CHALLENGE, verify(late));
    Fr challenge = challenge(BELOW_120);
    assertInstanceOf(Accepted.class, verify(prove(BELOW_120, 5, challenge, AUDIENCE)));
    assertRefused(Reason.UNKNOWN_CHALLENGE, verify(prove(BELOW_120, 4, challenge, AUDIENCE)));
    assertRefused(Reason.UNKNOWN_CHALLENGE, verify(prove(BELOW_120, 4, Fr.of(1), AUDIENCE)));
  }

  @Test
  void aPersonIsAskedSoOftenOnly() throws Exception {
    for (int window = 0; window < 3; window++) {
      assertInstanceOf(Accepted.class, answer(BELOW_120, window));
    }
    assertRefused(Reason.BUDGET_EXHAUSTED, answer(BELOW_120, 3));
  }

  @Test
  void whatWasAcceptedIsRememberedByTheNextProcess() throws Exception {
    StatementProof proof = prove(BELOW_120, 5, challenge(BELOW_120), AUDIENCE);
    StatementProof open = prove(BELOW_120, 4, challenge(BELOW_120), AUDIENCE);
    assertInstanceOf(Accepted.class, verify(proof));
    close();
    open();
    assertRefused(Reason.REPLAYED, verify(proof));
    assertInstanceOf(Accepted.class, verify(open));
    assertEquals(2, state.accepted(0, 10).size());
    assertEquals(1, state.accepted(1, 10).size());
  }

  @Test
  void oneOfManyAtATimeIsAccepted() throws Exception {
    StatementProof proof = prove(BELOW_120, 5, challenge(BELOW_120), AUDIENCE);
    var pool = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Verdict>> tries =
          IntStream.range(0, 8).mapToObj(i -> (Callable<Verdict>) () -> verify(proof)).toList();
      int accepted = 0;
      for (Future<Verdict> verdict : pool.invokeAll(tries)) {
        accepted += verdict.get() instanceof Accepted ? 1 : 0;
      }
      assertEquals(1, accepted);
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void aPolicyKnowsEachSignal() {
    Policy p = BELOW_120;
    assertThrows(
        IllegalArgumentException.class,
        () -> PROVER.policy("x", "?", Map.of("limit", 3L), Duration.ofHours(1)));
    for (long limit : new long[] {-1, 256}) {
      assertThrows(IllegalArgumentException.class, () -> policy("wide", limit, 10));
    }
    assertEquals(Fr.of(255), policy("widest", 255, 10).fixed().get("limit"));
    assertTrue(p.insecureDevelopmentKey());
    assertThrows(IllegalArgumentException.class, () -> policy(p, p.id(), Map.of()));
    assertThrows(IllegalArgumentException.class, () -> policy(p, "Not an id", p.windows()));
    assertEquals(p, policy(p, p.id(), p.windows()));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new StatementVerifier(
                AUDIENCE, List.of(p, p), () -> enrolments, BUDGET, LIFETIME, state, clock));
  }
}
