package zk4j.cli;

import java.nio.file.Path;
import java.security.SecureRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import zk4j.bn254.InsecurePowersOfTau;
import zk4j.circomcompat.PtauFile;
import zk4j.core.Execution;

/** {@code zk powersoftau}. */
@Command(name = "powersoftau", description = "Powers of tau: make insecure ones for development.")
final class PowersOfTauCommands {
  private static final int MAX_POWER = 24;

  private final Main main;

  PowersOfTauCommands(Main main) {
    this.main = main;
  }

  @Command(
      name = "setup-insecure",
      description = {
        "Make powers of tau for development, prepared for phase 2.",
        "INSECURE: this process knows tau. Whoever knows it can forge proofs for every key",
        "that is made of the file, and the file does not show that it was made so."
      },
      footer = {"", "Example:", "  zk powersoftau setup-insecure 14 powers.ptau"})
  int setupInsecure(
      @Parameters(
              paramLabel = "<power>",
              description = "For domains of up to 2^power, 1 to " + MAX_POWER + ".")
          int power,
      @Parameters(paramLabel = "<powers.ptau>", description = "Written: the powers.") Path ptauFile)
      throws Exception {
    OutputFiles.requireFolders(ptauFile);
    if (power < 1 || power > MAX_POWER) {
      throw new CommandException(ExitCodes.ERROR, "power " + power + " is not 1 to " + MAX_POWER);
    }
    Output output = main.output();
    Execution execution = main.execution();
    output.phase("making powers of tau up to 2^" + power);
    InsecurePowersOfTau powers = InsecurePowersOfTau.random(power, new SecureRandom());
    OutputFiles.write(ptauFile, file -> PtauFile.writeInsecure(powers, file, execution));
    output.note("zk: warning: " + ptauFile + " is for development alone: its tau was known here");
    output.done("wrote " + ptauFile, Output.fields("ptau", ptauFile, "power", power));
    return ExitCodes.OK;
  }
}
