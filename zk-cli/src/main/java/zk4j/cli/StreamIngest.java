package zk4j.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import zk4j.eddsa.SigningKey;
import zk4j.stream.Channel;
import zk4j.stream.Reading;
import zk4j.stream.SealedWindow;
import zk4j.stream.WindowFormat;
import zk4j.stream.ingest.Batch;
import zk4j.stream.ingest.Counts;
import zk4j.stream.ingest.Feed;
import zk4j.stream.ingest.Gateway;
import zk4j.stream.ingest.ReadingReader;
import zk4j.stream.mqtt.MqttEndpoint;
import zk4j.stream.mqtt.Pairing;
import zk4j.stream.mqtt.Session;
import zk4j.stream.mqtt.Subscriber;
import zk4j.stream.store.WindowVault;

/** What {@code zk stream ingest} does: readings become sealed windows in the vault. */
final class StreamIngest {
  /** Readings of a file that are taken in one transaction. */
  private static final int BATCH = 1000;

  /** A first reading that is this far before the last one has a wrong time. */
  private static final int MOST_WINDOWS = 50_000;

  /** How often windows that became complete are put into the vault, for readings over MQTT. */
  private static final Duration PERIOD = Duration.ofSeconds(1);

  private final StreamHome home;
  private final SigningKey device;
  private final HomeCatalog catalog;
  private final WindowVault vault;
  private final Output output;
  private final List<HomeCatalog.Entry> sealed = new ArrayList<>();

  private StreamIngest(StreamHome home, SigningKey device, Output output)
      throws IOException, SQLException {
    this.home = home;
    this.device = device;
    this.catalog = home.catalog();
    this.vault = home.vault(home.ledger());
    this.output = output;
  }

  /**
   * Takes the readings of a file, each line of which is checked before any is taken.
   *
   * @param finish whether windows are sealed that may not be complete
   */
  static void file(HomeOptions options, Path file, boolean finish, Output output) throws Exception {
    try (StreamHome home = StreamHome.open(options.home, options, output)) {
      if (!home.settings().source().equals(StreamKeys.FILES)) {
        throw new CommandException(
            ExitCodes.ERROR,
            home.folder() + " takes readings over MQTT alone: two sources would be two histories");
      }
      requireFormats(home);
      try (SigningKey device = home.device()) {
        new StreamIngest(home, device, output).file(file, finish);
      }
    }
  }

  /**
   * Brings sealed windows to the vault that an interruption has left with the gateway, in clear.
   */
  static void deliver(StreamHome home, Output output) throws Exception {
    if (home.channels().isEmpty()) {
      return;
    }
    try (SigningKey device = home.device()) {
      StreamIngest ingest = new StreamIngest(home, device, output);
      List<Feed> feeds = ingest.feeds(home.settings().source(), ingest.starts(Map.of(), Map.of()));
      if (!feeds.isEmpty()) {
        try (Gateway gateway =
            Gateway.open(home.database("gateway"), feeds, clock(), home.random())) {
          gateway.deliver(ingest::keep);
        }
      }
    }
  }

  private static void requireFormats(StreamHome home) throws CommandException {
    if (home.channels().isEmpty()) {
      throw new CommandException(
          ExitCodes.ERROR, home.folder() + " has no format of windows: see zk stream keys init");
    }
  }

  private ReadingReader reader(byte[] bytes, Path file) throws IOException, CommandException {
    String name = file.toString();
    String lower = name.toLowerCase(Locale.ROOT);
    ByteArrayInputStream in = new ByteArrayInputStream(bytes);
    if (lower.endsWith(".csv")) {
      return ReadingReader.csv(in, name, home.channels());
    }
    if (lower.endsWith(".ndjson") || lower.endsWith(".jsonl")) {
      return ReadingReader.ndjson(in, name, home.channels());
    }
    throw new CommandException(ExitCodes.ERROR, file + ": neither .csv nor .ndjson nor .jsonl");
  }

