package zk4j.stream.prove;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zk4j.bn254.Fr;
import zk4j.circuit.CompiledCircuit;
import zk4j.core.Execution;
import zk4j.eddsa.EddsaPublicKey;
import zk4j.groth16.Groth16Verifier;
import zk4j.groth16.InsecureSetup;
import zk4j.groth16.ProvingKey;
import zk4j.merkle.MerkleProof;
import zk4j.merkle.MerkleTree;
import zk4j.stream.Device;
import zk4j.stream.Samples;
import zk4j.stream.SealedWindow;
import zk4j.stream.SubjectSecret;
import zk4j.stream.database.Connections;
import zk4j.stream.database.FullDisk;
import zk4j.stream.prove.ProofTask.Priority;
import zk4j.stream.prove.ProofTask.Status;
import zk4j.stream.prove.TaskRefusedException.Reason;
import zk4j.stream.statement.StatementCircuit;
import zk4j.stream.statement.Statements;
import zk4j.stream.verify.Policy;
import zk4j.stream.verify.QueryBudget;

class ProverServiceTest {
  private static final Fr AUDIENCE = Fr.of(77);

  private static final StatementProver PROVER =
      StatementProver.ofInsecureDevelopmentKey(
          new StatementCircuit(Samples.MINUTES, Statements.maximumIs()),
          new SecureRandom(),
          Execution.defaults());

  private static final Policy POLICY =
      PROVER.policy(
          "maximum",
          "The largest heart rate is 61.",
          Map.of("maximum", 61L, "minimumPresent", 1L),
          Duration.ofHours(2));

  private static final MerkleTree DEVICES = MerkleTree.ofDepth(StatementCircuit.ENROLMENT_DEPTH);
  private static final SealedWindow FIRST;
  private static final SealedWindow SECOND;
  private static final SealedWindow FOREIGN = Samples.device(2).seal(Samples.later(0));

  static {
    DEVICES.append(
        StatementCircuit.enrolmentLeaf(Samples.key(1).publicKey(), Samples.SECRET.subject()));
    Device device = Samples.device(1);
    FIRST = device.seal(Samples.later(0));
    SECOND = device.seal(Samples.later(1));
  }

  /** Windows that can be made to fail, or to wait. */
  private static final class Held implements Holdings {
    final Map<Fr, SealedWindow> windows = new HashMap<>();
    CountDownLatch gate = new CountDownLatch(0);
    final CountDownLatch reached = new CountDownLatch(1);
    int failures;

    Held() {
      for (SealedWindow window : List.of(FIRST, SECOND, FOREIGN)) {
        windows.put(window.header().hash(), window);
      }
    }

    @Override
    public Optional<SealedWindow> window(Fr header) {
      return Optional.ofNullable(windows.get(header));
    }

    @Override
    public Optional<SubjectSecret> secret(Fr subject) throws IOException {
      reached.countDown();
      try {
        gate.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      if (failures > 0) {
        failures--;
        throw new IOException("reading 61 of the patient");
      }
      return Optional.of(Samples.SECRET);
    }

    @Override
    public Optional<MerkleProof> enrolment(EddsaPublicKey device, Fr subject) {
      return Optional.of(DEVICES.prove(0));
    }
  }

  @TempDir private Path folder;
  private final Held held = new Held();
  private final BlockingQueue<TaskReport> ended = new LinkedBlockingQueue<>();
  private FullDisk disk;
  private TaskStore store;
  private ProverService service;

  private final ProverListener listener =
      new ProverListener() {
        @Override
        public void ended(TaskReport report, Duration sinceBegun) {
          ended.add(report);
        }
      };

  @BeforeEach
  void open() throws SQLException {
    disk = new FullDisk(folder.resolve("tasks.db"));
    open(1000, 100);
  }

  private void open(int capacity, int budget) throws SQLException {
    store = TaskStore.open(disk);
    service =
        new ProverService(
            new ProverService.Settings(
                TrustMode.DEVICE_PROVER,
                Set.of(AUDIENCE),
                new QueryBudget(budget, Duration.ofDays(1)),
                capacity,
                3,
                Duration.ofMillis(1),
                Duration.ofMinutes(1),
                1),
            Map.of(POLICY, PROVER),
            held,
            store,
            Clock.systemUTC(),
            List.of(listener));
  }

