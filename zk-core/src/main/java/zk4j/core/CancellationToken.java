package zk4j.core;

/** A switch that ends a long operation at its next checkpoint. Thread-safe; it cannot be reset. */
public final class CancellationToken {
  private volatile boolean cancelled;

  /** A token that is not cancelled yet. */
  public CancellationToken() {}

  /** Asks every operation that holds this token to end with a {@code CancellationException}. */
  public void cancel() {
    cancelled = true;
  }

  /** Whether {@link #cancel} was called. */
  public boolean isCancelled() {
    return cancelled;
  }
}
