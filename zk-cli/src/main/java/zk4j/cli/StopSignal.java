package zk4j.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a command that runs until Ctrl-C, or until its thread is interrupted, end in order: the
 * process waits for {@link #close}.
 */
final class StopSignal implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 30;

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook = new Thread(this::stop, "zk4j-stop");

  private StopSignal() {}

  static StopSignal listen() {
    StopSignal signal = new StopSignal();
    Runtime.getRuntime().addShutdownHook(signal.hook);
    return signal;
  }

  private void stop() {
    asked.countDown();
    try {
      boolean unused = ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until it is to stop. */
  void await() {
    try {
      asked.await();
    } catch (InterruptedException e) {
      asked.countDown();
    }
  }

  /** Waits for so long at most, and tells whether it is to stop. */
  boolean await(Duration most) {
    try {
      return asked.await(most.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      asked.countDown();
      return true;
    }
  }

  @Override
  public void close() {
    ended.countDown();
    try {
      boolean unused = Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending, as it was asked to.
    }
  }
}
