package zk4j.stream.prove;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zk4j.bn254.Fr;
import zk4j.circuit.Circuit;
import zk4j.circuit.CompiledCircuit;
import zk4j.core.Execution;
import zk4j.groth16.InsecureSetup;
import zk4j.groth16.Proof;
import zk4j.groth16.ProvingKey;
import zk4j.merkle.MerkleTree;
import zk4j.stream.Device;
import zk4j.stream.Samples;
import zk4j.stream.database.Connections;
import zk4j.stream.statement.DayCircuit;
import zk4j.stream.statement.DayStatements;
import zk4j.stream.statement.EnrolledWindow;
import zk4j.stream.statement.StatementCircuit;
import zk4j.stream.statement.SummaryCircuit;
import zk4j.stream.verify.Policy;
import zk4j.stream.verify.Policy.Summaries;
import zk4j.stream.verify.QueryBudget;
import zk4j.stream.verify.StatementVerifier;
import zk4j.stream.verify.Verdict;
import zk4j.stream.verify.Verdict.Accepted;
import zk4j.stream.verify.Verdict.Reason;
import zk4j.stream.verify.Verdict.Refused;
import zk4j.stream.verify.VerifierState;

/** From windows to a day's proof, and what a verifier must refuse of it. */
class DayProverTest {
  private static final Fr AUDIENCE = Fr.of(77);
  private static final Fr OTHER_AUDIENCE = Fr.of(78);
  private static final int WINDOWS = 3;

  /** The first of its windows is that of a day of 36 minutes too. */
  private static final int FIRST = 2;

  private static final Instant START = Samples.later(FIRST).start();

  private static final DayCircuit CIRCUIT =
      new DayCircuit(Samples.MINUTES, WINDOWS, DayStatements.timeInRange());

  private static final DayProver PROVER =
      DayProver.ofInsecureDevelopmentKeys(CIRCUIT, new SecureRandom(), Execution.defaults());

  private static final Policy POLICY = policy("in-range", 60);
  private static final Policy STRICTER = policy("in-range-70", 70);

  private static final MerkleTree DEVICES = MerkleTree.ofDepth(StatementCircuit.ENROLMENT_DEPTH);
  private static final List<EnrolledWindow> DAY;
  private static final List<ProvenWindow> PROVEN;

  static {
    DEVICES.append(
        StatementCircuit.enrolmentLeaf(Samples.key(1).publicKey(), Samples.SECRET.subject()));
    Device device = Samples.device(1);
    DAY =
        IntStream.range(0, WINDOWS)
            .mapToObj(
                i -> new EnrolledWindow(device.seal(Samples.later(FIRST + i)), DEVICES.prove(0)))
            .toList();
    PROVEN = DAY.stream().map(window -> proven(window, AUDIENCE)).toList();
  }

  /** Readings are 62, 63 and 64, by the windows: two windows of three are in range. */
  private static Policy policy(String id, long percent) {
    return PROVER.policy(
        id,
        "Are more than " + percent + " percent of the heart rates 63 or 64?",
        Map.of("low", 63L, "high", 64L, "percent", percent, "minimumPresent", 36L),
        Duration.ofHours(2));
  }

