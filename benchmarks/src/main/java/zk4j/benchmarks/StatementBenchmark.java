package zk4j.benchmarks;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import zk4j.bn254.Fr;
import zk4j.core.Execution;
import zk4j.eddsa.SigningKey;
import zk4j.merkle.MerkleTree;
import zk4j.stream.Device;
import zk4j.stream.SubjectSecret;
import zk4j.stream.Window;
import zk4j.stream.WindowFormat;
import zk4j.stream.prove.StatementProof;
import zk4j.stream.prove.StatementProver;
import zk4j.stream.statement.EnrolledWindow;
import zk4j.stream.statement.Statement;
import zk4j.stream.statement.StatementCircuit;
import zk4j.stream.statement.Statements;
import zk4j.stream.verify.Policy;

/**
 * Answers to a policy: from the windows that a device has signed, all of their slots filled, to the
 * proof, which is verified.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 4, time = 5)
@Measurement(iterations = 6, time = 5)
public class StatementBenchmark {
  private static final Execution EXECUTION = Execution.defaults();

  private final SecureRandom random = new SecureRandom();
  private final SubjectSecret secret = new SubjectSecret(Fr.random(random));

  /** What is stated. */
  @Param Question question = Question.ALL_BELOW;

  private @Nullable Asked asked;

  /** A policy, who answers it, and about what. */
  private record Asked(StatementProver prover, Policy policy, List<EnrolledWindow> windows) {}

  /** A statement about windows, and its parameters. */
  public enum Question {
    ALL_BELOW(WindowFormat.HEART_RATE_HOUR, Statements.allBelow(), Map.of("limit", 160L)),
    MAXIMUM_IS(WindowFormat.HEART_RATE_HOUR, Statements.maximumIs(), Map.of("maximum", 149L)),
    AVERAGE_ABOVE(WindowFormat.HEART_RATE_HOUR, Statements.averageAbove(), Map.of("limit", 90L)),
    TIME_IN_RANGE(
        WindowFormat.GLUCOSE_DAY,
        Statements.timeInRange(),
        Map.of("low", 70L, "high", 180L, "percent", 70L)),
    LONG_RUN_BELOW(
        WindowFormat.SPO2_HOUR, Statements.longRunBelow(), Map.of("threshold", 90L, "slots", 5L)),
    LONG_RUN_AT_LEAST(
        WindowFormat.GLUCOSE_DAY,
        Statements.longRunAtLeast(),
        Map.of("threshold", 250L, "slots", 24L)),
    DOSES_TAKEN(
        WindowFormat.DOSE_DAY,
        Statements.dosesTaken(3, 30),
        Map.of("from0", 12L, "to0", 18L, "from1", 24L, "to1", 30L, "from2", 36L, "to2", 42L)),
    USED_IN(
        WindowFormat.HEART_RATE_HOUR,
        Statements.usedIn(Duration.ofMinutes(1)),
        Map.of("least", 50L)),
    MORE_IMPACTS(
        WindowFormat.ACCELERATION_MINUTE,
        Statements.moreImpacts(),
        Map.of("threshold", 6250000L, "impacts", 0L));

    private final List<WindowFormat> formats;
    private final Statement statement;
    private final Map<String, Long> parameters;

    Question(WindowFormat format, Statement statement, Map<String, Long> parameters) {
      this(List.of(format), statement, parameters);
    }

    Question(List<WindowFormat> formats, Statement statement, Map<String, Long> parameters) {
      this.formats = formats;
      this.statement = statement;
      this.parameters = new HashMap<>(parameters);
      for (int i = 0; i < formats.size(); i++) {
        String name = formats.size() == 1 ? "minimumPresent" : "minimumPresent" + i;
        this.parameters.put(name, 1L);
      }
    }
  }

  /** Makes the key, seals the windows and enrols their device. */
  @Setup
  public void seal() {
    StatementProver prover =
        StatementProver.ofInsecureDevelopmentKey(
            new StatementCircuit(question.formats, question.statement), random, EXECUTION);
    Policy policy = prover.policy("asked", "?", question.parameters, Duration.ofHours(2));
    SigningKey key = SigningKey.generate(random);
    MerkleTree devices = MerkleTree.ofDepth(StatementCircuit.ENROLMENT_DEPTH);
    devices.append(StatementCircuit.enrolmentLeaf(key.publicKey(), secret.subject()));
    List<EnrolledWindow> windows =
        question.formats.stream()
            .map(format -> new Device(key, secret.subject(), null, random).seal(window(format)))
            .map(window -> new EnrolledWindow(window, devices.prove(0)))
            .toList();
    asked = new Asked(prover, policy, windows);
  }

  private static Window window(WindowFormat format) {
    int most = Math.min(90, 1 << format.channel().bits());
    int least = most == 90 ? 60 : 0;
    int[] readings = IntStream.range(0, format.slots()).map(i -> least + i % most).toArray();
    return Window.of(format, format.startOf(Instant.parse("2026-01-05T08:00:00Z")), readings);
  }

  @Benchmark
  public StatementProof answer() throws Exception {
    Asked asked = Objects.requireNonNull(this.asked);
    return asked.prover.prove(
        asked.policy, asked.windows, secret, Fr.random(random), Fr.of(77), EXECUTION);
  }
}
