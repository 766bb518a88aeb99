package zk4j.benchmarks;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
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
import zk4j.bn254.InsecurePowersOfTau;
import zk4j.circuit.Bounded;
import zk4j.circuit.Circuit;
import zk4j.circuit.CircuitBuilder;
import zk4j.circuit.CompiledCircuit;
import zk4j.circuit.CompiledGates;
import zk4j.circuit.Inputs;
import zk4j.circuit.PoseidonCircuit;
import zk4j.circuit.Signal;
import zk4j.circuit.Simplification;
import zk4j.core.Execution;
import zk4j.groth16.Groth16Prover;
import zk4j.groth16.Groth16Verifier;
import zk4j.groth16.InsecureSetup;
import zk4j.groth16.Proof;
import zk4j.groth16.ProvingKey;
import zk4j.plonk.PlonkProof;
import zk4j.plonk.PlonkProver;
import zk4j.plonk.PlonkProvingKey;
import zk4j.plonk.PlonkSetup;
import zk4j.plonk.PlonkVerifier;
import zk4j.plonk.PlonkishProof;
import zk4j.plonk.PlonkishProver;
import zk4j.plonk.PlonkishProvingKey;
import zk4j.plonk.PlonkishSetup;
import zk4j.plonk.PlonkishVerifier;
import zk4j.r1cs.ProvingException;
import zk4j.r1cs.Witness;

/**
 * Whether 3600 readings of 8 bits, of which there is a commitment, are all below a limit: proved
 * and verified by each proof system.
 */
@BenchmarkMode(Mode.SingleShotTime)
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 6)
@Measurement(iterations = 9)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class HeartRateBenchmark {
  private static final int READINGS = 3600;
  private static final int ARITY = 16;

  /** The proof system. */
  @Param({"groth16", "plonk", "plonkish"})
  String system = "";

  /** What makes proofs, and checks them. */
  private interface Proofs {
    Object prove() throws ProvingException;

    boolean verify(Object proof);
  }

  private Proofs proofs =
      new Proofs() {
        @Override
        public Object prove() {
          throw new IllegalStateException();
        }

        @Override
        public boolean verify(Object proof) {
          throw new IllegalStateException();
        }
      };

  private Object proof = "";

  static void heartRates(CircuitBuilder c) {
    Bounded limit = c.publicInput("limit", 8);
    List<Bounded> readings = c.inputs("readings", READINGS, 8);
    Bounded below = c.count(readings.stream().map(x -> x.isLessThan(limit)).toList());
    c.output("allBelow", below.isEqualTo(READINGS));
    List<Signal> level = new ArrayList<>();
    for (int from = 0; from < READINGS; from += 31) {
      level.add(c.pack(readings.subList(from, Math.min(from + 31, READINGS)), 8));
    }
    while (level.size() > 1) {
      List<Signal> above = new ArrayList<>();
      for (int from = 0; from < level.size(); from += ARITY) {
        int to = Math.min(from + ARITY, level.size());
        List<Signal> node = new ArrayList<>(level.subList(from, to));
        node.addAll(Collections.nCopies(ARITY - node.size(), c.constant(Fr.ZERO)));
        above.add(PoseidonCircuit.hash(c, node));
      }
      level = above;
    }
    c.output("commitment", PoseidonCircuit.hash(c, level.get(0), c.input("salt")));
  }

  private static InsecurePowersOfTau powers(int power) {
    return InsecurePowersOfTau.random(power, new SecureRandom());
  }

  /** Makes keys, and says what they are for. */
  @Setup
  public void setup() throws Exception {
    Circuit circuit = HeartRateBenchmark::heartRates;
    List<Fr> readings = LongStream.range(0, READINGS).mapToObj(i -> Fr.of(60 + i % 90)).toList();
    Inputs inputs = Inputs.of("readings", readings).and("limit", 160).and("salt", 7);
    Execution execution = Execution.defaults();
    switch (system) {
      case "groth16" -> {
        CompiledCircuit compiled = CompiledCircuit.of(circuit);
        Witness witness = compiled.witness(inputs);
        List<Fr> publics = witness.publicSignals(3).toList();
        ProvingKey key = InsecureSetup.provingKey(compiled.r1cs(), new SecureRandom(), execution);
        System.out.println("# " + compiled.r1cs().constraints() + " constraints");
        Groth16Prover prover = Groth16Prover.of(key);
        Groth16Verifier verifier = Groth16Verifier.of(key.verifyingKey());
        proofs =
            new Proofs() {
              @Override
              public Object prove() throws ProvingException {
                return prover.prove(witness);
              }

              @Override
              public boolean verify(Object proof) {
                return verifier.verify((Proof) proof, publics);
              }
            };
      }
      case "plonk" -> {
        CompiledCircuit compiled = CompiledCircuit.of(circuit, Simplification.NONE);
        Witness witness = compiled.witness(inputs);
        List<Fr> publics = witness.publicSignals(3).toList();
        PlonkProvingKey key =
            PlonkSetup.provingKey(
                compiled.r1cs(), powers(PlonkSetup.requiredPower(compiled.r1cs())), execution);
        System.out.println(
            "# " + key.circuit().gates() + " gates of " + key.verifyingKey().domainSize());
        PlonkProver prover = PlonkProver.of(key);
        PlonkVerifier verifier = PlonkVerifier.of(key.verifyingKey());
        proofs =
            new Proofs() {
              @Override
              public Object prove() throws ProvingException {
                return prover.prove(witness);
              }

              @Override
              public boolean verify(Object proof) {
                return verifier.verify((PlonkProof) proof, publics);
              }
            };
      }
      default -> {
        CompiledGates compiled = CompiledGates.of(circuit);
        Witness witness = compiled.witness(inputs);
        List<Fr> publics = witness.publicSignals(3).toList();
        PlonkishProvingKey key =
            PlonkishSetup.provingKey(
                compiled.system(),
                powers(PlonkishSetup.requiredPower(compiled.system())),
                execution);
        System.out.println("# " + compiled.system());
        System.out.println("# a domain of " + key.verifyingKey().domainSize());
        PlonkishProver prover = PlonkishProver.of(key, execution);
        PlonkishVerifier verifier = PlonkishVerifier.of(key.verifyingKey());
        proofs =
            new Proofs() {
              @Override
              public Object prove() throws ProvingException {
                return prover.prove(witness);
              }

              @Override
              public boolean verify(Object proof) {
                return verifier.verify((PlonkishProof) proof, publics);
              }
            };
      }
    }
    proof = proofs.prove();
  }

  @Benchmark
  public Object prove() throws ProvingException {
    return proofs.prove();
  }

  @Benchmark
  public boolean verify() {
    return proofs.verify(proof);
  }
}
