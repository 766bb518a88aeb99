package zk4j.cli;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Phaser;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import zk4j.bn254.Fr;
import zk4j.core.Execution;
import zk4j.core.VerificationResult;
import zk4j.eddsa.SigningKey;
import zk4j.merkle.MerkleTree;
import zk4j.stream.Channel;
import zk4j.stream.Reading;
import zk4j.stream.SealedWindow;
import zk4j.stream.SubjectSecret;
import zk4j.stream.WindowFormat;
import zk4j.stream.WindowHeader;
import zk4j.stream.broker.EmbeddedBroker;
import zk4j.stream.database.Connections;
import zk4j.stream.ingest.Counts;
import zk4j.stream.ingest.Feed;
import zk4j.stream.ingest.Gateway;
import zk4j.stream.keys.KeyRing;
import zk4j.stream.ledger.AuditLog;
import zk4j.stream.ledger.Checkpoint;
import zk4j.stream.mqtt.MessageCodec;
import zk4j.stream.mqtt.MqttEndpoint;
import zk4j.stream.mqtt.MqttEndpoint.Version;
import zk4j.stream.mqtt.Pairing;
import zk4j.stream.mqtt.Publisher;
import zk4j.stream.mqtt.Session;
import zk4j.stream.mqtt.Subscriber;
import zk4j.stream.prove.ProofTask;
import zk4j.stream.prove.ProofTask.Priority;
import zk4j.stream.prove.ProverListener;
import zk4j.stream.prove.ProverService;
import zk4j.stream.prove.StatementProof;
import zk4j.stream.prove.StatementProver;
import zk4j.stream.prove.TaskRefusedException;
import zk4j.stream.prove.TaskReport;
import zk4j.stream.prove.TaskStore;
import zk4j.stream.prove.TrustMode;
import zk4j.stream.server.Console;
import zk4j.stream.server.Console.ProofRow;
import zk4j.stream.server.Console.View;
import zk4j.stream.server.Console.WindowRow;
import zk4j.stream.server.Console.WindowState;
import zk4j.stream.server.VerifierServer;
import zk4j.stream.statement.Statement;
import zk4j.stream.statement.StatementCircuit;
import zk4j.stream.statement.Statements;
import zk4j.stream.store.DirectoryBlobStore;
import zk4j.stream.store.ErasureReceipt;
import zk4j.stream.store.WindowVault;
import zk4j.stream.verify.Policy;
import zk4j.stream.verify.QueryBudget;
import zk4j.stream.verify.StatementVerifier;
import zk4j.stream.verify.VerifierState;

/** A day of readings, from the sensor to what a verifier knows of it, on this machine. */
final class StreamDemo {
  /** What a minute of the day takes at least, for a visitor who watches. */
  private static final Duration MINUTE = Duration.ofMillis(10);

  /** How long the last messages may take. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final Fr AUDIENCE = Fr.of(20_260_105);
  private static final QueryBudget BUDGET = new QueryBudget(50, Duration.ofDays(1));

  private static final WindowFormat HEART_RATE_HOUR = new WindowFormat(StreamDay.HEART_RATE, 360);

  private final Output output;
  private final Execution execution;
  private final SecureRandom random = new SecureRandom();
  private final SubjectSecret secret = SubjectSecret.generate(random);
  private final SigningKey device = SigningKey.generate(random);
  private final MerkleTree devices = MerkleTree.ofDepth(StatementCircuit.ENROLMENT_DEPTH);

  /** What is known of the windows outside the vault, by the hashes of their headers. */
  private final Map<Fr, WindowHeader> windows = new LinkedHashMap<>();

  private final Map<Fr, WindowState> states = new LinkedHashMap<>();
  private final List<ProofRow> proofs = new ArrayList<>();
  private final List<String> receipts = new ArrayList<>();

  /** Questions that wait for an answer; this thread is a party too. */
  private final Phaser questions = new Phaser(1);

  private int refused;

  StreamDemo(Output output, Execution execution) {
    this.output = output;
    this.execution = execution;
    devices.append(StatementCircuit.enrolmentLeaf(device.publicKey(), secret.subject()));
    StreamParts.quieten();
  }