  @AfterEach
  void close() {
    held.gate.countDown();
    service.close();
    store.close();
  }

  private void reopen(int capacity, int budget) throws SQLException {
    close();
    open(capacity, budget);
  }

  private static ProofTask task(SealedWindow window, long challenge, Priority priority) {
    return new ProofTask(
        "maximum", List.of(window.header().hash()), Fr.of(challenge), AUDIENCE, priority);
  }

  private TaskReport end() throws InterruptedException {
    return Optional.ofNullable(ended.poll(1, TimeUnit.MINUTES)).orElseThrow();
  }

  private static void assertProven(TaskReport report, boolean holds) {
    assertEquals(Status.PROVEN, report.status(), report.failure());
    StatementProof proof = report.proof().orElseThrow();
    assertTrue(Groth16Verifier.of(POLICY.key()).verify(proof.proof(), proof.signals()));
    Fr holdsSignal = proof.signals().get(POLICY.signals().indexOf("holds"));
    assertEquals(holds ? Fr.ONE : Fr.ZERO, holdsSignal);
  }

  /** As a process that answers another policy leaves them. */
  @Test
  void tasksOfOtherPoliciesWait() throws Exception {
    ProofTask task = task(SECOND, 1, Priority.ALERT);
    ProofTask other = new ProofTask("other", task.windows(), Fr.of(2), AUDIENCE, Priority.ALERT);
    Fr subject = Samples.SECRET.subject();
    QueryBudget budget = new QueryBudget(100, Duration.ofDays(1));
    assertEquals(
        Optional.empty(), store.add(other, subject, 100, budget, Clock.systemUTC().instant()));
    service.submit(task);
    assertEquals(task, end().task());
    assertEquals(Status.WAITING, store.report(other.id()).orElseThrow().status());
  }

  /** Of a statement with as many wires and signals. */
  @Test
  void theKeyOfAnotherStatementIsRefused() {
    StatementCircuit runs = new StatementCircuit(Samples.MINUTES, Statements.longRunBelow());
    StatementCircuit noRuns = new StatementCircuit(Samples.MINUTES, Statements.noLongRunBelow());
    ProvingKey key =
        InsecureSetup.provingKey(
            CompiledCircuit.of(runs).r1cs(), new SecureRandom(), Execution.defaults());
    assertEquals(CompiledCircuit.of(noRuns).r1cs().wires(), key.wires());
    assertEquals(key.verifyingKey(), StatementProver.of(runs, key).verifyingKey());
    assertThrows(IllegalArgumentException.class, () -> StatementProver.of(noRuns, key));
  }

  @Test
  void questionsAreAnsweredOnce() throws Exception {
    ProofTask task = task(SECOND, 1, Priority.ROUTINE);
    String id = service.submit(task);
    TaskReport report = end();
    assertEquals(task, report.task());
    assertEquals(1, report.attempts());
    assertProven(report, true);
    assertEquals(id, service.submit(task));
    assertEquals(Optional.of(report), service.report(id));
    assertProven(answered(FIRST, 2), false);
    assertTrue(ended.isEmpty());
  }

  private TaskReport answered(SealedWindow window, long challenge) throws Exception {
    service.submit(task(window, challenge, Priority.ROUTINE));
    return end();
  }

  @Test
  void whatIsUrgentComesFirst() throws Exception {
    held.gate = new CountDownLatch(1);
    service.submit(task(FIRST, 1, Priority.AUDIT));
    held.reached.await();
    service.submit(task(FIRST, 2, Priority.AUDIT));
    service.submit(task(FIRST, 3, Priority.ROUTINE));
    service.submit(task(FIRST, 4, Priority.ALERT));
    held.gate.countDown();
    for (long challenge : new long[] {1, 4, 3, 2}) {
      assertEquals(Fr.of(challenge), end().task().challenge());
    }
  }

  @Test
  void passingFailuresAreTriedAgain() throws Exception {
    held.failures = 2;
    TaskReport report = answered(SECOND, 1);
    assertEquals(3, report.attempts());
    assertProven(report, true);
    held.failures = 3;
    report = answered(SECOND, 2);
    assertEquals(Status.FAILED, report.status());
    assertEquals("IOException in attempt 3", report.failure());
  }

