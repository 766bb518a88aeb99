package zk4j.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;

/**
 * How a long operation is run: on which threads, until when, and who is told of its progress.
 *
 * <p>The calling thread always takes part in the work, and nobody waits for work that no thread has
 * begun. So any executor will do, a bounded or a busy one too, and operations may be nested in each
 * other's tasks without a deadlock.
 *
 * @param executor runs what the caller does not
 * @param parallelism how many threads at most, the caller among them; at least 1
 * @param deadline when the operation must have ended
 * @param cancellation ends the operation from another thread
 * @param progress is told how far it has come
 */
public record Execution(
    Executor executor,
    int parallelism,
    Optional<Instant> deadline,
    CancellationToken cancellation,
    ProgressListener progress) {

  /** Checks the parallelism. */
  public Execution {
    if (parallelism < 1) {
      throw new IllegalArgumentException("parallelism must be at least 1, not " + parallelism);
    }
  }

  /** The caller and the common pool, as many threads as there are processors, no deadline. */
  public static Execution defaults() {
    return new Execution(
        ForkJoinPool.commonPool(),
        Runtime.getRuntime().availableProcessors(),
        Optional.empty(),
        new CancellationToken(),
        ProgressListener.none());
  }

  /** The calling thread alone. */
  public static Execution sequential() {
    return defaults().withParallelism(1);
  }

  /** This execution on another executor. */
  public Execution withExecutor(Executor newExecutor) {
    return new Execution(newExecutor, parallelism, deadline, cancellation, progress);
  }

  /** This execution with at most so many threads. */
  public Execution withParallelism(int newParallelism) {
    return new Execution(executor, newParallelism, deadline, cancellation, progress);
  }

  /** This execution, to end within the given time from now. */
  public Execution withTimeout(Duration timeout) {
    Optional<Instant> end = Optional.of(Instant.now().plus(timeout));
    return new Execution(executor, parallelism, end, cancellation, progress);
  }

  /** This execution, ended by the given token. */
  public Execution withCancellation(CancellationToken token) {
    return new Execution(executor, parallelism, deadline, token, progress);
  }

  /** This execution, reporting to the given listener. */
  public Execution withProgress(ProgressListener listener) {
    return new Execution(executor, parallelism, deadline, cancellation, listener);
  }

  /**
   * Ends the operation if it was cancelled or is late.
   *
   * @throws CancellationException if so
   */
  public void checkpoint() {
    if (cancellation.isCancelled()) {
      throw new CancellationException("the operation was cancelled");
    }
    if (deadline.isPresent() && Instant.now().isAfter(deadline.get())) {
      throw new CancellationException("the operation passed its deadline " + deadline.get());
    }
  }

  /**
   * Runs {@code body} once for each of 0..count-1, in any order and in parallel, with a {@linkplain
   * #checkpoint checkpoint} before each. Returns when all have ended; the first exception ends the
   * rest and is thrown here.
   */
  public void forEach(int count, IntConsumer body) {
    int others = Math.min(parallelism, count) - 1;
    if (others <= 0) {
      for (int i = 0; i < count; i++) {
        checkpoint();
        body.accept(i);
      }
      return;
    }
    Loop loop = new Loop(this, count, body);
    for (int i = 0; i < others; i++) {
      try {
        executor.execute(loop);
      } catch (RejectedExecutionException full) {
        break; // the caller does the work alone
      }
    }
    loop.run();
    loop.await();
  }

  /** A loop whose indices are taken by whichever threads come. */
  private static final class Loop implements Runnable {
    private final Execution execution;
    private final int count;
    private final IntConsumer body;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger open;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    Loop(Execution execution, int count, IntConsumer body) {
      this.execution = execution;
      this.count = count;
      this.body = body;
      this.open = new AtomicInteger(count);
    }

    /** Every index is taken exactly once, so that {@code open} reaches 0 even after a failure. */
    @Override
    public void run() {
      // A thread that comes late takes nothing; getAndIncrement cannot overflow for few threads.
      for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
        try {
          if (failure.get() == null) {
            execution.checkpoint();
            body.accept(i);
          }
        } catch (Throwable thrown) {
          failure.compareAndSet(null, thrown);
        } finally {
          if (open.decrementAndGet() == 0) {
            ended.countDown();
          }
        }
      }
    }

    void await() {
      boolean interrupted = false;
      while (true) {
        try {
          ended.await(); // only for indices that running threads hold
          break;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      Throwable thrown = failure.get();
      if (thrown instanceof RuntimeException unchecked) {
        throw unchecked;
      } else if (thrown instanceof Error error) {
        throw error;
      } else if (thrown != null) {
        throw new AssertionError("an IntConsumer threw a checked exception", thrown);
      }
    }
  }
}
