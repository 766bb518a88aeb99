package zk4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import zk4j.circomcompat.R1csFile;
import zk4j.circomcompat.SymFile;
import zk4j.circomcompat.ZkeyFile;
import zk4j.core.MalformedDataException;
import zk4j.r1cs.R1cs;
import zk4j.r1cs.SignalNames;

/** What several commands do with circuits. */
final class Circuits {
  private Circuits() {}

  /** Reads the circuit of a key: as many wires and public signals. */
  static R1cs read(Path r1csFile, Path zkeyFile, ZkeyFile zkey) throws Exception {
    R1cs r1cs = R1csFile.read(r1csFile);
    if (r1cs.wires() != zkey.wires() || r1cs.publicSignals() != zkey.publicSignals()) {
      throw new CommandException(
          ExitCodes.ERROR, r1csFile + " and " + zkeyFile + " are of different circuits");
    }
    return r1cs;
  }

  /** The names in the .sym file that lies beside a .r1cs file under the same name, if any. */
  static SignalNames namesBeside(Path r1cs, Output output) throws IOException {
    String name = String.valueOf(r1cs.getFileName()).replaceFirst("\\.r1cs$", "") + ".sym";
    Path sym = r1cs.resolveSibling(name);
    if (!Files.isRegularFile(sym)) {
      return SignalNames.byWire();
    }
    try {
      return SymFile.read(sym);
    } catch (MalformedDataException e) {
      output.note("zk: warning: signals go without names: " + e.getMessage());
      return SignalNames.byWire();
    }
  }

  /** Refuses powers of tau that are too few for a circuit. */
  static void requirePower(int required, int power, Path r1csFile, Path ptauFile)
      throws CommandException {
    if (required > power) {
      throw new CommandException(
          ExitCodes.ERROR,
          ptauFile
              + " has powers of tau up to 2^"
              + power
              + ", but "
              + r1csFile
              + " needs those up to 2^"
              + required);
    }
  }
}
