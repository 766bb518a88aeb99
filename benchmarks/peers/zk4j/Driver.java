import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import zk4j.bn254.Fr;
import zk4j.bn254.PointValidation;
import zk4j.circomcompat.WtnsFile;
import zk4j.circomcompat.ZkeyFile;
import zk4j.core.Execution;
import zk4j.groth16.Groth16Prover;
import zk4j.groth16.Groth16Verifier;
import zk4j.groth16.Proof;
import zk4j.r1cs.Witness;

/** Proves with zk4j on the lines that {@code compare} sends: Driver circuit.zkey witness.wtns. */
public final class Driver {
  private Driver() {}

  public static void main(String[] args) throws Exception {
    Witness witness = WtnsFile.read(Path.of(args[1]));
    Groth16Prover prover;
    Groth16Verifier verifier;
    List<Fr> signals;
    try (ZkeyFile zkey =
        ZkeyFile.openInsecureDevelopmentKey(Path.of(args[0]), PointValidation.TRUSTED)) {
      prover = Groth16Prover.of(zkey.provingKey());
      verifier = Groth16Verifier.of(zkey.verifyingKey());
      signals = witness.publicSignals(zkey.publicSignals()).toList();
    }
    Execution execution = Execution.defaults();

    Proof last = null;
    System.out.println("ready");
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      switch (line) {
        case "prove" -> {
          long begin = System.nanoTime();
          last = prover.prove(witness, execution);
          System.out.println(String.format(Locale.ROOT, "%.3f", (System.nanoTime() - begin) / 1e6));
        }
        case "verify" -> System.out.println(verifier.verify(last, signals) ? "ok" : "invalid");
        default -> throw new IllegalArgumentException("unknown command " + line);
      }
    }
  }
}
