package zk4j.circomcompat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import zk4j.bn254.FieldEncoding;
import zk4j.bn254.Fr;
import zk4j.bn254.FrVector;
import zk4j.bn254.SparseMatrix;
import zk4j.core.BoundedReader;
import zk4j.core.MalformedDataException;
import zk4j.r1cs.R1cs;

/**
 * Constraint systems as circom writes them: {@code .r1cs}, version 1, over BN254's scalar field.
 * Section 1 is the header, 2 the constraints, 3 the wires' labels. Files with custom gates are
 * refused, because a check of the constraints alone would not check the gates.
 */
public final class R1csFile {
  private static final String MAGIC = "r1cs";
  private static final int VERSION = 1;
  private static final int HEADER = 1;
  private static final int CONSTRAINTS = 2;
  private static final int LABELS = 3;
  private static final int CUSTOM_GATES = 4;

  private static final int ENTRY_BYTES = 4 + Fr.BYTES;
  private static final int HEADER_BYTES = 4 + Fr.BYTES + 4 * 4 + 8 + 4;

  private R1csFile() {}

  /**
   * Reads a file.
   *
   * @throws MalformedDataException if it is no such file
   */
  public static R1cs read(Path file) throws IOException {
    return read(BoundedReader.map(file));
  }

  /** Reads what lies between the reader's cursor and its end, as {@link #read(Path)}. */
  public static R1cs read(BoundedReader in) throws MalformedDataException {
    SectionFile file = SectionFile.index(in, MAGIC, VERSION);
    refuseCustomGates(file);

    BoundedReader header = file.section(HEADER, "header", HEADER_BYTES);
    SectionFile.expectPrime(header, Fr.MODULUS);
    long wireCount = header.u32("number of wires");
    int publicOutputs = int31(header, "number of public outputs");
    int publicInputs = int31(header, "number of public inputs");
    int privateInputs = int31(header, "number of private inputs");
    long labelCount = header.u64("number of labels");
    long constraintCount = header.u32("number of constraints");
    if (1L + publicOutputs + publicInputs > wireCount) {
      throw header.malformed(
          publicOutputs
              + " public outputs, "
              + publicInputs
              + " public inputs and the constant one"
              + " do not fit in "
              + wireCount
              + " wires");
    }

    BoundedReader labels = file.section(LABELS, "labels", 8 * wireCount);
    int wires = labels.count(wireCount, 8, "labels");
    long[] wireLabels = new long[wires];
    for (int wire = 0; wire < wires; wire++) {
      wireLabels[wire] = labels.u64("label of wire");
    }

    BoundedReader constraints = file.section(CONSTRAINTS, "constraints");
    int rows = constraints.count(constraintCount, 3 * 4, "constraints");
    SectionFile.requireFits(rows, "constraints", constraints);
    List<MatrixReader> abc =
        List.of(
            new MatrixReader(rows, wires),
            new MatrixReader(rows, wires),
            new MatrixReader(rows, wires));
    for (int row = 0; row < rows; row++) {
      for (MatrixReader matrix : abc) {
        matrix.measureRow(row, constraints);
      }
    }
    constraints.expectEnd();
    constraints.seek(0);
    abc.forEach(MatrixReader::allocate);
    for (int row = 0; row < rows; row++) {
      for (MatrixReader matrix : abc) {
        matrix.readRow(row, constraints);
      }
    }
    return R1cs.of(
        publicOutputs,
        publicInputs,
        privateInputs,
        labelCount,
        wireLabels,
        abc.get(0).matrix(),
        abc.get(1).matrix(),
        abc.get(2).matrix());
  }

  private static int int31(BoundedReader in, String what) throws MalformedDataException {
    long value = in.u32(what);
    if (value > Integer.MAX_VALUE) {
      throw in.malformed(what + " is " + value);
    }
    return (int) value;
  }

