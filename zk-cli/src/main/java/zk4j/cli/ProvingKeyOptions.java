package zk4j.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import zk4j.bn254.PointValidation;
import zk4j.circomcompat.ZkeyFile;

/** How proving keys are loaded. */
final class ProvingKeyOptions extends KeyOptions {
  @Option(
      names = "--trust-key-points",
      description =
          "Do not check that each point of the proving key is on its curve: for keys of your own,"
              + " which load faster so. With a key that somebody tampered with, proofs may reveal"
              + " the witness.")
  boolean trustKeyPoints;

  ZkeyFile open(Path zkey, Output output) throws IOException, CommandException {
    return open(zkey, trustKeyPoints ? PointValidation.TRUSTED : PointValidation.FULL, output);
  }

  /** The same options as arguments of a command. */
  List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    if (trustKeyPoints) {
      arguments.add("--trust-key-points");
    }
    if (allowInsecureKey) {
      arguments.add("--allow-insecure-key");
    }
    return arguments;
  }
}