  private static ProvenWindow proven(EnrolledWindow window, Fr audience) {
    try {
      return PROVER.proveWindow(POLICY, window, audience, Execution.defaults());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @TempDir private Path folder;
  private VerifierState state;
  private StatementVerifier verifier;

  @BeforeEach
  void open() throws SQLException {
    state = VerifierState.open(Connections.sqlite(folder.resolve("state.db")));
    verifier =
        new StatementVerifier(
            AUDIENCE,
            List.of(POLICY, STRICTER),
            () -> Set.of(DEVICES.root()),
            new QueryBudget(5, Duration.ofDays(1)),
            Duration.ofMinutes(10),
            state,
            Clock.fixed(START.plus(CIRCUIT.length()).plusSeconds(60), ZoneOffset.UTC));
  }

  @AfterEach
  void close() {
    state.close();
  }

  private StatementProof prove(Policy policy, List<ProvenWindow> windows, Fr audience)
      throws Exception {
    return PROVER.proveDay(
        policy,
        windows,
        Samples.SECRET,
        verifier.challenge(policy.id()).orElseThrow().value(),
        audience,
        Execution.defaults());
  }

  private Verdict verify(StatementProof proof, List<Fr> signals, List<Proof> windows)
      throws SQLException {
    return verifier.verify(proof.policy(), proof.proof(), signals, windows);
  }

  private static void assertRefused(Reason reason, Verdict verdict) {
    assertEquals(reason, assertInstanceOf(Refused.class, verdict).reason());
  }

  @Test
  void aDayIsAcceptedOnce() throws Exception {
    StatementProof proof = prove(POLICY, PROVEN, AUDIENCE);
    assertEquals(
        new Accepted(
            "in-range",
            true,
            Samples.SECRET.pseudonym(AUDIENCE),
            Samples.SECRET.nullifier(CIRCUIT.scope(AUDIENCE, START)),
            START.plus(CIRCUIT.length()),
            1),
        verify(proof, proof.signals(), proof.windows()));
    assertRefused(Reason.REPLAYED, verify(proof, proof.signals(), proof.windows()));
    StatementProof stricter = prove(STRICTER, PROVEN, AUDIENCE);
    assertRefused(Reason.REPLAYED, verify(stricter, stricter.signals(), stricter.windows()));
  }

  @Test
  void thatADayIsNotInRangeIsAnAnswerToo() throws Exception {
    StatementProof proof = prove(STRICTER, PROVEN, AUDIENCE);
    Accepted accepted =
        assertInstanceOf(Accepted.class, verify(proof, proof.signals(), proof.windows()));
    assertEquals(false, accepted.holds());
  }

  @Test
  void windowsThatAreLeftOutReorderedOrExchangedAreRefused() throws Exception {
    StatementProof proof = prove(POLICY, PROVEN, AUDIENCE);
    List<Proof> windows = proof.windows();
    Proof another = proven(DAY.get(1), AUDIENCE).proof();
    Proof mauled = new Proof(windows.get(1).a().negate(), windows.get(1).b(), windows.get(1).c());
    for (List<Proof> wrong :
        List.of(
            List.<Proof>of(),
            windows.subList(0, 2),
            List.of(windows.get(0), windows.get(1), windows.get(2), windows.get(2)),
            List.of(windows.get(1), windows.get(0), windows.get(2)),
            List.of(windows.get(0), windows.get(0), windows.get(2)),
            List.of(windows.get(0), another, windows.get(2)),
            List.of(windows.get(0), mauled, windows.get(2)))) {
      assertRefused(Reason.INVALID_PROOF, verify(proof, proof.signals(), wrong));
    }
    assertRefused(
        Reason.INVALID_PROOF, verifier.verify("in-range", proof.proof(), proof.signals()));
    assertInstanceOf(Accepted.class, verify(proof, proof.signals(), windows));
  }

  @Test
  void eachSummaryIsBound() throws Exception {
    StatementProof proof = prove(POLICY, PROVEN, AUDIENCE);
    ProvenWindow another = proven(DAY.get(1), AUDIENCE);
    StatementProof other = prove(POLICY, List.of(PROVEN.get(0), another, PROVEN.get(2)), AUDIENCE);
    int at = POLICY.signals().indexOf("summaries[1]");
    List<Fr> signals = new ArrayList<>(proof.signals());
    signals.set(at, other.signals().get(at));
    assertRefused(Reason.INVALID_PROOF, verify(proof, signals, proof.windows()));
    assertRefused(Reason.INVALID_PROOF, verify(proof, signals, other.windows()));
  }

  @Test
  void summariesForOthersAreNoneForThisAudience() throws Exception {
    List<ProvenWindow> windows =
        DAY.stream().map(window -> proven(window, OTHER_AUDIENCE)).toList();
    assertEquals("[0, 1, 2]", unproven(POLICY, windows));
    StatementProof other = prove(POLICY, windows, OTHER_AUDIENCE);
    assertRefused(Reason.OTHER_AUDIENCE, verify(other, other.signals(), other.windows()));
    StatementProof ours = prove(POLICY, PROVEN, AUDIENCE);
    assertRefused(Reason.INVALID_PROOF, verify(ours, ours.signals(), other.windows()));
  }

  /** Which windows a prover refuses, because their proofs do not hold. */
  private String unproven(Policy policy, List<ProvenWindow> windows) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> prove(policy, windows, AUDIENCE));
    String message = String.valueOf(e.getMessage());
    return message.replaceAll("[^\\[]*(\\[[^]]*\\]).*", "$1");
  }

