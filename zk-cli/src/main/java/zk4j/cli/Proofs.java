package zk4j.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import zk4j.bn254.Fr;
import zk4j.circomcompat.InvalidValueException;
import zk4j.circomcompat.PublicJson;
import zk4j.core.VerificationResult;
import zk4j.r1cs.Witness;

/** What the commands of all proof systems do with proofs. */
final class Proofs {
  private Proofs() {}

  /** Refuses a witness of another circuit, before a key's points are read, which can take long. */
  static void requireWires(Witness witness, int wires, Path zkeyFile) throws CommandException {
    if (witness.size() != wires) {
      throw new CommandException(
          ExitCodes.INVALID,
          "the witness has " + witness.size() + " wires, " + zkeyFile + " is for " + wires);
    }
  }

  /** Writes a proof with its statement, and says so. */
  static int write(
      OutputFiles.Content proof, Path proofFile, List<Fr> signals, Path publicFile, Output output)
      throws IOException {
    OutputFiles.write(proofFile, proof);
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

  /** Checks a proof whose file may have values that no proof has. */
  @FunctionalInterface
  interface Check {
    VerificationResult of(List<Fr> signals) throws IOException;
  }

  /**
   * Says whether a proof holds.
   *
   * @param fields to say beside, which the check may add to
   */
  static int verdict(Path publicFile, Check check, Map<String, Object> fields, Output output)
      throws IOException {
    VerificationResult result;
    try {
      result = check.of(PublicJson.read(publicFile));
    } catch (InvalidValueException e) {
      result = VerificationResult.invalid(ExitCodes.message(e));
    }
    Map<String, Object> all = new LinkedHashMap<>(fields);
    all.put("valid", result.valid());
    if (!result.valid()) {
      all.put("reason", result.reason());
    }
    output.result(result.valid() ? "valid" : "invalid: " + result.reason(), all);
    return result.valid() ? ExitCodes.OK : ExitCodes.INVALID;
  }
}
