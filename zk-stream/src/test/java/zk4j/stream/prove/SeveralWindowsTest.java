package zk4j.stream.prove;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zk4j.bn254.Fr;
import zk4j.core.Execution;
import zk4j.eddsa.EddsaPublicKey;
import zk4j.merkle.MerkleProof;
import zk4j.merkle.MerkleTree;
import zk4j.stream.Channel;
import zk4j.stream.Device;
import zk4j.stream.Samples;
import zk4j.stream.SealedWindow;
import zk4j.stream.SubjectSecret;
import zk4j.stream.Window;
import zk4j.stream.WindowFormat;
import zk4j.stream.database.Connections;
import zk4j.stream.prove.ProofTask.Priority;
import zk4j.stream.prove.ProofTask.Status;
import zk4j.stream.prove.TaskRefusedException.Reason;
import zk4j.stream.statement.Condition;
import zk4j.stream.statement.DayCircuit;
import zk4j.stream.statement.DayStatements;
import zk4j.stream.statement.StatementCircuit;
import zk4j.stream.statement.Statements;
import zk4j.stream.verify.Policy;
import zk4j.stream.verify.PolicyKeys;
import zk4j.stream.verify.QueryBudget;

/** A service that answers about windows of one time, and about a day. */
class SeveralWindowsTest {
  private static final Fr AUDIENCE = Fr.of(77);

  private static final WindowFormat OXYGEN =
      new WindowFormat(Channel.SPO2, Samples.MINUTES.slots());

  private static final StatementProver BOTH =
      StatementProver.ofInsecureDevelopmentKey(
          new StatementCircuit(
              List.of(Samples.MINUTES, OXYGEN),
              Condition.all(
                  Condition.of("rate", Statements.allBelow(), 0),
                  Condition.of("oxygen", Statements.averageAbove(), 1))),
          new SecureRandom(),
          Execution.defaults());

  private static final Policy BOTH_POLICY =
      BOTH.policy(
          "both",
          "?",
          Map.of(
              "minimumPresent0", 12L,
              "minimumPresent1", 12L,
              "rate_limit", 63L,
              "oxygen_limit", 90L),
          Duration.ofHours(2));

  private static final DayProver DAY =
      DayProver.ofInsecureDevelopmentKeys(
          new DayCircuit(Samples.MINUTES, 3, DayStatements.averageAbove()),
          new SecureRandom(),
          Execution.defaults());

  /** Readings of windows 2, 3 and 4 are 62, 63 and 64. */
  private static final Policy DAY_POLICY =
      DAY.policy(
          "day",
          "?",
          Map.of("low", 0L, "high", 255L, "limit", 62L, "minimumPresent", 36L),
          Duration.ofHours(2));

  private static final MerkleTree DEVICES = MerkleTree.ofDepth(StatementCircuit.ENROLMENT_DEPTH);
  private static final List<SealedWindow> RATES = new ArrayList<>();
  private static final SealedWindow OXYGEN_2 = Samples.device(2).seal(oxygen(2));
  private static final SealedWindow OXYGEN_3 = Samples.device(2).seal(oxygen(3));
  private static final SealedWindow FOREIGN =
      new Device(Samples.key(2), Fr.of(5), null, new SecureRandom()).seal(oxygen(2));

  static {
    for (int device : new int[] {1, 2}) {
      Fr subject = Samples.SECRET.subject();
      DEVICES.append(StatementCircuit.enrolmentLeaf(Samples.key(device).publicKey(), subject));
    }
    Device device = Samples.device(1);
    for (int i = 0; i < 7; i++) {
      RATES.add(device.seal(Samples.later(i)));
    }
  }

  private static Window oxygen(int window) {
    int[] slots = new int[OXYGEN.slots()];
    Arrays.fill(slots, 95);
    return Window.of(OXYGEN, Samples.later(window).start(), slots);
  }

  private final Map<Fr, SealedWindow> windows = new HashMap<>();

  private final Holdings holdings =
      new Holdings() {
        @Override
        public Optional<SealedWindow> window(Fr header) {
          return Optional.ofNullable(windows.get(header));
        }

        @Override
        public Optional<SubjectSecret> secret(Fr subject) {
          return Optional.of(Samples.SECRET);
        }

        @Override
        public Optional<MerkleProof> enrolment(EddsaPublicKey device, Fr subject) {
          return Optional.of(DEVICES.prove(device.equals(Samples.key(1).publicKey()) ? 0 : 1));
        }
      };

  @TempDir private Path folder;
  private final BlockingQueue<TaskReport> ended = new LinkedBlockingQueue<>();
  private TaskStore store;
  private ProverService service;

