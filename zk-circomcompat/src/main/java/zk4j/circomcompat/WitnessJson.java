package zk4j.circomcompat;

import java.io.IOException;
import java.nio.file.Path;
import zk4j.r1cs.Witness;

/** Witnesses as {@code snarkjs wtns export json} writes them: an array of decimal strings. */
public final class WitnessJson {
  private WitnessJson() {}

  /** Writes a file. */
  public static void write(Witness witness, Path file) throws IOException {
    JsonOutput.write(
        file,
        out -> {
          out.writeStartArray();
          for (int wire = 0; wire < witness.size(); wire++) {
            out.writeString(witness.get(wire).toString());
          }
          out.writeEndArray();
        });
  }
}
