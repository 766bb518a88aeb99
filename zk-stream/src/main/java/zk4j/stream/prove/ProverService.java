package zk4j.stream.prove;

import java.io.IOException;
import java.io.Serial;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import zk4j.bn254.Fr;
import zk4j.circuit.UnsatisfiedCircuitException;
import zk4j.core.CancellationToken;
import zk4j.core.Execution;
import zk4j.core.VerificationResult;
import zk4j.merkle.MerkleProof;
import zk4j.r1cs.ProvingException;
import zk4j.stream.SealedWindow;
import zk4j.stream.SubjectSecret;
import zk4j.stream.WindowHeader;
import zk4j.stream.prove.ProofTask.Status;
import zk4j.stream.prove.TaskRefusedException.Reason;
import zk4j.stream.statement.EnrolledWindow;
import zk4j.stream.verify.Policy;
import zk4j.stream.verify.QueryBudget;

/**
 * Answers questions about the windows that it holds, the urgent ones first. Tasks and proofs are in
 * a {@link TaskStore}: a task that was taken is answered, or failed for a reason, though the
 * process ends in between. Thread-safe.
 */
public final class ProverService implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(ProverService.class.getName());
  private static final Duration MAX_BACK_OFF = Duration.ofMinutes(5);

  /**
   * What a service is willing to do.
   *
   * @param trust who sees the readings
   * @param audiences whom it answers
   * @param budget how often each of them may ask about one person
   * @param capacity how many tasks may wait, at least 1
   * @param attempts how often a task is begun that fails in passing, at least 1
   * @param backOff how long it waits after the first failure; twice as long after each other one,
   *     up to five minutes
   * @param timeout how long a proof may take
   * @param workers how many proofs are made at a time, at least 1; each uses all processors, so
   *     that one is best but for small circuits
   */
  public record Settings(
      TrustMode trust,
      Set<Fr> audiences,
      QueryBudget budget,
      int capacity,
      int attempts,
      Duration backOff,
      Duration timeout,
      int workers) {
    /**
     * Settings.
     *
     * @throws IllegalArgumentException if a number is not positive
     */
    public Settings {
      audiences = Set.copyOf(audiences);
      if (capacity < 1 || attempts < 1 || workers < 1) {
        throw new IllegalArgumentException(
            "a capacity of %d, %d attempts, %d workers".formatted(capacity, attempts, workers));
      }
      if (backOff.isNegative() || timeout.isNegative() || timeout.isZero()) {
        throw new IllegalArgumentException("waits " + backOff + ", and proves for " + timeout);
      }
    }

    /** One proof at a time, five attempts, a thousand tasks that wait. */
    public static Settings of(TrustMode trust, Set<Fr> audiences, QueryBudget budget) {
      return new Settings(
          trust, audiences, budget, 1000, 5, Duration.ofSeconds(1), Duration.ofMinutes(10), 1);
    }
  }

  private record Answering(Policy policy, PolicyProver prover) {}

  private final Settings settings;
  private final Map<String, Answering> policies = new HashMap<>();
  private final Holdings holdings;
  private final TaskStore store;
  private final Clock clock;
  private final List<ProverListener> listeners;
  private final CancellationToken cancellation = new CancellationToken();
  private final List<Thread> workers = new ArrayList<>();
  private final Semaphore signal = new Semaphore(0);
  private volatile boolean closed;

  /**
   * Starts a service.
   *
   * @param policies what it answers, each by the prover that has its keys
   * @param holdings what it proves from
   * @param store of its tasks; still the caller's to close, after the service
   * @param listeners are told what it does
   * @throws IllegalArgumentException if two policies have one id, or a prover has other keys
   */
  public ProverService(
      Settings settings,
      Map<Policy, ? extends PolicyProver> policies,
      Holdings holdings,
      TaskStore store,
      Clock clock,
      List<ProverListener> listeners) {
    this.settings = settings;
    this.holdings = holdings;
    this.store = store;
    this.clock = clock;
    this.listeners = List.copyOf(listeners);
    policies.forEach(
        (policy, prover) -> {
          if (!prover.answers(policy)) {
            throw new IllegalArgumentException(
                "policy " + policy.id() + " has the key of another circuit");
          }
          if (this.policies.put(policy.id(), new Answering(policy, prover)) != null) {
            throw new IllegalArgumentException("two policies " + policy.id());
          }
        });
    for (int i = 0; i < settings.workers(); i++) {
      Thread worker = new Thread(this::work, "zk4j-prover-" + i);
      workers.add(worker);
      worker.start();
    }
  }

  /** Who sees the readings. */
  public TrustMode trust() {
    return settings.trust();
  }

  /**
   * Takes a task; the same one again changes nothing.
   *
   * @return its id, for {@link #report}
   * @throws TaskRefusedException if it is not taken
   * @throws IOException if a window could not be looked up; it may be tried again
   * @throws SQLException if the store cannot be written; it may be tried again
   */
  public String submit(ProofTask task) throws TaskRefusedException, IOException, SQLException {
    if (closed) {
      throw new TaskRefusedException(Reason.CLOSED, "the prover is shutting down");
    }
    Answering answering = policies.get(task.policy());
    if (answering == null) {
      throw new TaskRefusedException(Reason.UNKNOWN_POLICY, "no policy " + task.policy());
    }
    if (!settings.audiences().contains(task.audience())) {
      throw new TaskRefusedException(Reason.UNKNOWN_AUDIENCE, "no audience " + task.audience());
    }
    List<WindowHeader> headers = new ArrayList<>();
    for (Fr header : task.windows()) {
      headers.add(
          holdings
              .window(header)
              .orElseThrow(() -> new TaskRefusedException(Reason.UNKNOWN_WINDOW, "no such window"))
              .header());
    }
    VerificationResult suitable = answering.prover().check(headers);
    if (!suitable.valid()) {
      throw new TaskRefusedException(
          Reason.UNSUITABLE_WINDOWS,
          "policy " + task.policy() + " cannot be about them: " + suitable.reason());
    }
    Fr subject = headers.get(0).subject();
    var obstacle =
        store.add(task, subject, settings.capacity(), settings.budget(), clock.instant());
    if (obstacle.isPresent()) {
      throw switch (obstacle.get()) {
        case QUEUE_FULL ->
            new TaskRefusedException(
                Reason.QUEUE_FULL, settings.capacity() + " tasks wait already");
        case BUDGET_EXHAUSTED ->
            new TaskRefusedException(
                Reason.BUDGET_EXHAUSTED, "asked too often: " + settings.budget());
      };
    }
    signal.release();
    return task.id();
  }

  /** How a task is doing; empty if there is none of that id. */
  public Optional<TaskReport> report(String id) throws SQLException {
    return store.report(id);
  }

  /** Waits for a second at most, and no longer when something is submitted or it is closed. */
  private void pause() throws InterruptedException {
    signal.tryAcquire(1, TimeUnit.SECONDS);
  }

  private void work() {
    try {
      while (!closed) {
        Optional<TaskReport> next = Optional.empty();
        try {
          next = store.next(clock.instant(), policies.keySet());
        } catch (SQLException e) {
          LOG.log(Level.ERROR, "the tasks cannot be read", e);
        }
        if (next.isPresent()) {
          run(next.get().task(), next.get().attempts() + 1);
        } else {
          pause();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What is entered of a task that has been run. */
  private interface Entry {
    void into(TaskStore tasks) throws SQLException;
  }

  private void run(ProofTask task, int attempts) throws InterruptedException {
    Instant begun = clock.instant();
    Entry entry;
    Status status = Status.FAILED;
    try {
      StatementProof proof = prove(task);
      entry = tasks -> tasks.proven(task, proof);
      status = Status.PROVEN;
    } catch (CancellationException e) {
      // The service is closing, or else it took too long.
      boolean closing = cancellation.isCancelled();
      status = closing ? Status.WAITING : Status.FAILED;
      entry =
          closing
              ? tasks -> tasks.back(task)
              : tasks -> tasks.failed(task, "it took more than " + settings.timeout());
    } catch (FailedException e) {
      entry = tasks -> tasks.failed(task, e.problem());
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      // Messages may have readings in them: the kind has to do.
      String problem = e.getClass().getSimpleName() + " in attempt " + attempts;
      LOG.log(Level.WARNING, "task {0}: {1}", task.id(), problem);
      boolean again = attempts < settings.attempts();
      status = again ? Status.WAITING : Status.FAILED;
      entry =
          again
              ? tasks -> tasks.later(task, clock.instant().plus(backOff(attempts)))
              : tasks -> tasks.failed(task, problem);
    }
    if (enter(entry)) {
      tell(task, attempts, status, Duration.between(begun, clock.instant()));
    }
  }

  /** Enters until it succeeds: as when the disk is full for a while. False if it never did. */
  private boolean enter(Entry entry) throws InterruptedException {
    while (true) {
      try {
        entry.into(store);
        return true;
      } catch (SQLException e) {
        LOG.log(Level.ERROR, "what became of a task cannot be entered", e);
        if (closed) {
          return false; // It is begun again by the next process.
        }
        pause();
      }
    }
  }

  private void tell(ProofTask task, int attempts, Status status, Duration sinceBegun) {
    try {
      Optional<TaskReport> report = store.report(task.id());
      int waiting = store.waiting();
      for (ProverListener listener : listeners) {
        listener.waiting(waiting);
        if (status == Status.WAITING) {
          listener.retried(task, attempts);
        } else if (report.isPresent()) {
          listener.ended(report.get(), sinceBegun);
        }
      }
    } catch (SQLException | RuntimeException e) {
      LOG.log(Level.WARNING, "task " + task.id() + ": nobody was told that it is " + status, e);
    }
  }

  private Duration backOff(int attempts) {
    Duration duration = settings.backOff().multipliedBy(1L << Math.min(attempts - 1, 20));
    return duration.compareTo(MAX_BACK_OFF) < 0 ? duration : MAX_BACK_OFF;
  }

  /** There will be no proof, however often it is tried. */
  private static final class FailedException extends Exception {
    @Serial private static final long serialVersionUID = 1;
    private final String problem;

    FailedException(String problem) {
      super(problem);
      this.problem = problem;
    }

    String problem() {
      return problem;
    }
  }

  private StatementProof prove(ProofTask task) throws IOException, FailedException {
    Answering answering = Objects.requireNonNull(policies.get(task.policy()), task.policy());
    List<EnrolledWindow> windows = new ArrayList<>();
    for (Fr header : task.windows()) {
      SealedWindow window = require(holdings.window(header), "a window is gone");
      MerkleProof enrolled =
          require(
              holdings.enrolment(window.header().device(), window.header().subject()),
              "the device is not enrolled");
      windows.add(new EnrolledWindow(window, enrolled));
    }
    // Of the process that took the task, the policy's windows may have been others.
    VerificationResult suitable =
        answering.prover().check(windows.stream().map(w -> w.sealed().header()).toList());
    if (!suitable.valid()) {
      throw new FailedException("the policy cannot be about the windows");
    }
    Fr subject = windows.get(0).sealed().header().subject();
    SubjectSecret secret = require(holdings.secret(subject), "the person's secret is gone");
    try {
      return answering
          .prover()
          .prove(
              answering.policy(),
              windows,
              secret,
              task.challenge(),
              task.audience(),
              Execution.defaults().withTimeout(settings.timeout()).withCancellation(cancellation));
    } catch (UnsatisfiedCircuitException e) {
      throw new FailedException("a window is not one that an enrolled device has signed");
    } catch (ProvingException e) {
      throw new FailedException("the proving key is not the circuit's");
    } catch (IllegalArgumentException e) {
      throw new FailedException("the policy's parameters or the trees of devices do not fit");
    }
  }

  private static <T> T require(Optional<T> value, String problem) throws FailedException {
    return value.orElseThrow(() -> new FailedException(problem));
  }

  /**
   * Takes no more tasks, and ends the proofs that are being made: their tasks wait for the next
   * service, as do those in the queue. Returns when the workers are done.
   */
  @Override
  public void close() {
    closed = true;
    signal.release(workers.size());
    cancellation.cancel();
    boolean interrupted = false;
    for (Thread worker : workers) {
      while (worker.isAlive()) {
        try {
          worker.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