  private static void refuseCustomGates(SectionFile file) throws MalformedDataException {
    if (file.has(CUSTOM_GATES)) {
      BoundedReader gates = file.section(CUSTOM_GATES, "custom gates");
      long count = gates.u32("number of custom gates");
      if (count != 0) {
        throw gates.malformed(count + " custom gates, which are not supported");
      }
    }
  }

  /** Writes a constraint system as circom does, its sections in circom's order 2, 1, 3. */
  public static void write(R1cs r1cs, Path file) throws IOException {
    List<SparseMatrix> abc = List.of(r1cs.a(), r1cs.b(), r1cs.c());
    long entries = abc.stream().mapToLong(SparseMatrix::entries).sum();
    try (SectionWriter out = new SectionWriter(file, MAGIC, VERSION, 3)) {
      out.section(CONSTRAINTS, 3L * 4 * r1cs.constraints() + entries * ENTRY_BYTES);
      for (int row = 0; row < r1cs.constraints(); row++) {
        for (SparseMatrix matrix : abc) {
          writeRow(matrix, row, out);
        }
      }
      out.section(HEADER, HEADER_BYTES)
          .prime(Fr.MODULUS)
          .u32(r1cs.wires())
          .u32(r1cs.publicOutputs())
          .u32(r1cs.publicInputs())
          .u32(r1cs.privateInputs())
          .u64(r1cs.labelCount())
          .u32(r1cs.constraints());
      out.section(LABELS, 8L * r1cs.wires());
      for (int wire = 0; wire < r1cs.wires(); wire++) {
        out.u64(r1cs.label(wire));
      }
      out.end();
    }
  }

  private static void writeRow(SparseMatrix matrix, int row, SectionWriter out) throws IOException {
    int begin = matrix.rowStart(row);
    int end = matrix.rowStart(row + 1);
    out.u32(end - begin);
    for (int entry = begin; entry < end; entry++) {
      out.u32(matrix.column(entry));
      out.bytes(matrix.value(entry).encode(FieldEncoding.LITTLE_ENDIAN));
    }
  }

  /** Reads one of the three matrices in two passes over the constraints: sizes, then entries. */
  private static final class MatrixReader {
    private final int wires;
    private final int[] rowStart;
    private int[] column = {};
    private FrVector values = FrVector.zeros(0);

    MatrixReader(int rows, int wires) {
      this.wires = wires;
      this.rowStart = new int[rows + 1];
    }

    void measureRow(int row, BoundedReader in) throws MalformedDataException {
      int entries = entriesOf(row, in);
      SectionFile.requireFits((long) rowStart[row] + entries, "entries", in);
      rowStart[row + 1] = rowStart[row] + entries;
      in.skip((long) entries * ENTRY_BYTES, "constraint " + row);
    }

    void allocate() {
      int entries = rowStart[rowStart.length - 1];
      column = new int[entries];
      values = FrVector.zeros(entries);
    }

    void readRow(int row, BoundedReader in) throws MalformedDataException {
      int entries = entriesOf(row, in);
      long begin = in.position();
      values.readRecords(rowStart[row], in, entries, ENTRY_BYTES, 4, FieldEncoding.LITTLE_ENDIAN);
      long end = in.position();
      for (int i = 0; i < entries; i++) {
        in.seek(begin + (long) i * ENTRY_BYTES);
        long wire = in.u32("wire");
        if (wire >= wires) {
          throw in.malformed("constraint " + row + " has wire " + wire + " of " + wires);
        }
        column[rowStart[row] + i] = (int) wire;
      }
      in.seek(end);
    }

    SparseMatrix matrix() {
      return SparseMatrix.of(wires, rowStart, column, values);
    }

    private static int entriesOf(int row, BoundedReader in) throws MalformedDataException {
      long entries = in.u32("number of entries");
      return in.count(entries, ENTRY_BYTES, "entries of constraint " + row);
    }
  }
}
