package zk4j.stream.mqtt;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import zk4j.bn254.FieldEncoding;
import zk4j.bn254.Fr;
import zk4j.stream.SealedWindow;
import zk4j.stream.Window;
import zk4j.stream.WindowChain;
import zk4j.stream.WindowCodec;
import zk4j.stream.WindowHeader;
import zk4j.stream.ingest.Counts;
import zk4j.stream.ingest.Gateway;
import zk4j.stream.ingest.SequenceGap;

/** Readings from a device to sealed windows over a broker, while everything breaks in turn. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EndToEnd {
  private static final SecureRandom RANDOM = new SecureRandom();

  @TempDir Path folder;

  private TestBroker broker;
  private Ward ward = new Ward(0);
  private String name = "";
  private final List<Process> processes = new ArrayList<>();

  /** Starts a broker on a free port, that keeps what it must in the folder. */
  abstract TestBroker newBroker(Path folder) throws IOException;

  @BeforeAll
  void start(@TempDir Path shared) throws IOException {
    broker = newBroker(Files.createDirectory(shared.resolve("broker")));
  }

  @BeforeEach
  void next(TestInfo test) {
    ward = new Ward(ward.number() + 1);
    name = test.getDisplayName();
  }

  private Process victim(String role, int batches) throws IOException {
    Process process = Victim.start(role, ward, broker.port(), broker.version(), folder, batches);
    processes.add(process);
    return process;
  }

  @AfterEach
  void end() throws InterruptedException {
    for (Process process : processes) {
      process.destroyForcibly().waitFor();
    }
  }

  @AfterAll
  void stop() throws IOException {
    if (broker != null) { // there is none where the test is skipped
      broker.close();
    }
  }

  private MqttEndpoint endpoint() {
    return Ward.endpoint(broker.port(), broker.version());
  }

  private static void send(Publisher publisher, int from, int to) throws Exception {
    for (int i = from; i < to; i++) {
      publisher.add(Ward.readings(i));
      publisher.send();
    }
  }

  private void awaitBatches(Gateway gateway, int batches) throws Exception {
    Ward.await(batches + " batches", () -> gateway.counts(ward.source()).batches() >= batches);
  }

  /** Waits until so many batches are counted, which follows their commit; there are no more. */
  private static void assertTaken(long batches, Subscriber... subscribers) throws Exception {
    LongSupplier taken =
        () -> Arrays.stream(subscribers).mapToLong(each -> each.received().taken()).sum();
    Ward.await(batches + " taken", () -> taken.getAsLong() >= batches);
    assertEquals(batches, taken.getAsLong());
  }

  /** All readings of so many batches are in windows, each once, in one chain. */
  private void assertComplete(Gateway gateway, int batches, List<SealedWindow> windows)
      throws Exception {
    List<Window> found = windows.stream().map(SealedWindow::window).toList();
    assertEquals(Ward.windows(batches), found);
    List<WindowHeader> headers = windows.stream().map(SealedWindow::header).toList();
    assertEquals("", WindowChain.check(headers).reason());
    assertEquals(WindowHeader.FIRST, headers.get(0).previous());
    Counts counts = gateway.counts(ward.source());
    long readings = found.stream().mapToLong(Window::present).sum();
    assertEquals(readings, counts.accepted());
    assertEquals(0, counts.late() + counts.future() + counts.outOfRange() + counts.unassigned());
    assertEquals(0, counts.missing());
    assertEquals(windows.size(), counts.windows());
    System.out.printf(
        "| %s | %d | %d | %d | %d | %d | %d |%n",
        name,
        counts.batches(),
        counts.repeated(),
        counts.missing(),
        counts.accepted(),
        counts.duplicate(),
        counts.windows());
  }

  @Test
  void undisturbed() throws Exception {
    try (Gateway gateway = ward.gateway(folder);
        Subscriber subscriber = ward.subscriber(endpoint(), gateway);
        Publisher publisher = ward.publisher(endpoint(), folder)) {
      send(publisher, 0, 40);
      awaitBatches(gateway, 40);
      Ward.await("all receipts", () -> publisher.status().messages() == 0);
      assertEquals(new Publisher.Status(40, 0, 0, 0), publisher.status());
      assertTaken(40, subscriber);
      assertComplete(gateway, 40, ward.finish(gateway));
    }
  }

  @Test
  void brokerStoppedAndStarted() throws Exception {
    try (Gateway gateway = ward.gateway(folder);
        Subscriber subscriber = ward.subscriber(endpoint(), gateway);
        Publisher publisher = ward.publisher(endpoint(), folder)) {
      send(publisher, 0, 20);
      awaitBatches(gateway, 5);
      broker.stop();
      send(publisher, 20, 30);
      assertTrue(publisher.status().messages() >= 10);
      broker.start();
      send(publisher, 30, 40);
      repair(publisher, gateway);
      Ward.await("all counted", () -> subscriber.received().taken() >= 40);
      assertComplete(gateway, 40, ward.finish(gateway));
    }
  }

  /** The worst that a broker can do: all that it has acknowledged is gone. */
  @Test
  void brokerLosesWhatItHasAcknowledged() throws Exception {
    try (Gateway gateway = ward.gateway(folder);
        Publisher publisher = ward.publisher(endpoint(), folder)) {
      ward.subscriber(endpoint(), gateway).close();
      send(publisher, 0, 20);
      Ward.await("all acknowledged", () -> publisher.status().unsent() == 0);
      broker.stop();
      broker.wipe();
      broker.start();
      try (Subscriber subscriber = ward.subscriber(endpoint(), gateway)) {
        send(publisher, 20, 40);
        repair(publisher, gateway);
        Ward.await("all counted", () -> subscriber.received().taken() >= 40);
        assertTrue(subscriber.received().repeated() <= 20, "repetitions bring repetitions");
      }
      assertComplete(gateway, 40, ward.finish(gateway));
    }
  }

  /** Sends on, as the schedule does, until nothing is missing. */
  private void repair(Publisher publisher, Gateway gateway) throws Exception {
    Ward.await(
        "all batches",
        () -> {
          if (gateway.next(ward.source()) >= 40 && gateway.missing(ward.source()).isEmpty()) {
            return true;
          }
          publisher.send();
          return false;
        });
  }

  @Test
  void connectionsCut() throws Exception {
    try (Wire wire = new Wire(broker::port);
        Gateway gateway = ward.gateway(folder);
        Subscriber subscriber =
            ward.subscriber(Ward.endpoint(wire.port(), broker.version()), gateway);
        Publisher publisher =
            ward.publisher(Ward.endpoint(wire.port(), broker.version()), folder)) {
      for (int i = 0; i < 40; i += 10) {
        send(publisher, i, i + 10);
        awaitBatches(gateway, i + 1);
        wire.cut();
      }
      awaitBatches(gateway, 40);
      assertComplete(gateway, 40, ward.finish(gateway));
      assertTaken(40, subscriber);
    }
  }

  /** The connection breaks, and the old gateway is never closed. */
  @Test
  void gatewayAbandoned() throws Exception {
    try (Publisher publisher = ward.publisher(endpoint(), folder)) {
      Wire wire = new Wire(broker::port);
      Gateway old = ward.gateway(folder);
      Subscriber abandoned = ward.subscriber(Ward.endpoint(wire.port(), broker.version()), old);
      send(publisher, 0, 5);
      awaitBatches(old, 5);
      send(publisher, 5, 20);
      wire.close();
      try (Gateway gateway = ward.gateway(folder);
          Subscriber subscriber = ward.subscriber(endpoint(), gateway)) {
        send(publisher, 20, 40);
        awaitBatches(gateway, 40);
        assertComplete(gateway, 40, ward.finish(gateway));
        assertTaken(40, abandoned, subscriber);
      } finally {
        abandoned.close();
        old.close();
      }
    }
  }

  /** The connection breaks, and the old publisher is never closed. */
  @Test
  void deviceAbandoned() throws Exception {
    try (Gateway gateway = ward.gateway(folder);
        Subscriber subscriber = ward.subscriber(endpoint(), gateway)) {
      Wire wire = new Wire(broker::port);
      Publisher abandoned = ward.publisher(Ward.endpoint(wire.port(), broker.version()), folder);
      send(abandoned, 0, 10);
      awaitBatches(gateway, 3);
      wire.cut();
      send(abandoned, 10, 20);
      wire.close();
      abandoned.add(Ward.readings(20));
      try (Publisher publisher = ward.publisher(endpoint(), folder)) {
        publisher.send();
        send(publisher, 21, 40);
        awaitBatches(gateway, 40);
        assertThrows(SQLException.class, abandoned::send);
        assertTaken(40, subscriber);
        assertComplete(gateway, 40, ward.finish(gateway));
      } finally {
        abandoned.close();
      }
    }
  }

  @Test
  @Tag("slow")
  void gatewayKilled() throws Exception {
    try (Publisher publisher = ward.publisher(endpoint(), folder)) {
      publisher.start(Duration.ofMillis(25));
      for (int kill = 1; kill <= 3; kill++) {
        Process gathering = victim("gather", 0);
        for (int i = 20 * (kill - 1); i < 20 * kill; i++) {
          publisher.add(Ward.readings(i));
        }
        long from = publisher.status().next() - publisher.status().messages();
        Ward.await("some taken", () -> taken(publisher) > from + 20);
        gathering.destroyForcibly().waitFor();
      }
      Map<Fr, SealedWindow> windows = new LinkedHashMap<>();
      if (Files.exists(folder.resolve("windows.txt"))) {
        for (String line : Files.readAllLines(folder.resolve("windows.txt"), US_ASCII)) {
          SealedWindow window = WindowCodec.decode(HexFormat.of().parseHex(line), "line");
          windows.put(window.header().hash(), window);
        }
      }
      try (Gateway gateway = ward.gateway(folder);
          Subscriber subscriber = ward.subscriber(endpoint(), gateway)) {
        Ward.await("all taken", () -> taken(publisher) > publisher.status().next() - 5);
        awaitBatches(gateway, 60);
        Ward.await("no gap", () -> gateway.missing(ward.source()).isEmpty());
        assertEquals(0, subscriber.received().forged());
        ward.finish(gateway).forEach(window -> windows.put(window.header().hash(), window));
        assertComplete(gateway, 60, List.copyOf(windows.values()));
      }
    }
  }

  private static long taken(Publisher publisher) throws SQLException {
    Publisher.Status status = publisher.status();
    return status.readings() > 0 ? 0 : status.next() - status.messages();
  }

  @Test
  @Tag("slow")
  void deviceKilled() throws Exception {
    int batches = 120;
    try (Gateway gateway = ward.gateway(folder);
        Subscriber subscriber = ward.subscriber(endpoint(), gateway)) {
      for (int kill = 1; kill <= 3; kill++) {
        Process publishing = victim("publish", batches);
        awaitBatches(gateway, 20 * kill);
        publishing.destroyForcibly().waitFor();
      }
      Process last = victim("publish", batches);
      Ward.await(
          "all batches",
          () -> gateway.next(ward.source()) >= batches && gateway.missing(ward.source()).isEmpty());
      last.destroyForcibly().waitFor();
      assertEquals(0, subscriber.received().forged());
      assertComplete(gateway, batches, ward.finish(gateway));
    }
  }

  /** Without a device that would repair it. */
  @Test
  void whatABrokerDropsIsSeen() throws Exception {
    MessageCodec codec = new MessageCodec(ward.pairing());
    try (Gateway gateway = ward.gateway(folder);
        Subscriber subscriber = ward.subscriber(endpoint(), gateway);
        Eavesdropper other = new Eavesdropper(broker.port())) {
      Ward.await("a subscription", () -> probe(other, subscriber));
      for (int i = 0; i < 40; i++) {
        if (i % 10 < 7) {
          other.publish(ward.pairing().topic(), codec.encode(i, Ward.readings(i), RANDOM));
        }
      }
      awaitBatches(gateway, 28);
      assertEquals(
          List.of(new SequenceGap(7, 9), new SequenceGap(17, 19), new SequenceGap(27, 29)),
          gateway.missing(ward.source()));
      List<SealedWindow> windows = ward.finish(gateway);
      List<Window> all = Ward.windows(37);
      assertEquals(all.size(), windows.size());
      for (int minute = 0; minute < 3 * 37; minute++) {
        Window window = windows.get(minute / 12).window();
        boolean dropped = minute / 3 % 10 >= 7;
        int expected = dropped ? Window.GAP : all.get(minute / 12).reading(minute % 12);
        assertEquals(expected, window.reading(minute % 12));
      }
      assertEquals(9, gateway.counts(ward.source()).missing());
    }
  }

  /** Whether the subscriber hears what is written, by a message that is none. */
  private boolean probe(Eavesdropper other, Subscriber subscriber) {
    other.publish(ward.pairing().topic(), new byte[1]);
    return subscriber.received().malformed() > 0;
  }

  @Test
  void forgedForeignAndReplayedMessagesAreCountedAndDropped() throws Exception {
    try (Gateway gateway = ward.gateway(folder);
        Subscriber subscriber = ward.subscriber(endpoint(), gateway);
        Eavesdropper other = new Eavesdropper(broker.port());
        Publisher publisher = ward.publisher(endpoint(), folder)) {
      send(publisher, 0, 8);
      awaitBatches(gateway, 8);
      String topic = ward.pairing().topic();
      Ward.await("eavesdropping", () -> other.payloads(topic).size() >= 8);
      List<byte[]> messages = other.payloads(topic).subList(0, 8);
      Pairing stranger = Pairing.generate(ward.pairing().channels(), RANDOM);
      MessageCodec strange = new MessageCodec(stranger);
      for (byte[] message : messages) {
        byte[] changed = message.clone();
        changed[100] ^= 1;
        other.publish(topic, changed);
        byte[] renumbered = message.clone();
        renumbered[4] ^= 100;
        other.publish(topic, renumbered);
        other.publish(topic, Arrays.copyOf(message, 1023));
        other.publish(topic, new byte[0]);
        other.publish(topic, strange.encode(9, List.of(), RANDOM));
        other.publish(topic, message);
        other.publish(ward.pairing().receiptTopic(), message);
      }
      Ward.await("the replays", () -> subscriber.received().repeated() >= 8);
      Ward.await("all", () -> subscriber.received().malformed() == 16);
      assertEquals(
          new Subscriber.Received(8, 8, 0, 16, 24, 0), subscriber.received(), "all counted");
      send(publisher, 8, 16);
      awaitBatches(gateway, 16);
      assertComplete(gateway, 16, ward.finish(gateway));
    }
  }

  @Test
  void whatTheBrokerSeesSaysNothing() throws Exception {
    try (Wire wire = new Wire(broker::port);
        Gateway gateway = ward.gateway(folder);
        Eavesdropper other = new Eavesdropper(broker.port())) {
      MqttEndpoint tapped = Ward.endpoint(wire.port(), broker.version());
      try (Subscriber subscriber = ward.subscriber(tapped, gateway);
          Publisher publisher = ward.publisher(tapped, folder)) {
        send(publisher, 0, 10);
        for (int i = 0; i < 10; i++) {
          publisher.send(); // nothing to say
        }
        awaitBatches(gateway, 20);
        Ward.await("all receipts", () -> publisher.status().messages() == 0);
        assertTaken(20, subscriber);
      }
      assertEquals(List.of(ward.pairing().topic(), ward.pairing().receiptTopic()), other.topics());
      Set<String> different = new HashSet<>();
      for (byte[] payload : other.payloads(ward.pairing().topic())) {
        assertEquals(MessageCodec.SIZE, payload.length);
        different.add(HexFormat.of().formatHex(payload, 5, 1024));
      }
      assertEquals(20, different.size());
      other
          .payloads(ward.pairing().receiptTopic())
          .forEach(payload -> assertEquals(ReceiptCodec.SIZE, payload.length));
      String seen = HexFormat.of().formatHex(wire.seen());
      assertTrue(seen.contains(HexFormat.of().formatHex(ward.source().getBytes(US_ASCII))));
      for (byte[] secret : secrets()) {
        assertNotEquals(0, secret.length);
        assertFalse(seen.contains(HexFormat.of().formatHex(secret)), "in clear");
      }
    }
  }

  /** Readings as messages and files have them, names, and what the person and device go by. */
  private List<byte[]> secrets() {
    long time = Ward.START.plusSeconds(60).toEpochMilli();
    byte[] reading = HexFormat.of().parseHex("01%012x%04x".formatted(time, 61));
    return List.of(
        reading,
        Arrays.copyOfRange(reading, 1, 7),
        Long.toString(time).getBytes(US_ASCII),
        "heart".getBytes(US_ASCII),
        "spo2".getBytes(US_ASCII),
        "2026-".getBytes(US_ASCII),
        ward.pairing().key(),
        HexFormat.of().formatHex(ward.pairing().key()).getBytes(US_ASCII),
        Ward.SECRET.subject().encode(FieldEncoding.BIG_ENDIAN),
        Ward.key().publicKey().encode(),
        Ward.filled(64, 0));
  }
}