  @BeforeEach
  void open() throws SQLException {
    RATES.forEach(window -> windows.put(window.header().hash(), window));
    for (SealedWindow window : List.of(OXYGEN_2, OXYGEN_3, FOREIGN)) {
      windows.put(window.header().hash(), window);
    }
    store = TaskStore.open(Connections.sqlite(folder.resolve("tasks.db")));
    service =
        new ProverService(
            ProverService.Settings.of(
                TrustMode.DEVICE_PROVER, Set.of(AUDIENCE), new QueryBudget(9, Duration.ofDays(1))),
            Map.of(BOTH_POLICY, BOTH, DAY_POLICY, DAY),
            holdings,
            store,
            Clock.systemUTC(),
            List.of(
                new ProverListener() {
                  @Override
                  public void ended(TaskReport report, Duration sinceBegun) {
                    ended.add(report);
                  }
                }));
  }

  @AfterEach
  void close() {
    service.close();
    store.close();
  }

  private static ProofTask task(String policy, List<SealedWindow> windows) {
    return new ProofTask(
        policy,
        windows.stream().map(window -> window.header().hash()).toList(),
        Fr.ONE,
        AUDIENCE,
        Priority.ROUTINE);
  }

  private void assertAnswered(Policy policy, List<SealedWindow> windows) throws Exception {
    String id = service.submit(task(policy.id(), windows));
    TaskReport report = Optional.ofNullable(ended.poll(2, TimeUnit.MINUTES)).orElseThrow();
    assertEquals(Status.PROVEN, report.status(), report.failure());
    StatementProof proof = report.proof().orElseThrow();
    assertTrue(
        PolicyKeys.of(policy).check(proof.proof(), proof.signals(), proof.windows()).valid());
    assertEquals(Fr.ONE, proof.signals().get(policy.signals().indexOf("holds")));
    assertEquals(Optional.of(report), service.report(id));
  }

  private String refused(Reason reason, String policy, List<SealedWindow> windows) {
    TaskRefusedException e =
        assertThrows(
            TaskRefusedException.class, () -> service.submit(task(policy, windows)), policy);
    assertEquals(reason, e.reason(), e.getMessage());
    return String.valueOf(e.getMessage());
  }

  @Test
  void windowsOfOneTimeAreAnsweredAbout() throws Exception {
    assertAnswered(BOTH_POLICY, List.of(RATES.get(2), OXYGEN_2));
  }

  @Test
  void windowsOfOtherTimesPeopleOrFormatsAreRefused() {
    Reason reason = Reason.UNSUITABLE_WINDOWS;
    SealedWindow rate = RATES.get(2);
    assertTrue(refused(reason, "both", List.of()).contains("0 windows, and the statement is"));
    assertTrue(refused(reason, "both", List.of(rate)).contains("1 windows, and the statement is"));
    assertTrue(refused(reason, "both", List.of(OXYGEN_2, rate)).contains("window 0 is of "));
    assertTrue(refused(reason, "both", List.of(rate, OXYGEN_3)).contains("window 1 begins at"));
    assertTrue(refused(reason, "both", List.of(rate, FOREIGN)).contains("of several people"));
    assertTrue(ended.isEmpty());
  }

  @Test
  void aDayIsAnsweredFromItsWindows() throws Exception {
    assertAnswered(DAY_POLICY, RATES.subList(2, 5));
  }

  @Test
  void aDayWithAMissingWindowIsRefused() {
    Reason reason = Reason.UNSUITABLE_WINDOWS;
    assertTrue(
        refused(reason, "day", List.of(RATES.get(2), RATES.get(3), RATES.get(5)))
            .contains("header 2 begins at 2026-01-05T09:00:00Z, not where the one before ends"));
    assertTrue(refused(reason, "day", RATES.subList(2, 4)).contains("2 windows of a day of 3"));
    assertTrue(refused(reason, "day", RATES.subList(2, 6)).contains("4 windows of a day of 3"));
    assertTrue(refused(reason, "day", List.of(OXYGEN_2, OXYGEN_2, OXYGEN_2)).contains("are of"));
    assertTrue(
        refused(reason, "day", List.of(RATES.get(2), RATES.get(2), RATES.get(2)))
            .contains("header 1 begins at"));
    // No verifier takes a day that begins at another time.
    assertTrue(refused(reason, "day", RATES.subList(3, 6)).contains("begins at a multiple"));
    windows.remove(RATES.get(3).header().hash());
    refused(Reason.UNKNOWN_WINDOW, "day", RATES.subList(2, 5));
    assertTrue(ended.isEmpty());
  }

  @Test
  void anotherWindowIsAnotherTask() {
    assertFalse(
        task("day", RATES.subList(2, 5)).id().equals(task("day", RATES.subList(2, 4)).id()));
    assertFalse(
        task("both", List.of(RATES.get(2), OXYGEN_2))
            .id()
            .equals(task("both", List.of(OXYGEN_2, RATES.get(2))).id()));
  }
}
