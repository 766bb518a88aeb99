package zk4j.cli;

import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;
import zk4j.bn254.PointValidation;
import zk4j.circomcompat.VerificationKeyJson;
import zk4j.circomcompat.ZkeyFile;
import zk4j.groth16.UnsafeKeyException;
import zk4j.groth16.VerifyingKey;

/** How keys are loaded. */
class KeyOptions {
  @Option(
      names = "--allow-insecure-key",
      description =
          "For development only: use the key even if whoever made it, or anyone, can forge proofs"
              + " for it, as for a key that nobody has contributed to.")
  boolean allowInsecureKey;

  private boolean tookInsecureKey;

  /** Whether one of the keys that were loaded is unsafe. */
  boolean tookInsecureKey() {
    return tookInsecureKey;
  }

  VerifyingKey readVerifyingKey(Path json, Output output) throws IOException, CommandException {
    try {
      return VerificationKeyJson.read(json);
    } catch (UnsafeKeyException e) {
      refuseOrWarn(json, e, output);
      return VerificationKeyJson.readInsecureDevelopmentKey(json);
    }
  }

  ZkeyFile open(Path zkey, PointValidation validation, Output output)
      throws IOException, CommandException {
    try {
      return ZkeyFile.open(zkey, validation);
    } catch (UnsafeKeyException e) {
      refuseOrWarn(zkey, e, output);
      return ZkeyFile.openInsecureDevelopmentKey(zkey, validation);
    }
  }

  /** Refuses an unsafe key, or what has one, unless it is allowed. */
  void refuseOrWarn(Path file, UnsafeKeyException problem, Output output) throws CommandException {
    if (!allowInsecureKey) {
      throw new CommandException(
          ExitCodes.ERROR,
          file
              + ": unsafe key refused: "
              + problem.getMessage()
              + " (for development, --allow-insecure-key takes it)");
    }
    tookInsecureKey = true;
    output.note("zk: warning: unsafe key " + file + ": " + problem.getMessage());
  }
}