  /**
   * Runs the day.
   *
   * @param first the hour of the day that is the first
   * @param hours how many hours there are, 4 or 24
   * @param once whether to end with them; else the page stays until the process is ended
   * @return what came of it, as fields of a JSON object
   */
  Map<String, Object> run(int first, int hours, boolean once, int port, @Nullable Path snarkjs)
      throws Exception {
    Instant yesterday = Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(1));
    StreamDay day = new StreamDay(yesterday, first, hours);
    WindowFormat glucoseFormat = new WindowFormat(Channel.GLUCOSE, 12 * hours);
    output.line(
        hours
            + " hours of heart rates and glucose are replayed: a device measures, a gateway seals");
    output.line("windows, a prover answers a verifier's questions, and no reading leaves.");
    output.line("");
    StatementProver rates = prover(HEART_RATE_HOUR, Statements.allBelow());
    StatementProver glucose = prover(glucoseFormat, Statements.timeInRange());
    Map<Policy, StatementProver> policies = new LinkedHashMap<>();
    policies.put(
        rates.policy(
            "heart-rate",
            "Is every heart rate of the hour below 180, and are there 300 of 360?",
            Map.of("limit", 180L, "minimumPresent", 300L),
            Duration.ofDays(3)),
        rates);
    policies.put(
        glucose.policy(
            "glucose",
            "Is glucose from 70 to 180 mg/dL for more than 70 percent of the time?",
            Map.of("low", 70L, "high", 180L, "percent", 70L, "minimumPresent", 8L * hours),
            Duration.ofDays(3)),
        glucose);
    output.line(
        "made keys for two circuits, for this demonstration alone: who made them could prove");
    output.line("anything, so that real ones come from a ceremony");
    Map<String, Object> report;
    Path folder = Files.createTempDirectory("zk-stream");
    try (VerifierState state =
            VerifierState.open(Connections.sqlite(folder.resolve("verifier.db")));
        AuditLog ledger =
            AuditLog.open(
                Connections.sqlite(folder.resolve("ledger.db")),
                "zk4j/demo",
                KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
        VerifierServer server =
            VerifierServer.start(
                new StatementVerifier(
                    AUDIENCE,
                    List.copyOf(policies.keySet()),
                    () -> Set.of(devices.root()),
                    BUDGET,
                    Duration.ofMinutes(10),
                    state,
                    Clock.systemUTC()),
                "127.0.0.1",
                port,
                (accepted, proof) -> StreamParts.enter(accepted, ledger),
                Console.pages(() -> view(ledger), Optional.ofNullable(snarkjs)))) {
      URI address = URI.create("http://127.0.0.1:" + server.port() + "/");
      output.line("the page is at " + address);
      output.line("");
      VerifierClient verifier = new VerifierClient(address);
      try (KeyRing ring = KeyRing.create(folder.resolve("ring"), passphrase(), random);
          WindowVault vault =
              WindowVault.open(
                  Connections.sqlite(folder.resolve("vault.db")),
                  new DirectoryBlobStore(folder.resolve("blobs")),
                  ring,
                  ledger,
                  Clock.systemUTC(),
                  random);
          TaskStore tasks = TaskStore.open(Connections.sqlite(folder.resolve("tasks.db")));
          ProverService prover =
              new ProverService(
                  ProverService.Settings.of(TrustMode.DEVICE_PROVER, Set.of(AUDIENCE), BUDGET),
                  policies,
                  StreamParts.holdings(
                      vault, () -> secret, (key, subject) -> Optional.of(devices.prove(0))),
                  tasks,
                  Clock.systemUTC(),
                  List.of(new Shower(verifier, policies)))) {
        Counts counts =
            replay(
                day,
                List.of(HEART_RATE_HOUR, glucoseFormat),
                folder,
                new Asker(vault, prover, verifier),
                once);
        report = report(counts, verifier, vault, ledger);
      }
      if (!once) {
        output.line("");
        output.line("Look at " + address + " and end this with Ctrl-C.");
        new CountDownLatch(1).await();
      }
      return report;
    } finally {
      DemoCommand.delete(folder);
    }
  }

  /** Of a ring that ends with the demonstration. */
  private char[] passphrase() {
    return random
        .ints(24, 'a', 'z' + 1)
        .mapToObj(Character::toString)
        .collect(joining())
        .toCharArray();
  }

  private StatementProver prover(WindowFormat format, Statement statement) {
    return StatementProver.ofInsecureDevelopmentKey(
        new StatementCircuit(format, statement), random, execution);
  }

