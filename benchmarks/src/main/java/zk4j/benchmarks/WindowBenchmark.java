package zk4j.benchmarks;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import zk4j.bn254.Fr;
import zk4j.core.Execution;
import zk4j.eddsa.SigningKey;
import zk4j.merkle.MerkleTree;
import zk4j.stream.Device;
import zk4j.stream.SealedWindow;
import zk4j.stream.SubjectSecret;
import zk4j.stream.Window;
import zk4j.stream.WindowFormat;
import zk4j.stream.prove.StatementProof;
import zk4j.stream.prove.StatementProver;
import zk4j.stream.statement.StatementCircuit;
import zk4j.stream.statement.Statements;
import zk4j.stream.verify.Policy;

/**
 * Windows a minute: an hour of heart rates, 3600 of them, that a device has signed, and a proof
 * that all are below a limit, from the window to the proof, which is verified.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MINUTES)
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 4, time = 10)
@Measurement(iterations = 6, time = 10)
public class WindowBenchmark {
  private static final WindowFormat FORMAT = WindowFormat.HEART_RATE_HOUR;
  private static final Execution EXECUTION = Execution.defaults();

  private final SecureRandom random = new SecureRandom();
  private final SubjectSecret secret = new SubjectSecret(Fr.random(random));
  private final MerkleTree devices = MerkleTree.ofDepth(StatementCircuit.ENROLMENT_DEPTH);
  private final StatementProver prover =
      StatementProver.ofInsecureDevelopmentKey(
          new StatementCircuit(FORMAT, Statements.allBelow()), random, EXECUTION);
  private final Policy policy =
      prover.policy(
          "all-below",
          "All heart rates are below 160.",
          Map.of("limit", 160L, "minimumPresent", 3000L),
          Duration.ofHours(2));
  private final SealedWindow window;

  /** Seals the window. */
  public WindowBenchmark() {
    SigningKey key = SigningKey.generate(random);
    devices.append(StatementCircuit.enrolmentLeaf(key.publicKey(), secret.subject()));
    int[] readings = IntStream.range(0, FORMAT.slots()).map(i -> 60 + i % 90).toArray();
    Instant start = FORMAT.startOf(Instant.parse("2026-01-05T08:00:00Z"));
    this.window =
        new Device(key, secret.subject(), null, random).seal(Window.of(FORMAT, start, readings));
  }

  @Benchmark
  public StatementProof prove() throws Exception {
    return prover.prove(
        policy, window, secret, devices.prove(0), Fr.random(random), Fr.of(77), EXECUTION);
  }
}
