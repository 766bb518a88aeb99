package zk4j.benchmarks;

import static java.util.Objects.requireNonNull;

import java.security.SecureRandom;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
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
import zk4j.bn254.FrVector;
import zk4j.bn254.SparseMatrix;
import zk4j.core.Execution;
import zk4j.groth16.Groth16Prover;
import zk4j.groth16.Groth16Verifier;
import zk4j.groth16.InsecureSetup;
import zk4j.groth16.Proof;
import zk4j.groth16.ProvingKey;
import zk4j.r1cs.ProvingException;
import zk4j.r1cs.R1cs;
import zk4j.r1cs.Witness;

/** Proofs of t[i] = t[i-1]^2 for a domain of a size, and their verification. */
@BenchmarkMode(Mode.AverageTime)
@State(Scope.Benchmark)
@Fork(2)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class Groth16Benchmark {
  @Param({"8192", "65536"})
  int domain;

  private record Statement(
      Groth16Prover prover,
      Groth16Verifier verifier,
      Witness witness,
      List<Fr> signals,
      Proof proof) {}

  private @Nullable Statement statement;

  @Setup
  public void setup() throws ProvingException {
    int steps = domain - 2;
    int[] rowStart = new int[steps + 1];
    int[] factor = new int[steps]; // wires: 1, t[steps], t[0], .., t[steps-1]
    int[] product = new int[steps];
    FrVector ones = FrVector.zeros(steps);
    for (int i = 0; i < steps; i++) {
      rowStart[i + 1] = i + 1;
      factor[i] = 2 + i;
      product[i] = i < steps - 1 ? 3 + i : 1;
      ones.set(i, Fr.ONE);
    }
    int wires = steps + 2;
    long[] labels = LongStream.range(0, wires).toArray();
    SparseMatrix a = SparseMatrix.of(wires, rowStart, factor, ones);
    SparseMatrix c = SparseMatrix.of(wires, rowStart, product, ones);
    R1cs circuit = R1cs.of(1, 0, 1, wires, labels, a, a, c);

    FrVector values = FrVector.zeros(wires);
    values.set(0, Fr.ONE);
    Fr t = Samples.fr(new Random(6));
    for (int i = 0; i < steps; i++) {
      values.set(2 + i, t);
      t = t.square();
    }
    values.set(1, t);
    Witness witness = Witness.of(values);
    ProvingKey key = InsecureSetup.provingKey(circuit, new SecureRandom(), Execution.defaults());
    Groth16Prover prover = Groth16Prover.of(key);
    statement =
        new Statement(
            prover,
            Groth16Verifier.of(key.verifyingKey()),
            witness,
            List.of(t),
            prover.prove(witness, Execution.defaults()));
  }

  @Benchmark
  public Proof prove() throws ProvingException {
    Statement s = requireNonNull(statement);
    return s.prover.prove(s.witness, Execution.defaults());
  }

  @Benchmark
  public boolean verify() {
    Statement s = requireNonNull(statement);
    return s.verifier.verify(s.proof, s.signals);
  }
}