  @Test
  void whatCannotBeProvenFailsAtOnceAndTellsNoReading() throws Exception {
    TaskReport report = answered(FOREIGN, 1);
    assertEquals(Status.FAILED, report.status());
    assertEquals(1, report.attempts());
    assertEquals("a window is not one that an enrolled device has signed", report.failure());
  }

  @Test
  void tasksSurviveTheEndOfTheProcess() throws Exception {
    held.gate = new CountDownLatch(1);
    String first = service.submit(task(FIRST, 1, Priority.ROUTINE));
    String second = service.submit(task(SECOND, 2, Priority.ROUTINE));
    held.reached.await();
    assertEquals(Status.PROVING, service.report(first).orElseThrow().status());
    assertEquals(Status.WAITING, service.report(second).orElseThrow().status());
    // As if the process had been killed: another one opens the store of the first.
    try (TaskStore after = TaskStore.open(Connections.sqlite(folder.resolve("tasks.db")))) {
      TaskReport report = after.report(first).orElseThrow();
      assertEquals(Status.WAITING, report.status());
      assertEquals(0, report.attempts());
    }
    reopen(1000, 100);
    assertProven(end(), false);
    assertProven(end(), true);
    assertEquals(Status.PROVEN, service.report(first).orElseThrow().status());
  }

  @Test
  void aProofThatThereIsNoRoomForIsEnteredLater() throws Exception {
    CountDownLatch failed = new CountDownLatch(1);
    Handler handler =
        new StreamHandler() {
          @Override
          public synchronized void publish(LogRecord entry) {
            if (entry.getMessage().contains("cannot be entered")) {
              failed.countDown();
            }
          }
        };
    Logger logger = Logger.getLogger(ProverService.class.getName());
    logger.addHandler(handler);
    try {
      disk.setFull(true);
      reopen(1000, 1000);
      held.gate = new CountDownLatch(1);
      int asked = 0;
      boolean full = false;
      while (!full) {
        try {
          service.submit(task(SECOND, asked, Priority.ROUTINE));
          asked++;
        } catch (SQLException e) {
          full = true;
        }
      }
      held.gate.countDown();
      assertTrue(failed.await(1, TimeUnit.MINUTES), "there was room for a proof");
      disk.setFull(false);
      for (int i = 0; i < asked; i++) {
        TaskReport report = end();
        assertEquals(1, report.attempts());
        assertProven(report, true);
      }
      assertTrue(ended.isEmpty());
    } finally {
      logger.removeHandler(handler);
    }
  }

  @Test
  void tasksAreRefusedForAReason() throws Exception {
    reopen(1, 2);
    held.gate = new CountDownLatch(1);
    ProofTask task = task(FIRST, 1, Priority.ROUTINE);
    List<Fr> window = task.windows();
    assertRefused(
        Reason.UNKNOWN_POLICY, new ProofTask("other", window, Fr.ONE, AUDIENCE, Priority.ALERT));
    assertRefused(
        Reason.UNKNOWN_AUDIENCE,
        new ProofTask("maximum", window, Fr.ONE, Fr.of(78), Priority.ALERT));
    assertRefused(
        Reason.UNKNOWN_WINDOW,
        new ProofTask("maximum", List.of(Fr.ONE), Fr.ONE, AUDIENCE, Priority.ALERT));
    service.submit(task);
    held.reached.await();
    service.submit(task(FIRST, 2, Priority.ROUTINE));
    assertRefused(Reason.QUEUE_FULL, task(FIRST, 3, Priority.ROUTINE));
    held.gate.countDown();
    end();
    end();
    assertRefused(Reason.BUDGET_EXHAUSTED, task(FIRST, 3, Priority.ROUTINE));
    service.close();
    assertRefused(Reason.CLOSED, task(FIRST, 4, Priority.ROUTINE));
    assertFalse(store.report(task.id()).isEmpty());
  }

  private void assertRefused(Reason reason, ProofTask task) {
    assertEquals(
        reason, assertThrows(TaskRefusedException.class, () -> service.submit(task)).reason());
  }
}
