package zk4j.cli;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import zk4j.bn254.Fr;
import zk4j.circomcompat.MpcTranscript;
import zk4j.circomcompat.ProofJson;
import zk4j.circomcompat.PtauFile;
import zk4j.circomcompat.R1csFile;
import zk4j.circomcompat.WtnsFile;
import zk4j.circomcompat.ZkeyFile;
import zk4j.core.VerificationResult;
import zk4j.groth16.Groth16Prover;
import zk4j.groth16.Groth16Setup;
import zk4j.groth16.Groth16Verifier;
import zk4j.groth16.InsecureSetup;
import zk4j.groth16.Proof;
import zk4j.groth16.ProvingKey;
import zk4j.groth16.VerifyingKey;
import zk4j.r1cs.R1cs;
import zk4j.r1cs.Witness;

/** {@code zk groth16}. */
@Command(name = "groth16", description = "Groth16 proofs: set up, prove and verify.")
final class Groth16Commands {
  private final Main main;

  Groth16Commands(Main main) {
    this.main = main;
  }

  @Command(
      name = "prove",
      description = {
        "Prove a statement with a witness of it.",
        "The proof is verified before it is written."
      },
      footer = {
        "",
        "Example:",
        "  zk groth16 prove circuit.zkey witness.wtns proof.json public.json"
      })
  int prove(
      @Parameters(paramLabel = "<circuit.zkey>", description = "The proving key.") Path zkey,
      @Parameters(paramLabel = "<witness.wtns>", description = "The witness.") Path wtns,
      @Parameters(paramLabel = "<proof.json>", description = "Written: the proof.") Path proof,
      @Parameters(paramLabel = "<public.json>", description = "Written: the public signals.")
          Path publicSignals,
      @Option(
              names = "--r1cs",
              paramLabel = "<circuit.r1cs>",
              description =
                  "Check the witness against the constraints first, to learn which one fails.")
          @Nullable Path r1cs,
      @Mixin ProvingKeyOptions keys)
      throws Exception {
    OutputFiles.requireFolders(proof, publicSignals);
    main.output().phase("reading " + wtns);
    Witness witness = WtnsFile.read(wtns);
    return prove(zkey, witness, proof, publicSignals, r1cs, keys);
  }

  @Command(
      name = "fullprove",
      description = "Calculate the witness of an input, and prove with it.",
      footer = {
        "",
        "Example:",
        "  zk groth16 fullprove input.json circuit.wasm circuit.zkey \\",
        "      proof.json public.json"
      })
  int fullprove(
      @Parameters(paramLabel = "<input.json>", description = "Values of the inputs by name.")
          Path input,
      @Parameters(paramLabel = "<circuit.wasm>", description = "The circuit's program, by circom.")
          Path wasm,
      @Parameters(paramLabel = "<circuit.zkey>", description = "The proving key.") Path zkey,
      @Parameters(paramLabel = "<proof.json>", description = "Written: the proof.") Path proof,
      @Parameters(paramLabel = "<public.json>", description = "Written: the public signals.")
          Path publicSignals,
      @Mixin CalculationOptions calculation,
      @Mixin ProvingKeyOptions keys)
      throws Exception {
    OutputFiles.requireFolders(proof, publicSignals);
    Witness witness = calculation.calculate(wasm, input, main.execution(), main.output());
    return prove(zkey, witness, proof, publicSignals, null, keys);
  }

  private int prove(
      Path zkeyFile,
      Witness witness,
      Path proofFile,
      Path publicFile,
      @Nullable Path r1csFile,
      ProvingKeyOptions keys)
      throws Exception {
    Output output = main.output();
    Proof proof;
    List<Fr> signals;
    try (ZkeyFile zkey = keys.open(zkeyFile, output)) {
      Proofs.requireWires(witness, zkey.wires(), zkeyFile);
      R1cs r1cs = r1csFile == null ? null : Circuits.read(r1csFile, zkeyFile, zkey);
      signals = witness.publicSignals(zkey.publicSignals()).toList();
      output.phase("reading " + zkeyFile);
      Groth16Prover prover = Groth16Prover.of(zkey.provingKey(main.execution()));
      output.phase("proving");
      if (r1cs == null || r1csFile == null) {
        proof = prover.prove(witness, main.execution());
      } else {
        proof =
            prover.prove(witness, r1cs, Circuits.namesBeside(r1csFile, output), main.execution());
      }
    }
    return Proofs.write(
        file -> ProofJson.write(proof, file), proofFile, signals, publicFile, output);
  }

