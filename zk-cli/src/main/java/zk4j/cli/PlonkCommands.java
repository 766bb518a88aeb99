package zk4j.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import zk4j.bn254.Fr;
import zk4j.circomcompat.InvalidValueException;
import zk4j.circomcompat.PlonkProofJson;
import zk4j.circomcompat.PlonkVerificationKeyJson;
import zk4j.circomcompat.PlonkZkeyFile;
import zk4j.circomcompat.PtauFile;
import zk4j.circomcompat.PublicJson;
import zk4j.circomcompat.R1csFile;
import zk4j.circomcompat.WtnsFile;
import zk4j.core.Execution;
import zk4j.core.VerificationResult;
import zk4j.plonk.PlonkProof;
import zk4j.plonk.PlonkProver;
import zk4j.plonk.PlonkProvingKey;
import zk4j.plonk.PlonkSetup;
import zk4j.plonk.PlonkVerifier;
import zk4j.plonk.PlonkVerifyingKey;
import zk4j.r1cs.R1cs;
import zk4j.r1cs.Witness;

/** {@code zk plonk}. */
@Command(name = "plonk", description = "PLONK proofs: set up, prove and verify.")
final class PlonkCommands {
  private final Main main;

  PlonkCommands(Main main) {
    this.main = main;
  }

  @Command(
      name = "setup",
      description = {
        "Make a circuit's key from powers of tau, as snarkjs does. It needs no ceremony of its own.",
        "The powers of tau are not verified here: snarkjs powersoftau verify does that."
      },
      footer = {"", "Example:", "  zk plonk setup circuit.r1cs powers.ptau circuit.zkey"})
  int setup(
      @Parameters(paramLabel = "<circuit.r1cs>", description = "The constraints, by circom.")
          Path r1csFile,
      @Parameters(
              paramLabel = "<powers.ptau>",
              description = "Powers of tau of a ceremony, prepared for phase 2.")
          Path ptauFile,
      @Parameters(paramLabel = "<circuit.zkey>", description = "Written: the key.") Path zkeyFile)
      throws Exception {
    OutputFiles.requireFolders(zkeyFile);
    Output output = main.output();
    Execution execution = main.execution();
    R1cs r1cs = R1csFile.read(r1csFile);
    PlonkProvingKey key;
    try (PtauFile powers = PtauFile.open(ptauFile)) {
      Circuits.requirePower(PlonkSetup.requiredPower(r1cs), powers.power(), r1csFile, ptauFile);
      output.phase("making a key for " + r1cs.constraints() + " constraints");
      key = PlonkSetup.provingKey(r1cs, powers, execution);
    }
    output.phase("writing " + zkeyFile);
    OutputFiles.write(zkeyFile, file -> PlonkZkeyFile.write(key, file, execution));
    output.done(
        "wrote " + zkeyFile + ", " + key.gates() + " gates",
        Output.fields("zkey", zkeyFile, "gates", key.gates(), "additions", key.additions()));
    return ExitCodes.OK;
  }

  @Command(
      name = "prove",
      description = {
        "Prove a statement with a witness of it.",
        "The witness is checked before, and the proof before it is written."
      },
      footer = {
        "",
        "Example:",
        "  zk plonk prove circuit.zkey witness.wtns proof.json public.json"
      })
  int prove(
      @Parameters(paramLabel = "<circuit.zkey>", description = "The proving key.") Path zkey,
      @Parameters(paramLabel = "<witness.wtns>", description = "The witness.") Path wtns,
      @Parameters(paramLabel = "<proof.json>", description = "Written: the proof.") Path proof,
      @Parameters(paramLabel = "<public.json>", description = "Written: the public signals.")
          Path publicSignals)
      throws Exception {
    OutputFiles.requireFolders(proof, publicSignals);
    main.output().phase("reading " + wtns);
    return prove(zkey, WtnsFile.read(wtns), proof, publicSignals);
  }

  @Command(
      name = "fullprove",
      description = "Calculate the witness of an input, and prove with it.",
      footer = {
        "",
        "Example:",
        "  zk plonk fullprove input.json circuit.wasm circuit.zkey \\",
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
      @Mixin CalculationOptions calculation)
      throws Exception {
    OutputFiles.requireFolders(proof, publicSignals);
    Witness witness = calculation.calculate(wasm, input, main.execution(), main.output());
    return prove(zkey, witness, proof, publicSignals);
  }

  private int prove(Path zkeyFile, Witness witness, Path proofFile, Path publicFile)
      throws Exception {
    Output output = main.output();
    PlonkProof proof;
    List<Fr> signals;
    try (PlonkZkeyFile zkey = PlonkZkeyFile.open(zkeyFile)) {
      // Before the key's points are read, which can take long.
      if (witness.size() != zkey.circuitWires()) {
        throw new CommandException(
            ExitCodes.INVALID,
            "the witness has "
                + witness.size()
                + " wires, "
                + zkeyFile
                + " is for "
                + zkey.circuitWires());
      }
      signals = witness.publicSignals(zkey.verifyingKey().publicSignals()).toList();
      output.phase("reading " + zkeyFile);
      PlonkProver prover = PlonkProver.of(zkey.provingKey(main.execution()));
      output.phase("proving");
      proof = prover.prove(witness, main.execution());
    }
    OutputFiles.write(proofFile, file -> PlonkProofJson.write(proof, file));
    OutputFiles.write(publicFile, file -> PublicJson.write(signals, file));
    output.done(
        String.format(
            Locale.ROOT, "wrote %s and %s (%.2f s)", proofFile, publicFile, output.seconds()),
        Output.fields(
            "proof", proofFile,
            "public", publicFile,
            "publicSignals", signals,
            "seconds", output.seconds()));
    return ExitCodes.OK;
  }

  @Command(
      name = "verify",
      description = "Verify a proof of a statement. Exit code 0: valid, 1: invalid.",
      footer = {"", "Example:", "  zk plonk verify verification_key.json public.json proof.json"})
  int verify(
      @Parameters(paramLabel = "<verification_key.json>", description = "The verification key.")
          Path keyFile,
      @Parameters(paramLabel = "<public.json>", description = "The public signals.")
          Path publicFile,
      @Parameters(paramLabel = "<proof.json>", description = "The proof.") Path proofFile)
      throws Exception {
    PlonkVerifyingKey key = PlonkVerificationKeyJson.read(keyFile);
    VerificationResult result;
    try {
      List<Fr> signals = PublicJson.read(publicFile);
      result = PlonkVerifier.of(key).check(PlonkProofJson.read(proofFile), signals);
    } catch (InvalidValueException e) {
      result = VerificationResult.invalid(ExitCodes.message(e));
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("valid", result.valid());
    if (!result.valid()) {
      fields.put("reason", result.reason());
    }
    main.output().result(result.valid() ? "valid" : "invalid: " + result.reason(), fields);
    return result.valid() ? ExitCodes.OK : ExitCodes.INVALID;
  }
}
