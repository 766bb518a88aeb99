package zk4j.circomcompat.witness;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import zk4j.core.Execution;

/**
 * Runs code of a circuit in a thread of its own while the caller waits. The thread is interrupted
 * when the time is over or the operation is cancelled, and has ended when this returns.
 */
final class OwnThread {
  /** Enough for deeply nested components; what overflows it is an error of the circuit. */
  private static final long STACK_BYTES = 16 << 20;

  /** How often cancellation is looked for. */
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private OwnThread() {}

  /**
   * Runs the body.
   *
   * @throws TimeoutException when it did not end in time
   * @throws ExecutionException with what the body threw
   * @throws CancellationException when the execution or the calling thread says so; a thread that
   *     was interrupted stays so
   */
  static <T> T run(Callable<T> body, Duration timeout, Execution execution)
      throws TimeoutException, ExecutionException {
    execution.checkpoint();
    FutureTask<T> task = new FutureTask<>(body);
    Thread thread = new Thread(null, task, "zk4j-witness", STACK_BYTES);
    thread.setDaemon(true);
    long end = System.nanoTime() + timeout.toNanos();
    thread.start();
    try {
      while (true) {
        long left = end - System.nanoTime();
        try {
          return task.get(Math.min(Math.max(left, 0), POLL_NANOS), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
          if (left <= POLL_NANOS) {
            throw e;
          }
          execution.checkpoint();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      CancellationException cancelled = new CancellationException("the thread was interrupted");
      cancelled.initCause(e);
      throw cancelled;
    } finally {
      stop(thread);
    }
  }

  /** Interrupts the thread until it is over: its code may meet a listener that swallows that. */
  private static void stop(Thread thread) {
    boolean interrupted = Thread.interrupted();
    while (thread.isAlive()) {
      thread.interrupt();
      try {
        thread.join(TimeUnit.NANOSECONDS.toMillis(POLL_NANOS));
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
