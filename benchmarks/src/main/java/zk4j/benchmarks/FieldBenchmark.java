package zk4j.benchmarks;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import zk4j.bn254.Fr;
import zk4j.bn254.FrVector;

/** Elements of the scalar field, one at a time and in vectors (time an element). */
@BenchmarkMode(Mode.AverageTime)
@State(Scope.Benchmark)
@Fork(2)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FieldBenchmark {
  private static final int SIZE = 1 << 12;

  private Fr x = Fr.ONE;
  private Fr y = Fr.ONE;
  private FrVector xs = FrVector.zeros(0);
  private FrVector ys = FrVector.zeros(0);

  @Setup
  public void setup() {
    Random random = new Random(1);
    x = Samples.fr(random);
    y = Samples.fr(random);
    xs = Samples.frs(random, SIZE);
    ys = Samples.frs(random, SIZE);
  }

  @Benchmark
  public Fr multiply() {
    return x.times(y);
  }

  @Benchmark
  public Fr add() {
    return x.plus(y);
  }

  @Benchmark
  public Fr invert() {
    return x.inverse();
  }

  @Benchmark
  @OperationsPerInvocation(SIZE)
  public FrVector multiplyVectors() {
    xs.multiplyInPlace(ys);
    return xs;
  }

  @Benchmark
  @OperationsPerInvocation(SIZE)
  public FrVector addVectors() {
    xs.addInPlace(ys);
    return xs;
  }
}
