package zk4j.circuit;

import java.util.List;
import java.util.stream.IntStream;
import zk4j.r1cs.ConstraintReport;
import zk4j.r1cs.Witness;

/**
 * A circuit as gates with lookups, and what computes its witnesses: the counterpart of {@link
 * CompiledCircuit} for proof systems with lookups. Immutable and thread-safe.
 *
 * <p>{@link #system} is the same in every run for the same circuit, parameters and version of the
 * library.
 */
public final class CompiledGates {
  private final GateBackend.Result result;
  private final WitnessComputation computation;
  private final Origins origins;
  private final int builderWires;

  private CompiledGates(
      GateBackend.Result result,
      WitnessComputation computation,
      Origins origins,
      int builderWires) {
    this.result = result;
    this.computation = computation;
    this.origins = origins;
    this.builderWires = builderWires;
  }

  /** Compiles a circuit, with the table that gives the smallest domain. */
  public static CompiledGates of(Circuit circuit) {
    return compile(circuit, 0);
  }

  /**
   * Compiles a circuit, with a table of its own choice.
   *
   * @param tableBits 1..{@value GateSystem#MAX_TABLE_BITS}
   */
  public static CompiledGates of(Circuit circuit, int tableBits) {
    if (tableBits < 1 || tableBits > GateSystem.MAX_TABLE_BITS) {
      throw new IllegalArgumentException("a table of " + tableBits + " bits");
    }
    return compile(circuit, tableBits);
  }

  private static CompiledGates compile(Circuit circuit, int tableBits) {
    GateBackend backend = new GateBackend();
    CircuitBuilder builder = new CircuitBuilder(backend);
    circuit.define(builder);
    int[] order = CompiledCircuit.byLabel(builder.wires());
    Wires wires = builder.wires();
    int publicSignals =
        wires.count(CircuitBuilder.Kind.OUTPUT) + wires.count(CircuitBuilder.Kind.PUBLIC_INPUT);
    return new CompiledGates(
        backend.finish(publicSignals, order, tableBits),
        new WitnessComputation(builder.program(), builder.inputSignals()),
        builder.origins(),
        order.length);
  }

  /** The gates. */
  public GateSystem system() {
    return result.system;
  }

  /** Where in the circuit a gate is from: the path of its part, and the line. */
  public String origin(int gate) {
    return origins.text(result.origin(gate));
  }

  /** Which parts of the circuit the gates are of. */
  public ConstraintReport report() {
    return ConstraintReport.of("circuit", result.system.gates().size(), this::path);
  }

  private List<String> path(int gate) {
    String path = origins.path(result.origin(gate));
    return path.isEmpty() ? List.of() : List.of(path.split("\\.", -1));
  }

  /**
   * Computes the values of all wires.
   *
   * @throws IllegalArgumentException if an input is missing or unknown, or has another number of
   *     values
   * @throws UnsatisfiedCircuitException if the inputs do not satisfy the circuit
   */
  public Witness witness(Inputs values) throws UnsatisfiedCircuitException {
    return witness(computation.values(values));
  }

  /**
   * Computes the values of all wires whatever the circuit requires: for tests that the gates refuse
   * them. Hints that fail give 0.
   *
   * @throws IllegalArgumentException as {@link #witness}
   */
  public Witness uncheckedWitness(Inputs values) {
    return witness(computation.uncheckedValues(values));
  }

  private Witness witness(WitnessProgram.Values slots) {
    int[] all = IntStream.range(0, builderWires).toArray();
    return Witness.of(result.witness(WitnessComputation.vector(slots, all)));
  }

  /**
   * What does not hold for a witness, in words: the gate, what it requires and where it is from.
   * Empty if all holds. No values are in it.
   */
  public String violation(Witness witness) {
    return system()
        .violation(witness)
        .map(
            violation ->
                "gate %d, %s: %s"
                    .formatted(violation.gate(), violation.requirement(), origin(violation.gate())))
        .orElse("");
  }
}
