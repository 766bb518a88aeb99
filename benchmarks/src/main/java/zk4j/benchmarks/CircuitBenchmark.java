package zk4j.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
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
import zk4j.circuit.Bounded;
import zk4j.circuit.Circuit;
import zk4j.circuit.CircuitBuilder;
import zk4j.circuit.CompiledCircuit;
import zk4j.circuit.Inputs;
import zk4j.circuit.Signal;
import zk4j.circuit.UnsatisfiedCircuitException;
import zk4j.r1cs.Witness;

/** Compiling circuits, and computing their witnesses. */
@BenchmarkMode(Mode.AverageTime)
@State(Scope.Benchmark)
@Fork(2)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class CircuitBenchmark {
  /**
   * Either whether 3600 readings are all below a limit, of 8 bits each (fixtures/circuits has the
   * same for circom), or a million squares and bits.
   */
  @Param({"heartRates", "million"})
  String name = "";

  private Circuit circuit = c -> {};
  private Inputs inputs = Inputs.none();
  private CompiledCircuit compiled = CompiledCircuit.of(circuit);

  @Setup
  public void setup() {
    boolean rates = name.equals("heartRates");
    circuit = rates ? c -> heartRates(c, 3600) : c -> squaresAndBits(c, 1_000_000);
    int count = rates ? 3600 : 12_500;
    List<Fr> readings = LongStream.range(0, count).mapToObj(i -> Fr.of(60 + i % 90)).toList();
    inputs = Inputs.of("readings", readings).and("limit", 160);
    compiled = CompiledCircuit.of(circuit);
  }

  private static void heartRates(CircuitBuilder c, int n) {
    Bounded limit = c.publicInput("limit", 8);
    Bounded below =
        c.count(c.inputs("readings", n, 8).stream().map(x -> x.isLessThan(limit)).toList());
    c.output("allBelow", below.isEqualTo(n));
  }

  private static void squaresAndBits(CircuitBuilder c, int n) {
    Signal limit = c.publicInput("limit");
    Signal x = limit;
    for (int i = 0; i < n / 2; i++) {
      x = x.square().plus(limit);
    }
    List<Bounded> numbers = new ArrayList<>(c.inputs("readings", n / 80, 40));
    c.output("sum", c.sum(numbers));
    c.output("x", x);
  }

  @Benchmark
  public CompiledCircuit compile() {
    return CompiledCircuit.of(circuit);
  }

  @Benchmark
  public Witness witness() throws UnsatisfiedCircuitException {
    return compiled.witness(inputs);
  }
}
