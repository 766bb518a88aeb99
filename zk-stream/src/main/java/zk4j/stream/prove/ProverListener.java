package zk4j.stream.prove;

import java.time.Duration;

/** Is told what a prover does, on the prover's threads; what it throws is logged. */
public interface ProverListener {
  /** A task has ended: there is a proof, or there will be none. */
  default void ended(TaskReport report, Duration sinceBegun) {}

  /** A task failed in passing, and is tried again later. */
  default void retried(ProofTask task, int attempts) {}

  /** So many tasks wait. */
  default void waiting(int tasks) {}
}
