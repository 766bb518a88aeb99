package zk4j.benchmarks;

import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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
import zk4j.bn254.G1;
import zk4j.bn254.G2;
import zk4j.bn254.Pairing;
import zk4j.bn254.PreparedG2;

/** Products of pairings. */
@BenchmarkMode(Mode.AverageTime)
@State(Scope.Benchmark)
@Fork(2)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class PairingBenchmark {
  @Param({"1", "4"})
  int pairs;

  private List<G1> ps = List.of();
  private List<G2> qs = List.of();
  private List<PreparedG2> prepared = List.of();

  @Setup
  public void setup() {
    Random random = new Random(3);
    ps = Stream.generate(() -> G1.GENERATOR.times(Samples.fr(random))).limit(pairs).toList();
    qs = Stream.generate(() -> G2.GENERATOR.times(Samples.fr(random))).limit(pairs).toList();
    prepared = qs.stream().map(PreparedG2::of).toList();
  }

  @Benchmark
  public Object product() {
    return Pairing.product(ps, qs.stream().map(PreparedG2::once).toList());
  }

  @Benchmark
  public Object preparedProduct() {
    return Pairing.product(ps, prepared);
  }
}
