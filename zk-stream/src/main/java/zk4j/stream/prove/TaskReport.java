package zk4j.stream.prove;

import java.util.Optional;
import zk4j.stream.prove.ProofTask.Status;

/**
 * How a task is doing.
 *
 * @param task the task
 * @param status where it is
 * @param attempts how often it was begun
 * @param failure why there is no proof, in words without anything secret; empty unless it failed
 * @param proof the proof, if there is one
 */
public record TaskReport(
    ProofTask task, Status status, int attempts, String failure, Optional<StatementProof> proof) {}