  private void file(Path file, boolean finish) throws Exception {
    output.phase("reading " + file);
    byte[] bytes = Files.readAllBytes(file);
    long readings = 0;
    Instant now = clock().instant().plus(home.settings().lateness());
    Map<Channel, Instant> earliest = new LinkedHashMap<>();
    Map<Channel, Instant> latest = new LinkedHashMap<>();
    try (ReadingReader reader = reader(bytes, file)) {
      Optional<Reading> next = reader.next();
      for (; next.isPresent(); next = reader.next()) {
        Reading reading = next.get();
        readings++;
        if (!reading.time().isAfter(now)) {
          earliest.merge(reading.channel(), reading.time(), (a, b) -> a.isBefore(b) ? a : b);
          latest.merge(reading.channel(), reading.time(), (a, b) -> a.isBefore(b) ? b : a);
        }
      }
    }
    Map<WindowFormat, Instant> starts = starts(earliest, latest);
    String source = home.settings().source();
    List<Feed> feeds = feeds(source, starts);
    if (feeds.isEmpty()) {
      throw new CommandException(ExitCodes.ERROR, file + ": no readings");
    }
    // All of the file is checked: from here on it leaves traces.
    catalog.setStarts(starts);
    long first = catalog.reserve(sha256(bytes), (readings + BATCH - 1) / BATCH);
    try (Gateway gateway = Gateway.open(home.database("gateway"), feeds, clock(), home.random())) {
      Counts before = gateway.counts(source);
      try (ReadingReader reader = reader(bytes, file)) {
        long number = first;
        for (List<Reading> batch = batch(reader); !batch.isEmpty(); batch = batch(reader)) {
          gateway.accept(new Batch(source, number, batch));
          gateway.deliver(this::keep);
          output.update("readings", (number - first) * BATCH + batch.size(), readings);
          number++;
        }
      }
      if (finish) {
        gateway.finish(source);
      }
      gateway.deliver(this::keep);
      report(before, gateway.counts(source), file.toString(), readings, finish);
    }
  }

