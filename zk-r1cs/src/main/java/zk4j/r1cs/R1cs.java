package zk4j.r1cs;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.stream.IntStream;
import zk4j.bn254.Fr;
import zk4j.bn254.FrVector;
import zk4j.bn254.SparseMatrix;
import zk4j.core.Execution;

/**
 * A rank-1 constraint system: a witness z satisfies it when Az ∘ Bz = Cz, row by row. Immutable and
 * thread-safe.
 *
 * <p>Wire 0 is the constant one; then come the public outputs, the public inputs, and the rest.
 */
public final class R1cs {
  private static final BigInteger HALF = Fr.MODULUS.shiftRight(1);
  private static final int SIGNALS_IN_MESSAGE = 50;

  private final int publicOutputs;
  private final int publicInputs;
  private final int privateInputs;
  private final long labelCount;
  private final long[] wireLabels;
  private final SparseMatrix a;
  private final SparseMatrix b;
  private final SparseMatrix c;

  private R1cs(
      int publicOutputs,
      int publicInputs,
      int privateInputs,
      long labelCount,
      long[] wireLabels,
      SparseMatrix a,
      SparseMatrix b,
      SparseMatrix c) {
    this.publicOutputs = publicOutputs;
    this.publicInputs = publicInputs;
    this.privateInputs = privateInputs;
    this.labelCount = labelCount;
    this.wireLabels = wireLabels;
    this.a = a;
    this.b = b;
    this.c = c;
  }

  /**
   * Makes a system of its parts; the matrices are shared, the labels copied.
   *
   * @param privateInputs how many the source has; a compiler may have dropped wires of unused ones
   * @param labelCount how many signals the source has, before the compiler's simplification
   * @param wireLabels which signal of the source each wire is
   * @param a one row a constraint and one column a wire; {@code b} and {@code c} alike
   * @throws IllegalArgumentException if a count is negative, a shape differs, or the public signals
   *     need more wires than there are
   */
  public static R1cs of(
      int publicOutputs,
      int publicInputs,
      int privateInputs,
      long labelCount,
      long[] wireLabels,
      SparseMatrix a,
      SparseMatrix b,
      SparseMatrix c) {
    if (publicOutputs < 0 || publicInputs < 0 || privateInputs < 0 || labelCount < 0) {
      throw new IllegalArgumentException(
          "counts must not be negative: public outputs "
              + publicOutputs
              + ", public inputs "
              + publicInputs
              + ", private inputs "
              + privateInputs
              + ", labels "
              + labelCount);
    }
    if (1L + publicOutputs + publicInputs > wireLabels.length) {
      throw new IllegalArgumentException(
          publicOutputs
              + " public outputs, "
              + publicInputs
              + " public inputs and the constant one"
              + " do not fit in "
              + wireLabels.length
              + " wires");
    }
    for (SparseMatrix matrix : List.of(a, b, c)) {
      if (matrix.columns() != wireLabels.length || matrix.rows() != a.rows()) {
        throw new IllegalArgumentException(
            "a matrix of "
                + matrix.rows()
                + " x "
                + matrix.columns()
                + " instead of "
                + a.rows()
                + " constraints x "
                + wireLabels.length
                + " wires");
      }
    }
    return new R1cs(
        publicOutputs, publicInputs, privateInputs, labelCount, wireLabels.clone(), a, b, c);
  }

  /** How many wires there are, the constant one among them. */
  public int wires() {
    return wireLabels.length;
  }

  /** How many constraints there are. */
  public int constraints() {
    return a.rows();
  }

  /** How many outputs there are; they are wires 1..publicOutputs. */
  public int publicOutputs() {
    return publicOutputs;
  }

  /** How many public inputs there are; their wires follow the outputs'. */
  public int publicInputs() {
    return publicInputs;
  }

  /** How many private inputs the source has, unused ones included. */
  public int privateInputs() {
    return privateInputs;
  }

  /** Public outputs and public inputs. */
  public int publicSignals() {
    return publicOutputs + publicInputs;
  }

  /** How many signals the source has, before the compiler's simplification. */
  public long labelCount() {
    return labelCount;
  }

  /** Which signal of the source a wire is. */
  public long label(int wire) {
    return wireLabels[wire];
  }

