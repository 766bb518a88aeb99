package zk4j.benchmarks;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import zk4j.bn254.Fr;
import zk4j.bn254.G1;
import zk4j.bn254.G2;

/** Points, one at a time. */
@BenchmarkMode(Mode.AverageTime)
@State(Scope.Benchmark)
@Fork(2)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class CurveBenchmark {
  private Fr scalar = Fr.ONE;
  private G1 p = G1.GENERATOR;
  private G2 q = G2.GENERATOR;

  @Setup
  public void setup() {
    Random random = new Random(2);
    scalar = Samples.fr(random);
    p = G1.GENERATOR.times(Samples.fr(random));
    q = G2.GENERATOR.times(Samples.fr(random));
  }

  @Benchmark
  public G1 addG1() {
    return p.plus(G1.GENERATOR);
  }

  @Benchmark
  public G1 multiplyG1() {
    return p.times(scalar);
  }

  @Benchmark
  public G2 addG2() {
    return q.plus(G2.GENERATOR);
  }

  @Benchmark
  public G2 multiplyG2() {
    return q.times(scalar);
  }
}