  private static Clock clock() {
    return Clock.systemUTC();
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("a JDK without SHA-256", e);
    }
  }

  private static List<Reading> batch(ReadingReader reader) throws IOException {
    List<Reading> batch = new ArrayList<>();
    while (batch.size() < BATCH) {
      Optional<Reading> next = reader.next();
      if (next.isEmpty()) {
        break;
      }
      batch.add(next.get());
    }
    return batch;
  }

  /**
   * Where windows begin of the channels that had readings before, or have the first ones now.
   *
   * @param earliest the first reading of each
   * @param latest the last one, where it is known
   */
  private Map<WindowFormat, Instant> starts(
      Map<Channel, Instant> earliest, Map<Channel, Instant> latest)
      throws SQLException, CommandException {
    Map<WindowFormat, Instant> starts = new LinkedHashMap<>();
    for (WindowFormat format : home.settings().formats()) {
      Instant reading = earliest.get(format.channel());
      Instant last = latest.get(format.channel());
      String channel = format.channel().name();
      Optional<Instant> known = catalog.start(channel);
      if (known.isPresent()) {
        starts.put(format, known.get());
      } else if (reading != null) {
        Instant start = format.startOf(home.settings().first().orElse(reading));
        if (last != null
            && Duration.between(start, last).dividedBy(format.length()) > MOST_WINDOWS) {
          throw new CommandException(
              ExitCodes.ERROR,
              "readings of %s from %s to %s would be more than %d windows: is the first time right?"
                  .formatted(channel, start, last, MOST_WINDOWS));
        }
        starts.put(format, start);
      }
    }
    return starts;
  }

  /** Of the channels whose windows have begun. */
  private List<Feed> feeds(String source, Map<WindowFormat, Instant> starts) throws IOException {
    List<Feed> feeds = new ArrayList<>();
    for (Map.Entry<WindowFormat, Instant> start : starts.entrySet()) {
      feeds.add(
          new Feed(
              source,
              start.getKey(),
              device,
              home.secret().subject(),
              start.getValue(),
              home.settings().lateness()));
    }
    return feeds;
  }

  private void keep(SealedWindow window) {
    try {
      try {
        vault.put(window);
      } catch (IllegalArgumentException e) {
        // It was handed over before, and erased since.
        return;
      }
      sealed.add(catalog.add(window.header()));
    } catch (IOException | SQLException e) {
      throw new IllegalStateException(window + " cannot be put into the vault", e);
    }
  }

  private void report(Counts before, Counts after, String from, long readings, boolean finish)
      throws IOException {
    long accepted = after.accepted() - before.accepted();
    long duplicate = after.duplicate() - before.duplicate();
    long late = after.late() - before.late();
    long future = after.future() - before.future();
    long outOfRange = after.outOfRange() - before.outOfRange();
    long repeated = after.repeated() - before.repeated();
    long gaps = after.gaps() - before.gaps();
    boolean nothing = after.batches() == before.batches() && repeated > 0;
    List<String> lines = new ArrayList<>();
    lines.add(
        nothing
            ? "%s was taken before: nothing of it is new".formatted(from)
            : "%d readings of %s: %d accepted, %d duplicate, %d late, %d from the future, %d out of range"
                .formatted(readings, from, accepted, duplicate, late, future, outOfRange));
    lines.add("%d windows sealed, with %d gaps".formatted(sealed.size(), gaps));
    sealed.forEach(entry -> lines.add("  " + StreamRecords.line(entry)));
    if (!finish) {
      output.note(
          "Windows are sealed once a reading comes that is later than they by more than "
              + home.settings().lateness()
              + ", or by --finish.");
    }
    if (after.missing() > 0) {
      lines.add(
          after.missing() + " batches have not come: a file that was interrupted is to come again");
    }
    output.result(
        lines,
        Output.fields(
            "source", from,
            "readings", readings,
            "accepted", accepted,
            "duplicate", duplicate,
            "late", late,
            "future", future,
            "outOfRange", outOfRange,
            "repeated", repeated,
            "missing", after.missing(),
            "gaps", gaps,
            "windows", sealed.stream().map(StreamRecords::fields).toList()));
  }

  /**
   * Takes readings over MQTT until it is stopped.
   *
   * @param broker its host and port
   * @param most how long at most; zero for until it is told to stop
   */
  static void mqtt(
      HomeOptions options, String broker, boolean mqtt5, boolean tls, Duration most, Output output)
      throws Exception {
    MqttEndpoint endpoint =
        endpoint(broker, mqtt5 ? MqttEndpoint.Version.V5 : MqttEndpoint.Version.V3_1_1, tls);
    try (StreamHome home = StreamHome.open(options.home, options, output)) {
      requireFormats(home);
      Pairing pairing =
          home.pairing()
              .orElseThrow(
                  () ->
                      new CommandException(
                          ExitCodes.ERROR,
                          home.folder()
                              + " takes readings in files alone: see zk stream keys init"
                              + " --pairing"));
      try (SigningKey device = home.device()) {
        new StreamIngest(home, device, output).mqtt(endpoint, pairing, most);
      }
    }
  }

  private static MqttEndpoint endpoint(String broker, MqttEndpoint.Version version, boolean tls)
      throws CommandException {
    int colon = broker.lastIndexOf(':');
    try {
      if (colon > 0) {
        int port = Integer.parseInt(broker.substring(colon + 1));
        return new MqttEndpoint(
            broker.substring(0, colon), port, version, tls, Duration.ofSeconds(1));
      }
    } catch (IllegalArgumentException e) {
      // The same as below.
    }
    throw new CommandException(
        ExitCodes.ERROR, "--mqtt is <host>:<port> such as localhost:1883, not " + broker);
  }

  private void mqtt(MqttEndpoint endpoint, Pairing pairing, Duration most) throws Exception {
    Map<Channel, Instant> now = new LinkedHashMap<>();
    home.channels().forEach(channel -> now.put(channel, Instant.now()));
    Map<WindowFormat, Instant> starts = starts(now, Map.of());
    String source = pairing.source();
    List<Feed> feeds = feeds(source, starts);
    catalog.setStarts(starts);
    // The broker knows the gateway by a part of the alias, which it sees anyway.
    Session session = Session.of(source.substring(0, 16));
    try (StopSignal stop = StopSignal.listen();
        Gateway gateway = Gateway.open(home.database("gateway"), feeds, clock(), home.random())) {
      Counts before = gateway.counts(source);
      Subscriber.Received received;
      try (Subscriber subscriber =
          Subscriber.start(endpoint, session, List.of(pairing), gateway, home.random())) {
        output.note("taking readings from " + endpoint.host() + ":" + endpoint.port());
        long begin = System.nanoTime();
        boolean stopped = false;
        while (!stopped) {
          stopped = stop.await(PERIOD) || (!most.isZero() && over(begin, most));
          gateway.deliver(this::keep);
        }
        received = subscriber.received();
      }
      gateway.deliver(this::keep);
      Counts after = gateway.counts(source);
      output.line(
          "%d messages taken, %d repeated; %d foreign, %d malformed, %d forged, %d unreadable"
              .formatted(
                  received.taken(),
                  received.repeated(),
                  received.foreign(),
                  received.malformed(),
                  received.forged(),
                  received.unreadable()));
      report(before, after, "the broker", after.accepted() - before.accepted(), false);
    }
  }

  private static boolean over(long begin, Duration most) {
    return System.nanoTime() - begin >= most.toNanos();
  }
}
