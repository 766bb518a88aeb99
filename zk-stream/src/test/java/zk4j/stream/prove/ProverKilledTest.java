package zk4j.stream.prove;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zk4j.bn254.Fr;
import zk4j.core.Execution;
import zk4j.eddsa.EddsaPublicKey;
import zk4j.groth16.Groth16Verifier;
import zk4j.merkle.MerkleProof;
import zk4j.merkle.MerkleTree;
import zk4j.stream.Samples;
import zk4j.stream.SealedWindow;
import zk4j.stream.SubjectSecret;
import zk4j.stream.WindowCodec;
import zk4j.stream.database.Connections;
import zk4j.stream.prove.ProofTask.Priority;
import zk4j.stream.prove.ProofTask.Status;
import zk4j.stream.statement.StatementCircuit;
import zk4j.stream.statement.Statements;
import zk4j.stream.verify.Policy;
import zk4j.stream.verify.QueryBudget;

/** Provers in processes of their own that are killed in the middle of a proof. */
class ProverKilledTest {
  private static final Fr AUDIENCE = Fr.of(77);
  private static final int KILLS = 3;

  @TempDir private Path folder;

  private static ProofTask task(SealedWindow window, long challenge) {
    return new ProofTask(
        "maximum", List.of(window.header().hash()), Fr.of(challenge), AUDIENCE, Priority.ROUTINE);
  }

  /** A prover of one window, which says when it has all that a proof needs. */
  private static final class Service implements AutoCloseable {
    private final StatementProver prover =
        StatementProver.ofInsecureDevelopmentKey(
            new StatementCircuit(Samples.MINUTES, Statements.maximumIs()),
            new SecureRandom(),
            Execution.defaults());

    final BlockingQueue<TaskReport> ended = new LinkedBlockingQueue<>();
    final TaskStore store;
    final ProverService service;

    Service(Path folder, SealedWindow window, Runnable proving) throws SQLException {
      Policy policy =
          prover.policy(
              "maximum",
              "The largest heart rate is 60.",
              Map.of("maximum", 60L, "minimumPresent", 1L),
              Duration.ofHours(2));
      MerkleTree devices = MerkleTree.ofDepth(StatementCircuit.ENROLMENT_DEPTH);
      devices.append(
          StatementCircuit.enrolmentLeaf(Samples.key(1).publicKey(), Samples.SECRET.subject()));
      Holdings holdings =
          new Holdings() {
            @Override
            public Optional<SealedWindow> window(Fr header) {
              return Optional.of(window);
            }

            @Override
            public Optional<SubjectSecret> secret(Fr subject) {
              return Optional.of(Samples.SECRET);
            }

            @Override
            public Optional<MerkleProof> enrolment(EddsaPublicKey device, Fr subject) {
              proving.run();
              return Optional.of(devices.prove(0));
            }
          };
      ProverListener listener =
          new ProverListener() {
            @Override
            public void ended(TaskReport report, Duration sinceBegun) {
              ended.add(report);
            }
          };
      store = TaskStore.open(Connections.sqlite(folder.resolve("tasks.db")));
      service =
          new ProverService(
              ProverService.Settings.of(
                  TrustMode.DEVICE_PROVER,
                  Set.of(AUDIENCE),
                  new QueryBudget(100, Duration.ofDays(1))),
              Map.of(policy, prover),
              holdings,
              store,
              Clock.systemUTC(),
              List.of(listener));
    }

    TaskReport end() throws InterruptedException {
      return Optional.ofNullable(ended.poll(2, TimeUnit.MINUTES)).orElseThrow();
    }

    @Override
    public void close() {
      service.close();
      store.close();
    }
  }

  /** The process that is killed: the folder, and a challenge. */
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    SealedWindow window =
        WindowCodec.decode(Files.readAllBytes(folder.resolve("window")), "window");
    CountDownLatch asked = new CountDownLatch(1);
    Runnable proving =
        () -> {
          try {
            asked.await();
            System.out.println("proving");
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    // Its first proof may be that of the process before; the question is taken by then.
    Service service = new Service(folder, window, proving);
    service.service.submit(task(window, Long.parseLong(args[1])));
    asked.countDown();
    // No test that fails leaves one behind: its input ends with whoever started it.
    while (System.in.read() >= 0) {
      // Nothing is said.
    }
    Runtime.getRuntime().halt(1);
  }

  private void killInAProof(int challenge) throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command = new ArrayList<>();
    command.addAll(List.of(java, "-Xshare:auto", "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(ProverKilledTest.class.getName(), folder.toString(), "" + challenge));
    Process process =
        new ProcessBuilder(command).redirectError(folder.resolve("killed.log").toFile()).start();
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), US_ASCII))) {
      String line = out.readLine();
      process.destroyForcibly().waitFor();
      String log = Files.readString(folder.resolve("killed.log"));
      assertEquals("proving", line, log);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  @Tag("slow")
  void eachTaskIsAnsweredOnce() throws Exception {
    SealedWindow window = Samples.device(1).seal(Samples.later(0));
    Files.write(folder.resolve("window"), WindowCodec.encode(window));
    for (int kill = 0; kill < KILLS; kill++) {
      killInAProof(kill);
    }
    List<TaskReport> first = new ArrayList<>();
    try (Service service = new Service(folder, window, () -> {})) {
      // A proof may have been there just before the kill; nobody is told of it again.
      int left = 0;
      for (int kill = 0; kill < KILLS; kill++) {
        assertTrue(service.store.report(task(window, kill).id()).isPresent(), kill + " was lost");
      }
      service.service.submit(task(window, KILLS));
      TaskReport report = service.end();
      while (!report.task().equals(task(window, KILLS))) {
        assertEquals(Status.PROVEN, report.status(), report.failure());
        assertEquals(1, report.attempts());
        StatementProof proof = report.proof().orElseThrow();
        Groth16Verifier verifier = Groth16Verifier.of(service.prover.verifyingKey());
        assertTrue(verifier.verify(proof.proof(), proof.signals()));
        left++;
        report = service.end();
      }
      assertTrue(left > 0 && left <= KILLS, left + " tasks were left");
      for (int kill = 0; kill < KILLS; kill++) {
        first.add(service.store.report(task(window, kill).id()).orElseThrow());
      }
    }
    try (Service service = new Service(folder, window, () -> {})) {
      for (int kill = 0; kill < KILLS; kill++) {
        service.service.submit(task(window, kill));
      }
      ProofTask last = task(window, KILLS + 1);
      service.service.submit(last);
      assertEquals(last, service.end().task());
      for (int kill = 0; kill < KILLS; kill++) {
        assertEquals(Status.PROVEN, first.get(kill).status());
        assertEquals(Optional.of(first.get(kill)), service.store.report(task(window, kill).id()));
      }
    }
  }
}
