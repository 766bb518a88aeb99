package zk4j.cli;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import zk4j.circomcompat.InvalidValueException;
import zk4j.circomcompat.R1csFile;
import zk4j.circomcompat.WitnessJson;
import zk4j.circomcompat.WtnsFile;
import zk4j.r1cs.R1cs;
import zk4j.r1cs.UnsatisfiedConstraintException;
import zk4j.r1cs.Witness;

/** {@code zk wtns}. */
@Command(name = "wtns", description = "Witnesses: calculate, check, export.")
final class WtnsCommands {
  private final Main main;

  WtnsCommands(Main main) {
    this.main = main;
  }

  @Command(
      name = "calculate",
      description = {
        "Calculate the witness of an input: the values of all signals of the circuit.",
        "Prints what the circuit logs to the standard error."
      },
      footer = {"", "Example:", "  zk wtns calculate circuit.wasm input.json witness.wtns"})
  int calculate(
      @Parameters(paramLabel = "<circuit.wasm>", description = "The circuit's program, by circom.")
          Path wasm,
      @Parameters(paramLabel = "<input.json>", description = "Values of the inputs by name.")
          Path input,
      @Parameters(paramLabel = "<witness.wtns>", description = "Written: the witness; secret.")
          Path wtns,
      @Mixin CalculationOptions calculation)
      throws Exception {
    OutputFiles.requireFolders(wtns);
    Output output = main.output();
    Witness witness = calculation.calculate(wasm, input, main.execution(), output);
    OutputFiles.writeSecret(wtns, file -> WtnsFile.write(witness, file));
    output.done(
        "wrote " + wtns + ": " + witness.size() + " values",
        Output.fields("witness", wtns, "wires", witness.size()));
    return ExitCodes.OK;
  }

  @Command(
      name = "check",
      description = {
        "Check whether a witness satisfies the circuit.",
        "If not, names the first constraint that fails, with its signals and their values. Their"
            + " names are taken from <circuit>.sym beside <circuit>.r1cs."
      },
      footer = {"", "Example:", "  zk wtns check circuit.r1cs witness.wtns"})
  int check(
      @Parameters(paramLabel = "<circuit.r1cs>", description = "The circuit's constraints.")
          Path r1csFile,
      @Parameters(paramLabel = "<witness.wtns>", description = "The witness.") Path wtns)
      throws Exception {
    Output output = main.output();
    output.phase("reading " + r1csFile);
    R1cs r1cs = R1csFile.read(r1csFile);
    try {
      Witness witness = WtnsFile.read(wtns);
      if (witness.size() != r1cs.wires()) {
        return unsatisfied(
            "the witness has "
                + witness.size()
                + " values, the circuit "
                + r1cs.wires()
                + " wires");
      }
      output.phase("checking " + r1cs.constraints() + " constraints");
      r1cs.requireSatisfied(witness, Circuits.namesBeside(r1csFile, output), main.execution());
    } catch (InvalidValueException e) {
      return unsatisfied(ExitCodes.message(e));
    } catch (UnsatisfiedConstraintException e) {
      output.result(
          "invalid: " + ExitCodes.message(e),
          Output.fields(
              "satisfied", false,
              "reason", ExitCodes.message(e),
              "constraint", e.constraint(),
              "equation", e.equation(),
              "signals", e.signals()));
      return ExitCodes.INVALID;
    }
    output.result(
        "valid: the witness satisfies all " + r1cs.constraints() + " constraints",
        Output.fields("satisfied", true, "constraints", r1cs.constraints()));
    return ExitCodes.OK;
  }

  private int unsatisfied(String reason) throws Exception {
    main.output().result("invalid: " + reason, Output.fields("satisfied", false, "reason", reason));
    return ExitCodes.INVALID;
  }

  /** {@code zk wtns export}. */
  @Command(name = "export", description = "Export a witness to another format.")
  static final class Export {
    private final Main main;

    Export(Main main) {
      this.main = main;
    }

    @Command(
        name = "json",
        description = "Write a witness as a JSON array of decimal strings.",
        footer = {"", "Example:", "  zk wtns export json witness.wtns witness.json"})
    int json(
        @Parameters(paramLabel = "<witness.wtns>", description = "The witness.") Path wtns,
        @Parameters(paramLabel = "<witness.json>", description = "Written; secret.") Path json)
        throws Exception {
      OutputFiles.requireFolders(json);
      Witness witness = WtnsFile.read(wtns);
      OutputFiles.writeSecret(json, file -> WitnessJson.write(witness, file));
      main.output()
          .done(
              "wrote " + json + ": " + witness.size() + " values",
              Output.fields("json", json, "wires", witness.size()));
      return ExitCodes.OK;
    }
  }
}
