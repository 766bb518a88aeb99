package zk4j.stream.server;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import zk4j.stream.prove.ProofTask;
import zk4j.stream.prove.ProverListener;
import zk4j.stream.prove.TaskReport;

/**
 * What a prover does, in Micrometer's meters: {@code zk4j.prover.tasks} (a timer of ended tasks by
 * policy and status), {@code zk4j.prover.retries} (a counter by policy) and {@code
 * zk4j.prover.waiting} (a gauge).
 */
public final class ProverMetrics implements ProverListener {
  private final MeterRegistry registry;
  private final AtomicInteger waiting;

  /** Meters in a registry. */
  public ProverMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.waiting = new AtomicInteger();
    registry.gauge("zk4j.prover.waiting", waiting);
  }

  @Override
  public void ended(TaskReport report, Duration sinceBegun) {
    Timer.builder("zk4j.prover.tasks")
        .tag("policy", report.task().policy())
        .tag("status", report.status().toString().toLowerCase(Locale.ROOT))
        .register(registry)
        .record(sinceBegun);
  }

  @Override
  public void retried(ProofTask task, int attempts) {
    registry.counter("zk4j.prover.retries", "policy", task.policy()).increment();
  }

  @Override
  public void waiting(int tasks) {
    waiting.set(tasks);
  }
}
