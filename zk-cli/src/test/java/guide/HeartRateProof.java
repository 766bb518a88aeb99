package guide;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import zk4j.bn254.Fr;
import zk4j.circuit.CompiledCircuit;
import zk4j.circuit.Inputs;
import zk4j.core.Execution;
import zk4j.evm.Calldata;
import zk4j.evm.SolidityVerifier;
import zk4j.groth16.Groth16Prover;
import zk4j.groth16.Groth16Verifier;
import zk4j.groth16.InsecureSetup;
import zk4j.groth16.Proof;
import zk4j.groth16.ProvingKey;
import zk4j.r1cs.Witness;

/** Proves whether ten heart rates are below 120, for a verifier in Java and one in a contract. */
public final class HeartRateProof {
  private HeartRateProof() {}

  public static void main(String[] args) throws Exception {
    // Once: the circuit, and keys for it. Who makes these could forge proofs: for others than
    // yourself, make them by a ceremony (zk groth16 setup, snarkjs zkey contribute).
    CompiledCircuit circuit = CompiledCircuit.of(new HeartRateCheck(10));
    ProvingKey key =
        InsecureSetup.provingKey(circuit.r1cs(), new SecureRandom(), Execution.defaults());
    Groth16Prover prover = Groth16Prover.of(key);

    // Where the readings are.
    Inputs inputs = Inputs.of("limit", 120).and("rates", 71, 74, 80, 95, 110, 119, 101, 88, 76, 72);
    Witness witness = circuit.witness(inputs);
    Proof proof = prover.prove(witness);
    List<Fr> signals = witness.publicSignals(circuit.r1cs().publicSignals()).toList();

    // Where they are not: the key for verification is public.
    Groth16Verifier verifier = Groth16Verifier.of(key.verifyingKey());
    boolean asked = signals.get(1).equals(Fr.of(120)); // the limit, after the output
    boolean allBelow = signals.get(0).equals(Fr.ONE);
    System.out.println(
        verifier.verify(proof, signals) && asked && allBelow ? "all below 120" : "not shown");

    // The same in a contract.
    String contract = SolidityVerifier.groth16(key.verifyingKey(), "HeartRateVerifier");
    Files.writeString(Path.of(args[0], "HeartRateVerifier.sol"), contract, UTF_8);
    String call = Calldata.groth16(proof, signals).text();
    Files.writeString(Path.of(args[0], "call.txt"), call, UTF_8);
  }
}
