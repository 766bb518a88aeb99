package zk4j.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ExecutionTest {
  private final ExecutorService pool = Executors.newCachedThreadPool();
  private final ExecutorService single = Executors.newSingleThreadExecutor();

  @AfterEach
  void shutDown() {
    pool.shutdownNow();
    single.shutdownNow();
  }

  private static Execution on(Executor executor, int parallelism) {
    return Execution.defaults().withExecutor(executor).withParallelism(parallelism);
  }

  private static void assertRunsEveryIndexOnce(Execution execution, int count) {
    AtomicIntegerArray runs = new AtomicIntegerArray(count);
    execution.forEach(count, runs::incrementAndGet);
    int[] once = new int[count];
    Arrays.fill(once, 1);
    assertEquals(Arrays.toString(once), runs.toString());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, Integer.MAX_VALUE})
  void everyIndexRunsOnce(int parallelism) {
    for (int count : new int[] {0, 1, 2, 7, 1000}) {
      assertRunsEveryIndexOnce(on(pool, parallelism), count);
      assertRunsEveryIndexOnce(Execution.defaults().withParallelism(parallelism), count);
    }
  }

  @Test
  void theCallerDoesTheWorkThatNobodyElseDoes() {
    Thread caller = Thread.currentThread();
    AtomicInteger byCaller = new AtomicInteger();
    Executor never = task -> {};
    on(never, 4).forEach(100, i -> byCaller.addAndGet(Thread.currentThread() == caller ? 1 : 0));
    assertEquals(100, byCaller.get());
  }

  @Test
  void anExecutorThatRefusesOrRunsAtOnceWillDo() {
    Executor full =
        task -> {
          throw new RejectedExecutionException("full");
        };
    assertRunsEveryIndexOnce(on(full, 4), 100);
    assertRunsEveryIndexOnce(on(Runnable::run, 4), 100);
  }

  @Test
  void othersTakePart() {
    CountDownLatch both = new CountDownLatch(2);
    on(pool, 2)
        .forEach(
            2,
            i -> {
              both.countDown();
              await(both); // ends only if another thread runs the other index
            });
    assertEquals(0, both.getCount());
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(20, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void noMoreThreadsThanAllowedRunAtATime() {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    on(pool, 3)
        .forEach(
            200,
            i -> {
              most.accumulateAndGet(running.incrementAndGet(), Math::max);
              Thread.onSpinWait();
              running.decrementAndGet();
            });
    assertTrue(most.get() <= 3, () -> most + " threads");
  }

  /** The pool's only thread waits in the outer loop's task while inner loops ask for the pool. */
  @Test
  void nestedLoopsOnASaturatedExecutorEnd() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    Execution execution = on(single, 4);
    Runnable nested =
        () ->
            execution.forEach(
                10,
                i ->
                    execution.forEach(10, j -> execution.forEach(10, k -> runs.incrementAndGet())));
    single.submit(nested).get(20, TimeUnit.SECONDS);
    assertEquals(1000, runs.get());
    nested.run();
    assertEquals(2000, runs.get());
  }

  @Test
  void aBusyExecutorDelaysNothing() {
    CountDownLatch end = new CountDownLatch(1);
    single.execute(() -> await(end));
    assertRunsEveryIndexOnce(on(single, 4), 100);
    end.countDown();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void theFirstExceptionEndsTheRestAndIsThrown(int parallelism) {
    RuntimeException failure = new IllegalStateException("index 5");
    AtomicInteger runs = new AtomicInteger();
    assertSame(
        failure,
        assertThrows(
            RuntimeException.class,
            () ->
                on(pool, parallelism)
                    .forEach(
                        1_000_000,
                        i -> {
                          runs.incrementAndGet();
                          if (i == 5) {
                            throw failure;
                          }
                        })));
    assertTrue(runs.get() < 1_000_000, "nothing was left out");
  }

  @Test
  void exceptionsOfOtherThreadsAreThrownHere() {
    Thread caller = Thread.currentThread();
    CountDownLatch thrown = new CountDownLatch(1);
    AssertionError failure = new AssertionError("another thread's");
    assertSame(
        failure,
        assertThrows(
            AssertionError.class,
            () ->
                on(pool, 2)
                    .forEach(
                        2,
                        i -> {
                          if (Thread.currentThread() != caller) {
                            thrown.countDown();
                            throw failure;
                          }
                          await(thrown);
                        })));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void cancellationEndsALoop(int parallelism) {
    CancellationToken token = new CancellationToken();
    Execution execution = on(pool, parallelism).withCancellation(token);
    AtomicInteger runs = new AtomicInteger();
    assertThrows(
        CancellationException.class,
        () ->
            execution.forEach(
                1_000_000,
                i -> {
                  if (runs.incrementAndGet() == 100) {
                    token.cancel();
                  }
                }));
    assertTrue(runs.get() < 1_000_000, "nothing was left out");
    assertTrue(token.isCancelled());
    assertThrows(CancellationException.class, execution::checkpoint);
    assertThrows(CancellationException.class, () -> execution.forEach(1, i -> {}));
  }

  @Test
  void deadlinesEndALoop() {
    Execution late = Execution.defaults().withTimeout(Duration.ofMillis(-1));
    assertThrows(CancellationException.class, late::checkpoint);
    assertThrows(CancellationException.class, () -> late.forEach(10, i -> {}));
    Execution early = Execution.sequential().withTimeout(Duration.ofHours(1));
    early.checkpoint();
    assertRunsEveryIndexOnce(early, 10);
  }

  @Test
  void anInterruptedCallerFinishesAndStaysInterrupted() {
    Thread.currentThread().interrupt();
    CountDownLatch both = new CountDownLatch(2);
    on(pool, 2)
        .forEach(
            2,
            i -> {
              both.countDown();
              while (both.getCount() > 0) {
                Thread.onSpinWait();
              }
            });
    assertTrue(Thread.interrupted());
  }

  @Test
  void eachPartIsReplacedAlone() {
    ProgressListener listener = (phase, done, total) -> {};
    CancellationToken token = new CancellationToken();
    Execution execution =
        Execution.sequential()
            .withExecutor(pool)
            .withParallelism(3)
            .withCancellation(token)
            .withProgress(listener);
    assertSame(pool, execution.executor());
    assertEquals(3, execution.parallelism());
    assertSame(token, execution.cancellation());
    assertSame(listener, execution.progress());
    assertTrue(execution.deadline().isEmpty());
    Execution limited = execution.withTimeout(Duration.ofHours(1));
    assertTrue(limited.deadline().isPresent());
    assertEquals(limited.deadline(), limited.withParallelism(2).deadline());
    assertThrows(IllegalArgumentException.class, () -> execution.withParallelism(0));
  }
}
