package zk4j.benchmarks;

import java.util.Random;
import java.util.concurrent.TimeUnit;
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
import zk4j.bn254.EvaluationDomain;
import zk4j.bn254.FrVector;
import zk4j.core.Execution;

/** Transforms. */
@BenchmarkMode(Mode.AverageTime)
@State(Scope.Benchmark)
@Fork(2)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class NttBenchmark {
  @Param({"4096", "65536", "1048576"})
  int size;

  private EvaluationDomain domain = EvaluationDomain.ofSize(1);
  private FrVector vector = FrVector.zeros(0);

  @Setup
  public void setup() {
    domain = EvaluationDomain.ofSize(size);
    vector = Samples.frs(new Random(5), size);
  }

  @Benchmark
  public FrVector forward() {
    domain.forward(vector, Execution.defaults());
    return vector;
  }

  @Benchmark
  public FrVector forwardOnOneThread() {
    domain.forward(vector, Execution.sequential());
    return vector;
  }
}
