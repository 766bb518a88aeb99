package zk4j.cli;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class BenchCommandsTest {
  private static final Path ZKEY = Zk.fixture("multiplier", "circuit.zkey");
  private static final Path WTNS = Zk.fixture("multiplier", "witness.wtns");

  @Test
  void measures() {
    Map<String, Object> json =
        Zk.run("bench", "groth16", ZKEY, WTNS, "--runs", 4, "--threads", 1, "--json")
            .exits(0)
            .json();
    assertEquals(4, ((List<?>) requireNonNull(json.get("runSeconds"))).size());
    assertEquals(1L, json.get("threads"));
    double least = (double) requireNonNull(json.get("minSeconds"));
    double median = (double) requireNonNull(json.get("medianSeconds"));
    double most = (double) requireNonNull(json.get("maxSeconds"));
    assertTrue(0 < least && least <= median && median <= most, json.toString());
    Map<?, ?> phases = (Map<?, ?>) requireNonNull(json.get("phaseSeconds"));
    double sum = phases.values().stream().mapToDouble(seconds -> (double) seconds).sum();
    assertTrue(0 < sum && sum <= 4 * most, json.toString());
    assertTrue(phases.containsKey("sum B in G2"), json.toString());
    double heap = (double) requireNonNull(json.get("heapPeakMib"));
    assertTrue(0 < heap && heap < 1 << 20, json.toString());
  }

  @Test
  void saysWhereItMeasured() {
    String text = Zk.run("bench", "groth16", ZKEY, WTNS, "--runs", 1).exits(0).out();
    assertTrue(text.contains(Runtime.version().toString()), text);
    assertTrue(text.contains("kernels:"), text);
    assertTrue(text.contains("MiB"), text);
  }

  @Test
  void foldsTheCircuitIntoTheKey() {
    Path r1cs = Zk.fixture("multiplier", "circuit.r1cs");
    Zk.Result result = Zk.run("bench", "groth16", ZKEY, WTNS, "--runs", 1, "--r1cs", r1cs);
    assertTrue(result.exits(0).out().contains("fold: "), result.out());
    Path other = Zk.fixture("single", "circuit.r1cs");
    Zk.run("bench", "groth16", ZKEY, WTNS, "--runs", 1, "--r1cs", other).exits(2);
  }

  @Test
  void refusesToMeasureNothing() {
    Zk.run("bench", "groth16", ZKEY, WTNS, "--runs", 0).exits(2);
    Zk.run("bench", "groth16", ZKEY, WTNS, "--cold", -1).exits(2);
    Zk.run("bench", "groth16", ZKEY, Zk.fixture("single", "witness.wtns")).exits(1);
  }
}
