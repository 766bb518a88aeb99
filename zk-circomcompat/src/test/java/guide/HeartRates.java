package guide;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import zk4j.bn254.Fr;
import zk4j.circomcompat.ProofJson;
import zk4j.circomcompat.PublicJson;
import zk4j.circuit.CompiledCircuit;
import zk4j.circuit.Inputs;
import zk4j.core.Execution;
import zk4j.groth16.Groth16Prover;
import zk4j.groth16.Groth16Verifier;
import zk4j.groth16.InsecureSetup;
import zk4j.groth16.Proof;
import zk4j.groth16.ProvingKey;
import zk4j.r1cs.Witness;

/** Proves that six heart rates are below 100 on average, and nothing else about them. */
public final class HeartRates {
  private HeartRates() {}

  public static void main(String[] args) throws Exception {
    // Once: the circuit, and a key for it.
    CompiledCircuit circuit = CompiledCircuit.of(new AverageBelow(6));
    ProvingKey key =
        InsecureSetup.provingKey(circuit.r1cs(), new SecureRandom(), Execution.defaults());
    Groth16Prover prover = Groth16Prover.of(key);
    Groth16Verifier verifier = Groth16Verifier.of(key.verifyingKey());

    // The prover knows the rates.
    Witness witness =
        circuit.witness(
            Inputs.of("limit", 100)
                .and("rates", 71, 68, 90, 122, 104, 75)
                .and("salt", Fr.random(new SecureRandom())));
    Proof proof = prover.prove(witness);
    List<Fr> signals = witness.publicSignals(circuit.r1cs().publicSignals()).toList();
    ProofJson.write(proof, Path.of(args[0], "proof.json"));
    PublicJson.write(signals, Path.of(args[0], "public.json"));

    // The verifier has the commitment, the limit and the proof.
    boolean valid =
        verifier.verify(
            ProofJson.read(Path.of(args[0], "proof.json")),
            PublicJson.read(Path.of(args[0], "public.json")));
    System.out.println(valid ? "below the limit" : "no proof");
  }
}
