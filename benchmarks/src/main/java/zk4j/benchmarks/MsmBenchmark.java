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
import zk4j.bn254.Fr;
import zk4j.bn254.FrVector;
import zk4j.bn254.G1;
import zk4j.bn254.G1Vector;
import zk4j.bn254.G2;
import zk4j.bn254.G2Vector;
import zk4j.bn254.Msm;
import zk4j.core.Execution;

/** Sums of many multiples, with scalars of all bits or of one. */
@BenchmarkMode(Mode.AverageTime)
@State(Scope.Benchmark)
@Fork(2)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class MsmBenchmark {
  @Param({"4096", "65536"})
  int size;

  private FrVector scalars = FrVector.zeros(0);
  private FrVector bits = scalars;
  private G1Vector g1 = G1Vector.infinities(0);
  private G2Vector g2 = G2Vector.infinities(0);

  @Setup
  public void setup() {
    Random random = new Random(4);
    scalars = Samples.frs(random, size);
    bits = FrVector.zeros(size);
    for (int i = 0; i < size; i++) {
      bits.set(i, Fr.of(random.nextInt(2)));
    }
    FrVector logarithms = Samples.frs(random, size);
    g1 = G1Vector.multiples(G1.GENERATOR, logarithms, Execution.defaults());
    g2 = G2Vector.multiples(G2.GENERATOR, logarithms, Execution.defaults());
  }

  @Benchmark
  public G1 sumG1() {
    return Msm.sum(g1, scalars, Execution.defaults());
  }

  @Benchmark
  public G1 sumG1OfBits() {
    return Msm.sum(g1, bits, Execution.defaults());
  }

  @Benchmark
  public G2 sumG2() {
    return Msm.sum(g2, scalars, Execution.defaults());
  }

  @Benchmark
  public G1Vector multiplesG1() {
    return G1Vector.multiples(G1.GENERATOR, scalars, Execution.defaults());
  }
}
