package zk4j.stream.prove;

import java.io.Serial;

/** A prover does not take a task. */
public final class TaskRefusedException extends Exception {
  /** Why a task is not taken. */
  public enum Reason {
    /** The prover answers no such policy. */
    UNKNOWN_POLICY,
    /** The prover answers nobody of that name. */
    UNKNOWN_AUDIENCE,
    /** There is no such window. */
    UNKNOWN_WINDOW,
    /** The policy cannot be about these windows: one is missing among them, for instance. */
    UNSUITABLE_WINDOWS,
    /** The person's readings have been asked about as often as they may be. */
    BUDGET_EXHAUSTED,
    /** As many tasks wait as may; it may be tried again later. */
    QUEUE_FULL,
    /** The prover is shutting down; it may be tried again later. */
    CLOSED
  }

  @Serial private static final long serialVersionUID = 1;

  private final Reason reason;

  TaskRefusedException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }
}
