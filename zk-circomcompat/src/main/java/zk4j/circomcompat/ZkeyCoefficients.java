package zk4j.circomcompat;

import java.io.IOException;
import java.math.BigInteger;
import zk4j.bn254.FieldEncoding;
import zk4j.bn254.Fr;
import zk4j.bn254.FrVector;
import zk4j.bn254.SparseMatrix;
import zk4j.core.BoundedReader;
import zk4j.core.MalformedDataException;

/**
 * The matrices A and B of a .zkey, in section 4: a u32 count, then {u32 matrix (0: A, 1: B), u32
 * constraint, u32 signal, coefficient} in any order. snarkjs writes the constraints in order, A's
 * entries before B's.
 *
 * @param a one row an element of the domain and one column a wire; {@code b} alike
 */
record ZkeyCoefficients(SparseMatrix a, SparseMatrix b) {
  private static final int VALUE_OFFSET = 3 * 4;
  private static final int RECORD_BYTES = VALUE_OFFSET + Fr.BYTES;

  /**
   * The file has v * R^2 for a coefficient v, where R = 2^256, so that what is read in Montgomery
   * form is v * R.
   */
  private static final Fr R = Fr.reduce(BigInteger.ONE.shiftLeft(256));

  static ZkeyCoefficients read(BoundedReader in, int rows, int columns)
      throws MalformedDataException {
    int count = in.count(in.u32("number of coefficients"), RECORD_BYTES, "coefficients");
    SectionFile.requireFits(count, "coefficients", in);
    long begin = in.position();
    MatrixBuilder[] matrices = {new MatrixBuilder(rows), new MatrixBuilder(rows)};
    for (int i = 0; i < count; i++) {
      long matrix = in.u32("matrix");
      long row = in.u32("constraint");
      long column = in.u32("signal");
      if (matrix > 1 || row >= rows || column >= columns) {
        throw in.malformed(
            "coefficient "
                + i
                + " is of matrix "
                + matrix
                + " of 2, constraint "
                + row
                + " of "
                + rows
                + ", signal "
                + column
                + " of "
                + columns);
      }
      matrices[(int) matrix].rowStart[(int) row + 1]++;
      in.skip(Fr.BYTES, "coefficient");
    }
    in.expectEnd();

    for (MatrixBuilder matrix : matrices) {
      matrix.allocate();
    }
    for (int i = 0; i < count; ) {
      i += readRun(in, begin + (long) i * RECORD_BYTES, matrices);
    }
    return new ZkeyCoefficients(matrices[0].build(columns), matrices[1].build(columns));
  }

  /** Reads all consecutive coefficients of one matrix and row, and returns how many they are. */
  private static int readRun(BoundedReader in, long begin, MatrixBuilder[] matrices)
      throws MalformedDataException {
    in.seek(begin);
    long matrix = in.u32("matrix");
    long row = in.u32("constraint");
    MatrixBuilder builder = matrices[(int) matrix];
    int at = builder.next[(int) row];
    int run = 0;
    do {
      builder.column[at + run] = (int) in.u32("signal");
      run++;
      in.skip(Fr.BYTES, "coefficient");
    } while (in.remaining() > 0 && in.u32("matrix") == matrix && in.u32("constraint") == row);
    in.seek(begin);
    builder.values.readRecords(
        at, in, run, RECORD_BYTES, VALUE_OFFSET, FieldEncoding.MONTGOMERY_LITTLE_ENDIAN);
    builder.next[(int) row] += run;
    return run;
  }

  /** A matrix whose entries are counted first and then sorted into their rows. */
  private static final class MatrixBuilder {
    /** Where each row begins; until {@link #allocate}, how many entries the row before has. */
    private final int[] rowStart;

    /** Where each row's next entry goes. */
    private int[] next = {};

    private int[] column = {};
    private FrVector values = FrVector.zeros(0);

    MatrixBuilder(int rows) {
      rowStart = new int[rows + 1];
    }

    void allocate() {
      for (int row = 1; row < rowStart.length; row++) {
        rowStart[row] += rowStart[row - 1];
      }
      int entries = rowStart[rowStart.length - 1];
      next = rowStart.clone();
      column = new int[entries];
      values = FrVector.zeros(entries);
    }

    SparseMatrix build(int columns) {
      values.scaleInPlace(R.inverse());
      return SparseMatrix.of(columns, rowStart, column, values);
    }
  }

  /** How many bytes {@link #write} writes. */
  long bytes() {
    return 4 + ((long) a.entries() + b.entries()) * RECORD_BYTES;
  }

  void write(SectionWriter out) throws IOException {
    out.u32((long) a.entries() + b.entries());
    for (int row = 0; row < a.rows(); row++) {
      writeRow(0, a, row, out);
      writeRow(1, b, row, out);
    }
  }

  private static void writeRow(int number, SparseMatrix matrix, int row, SectionWriter out)
      throws IOException {
    for (int entry = matrix.rowStart(row); entry < matrix.rowStart(row + 1); entry++) {
      out.u32(number).u32(row).u32(matrix.column(entry));
      out.bytes(matrix.value(entry).times(R).encode(FieldEncoding.MONTGOMERY_LITTLE_ENDIAN));
    }
  }
}
