package zk4j.stream.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import zk4j.bn254.Fr;
import zk4j.stream.prove.ProofTask;
import zk4j.stream.prove.ProofTask.Priority;
import zk4j.stream.prove.ProofTask.Status;
import zk4j.stream.prove.TaskReport;

class ProverMetricsTest {
  @Test
  void tasksAreCounted() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    ProverMetrics metrics = new ProverMetrics(registry);
    ProofTask task = new ProofTask("below-120", List.of(Fr.ONE), Fr.ONE, Fr.ONE, Priority.ALERT);
    TaskReport report = new TaskReport(task, Status.FAILED, 1, "gone", Optional.empty());
    metrics.ended(report, Duration.ofSeconds(3));
    metrics.ended(report, Duration.ofSeconds(4));
    metrics.retried(task, 2);
    metrics.waiting(5);
    var timer = registry.get("zk4j.prover.tasks").tags("policy", "below-120", "status", "failed");
    assertEquals(2, timer.timer().count());
    assertEquals(1, registry.get("zk4j.prover.retries").counter().count());
    assertEquals(5, registry.get("zk4j.prover.waiting").gauge().value());
  }
}
