package zk4j.core;

/** Told how far a long operation has come. Called from any thread, often; it must be quick. */
@FunctionalInterface
public interface ProgressListener {
  /**
   * Tells how far a phase has come.
   *
   * @param phase what is being done, for people
   * @param done how much of the phase is done, 0..total
   * @param total the size of the phase, in units of the phase's own
   */
  void update(String phase, long done, long total);

  /** Ignores everything. */
  static ProgressListener none() {
    return (phase, done, total) -> {};
  }
}