  /**
   * Sends the day to the gateway by a broker, which is restarted once, and asks about each window
   * that the gateway seals.
   */
  private Counts replay(
      StreamDay day, List<WindowFormat> formats, Path folder, Asker asker, boolean once)
      throws Exception {
    List<Channel> channels = formats.stream().map(WindowFormat::channel).toList();
    Pairing pairing = Pairing.generate(channels, random);
    List<Feed> feeds = formats.stream().map(format -> feed(pairing, format, day)).toList();
    Path kept = folder.resolve("broker");
    EmbeddedBroker broker = EmbeddedBroker.start(kept, 0);
    MqttEndpoint endpoint =
        new MqttEndpoint("127.0.0.1", broker.port(), Version.V3_1_1, false, Duration.ofMillis(50));
    try (Gateway gateway =
            Gateway.open(
                Connections.sqlite(folder.resolve("gateway.db")),
                feeds,
                Clock.systemUTC(),
                random);
        Subscriber subscriber =
            Subscriber.start(endpoint, Session.of("gateway"), List.of(pairing), gateway, random);
        Publisher sensor =
            Publisher.open(
                endpoint, pairing, Connections.sqlite(folder.resolve("sensor.db")), random)) {
      List<List<Reading>> minutes = day.minutes();
      for (int minute = 0; minute < minutes.size(); minute++) {
        sensor.add(minutes.get(minute));
        sensor.send();
        if (minute == minutes.size() / 2) {
          broker.close();
          broker = EmbeddedBroker.start(kept, endpoint.port());
          output.line("the broker is ended and started again, which loses nothing");
        }
        gateway.deliver(asker);
        if (!once) {
          LockSupport.parkNanos(MINUTE.toNanos());
        }
      }
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (sensor.status().messages() > 0 && System.nanoTime() < deadline) {
        LockSupport.parkNanos(MINUTE.toNanos());
      }
      gateway.finish(pairing.source());
      gateway.deliver(asker);
      questions.arriveAndAwaitAdvance();
      Counts counts = gateway.counts(pairing.source());
      output.line("");
      output.line(
          "%d messages of %d bytes brought %d readings, and %d came again; %d slots are gaps"
              .formatted(
                  counts.batches(),
                  MessageCodec.SIZE,
                  counts.accepted(),
                  subscriber.received().repeated(),
                  counts.gaps()));
      if (counts.missing() > 0 || counts.batches() != minutes.size()) {
        throw new CommandException(
            ExitCodes.INVALID,
            "%d of %d messages came".formatted(counts.batches(), minutes.size()));
      }
      return counts;
    } finally {
      broker.close();
    }
  }

  private Feed feed(Pairing pairing, WindowFormat format, StreamDay day) {
    return new Feed(
        pairing.source(), format, device, secret.subject(), day.begin(), Duration.ofMinutes(10));
  }

  /** Puts windows into the vault, and has the prover answer the verifier's questions about them. */
  private final class Asker implements Consumer<SealedWindow> {
    private final WindowVault vault;
    private final ProverService prover;
    private final VerifierClient verifier;

    Asker(WindowVault vault, ProverService prover, VerifierClient verifier) {
      this.vault = vault;
      this.prover = prover;
      this.verifier = verifier;
    }

