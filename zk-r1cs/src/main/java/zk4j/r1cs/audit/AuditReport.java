package zk4j.r1cs.audit;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import zk4j.r1cs.Witness;

/**
 * What an audit found.
 *
 * @param verdict on the outputs
 * @param openOutputs outputs, as wires, that were not shown to be determined
 * @param openSignals all wires that were not shown to be determined, the outputs among them
 * @param inputs the inputs' wires
 * @param missingInputs how many inputs of the source are no wires, by the compiler's
 *     simplification; counterexamples are looked for only if all are
 * @param counterexample two witnesses with the same inputs that differ at an open signal
 * @param time that the audit took
 */
public record AuditReport(
    Verdict verdict,
    List<Integer> openOutputs,
    List<Integer> openSignals,
    List<Integer> inputs,
    int missingInputs,
    Optional<Counterexample> counterexample,
    Duration time) {
  /** What is known of the outputs. */
  public enum Verdict {
    /** The inputs determine all outputs. */
    SAFE,
    /** Two witnesses have the same inputs and different outputs. */
    COUNTEREXAMPLE,
    /** Neither was shown. */
    UNKNOWN
  }

  /**
   * Two witnesses that satisfy all constraints and have the same inputs.
   *
   * @param wire where they differ: an output if the verdict is {@link Verdict#COUNTEREXAMPLE}
   */
  public record Counterexample(Witness first, Witness second, int wire) {}
}