  @Command(
      name = "verify",
      description = "Verify a proof of a statement. Exit code 0: valid, 1: invalid.",
      footer = {"", "Example:", "  zk groth16 verify verification_key.json public.json proof.json"})
  int verify(
      @Parameters(paramLabel = "<verification_key.json>", description = "The verification key.")
          Path keyFile,
      @Parameters(paramLabel = "<public.json>", description = "The public signals.")
          Path publicFile,
      @Parameters(paramLabel = "<proof.json>", description = "The proof.") Path proofFile,
      @Mixin KeyOptions keys)
      throws Exception {
    Output output = main.output();
    VerifyingKey key = keys.readVerifyingKey(keyFile, output);
    Map<String, Object> fields = new LinkedHashMap<>();
    Proofs.Check check =
        signals -> {
          Groth16Verifier verifier = Groth16Verifier.of(key);
          VerificationResult result = verifier.check(ProofJson.read(proofFile), signals);
          if (result.valid()) {
            fields.put("statementId", HexFormat.of().formatHex(verifier.statementId(signals)));
          }
          return result;
        };
    return Proofs.verdict(publicFile, check, fields, output);
  }

  @Command(
      name = "setup",
      description = {
        "Make the key that a circuit's ceremony begins with, as snarkjs does.",
        "Nobody has contributed to it yet, and so anyone can forge proofs: commands take it with"
            + " --allow-insecure-key alone. Let several parties contribute, as with snarkjs zkey"
            + " contribute, before it is used.",
        "The powers of tau are not verified here: snarkjs powersoftau verify does that."
      },
      footer = {"", "Example:", "  zk groth16 setup circuit.r1cs powers.ptau circuit_0000.zkey"})
  int setup(
      @Parameters(paramLabel = "<circuit.r1cs>", description = "The constraints, by circom.")
          Path r1csFile,
      @Parameters(
              paramLabel = "<powers.ptau>",
              description = "Powers of tau of a ceremony, prepared for phase 2.")
          Path ptauFile,
      @Parameters(paramLabel = "<circuit_0000.zkey>", description = "Written: the first key.")
          Path zkeyFile)
      throws Exception {
    OutputFiles.requireFolders(zkeyFile);
    Output output = main.output();
    R1cs r1cs = R1csFile.read(r1csFile);
    MpcTranscript transcript;
    try (PtauFile powers = PtauFile.open(ptauFile)) {
      Circuits.requirePower(Groth16Setup.requiredPower(r1cs), powers.power(), r1csFile, ptauFile);
      output.phase("making a key for " + r1cs.constraints() + " constraints");
      ProvingKey key = Groth16Setup.provingKey(r1cs, powers, main.execution());
      output.phase("hashing the key");
      transcript = MpcTranscript.ofSetup(key, powers, main.execution());
      OutputFiles.write(zkeyFile, file -> ZkeyFile.write(key, transcript, file));
    }
    String circuitHash = HexFormat.of().formatHex(transcript.circuitHash());
    output.note(
        "zk: warning: nobody has contributed to "
            + zkeyFile
            + " yet, and so anyone can forge proofs for it: contribute before it is used, as with"
            + " snarkjs zkey contribute");
    output.done(
        "wrote " + zkeyFile + ", circuit hash " + circuitHash,
        Output.fields("zkey", zkeyFile, "circuitHash", circuitHash, "contributions", 0));
    return ExitCodes.OK;
  }

  @Command(
      name = "setup-insecure",
      description = {
        "Make a key for development, tests and benchmarks alone.",
        "One party makes it in one go, who could keep its secrets and prove anything. Commands"
            + " take it with --allow-insecure-key alone; but its verification key cannot be told"
            + " from a secure one: do not let it out of your hands."
      },
      footer = {"", "Example:", "  zk groth16 setup-insecure circuit.r1cs circuit.zkey"})
  int setupInsecure(
      @Parameters(paramLabel = "<circuit.r1cs>", description = "The constraints, by circom.")
          Path r1csFile,
      @Parameters(paramLabel = "<circuit.zkey>", description = "Written: the proving key.")
          Path zkeyFile)
      throws Exception {
    OutputFiles.requireFolders(zkeyFile);
    R1cs r1cs = R1csFile.read(r1csFile);
    main.output().phase("making a key for " + r1cs.constraints() + " constraints");
    ProvingKey key = InsecureSetup.provingKey(r1cs, new SecureRandom(), main.execution());
    MpcTranscript noCeremony = MpcTranscript.withoutContributions(new byte[64]);
    OutputFiles.write(zkeyFile, file -> ZkeyFile.write(key, noCeremony, file));
    main.output()
        .done(
            "wrote " + zkeyFile + ", an insecure key: --allow-insecure-key takes it",
            Output.fields("zkey", zkeyFile));
    return ExitCodes.OK;
  }
}