    @Override
    public void accept(SealedWindow window) {
      Fr header = window.header().hash();
      boolean empty = window.header().present() == 0;
      synchronized (StreamDemo.this) {
        windows.put(header, window.header());
        states.put(header, empty ? WindowState.GAP : WindowState.PROVING);
      }
      if (empty) {
        output.line(window.window() + " has no readings: nothing is asked");
        return;
      }
      boolean rate = window.window().format().equals(HEART_RATE_HOUR);
      String policy = rate ? "heart-rate" : "glucose";
      Priority priority = rate ? Priority.ALERT : Priority.ROUTINE;
      try {
        vault.put(window);
        Fr challenge = verifier.challenge(policy).value();
        questions.register();
        prover.submit(new ProofTask(policy, List.of(header), challenge, AUDIENCE, priority));
      } catch (IOException | SQLException | TaskRefusedException e) {
        throw new IllegalStateException("nothing can be asked about " + window, e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  /** Shows proofs to the verifier as they are made. */
  private final class Shower implements ProverListener {
    private final VerifierClient verifier;
    private final Map<String, Policy> policies = new LinkedHashMap<>();

    Shower(VerifierClient verifier, Map<Policy, StatementProver> policies) {
      this.verifier = verifier;
      policies.keySet().forEach(policy -> this.policies.put(policy.id(), policy));
    }

    @Override
    public void ended(TaskReport report, Duration sinceBegun) {
      try {
        if (report.proof().isPresent()) {
          show(report, report.proof().get(), sinceBegun);
        } else {
          fail(report, report.failure());
        }
      } catch (IOException e) {
        fail(report, String.valueOf(e.getMessage()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        questions.arriveAndDeregister();
      }
    }

    private void show(TaskReport report, StatementProof proof, Duration sinceBegun)
        throws IOException, InterruptedException {
      VerifierClient.Answer answer = verifier.show(proof);
      if (answer.status() != 200) {
        fail(report, answer.field("problem"));
        return;
      }
      Policy policy = Objects.requireNonNull(policies.get(proof.policy()));
      boolean holds = Boolean.parseBoolean(answer.field("holds"));
      WindowHeader window = window(report);
      synchronized (StreamDemo.this) {
        states.put(report.task().windows().get(0), WindowState.PROVEN);
        proofs.add(
            new ProofRow(
                Long.parseLong(answer.field("number")),
                window.start(),
                policy.question(),
                holds,
                proof));
      }
      output.line(
          String.format(
              Locale.ROOT,
              "%6.2f s  %s: %s %s",
              sinceBegun.toMillis() / 1e3,
              described(window),
              policy.question(),
              holds ? "Yes." : "No."));
    }

    private void fail(TaskReport report, String problem) {
      synchronized (StreamDemo.this) {
        states.put(report.task().windows().get(0), WindowState.FAILED);
        refused++;
      }
      output.line(described(window(report)) + ": " + problem);
    }

    private WindowHeader window(TaskReport report) {
      synchronized (StreamDemo.this) {
        return Objects.requireNonNull(windows.get(report.task().windows().get(0)));
      }
    }
  }

  private static String described(WindowHeader window) {
    return window.format().channel().name() + " from " + window.start();
  }

  private synchronized View view(AuditLog ledger) {
    List<WindowRow> rows = new ArrayList<>();
    windows.forEach(
        (header, window) ->
            rows.add(
                new WindowRow(
                    window.format().channel().name(),
                    window.start(),
                    window.end(),
                    window.present(),
                    window.format().slots(),
                    Objects.requireNonNull(states.get(header)))));
    try {
      return Console.view(TrustMode.DEVICE_PROVER, rows, proofs, ledger, receipts);
    } catch (SQLException e) {
      throw new IllegalStateException("the ledger cannot be read", e);
    }
  }

  /** What came of it, and what happens to those who cheat. */
  private Map<String, Object> report(
      Counts counts, VerifierClient verifier, WindowVault vault, AuditLog ledger) throws Exception {
    ProofRow first = proofs.get(0);
    VerifierClient.Answer again = verifier.show(first.proof());
    output.line("shown again, a proof is refused: " + again.field("problem"));
    List<Fr> signals = new ArrayList<>(first.proof().signals());
    signals.set(0, signals.get(0).isOne() ? Fr.ZERO : Fr.ONE);
    signals.set(3, verifier.challenge(first.proof().policy()).value());
    signals.set(2, Fr.random(random));
    VerifierClient.Answer forged =
        verifier.show(new StatementProof(first.proof().policy(), first.proof().proof(), signals));
    output.line("with another answer, it is refused: " + forged.field("problem"));
    Optional<ErasureReceipt> receipt = vault.erase(windows.keySet().iterator().next());
    synchronized (this) {
      receipt.ifPresent(erased -> receipts.add(erased.text()));
    }
    output.line("the readings of the first window are erased, and its receipt is on the page");
    Checkpoint checkpoint = ledger.checkpoint();
    VerificationResult whole = ledger.check(checkpoint);
    output.line(
        "the ledger has %d entries, and is %s"
            .formatted(ledger.size(), whole.valid() ? "whole" : whole.reason()));
    long yes = proofs.stream().filter(ProofRow::holds).count();
    if (refused > 0
        || again.status() != 409
        || forged.status() != 422
        || !whole.valid()
        || receipt.isEmpty()
        || ledger.size() != proofs.size() + 1) {
      throw new CommandException(ExitCodes.INVALID, "the day was not proven as it should be");
    }
    output.line(
        "%d windows, %d proofs, %d of them that the statement holds"
            .formatted(windows.size(), proofs.size(), yes));
    return Output.fields(
        "windows", windows.size(),
        "proofs", proofs.size(),
        "holds", yes,
        "messages", counts.batches(),
        "readings", counts.accepted(),
        "gaps", counts.gaps(),
        "checkpoint", checkpoint.text());
  }
}
