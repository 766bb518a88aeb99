package zk4j.circuit;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import zk4j.bn254.FrVector;
import zk4j.bn254.SparseMatrix;
import zk4j.r1cs.ConstraintReport;
import zk4j.r1cs.R1cs;
import zk4j.r1cs.SignalNames;
import zk4j.r1cs.Witness;

/**
 * A circuit's constraint system and what computes its witnesses. Immutable and thread-safe.
 *
 * <p>Keys are for one constraint system: {@link #r1cs} is the same in every run for the same
 * circuit, parameters and version of the library.
 */
public final class CompiledCircuit {
  private final R1cs r1cs;
  private final WitnessComputation computation;

  /** The builder's number of each wire of the system. */
  private final int[] wires;

  /** The builder's number of each signal, whether it is a wire of the system or not. */
  private final int[] byLabel;

  private final Map<String, Integer> inputBits;
  private final Wires names;
  private final Origins origins;

  /** Of each constraint, where it is from. */
  private final int[] constraintOrigins;

  private CompiledCircuit(R1cs r1cs, CircuitBuilder builder, int[] wires, int[] constraintOrigins) {
    this.r1cs = r1cs;
    this.computation = new WitnessComputation(builder.program(), builder.inputSignals());
    this.inputBits = builder.inputBits();
    this.wires = wires;
    this.byLabel = byLabel(builder.wires());
    this.names = builder.wires();
    this.origins = builder.origins();
    this.constraintOrigins = constraintOrigins;
  }

  /** Compiles a circuit, with all simplification. */
  public static CompiledCircuit of(Circuit circuit) {
    return of(circuit, Simplification.FULL);
  }

  /**
   * Compiles a circuit.
   *
   * @throws IllegalArgumentException if the circuit is no circuit: two signals have one name, a
   *     constraint between constants does not hold, a bound is too large
   */
  public static CompiledCircuit of(Circuit circuit, Simplification simplification) {
    R1csBackend backend = new R1csBackend();
    CircuitBuilder builder = new CircuitBuilder(backend);
    circuit.define(builder);
    if (simplification == Simplification.FULL) {
      backend.simplify(builder.wires(), builder.origins());
    }
    List<R1csBackend.Constraint> constraints = backend.constraints();
    int[] order = order(builder.wires(), constraints, simplification);
    int[] place = new int[builder.wires().count()];
    for (int i = 0; i < order.length; i++) {
      place[order[i]] = i;
    }
    R1cs r1cs =
        R1cs.of(
            builder.wires().count(CircuitBuilder.Kind.OUTPUT),
            builder.wires().count(CircuitBuilder.Kind.PUBLIC_INPUT),
            builder.wires().count(CircuitBuilder.Kind.PRIVATE_INPUT),
            builder.wires().count(),
            labels(builder.wires(), order),
            matrix(constraints.stream().map(R1csBackend.Constraint::a).toList(), place, order),
            matrix(constraints.stream().map(R1csBackend.Constraint::b).toList(), place, order),
            matrix(constraints.stream().map(R1csBackend.Constraint::c).toList(), place, order));
    int[] origins = constraints.stream().mapToInt(R1csBackend.Constraint::origin).toArray();
    return new CompiledCircuit(r1cs, builder, order, origins);
  }

  /**
   * The wires that stay, in the order of a system: one, outputs, public inputs, private inputs, the
   * rest.
   */
  private static int[] order(
      Wires wires, List<R1csBackend.Constraint> constraints, Simplification simplification) {
    boolean[] used = new boolean[wires.count()];
    Arrays.fill(used, simplification == Simplification.NONE);
    for (R1csBackend.Constraint constraint : constraints) {
      for (LinearCombination x : List.of(constraint.a(), constraint.b(), constraint.c())) {
        for (int k = 0; k < x.terms(); k++) {
          used[x.wire(k)] = true;
        }
      }
    }
    Ints order = new Ints();
    order.add(0);
    for (CircuitBuilder.Kind kind : CircuitBuilder.Kind.values()) {
      for (int wire = 1; wire < wires.count(); wire++) {
        if (wires.kind(wire) == kind && (used[wire] || kind != CircuitBuilder.Kind.INTERNAL)) {
          order.add(wire);
        }
      }
    }
    return order.toArray();
  }

