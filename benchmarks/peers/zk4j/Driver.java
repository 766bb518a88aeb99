import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import zk4j.bn254.EvaluationDomain;
import zk4j.bn254.Fr;
import zk4j.bn254.FrVector;
import zk4j.bn254.G1;
import zk4j.bn254.G1Vector;
import zk4j.bn254.Msm;
import zk4j.bn254.PointValidation;
import zk4j.circomcompat.PlonkZkeyFile;
import zk4j.circomcompat.WtnsFile;
import zk4j.circomcompat.ZkeyFile;
import zk4j.core.Execution;
import zk4j.groth16.Groth16Prover;
import zk4j.groth16.Groth16Verifier;
import zk4j.groth16.Proof;
import zk4j.plonk.PlonkProof;
import zk4j.plonk.PlonkProver;
import zk4j.plonk.PlonkVerifier;
import zk4j.poseidon.Poseidon;
import zk4j.r1cs.ProvingException;
import zk4j.r1cs.Witness;

/**
 * Works with zk4j on the lines that {@code compare} sends: Driver groth16|plonk circuit.zkey witness.wtns, Driver
 * msm|ntt|poseidon N.
 */
public final class Driver {
  /** What is measured, and whether its last result is right. */
  private interface Work {
    void run() throws ProvingException;

    boolean check();
  }

  private static final Execution EXECUTION = Execution.defaults();

  private Driver() {}

  public static void main(String[] args) throws Exception {
    Work work =
        switch (args[0]) {
          case "groth16" -> new Proofs(Path.of(args[1]), Path.of(args[2]));
          case "plonk" -> new PlonkProofs(Path.of(args[1]), Path.of(args[2]));
          case "msm" -> new Sums(Integer.parseInt(args[1]));
          case "ntt" -> new Transforms(Integer.parseInt(args[1]));
          case "poseidon" -> new Hashes(Integer.parseInt(args[1]));
          default -> throw new IllegalArgumentException(args[0]);
        };
    System.out.println("ready");
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      long begin = System.nanoTime();
      boolean valid = true;
      if (line.equals("run")) {
        work.run();
      } else {
        valid = work.check();
      }
      double milliseconds = (System.nanoTime() - begin) / 1e6;
      System.out.println(valid ? String.format(Locale.ROOT, "%.4f", milliseconds) : "wrong");
    }
  }

  private static final class Proofs implements Work {
    private final Witness witness;
    private final Groth16Prover prover;
    private final Groth16Verifier verifier;
    private final List<Fr> signals;
    private Proof last;

    Proofs(Path key, Path wtns) throws Exception {
      witness = WtnsFile.read(wtns);
      try (ZkeyFile zkey = ZkeyFile.openInsecureDevelopmentKey(key, PointValidation.TRUSTED)) {
        prover = Groth16Prover.of(zkey.provingKey());
        verifier = Groth16Verifier.of(zkey.verifyingKey());
        signals = witness.publicSignals(zkey.publicSignals()).toList();
      }
    }

    @Override
    public void run() throws ProvingException {
      last = prover.prove(witness, EXECUTION);
    }

    @Override
    public boolean check() {
      return verifier.verify(last, signals);
    }
  }

  private static final class PlonkProofs implements Work {
    private final Witness witness;
    private final PlonkProver prover;
    private final PlonkVerifier verifier;
    private final List<Fr> signals;
    private PlonkProof last;

    PlonkProofs(Path key, Path wtns) throws Exception {
      witness = WtnsFile.read(wtns);
      try (PlonkZkeyFile zkey = PlonkZkeyFile.open(key, PointValidation.TRUSTED)) {
        prover = PlonkProver.of(zkey.provingKey());
        verifier = PlonkVerifier.of(zkey.verifyingKey());
        signals = witness.publicSignals(zkey.verifyingKey().publicSignals()).toList();
      }
    }

    @Override
    public void run() throws ProvingException {
      last = prover.prove(witness, EXECUTION);
    }

    @Override
    public boolean check() {
      return verifier.verify(last, signals);
    }
  }

  private static FrVector random(int n) {
    SecureRandom random = new SecureRandom();
    return FrVector.copyOf(IntStream.range(0, n).mapToObj(i -> Fr.random(random)).toList());
  }

  private static final class Sums implements Work {
    private final FrVector logarithms;
    private final FrVector scalars;
    private final G1Vector points;
    private G1 last;

    Sums(int n) {
      logarithms = random(n);
      scalars = random(n);
      points = G1Vector.multiples(G1.GENERATOR, logarithms, EXECUTION);
    }

    @Override
    public void run() {
      last = Msm.sum(points, scalars, EXECUTION);
    }

    @Override
    public boolean check() {
      Fr sum = Fr.ZERO;
      for (int i = 0; i < scalars.size(); i++) {
        sum = sum.plus(scalars.get(i).times(logarithms.get(i)));
      }
      return last.equals(G1.GENERATOR.times(sum));
    }
  }

  private static final class Transforms implements Work {
    private final EvaluationDomain domain;
    private final FrVector first;
    private final FrVector values;
    private int runs;

    Transforms(int n) {
      domain = EvaluationDomain.ofSize(n);
      first = random(n);
      values = first.copy();
    }

    @Override
    public void run() {
      domain.forward(values, EXECUTION);
      runs++;
    }

    @Override
    public boolean check() {
      FrVector back = values.copy();
      for (int i = 0; i < runs; i++) {
        domain.inverse(back, EXECUTION);
      }
      return back.contentEquals(first);
    }
  }

  private static final class Hashes implements Work {
    private final FrVector inputs;
    private FrVector last = FrVector.zeros(0);

    Hashes(int n) {
      inputs = random(2 * n);
    }

    @Override
    public void run() {
      last = Poseidon.hashEach(inputs, 2, EXECUTION);
    }

    @Override
    public boolean check() {
      return IntStream.range(0, last.size())
          .filter(i -> i % 97 == 0)
          .allMatch(i -> last.get(i).equals(Poseidon.hash(inputs.get(2 * i), inputs.get(2 * i + 1))));
    }
  }
}
