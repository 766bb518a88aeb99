package zk4j.plonk;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import zk4j.core.Execution;
import zk4j.core.VerificationResult;
import zk4j.r1cs.ProvingException;

/** How far a prover is, as its listener is told: its own phases, the verification, and the end. */
final class Phases {
  private final List<String> names;
  private final int verification;

  Phases(String... own) {
    this.names = Stream.concat(Stream.of(own), Stream.of("verification", "done")).toList();
    this.verification = own.length;
  }

  /** Begins one of the prover's own phases, unless the execution is to end. */
  void begin(int phase, Execution execution) {
    execution.checkpoint();
    execution.progress().update(names.get(phase), phase, names.size() - 1);
  }

  /**
   * Verifies the finished proof.
   *
   * @throws ProvingException if it does not hold
   */
  void verify(Supplier<VerificationResult> check, Execution execution) throws ProvingException {
    begin(verification, execution);
    VerificationResult result = check.get();
    if (!result.valid()) {
      throw new ProvingException("the finished proof does not hold: " + result.reason());
    }
    begin(verification + 1, execution);
  }
}