  /** All wires in the order of {@link #order}: a wire's place is its label. */
  static int[] byLabel(Wires wires) {
    return order(wires, List.of(), Simplification.NONE);
  }

  private static long[] labels(Wires wires, int[] order) {
    int[] byLabel = byLabel(wires);
    long[] labelOf = new long[byLabel.length];
    for (int label = 0; label < byLabel.length; label++) {
      labelOf[byLabel[label]] = label;
    }
    return Arrays.stream(order).mapToLong(wire -> labelOf[wire]).toArray();
  }

  private static SparseMatrix matrix(List<LinearCombination> rows, int[] place, int[] order) {
    int[] rowStart = new int[rows.size() + 1];
    for (int row = 0; row < rows.size(); row++) {
      rowStart[row + 1] = Math.addExact(rowStart[row], rows.get(row).terms());
    }
    int[] column = new int[rowStart[rows.size()]];
    FrVector values = FrVector.zeros(column.length);
    for (int row = 0; row < rows.size(); row++) {
      LinearCombination x = rows.get(row);
      for (int k = 0; k < x.terms(); k++) {
        column[rowStart[row] + k] = place[x.wire(k)];
        values.set(rowStart[row] + k, x.factor(k));
      }
    }
    return SparseMatrix.of(order.length, rowStart, column, values);
  }

  /** The constraint system. */
  public R1cs r1cs() {
    return r1cs;
  }

  /** What the system's wires are called. */
  public SignalNames names() {
    return wire -> names.name(wires[wire], origins);
  }

  /**
   * What a signal is called, whether it is a wire of the system or not.
   *
   * @param label 0..labelCount-1, as in {@link R1cs#label}
   */
  public String signalName(int label) {
    return names.name(byLabel[Objects.checkIndex(label, byLabel.length)], origins);
  }

  /**
   * Where in the circuit a constraint of the system is from: the path of its part, and the line.
   */
  public String origin(int constraint) {
    return origins.text(constraintOrigins[constraint]);
  }

  /** Which parts of the circuit the system's constraints are of. */
  public ConstraintReport report() {
    return ConstraintReport.of(
        "circuit",
        constraintOrigins.length,
        constraint -> {
          String path = origins.path(constraintOrigins[constraint]);
          return path.isEmpty() ? List.of() : List.of(path.split("\\.", -1));
        });
  }

  /**
   * Computes the values of all wires.
   *
   * @throws IllegalArgumentException if an input is missing or unknown, or has another number of
   *     values
   * @throws UnsatisfiedCircuitException if the inputs do not satisfy the circuit
   */
  public Witness witness(Inputs values) throws UnsatisfiedCircuitException {
    return Witness.of(WitnessComputation.vector(computation.values(values), wires));
  }

  /**
   * Computes the values of all wires whatever the circuit requires: for tests that a constraint
   * system refuses them. Hints that fail give 0.
   *
   * @throws IllegalArgumentException as {@link #witness}
   */
  public Witness uncheckedWitness(Inputs values) {
    return Witness.of(WitnessComputation.vector(computation.uncheckedValues(values), wires));
  }

  /** The inputs, one line each, such as {@code private readings[3600]}. */
  public List<String> inputs() {
    return computation.inputs().stream()
        .map(
            input ->
                (input.isPublic() ? "public " : "private ")
                    + input.name()
                    + (input.array() ? "[" + input.count() + "]" : ""))
        .toList();
  }

  /** How many bits the values of inputs have at most, for those that were declared with so many. */
  public Map<String, Integer> inputBits() {
    return inputBits;
  }
}