  @Test
  void noDayIsHandedOutWhoseWindowsAreNotProven() throws Exception {
    ProvenWindow window = PROVEN.get(1);
    Proof other = PROVEN.get(0).proof();
    Proof mauled = new Proof(window.proof().a().negate(), window.proof().b(), window.proof().c());
    for (ProvenWindow wrong :
        List.of(
            new ProvenWindow(window.window(), window.salt().plus(Fr.ONE), window.proof()),
            new ProvenWindow(window.window(), window.salt(), other),
            new ProvenWindow(window.window(), window.salt(), mauled))) {
      assertEquals("[1]", unproven(POLICY, List.of(PROVEN.get(0), wrong, PROVEN.get(2))));
    }
    Policy wider =
        PROVER.policy(
            "wider",
            "?",
            Map.of("low", 62L, "high", 64L, "percent", 60L, "minimumPresent", 36L),
            Duration.ofHours(2));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            PROVER.proveDay(wider, PROVEN, Samples.SECRET, Fr.ONE, AUDIENCE, Execution.defaults()));
    assertEquals(3, prove(POLICY, PROVEN, AUDIENCE).windows().size());
  }

  @Test
  void aDayIsAllOfItsWindowsInTheirOrder() {
    for (List<ProvenWindow> wrong :
        List.of(PROVEN.subList(0, 2), List.of(PROVEN.get(1), PROVEN.get(0), PROVEN.get(2)))) {
      assertThrows(IllegalArgumentException.class, () -> prove(POLICY, wrong, AUDIENCE));
    }
  }

  private static ProvingKey key(Circuit circuit) {
    return InsecureSetup.provingKey(
        CompiledCircuit.of(circuit).r1cs(), new SecureRandom(), Execution.defaults());
  }

  @Test
  void keysAreOfTheirCircuits() {
    ProvingKey ofSummary = key(new SummaryCircuit(Samples.MINUTES));
    ProvingKey ofDay = key(CIRCUIT);
    Map<String, Long> parameters =
        Map.of("low", 61L, "high", 62L, "percent", 1L, "minimumPresent", 1L);
    Policy policy =
        DayProver.of(CIRCUIT, ofSummary, ofDay)
            .policy("other", "?", parameters, Duration.ofHours(1));
    assertEquals(ofDay.verifyingKey(), policy.key());
    assertEquals(ofSummary.verifyingKey(), policy.summaries().orElseThrow().key());
    assertThrows(IllegalArgumentException.class, () -> DayProver.of(CIRCUIT, ofDay, ofSummary));
    assertThrows(
        IllegalArgumentException.class,
        () -> PROVER.proveWindow(policy, DAY.get(0), AUDIENCE, Execution.defaults()));
  }

  @Test
  void policiesKnowTheSummariesAndTheirKey() {
    Policy p = POLICY;
    Summaries summaries = p.summaries().orElseThrow();
    assertEquals(List.of("summaries[0]", "summaries[1]", "summaries[2]"), summaries.signals());
    assertEquals(
        List.of(
            "holds",
            "pseudonym",
            "nullifier",
            "challenge",
            "audience",
            "enrolment",
            "start",
            "minimumPresent",
            "low",
            "high",
            "summaries[0]",
            "summaries[1]",
            "summaries[2]",
            "percent"),
        p.signals());
    List<String> fewer = summaries.signals().subList(1, 3);
    for (Optional<Summaries> wrong :
        List.of(Optional.<Summaries>empty(), Optional.of(new Summaries(summaries.key(), fewer)))) {
      assertThrows(
          IllegalArgumentException.class,
          () ->
              new Policy(
                  p.id(),
                  "?",
                  p.key(),
                  p.signals(),
                  p.windows(),
                  p.fixed(),
                  p.maximumAge(),
                  wrong,
                  true));
    }
    assertThrows(IllegalArgumentException.class, () -> new Summaries(p.key(), summaries.signals()));
    assertThrows(IllegalArgumentException.class, () -> new Summaries(summaries.key(), List.of()));
  }
}
