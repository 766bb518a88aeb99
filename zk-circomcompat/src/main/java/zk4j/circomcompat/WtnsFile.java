package zk4j.circomcompat;

import java.io.IOException;
import java.nio.file.Path;
import zk4j.bn254.FieldEncoding;
import zk4j.bn254.Fr;
import zk4j.bn254.FrVector;
import zk4j.core.BoundedReader;
import zk4j.core.MalformedDataException;
import zk4j.r1cs.Witness;

/** Witnesses as circom and snarkjs write them: {@code .wtns}, version 2, over BN254. */
public final class WtnsFile {
  private static final String MAGIC = "wtns";
  private static final int VERSION = 2;
  private static final int HEADER = 1;
  private static final int VALUES = 2;

  private static final int HEADER_BYTES = 4 + Fr.BYTES + 4;

  /** Elements encoded at a time. */
  private static final int BLOCK = 1 << 12;

  private WtnsFile() {}

  /**
   * Reads a file.
   *
   * @throws MalformedDataException if it is no such file, or has not exactly as many values as it
   *     says
   * @throws InvalidValueException if a value is not below r, or wire 0 is not 1
   */
  public static Witness read(Path file) throws IOException {
    return read(BoundedReader.map(file));
  }

  /** Reads what lies between the reader's cursor and its end, as {@link #read(Path)}. */
  public static Witness read(BoundedReader in)
      throws MalformedDataException, InvalidValueException {
    SectionFile file = SectionFile.index(in, MAGIC, VERSION);
    BoundedReader header = file.section(HEADER, "header", HEADER_BYTES);
    SectionFile.expectPrime(header, Fr.MODULUS);
    long count = header.u32("number of values");
    if (count == 0) {
      throw header.malformed("a witness of no values");
    }
    BoundedReader section = file.section(VALUES, "values", count * Fr.BYTES);
    SectionFile.requireFits(count, "values", section);
    int wires = section.count(count, Fr.BYTES, "values");
    FrVector values;
    try {
      values = FrVector.read(section, wires, FieldEncoding.LITTLE_ENDIAN);
    } catch (MalformedDataException e) {
      // All the bytes are there, so that it is a value that was refused.
      throw new InvalidValueException(e);
    }
    if (!values.get(0).isOne()) {
      section.seek(0);
      throw new InvalidValueException(section.malformed("wire 0 is " + values.get(0) + ", not 1"));
    }
    return Witness.of(values);
  }

  /** Writes a witness as snarkjs does. */
  public static void write(Witness witness, Path file) throws IOException {
    int wires = witness.size();
    try (SectionWriter out = new SectionWriter(file, MAGIC, VERSION, 2)) {
      out.section(HEADER, HEADER_BYTES).prime(Fr.MODULUS).u32(wires);
      out.section(VALUES, (long) wires * Fr.BYTES);
      for (int from = 0; from < wires; from += BLOCK) {
        int to = from + Math.min(BLOCK, wires - from);
        out.bytes(witness.values().encode(from, to, FieldEncoding.LITTLE_ENDIAN));
      }
      out.end();
    }
  }
}
