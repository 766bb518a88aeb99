package zk4j.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import org.opentest4j.AssertionFailedError;
import zk4j.bn254.Fr;
import zk4j.circuit.Circuit;
import zk4j.circuit.CompiledCircuit;
import zk4j.circuit.Inputs;
import zk4j.circuit.Simplification;
import zk4j.circuit.UnsatisfiedCircuitException;
import zk4j.core.Execution;
import zk4j.r1cs.ConstraintReport;
import zk4j.r1cs.Witness;
import zk4j.r1cs.audit.Audit;
import zk4j.r1cs.audit.AuditReport;
import zk4j.r1cs.audit.AuditReport.Counterexample;
import zk4j.r1cs.audit.AuditReport.Verdict;
import zk4j.r1cs.audit.MutationReport;
import zk4j.r1cs.audit.MutationReport.Mutation;
import zk4j.r1cs.audit.Mutations;

/**
 * Asserts what a circuit does. Inputs are tried on the circuit as it was written and with linear
 * constraints solved, and witnesses are checked against the constraints.
 *
 * <pre>{@code
 * CircuitTester.of(c -> c.output("less", c.input("x", 8).isLessThan(c.input("y", 8))))
 *     .accepts(Inputs.of("x", 1).and("y", 2), 1)
 *     .accepts(Inputs.of("x", 2).and("y", 2), 0)
 *     .refuses(Inputs.of("x", 256).and("y", 2))
 *     .isDetermined();
 * }</pre>
 *
 * <p>{@link #noticesMutations} asks whether the cases that came before it, with the audit, would
 * show each constraint that were forgotten.
 */
public final class CircuitTester {
  /** Constraints that are mutated at most. */
  private static final int MOST = 500;

  private final CompiledCircuit written;
  private final CompiledCircuit simplified;

  // Cases so far; testers are shared by tests.
  private final List<Inputs> accepted = new CopyOnWriteArrayList<>();
  private final List<Inputs> refused = new CopyOnWriteArrayList<>();

  private CircuitTester(Circuit circuit) {
    this.written = CompiledCircuit.of(circuit, Simplification.NONE);
    this.simplified = CompiledCircuit.of(circuit, Simplification.FULL);
  }

  /** A tester of a circuit. */
  public static CircuitTester of(Circuit circuit) {
    return new CircuitTester(circuit);
  }

  /** Which parts the constraints are of, when linear ones are solved. */
  public ConstraintReport report() {
    return simplified.report();
  }

  /** Asserts that a circuit's inputs determine its outputs: that the audit proves it. */
  public static void assertDeterministic(Circuit circuit) {
    of(circuit).isDetermined();
  }

  /** Asserts that inputs satisfy the circuit, and what its outputs are then, in their order. */
  public CircuitTester accepts(Inputs inputs, Fr... outputs) {
    for (CompiledCircuit circuit : List.of(written, simplified)) {
      Witness witness;
      try {
        witness = circuit.witness(inputs);
      } catch (UnsatisfiedCircuitException e) {
        throw new AssertionFailedError("refused: " + e.getMessage(), e);
      }
      OptionalInt violation = circuit.r1cs().firstViolation(witness, Execution.sequential());
      if (violation.isPresent()) {
        throw new AssertionFailedError(
            "the witness does not satisfy constraint "
                + violation.getAsInt()
                + ", from "
                + circuit.origin(violation.getAsInt()));
      }
      List<Fr> found = witness.publicSignals(circuit.r1cs().publicOutputs()).toList();
      if (!found.equals(List.of(outputs))) {
        throw new AssertionFailedError(
            "outputs " + found + " instead of " + List.of(outputs), List.of(outputs), found);
      }
    }
    accepted.add(inputs);
    return this;
  }

  /** Asserts that inputs satisfy the circuit, and what its outputs are then, in their order. */
  public CircuitTester accepts(Inputs inputs, long... outputs) {
    Fr[] elements = new Fr[outputs.length];
    for (int i = 0; i < outputs.length; i++) {
      elements[i] = Fr.of(outputs[i]);
    }
    return accepts(inputs, elements);
  }

  /** Asserts that inputs satisfy a circuit without outputs. */
  public CircuitTester accepts(Inputs inputs) {
    return accepts(inputs, new Fr[0]);
  }

  /**
   * Asserts that inputs do not satisfy the circuit, when the witness is computed as the circuit
   * says. Whether another witness would, {@link #isDetermined} tells.
   */
  public CircuitTester refuses(Inputs inputs) {
    for (CompiledCircuit circuit : List.of(written, simplified)) {
      try {
        circuit.witness(inputs);
      } catch (UnsatisfiedCircuitException e) {
        continue;
      }
      throw new AssertionFailedError("accepted: " + inputs.values());
    }
    refused.add(inputs);
    return this;
  }

  /** Asserts that the inputs determine the outputs: that the audit proves it. */
  public CircuitTester isDetermined() {
    AuditReport report = Audit.of(written.r1cs());
    if (report.verdict() == Verdict.SAFE) {
      return this;
    }
    StringBuilder message = new StringBuilder("not shown to be determined: ");
    message.append(report.openOutputs().stream().map(written.names()::name).toList());
    report.counterexample().ifPresent(pair -> message.append(described(pair)));
    throw new AssertionFailedError(message.toString());
  }

  private String described(Counterexample pair) {
    return "; "
        + written.names().name(pair.wire())
        + " may be "
        + pair.first().get(pair.wire())
        + " or "
        + pair.second().get(pair.wire());
  }

  /** Asserts that each mutation is noticed: {@code noticesMutationsBut(0)}. */
  public CircuitTester noticesMutations() {
    return noticesMutationsBut(0);
  }

  /**
   * Asserts that, but for some, each mutation of the circuit as it was written would be noticed: a
   * constraint dropped, or a term of it lost. The audit notices outputs that are not determined any
   * more, and the cases that were asserted before notice what they accept or refuse. What only
   * restricts inputs takes a case that is refused; a lost term one in which it is not 0.
   *
   * <p>Of a circuit of more than {@value #MOST} constraints, as many are chosen, always the same.
   *
   * @param redundant how many are not: of constraints that others imply
   */
  public CircuitTester noticesMutationsBut(int redundant) {
    List<Witness> honest = new ArrayList<>();
    for (Inputs inputs : accepted) {
      try {
        honest.add(written.witness(inputs));
      } catch (UnsatisfiedCircuitException e) {
        throw new AssertionError(e); // they were accepted
      }
    }
    List<Witness> wrong = refused.stream().map(written::uncheckedWitness).toList();
    MutationReport report = Mutations.of(written.r1cs(), honest, wrong, MOST, 1);
    if (report.survivors().size() != redundant) {
      StringBuilder message = new StringBuilder();
      message.append(
          "%d of %d mutations are not noticed, instead of %d:"
              .formatted(report.survivors().size(), report.mutations(), redundant));
      for (Mutation survivor : report.survivors()) {
        message
            .append("\n  ")
            .append(survivor.text(written.r1cs(), written.names()))
            .append(", from ")
            .append(written.origin(survivor.constraint()));
      }
      throw new AssertionFailedError(message.toString());
    }
    return this;
  }

  /** Asserts how many constraints the circuit has, linear ones solved. */
  public CircuitTester hasConstraints(int count) {
    int found = simplified.r1cs().constraints();
    if (found != count) {
      throw new AssertionFailedError(found + " constraints instead of " + count, count, found);
    }
    return this;
  }
}
