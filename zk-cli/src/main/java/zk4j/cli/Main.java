package zk4j.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code zk}. */
@Command(
    name = "zk",
    description = "Zero-knowledge proofs over BN254 with the files of circom and snarkjs.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
public final class Main {
  private Main() {}

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Main()).execute(args));
  }
}