  /** The left factors' matrix. */
  public SparseMatrix a() {
    return a;
  }

  /** The right factors' matrix. */
  public SparseMatrix b() {
    return b;
  }

  /** The products' matrix. */
  public SparseMatrix c() {
    return c;
  }

  /**
   * The lowest constraint that the witness does not satisfy.
   *
   * @throws IllegalArgumentException if the witness has not one value a wire
   */
  public OptionalInt firstViolation(Witness witness, Execution execution) {
    if (witness.size() != wires()) {
      throw new IllegalArgumentException(
          "a witness of " + witness.size() + " values for " + wires() + " wires");
    }
    FrVector values = witness.values();
    FrVector left = a.times(values, execution);
    left.multiplyInPlace(b.times(values, execution));
    FrVector right = c.times(values, execution);
    if (left.contentEquals(right)) {
      return OptionalInt.empty();
    }
    return IntStream.range(0, constraints())
        .filter(row -> !left.get(row).equals(right.get(row)))
        .findFirst();
  }

  /**
   * Checks that the witness satisfies every constraint.
   *
   * @throws UnsatisfiedConstraintException naming the lowest that it does not
   * @throws IllegalArgumentException if the witness has not one value a wire
   */
  public void requireSatisfied(Witness witness, SignalNames names, Execution execution)
      throws UnsatisfiedConstraintException {
    OptionalInt violation = firstViolation(witness, execution);
    if (violation.isPresent()) {
      throw unsatisfied(violation.getAsInt(), witness, names);
    }
  }

  private UnsatisfiedConstraintException unsatisfied(int row, Witness witness, SignalNames names) {
    TreeSet<Integer> wires = new TreeSet<>();
    for (SparseMatrix matrix : List.of(a, b, c)) {
      for (int entry = matrix.rowStart(row); entry < matrix.rowStart(row + 1); entry++) {
        wires.add(matrix.column(entry));
      }
    }
    wires.remove(0);
    Map<String, String> signals = new LinkedHashMap<>();
    for (int wire : wires) {
      signals.put(names.name(wire), witness.get(wire).toString());
    }

    String equation = constraintText(row, names);
    StringBuilder message =
        new StringBuilder("constraint ").append(row).append(" does not hold: ").append(equation);
    FrVector values = witness.values();
    message.append("\n  A = ").append(a.rowTimes(row, values));
    message.append(", B = ").append(b.rowTimes(row, values));
    message.append(", C = ").append(c.rowTimes(row, values));
    signals.entrySet().stream()
        .limit(SIGNALS_IN_MESSAGE)
        .forEach(s -> message.append("\n  ").append(s.getKey()).append(" = ").append(s.getValue()));
    if (signals.size() > SIGNALS_IN_MESSAGE) {
      message.append("\n  and ").append(signals.size() - SIGNALS_IN_MESSAGE).append(" more");
    }
    return new UnsatisfiedConstraintException(message.toString(), row, equation, signals);
  }

  /**
   * A constraint as an equation, such as {@code (main.x - 3*main.y) * (main.z + 1) = -main.out}.
   * Coefficients above r/2 are written as the negative numbers that they stand for.
   *
   * @param row 0..constraints-1
   */
  public String constraintText(int row, SignalNames names) {
    return "("
        + combinationText(a, row, names)
        + ") * ("
        + combinationText(b, row, names)
        + ") = "
        + combinationText(c, row, names);
  }

  private static String combinationText(SparseMatrix matrix, int row, SignalNames names) {
    StringBuilder text = new StringBuilder();
    for (int entry = matrix.rowStart(row); entry < matrix.rowStart(row + 1); entry++) {
      BigInteger value = matrix.value(entry).toBigInteger();
      boolean negative = value.compareTo(HALF) > 0;
      BigInteger size = negative ? Fr.MODULUS.subtract(value) : value;
      if (text.length() == 0) {
        text.append(negative ? "-" : "");
      } else {
        text.append(negative ? " - " : " + ");
      }
      int wire = matrix.column(entry);
      if (wire == 0) {
        text.append(size);
      } else {
        text.append(size.equals(BigInteger.ONE) ? "" : size + "*").append(names.name(wire));
      }
    }
    return text.length() == 0 ? "0" : text.toString();
  }
}
