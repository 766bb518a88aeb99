package zk4j.circomcompat;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import zk4j.bn254.Fr;
import zk4j.bn254.SparseMatrix;
import zk4j.r1cs.R1cs;

/**
 * Constraint systems as {@code snarkjs r1cs export json} writes them: a constraint is an array of
 * three objects, A, B and C, from wires to coefficients.
 */
public final class R1csJson {
  private R1csJson() {}

  /** Writes a file. */
  public static void write(R1cs r1cs, Path file) throws IOException {
    JsonOutput.write(file, out -> write(r1cs, out));
  }

  private static void write(R1cs r1cs, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeNumberField("n8", Fr.BYTES);
    out.writeStringField("prime", Fr.MODULUS.toString());
    out.writeNumberField("nVars", r1cs.wires());
    out.writeNumberField("nOutputs", r1cs.publicOutputs());
    out.writeNumberField("nPubInputs", r1cs.publicInputs());
    out.writeNumberField("nPrvInputs", r1cs.privateInputs());
    out.writeNumberField("nLabels", r1cs.labelCount());
    out.writeNumberField("nConstraints", r1cs.constraints());
    out.writeBooleanField("useCustomGates", false);
    out.writeArrayFieldStart("constraints");
    for (int row = 0; row < r1cs.constraints(); row++) {
      out.writeStartArray();
      for (SparseMatrix matrix : List.of(r1cs.a(), r1cs.b(), r1cs.c())) {
        writeRow(matrix, row, out);
      }
      out.writeEndArray();
    }
    out.writeEndArray();
    out.writeArrayFieldStart("map");
    for (int wire = 0; wire < r1cs.wires(); wire++) {
      out.writeNumber(r1cs.label(wire));
    }
    out.writeEndArray();
    for (String customGates : List.of("customGates", "customGatesUses")) {
      out.writeArrayFieldStart(customGates);
      out.writeEndArray();
    }
    out.writeEndObject();
  }

  /** Writes an object, whose keys must differ: a wire's coefficients are added up. */
  private static void writeRow(SparseMatrix matrix, int row, JsonGenerator out) throws IOException {
    TreeMap<Integer, Fr> coefficients = new TreeMap<>();
    for (int entry = matrix.rowStart(row); entry < matrix.rowStart(row + 1); entry++) {
      coefficients.merge(matrix.column(entry), matrix.value(entry), Fr::plus);
    }
    out.writeStartObject();
    for (var coefficient : coefficients.entrySet()) {
      out.writeStringField(coefficient.getKey().toString(), coefficient.getValue().toString());
    }
    out.writeEndObject();
  }
}
