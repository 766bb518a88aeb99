package zk4j.stream.mqtt;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import zk4j.bn254.Fr;
import zk4j.eddsa.SigningKey;
import zk4j.stream.Channel;
import zk4j.stream.Reading;
import zk4j.stream.SealedWindow;
import zk4j.stream.SubjectSecret;
import zk4j.stream.Window;
import zk4j.stream.WindowAssembler;
import zk4j.stream.WindowFormat;
import zk4j.stream.database.Connections;
import zk4j.stream.ingest.Feed;
import zk4j.stream.ingest.Gateway;

/** A person with a device and a gateway, for tests. */
final class Ward {
  static final Instant START = Instant.parse("2026-01-05T08:00:00Z");
  static final Instant NOW = START.plus(Duration.ofDays(1));
  static final Duration LATENESS = Duration.ofHours(8);
  static final WindowFormat FORMAT =
      new WindowFormat(new Channel("heart-rate/min", 8, Duration.ofMinutes(1)), 12);
  static final Channel HEART = FORMAT.channel();
  static final SubjectSecret SECRET = new SubjectSecret(Fr.of(1_234_567));
  static final Duration BACK_OFF = Duration.ofMillis(5);

  private final int number;
  private final Pairing pairing;

  /** Those of other numbers, below 96, are others, and so are their broker's sessions. */
  Ward(int number) {
    this.number = number;
    this.pairing =
        Pairing.of(filled(16, 0xa0 + number), filled(32, 0x5e), List.of(Channel.SPO2, HEART));
  }

  int number() {
    return number;
  }

  Pairing pairing() {
    return pairing;
  }

  String source() {
    return pairing.source();
  }

  static byte[] filled(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  static SigningKey key() {
    return SigningKey.ofSeed(filled(SigningKey.BYTES, 1));
  }

  static MqttEndpoint endpoint(int port, MqttEndpoint.Version version) {
    return new MqttEndpoint("127.0.0.1", port, version, false, BACK_OFF);
  }

  Gateway gateway(Path folder) throws SQLException {
    Feed feed = new Feed(source(), FORMAT, key(), SECRET.subject(), START, LATENESS);
    return Gateway.open(
        Connections.sqlite(folder.resolve("gateway.db")),
        List.of(feed),
        Clock.fixed(NOW, ZoneOffset.UTC),
        new SecureRandom());
  }

  Subscriber subscriber(MqttEndpoint endpoint, Gateway gateway) {
    return Subscriber.start(
        endpoint, Session.of("g" + number), List.of(pairing), gateway, new SecureRandom());
  }

  Publisher publisher(MqttEndpoint endpoint, Path folder) throws SQLException {
    return Publisher.open(
        endpoint, pairing, Connections.sqlite(folder.resolve("outbox.db")), new SecureRandom());
  }

  /** Three minutes of readings, but every seventh minute has none. */
  static List<Reading> readings(long batch) {
    return IntStream.range(3 * (int) batch, 3 * (int) batch + 3)
        .filter(minute -> minute % 7 != 0)
        .mapToObj(
            minute -> new Reading(HEART, START.plus(Duration.ofMinutes(minute)), 60 + minute % 40))
        .toList();
  }

  /** The windows of so many batches. */
  static List<Window> windows(int batches) {
    WindowAssembler assembler = new WindowAssembler(FORMAT, START, LATENESS);
    for (int i = 0; i < batches; i++) {
      readings(i).forEach(reading -> assembler.add(reading.time(), reading.value(), NOW));
    }
    return assembler.finish();
  }

  /** What a gateway hands over, once each, in its order; nothing more is to come. */
  List<SealedWindow> finish(Gateway gateway) throws SQLException {
    Map<Fr, SealedWindow> windows = new LinkedHashMap<>();
    gateway.finish(source());
    gateway.deliver(window -> windows.put(window.header().hash(), window));
    return new ArrayList<>(windows.values());
  }

  /** Waits for a condition, a minute at most. */
  static void await(String what, Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + 60_000_000_000L;
    while (!condition.call()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("in a minute not: " + what);
      }
      LockSupport.parkNanos(2_000_000);
    }
  }
}
