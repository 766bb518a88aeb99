package zk4j.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import zk4j.bn254.Fr;
import zk4j.circomcompat.PtauFile;
import zk4j.circomcompat.R1csFile;
import zk4j.circomcompat.WtnsFile;
import zk4j.core.Execution;
import zk4j.r1cs.R1cs;
import zk4j.r1cs.Witness;

/** {@code zk plonk} and {@code zk fflonk}. */
@Command
final class PlonkCommands {
  private final Main main;
  private final PlonkScheme scheme;

  private PlonkCommands(Main main, PlonkScheme scheme) {
    this.main = main;
    this.scheme = scheme;
  }

  static CommandLine of(Main main, PlonkScheme scheme) {
    CommandLine line = new CommandLine(new PlonkCommands(main, scheme));
    line.setCommandName(scheme.id);
    line.getCommandSpec()
        .usageMessage()
        .description(scheme.text + " proofs: set up, prove and verify.");
    return line;
  }

  @Command(
      name = "setup",
      description = {
        "Make a circuit's key from powers of tau, as snarkjs does. It needs no ceremony of its own.",
        "The powers of tau are not verified here: snarkjs powersoftau verify does that."
      },
      footer = {"", "Example:", "  ${COMMAND-FULL-NAME} circuit.r1cs powers.ptau circuit.zkey"})
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
    PlonkScheme.NewKey key;
    try (PtauFile powers = PtauFile.open(ptauFile)) {
      Circuits.requirePower(scheme.requiredPower(r1cs), powers.power(), r1csFile, ptauFile);
      output.phase("making a key for " + r1cs.constraints() + " constraints");
      key = scheme.setup(r1cs, powers, execution);
    }
    output.phase("writing " + zkeyFile);
    OutputFiles.write(zkeyFile, key.zkey());
    int gates = key.circuit().gates();
    output.done(
        "wrote " + zkeyFile + ", " + gates + " gates",
        Output.fields("zkey", zkeyFile, "gates", gates, "additions", key.circuit().additions()));
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
        "  ${COMMAND-FULL-NAME} circuit.zkey witness.wtns proof.json public.json"
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
        "  ${COMMAND-FULL-NAME} input.json circuit.wasm circuit.zkey \\",
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
    PlonkScheme.Key key = scheme.open(zkeyFile);
    Proofs.requireWires(witness, key.wires(), zkeyFile);
    List<Fr> signals = witness.publicSignals(key.publicSignals()).toList();
    output.phase("reading " + zkeyFile);
    PlonkScheme.Prover prover = key.proverSource().prover(main.execution());
    output.phase("proving");
    return Proofs.write(prover.prove(witness), proofFile, signals, publicFile, output);
  }

  @Command(
      name = "verify",
      description = "Verify a proof of a statement. Exit code 0: valid, 1: invalid.",
      footer = {
        "",
        "Example:",
        "  ${COMMAND-FULL-NAME} verification_key.json public.json proof.json"
      })
  int verify(
      @Parameters(paramLabel = "<verification_key.json>", description = "The verification key.")
          Path keyFile,
      @Parameters(paramLabel = "<public.json>", description = "The public signals.")
          Path publicFile,
      @Parameters(paramLabel = "<proof.json>", description = "The proof.") Path proofFile)
      throws Exception {
    PlonkScheme.Verifier verifier = scheme.verifier(keyFile);
    return Proofs.verdict(
        publicFile, signals -> verifier.check(signals, proofFile), Map.of(), main.output());
  }
}
