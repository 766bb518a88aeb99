package zk4j.stream.mqtt;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zk4j.stream.Reading;
import zk4j.stream.broker.EmbeddedBroker;
import zk4j.stream.ingest.Counts;
import zk4j.stream.ingest.Gateway;

/**
 * Whatever a broker sends: it is counted or refused, logged by its kind, and the gateway goes on.
 */
class SubscriberFuzzTest {
  private static final SecureRandom RANDOM = new SecureRandom();

  /** What is sent has this in it, and nothing that is logged does. */
  private static final byte[] MARKER = "zzyzx".getBytes(US_ASCII);

  /** A value that no reading of the channel has, and that nothing says either. */
  private static final int SECRET = 54_321;

  @TempDir private Path folder;

  private final List<String> logged = Collections.synchronizedList(new ArrayList<>());
  private final List<Throwable> thrown = Collections.synchronizedList(new ArrayList<>());
  private Thread.@Nullable UncaughtExceptionHandler former;

  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          StringWriter text = new StringWriter();
          text.append(entry.getMessage()).append(' ');
          text.append(Arrays.toString(entry.getParameters()));
          if (entry.getThrown() != null) {
            entry.getThrown().printStackTrace(new PrintWriter(text));
          }
          logged.add(text.toString());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  /** Held, since loggers that nobody holds forget their levels. */
  private final List<Logger> loggers =
      List.of(Logger.getLogger("zk4j"), Logger.getLogger("com.hivemq"));

  @BeforeEach
  void listen() {
    handler.setLevel(Level.ALL);
    loggers.forEach(
        logger -> {
          logger.setLevel(Level.ALL);
          logger.addHandler(handler);
          logger.setUseParentHandlers(false);
        });
    former = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> thrown.add(failure));
  }

  @AfterEach
  void nothingWasThrownOrTold() {
    Thread.setDefaultUncaughtExceptionHandler(former);
    loggers.forEach(
        logger -> {
          logger.removeHandler(handler);
          logger.setUseParentHandlers(true);
          logger.setLevel(null);
        });
    assertEquals(List.of(), thrown);
    HexFormat hex = HexFormat.of();
    List<String> secrets =
        List.of(
            new String(MARKER, US_ASCII),
            hex.formatHex(MARKER),
            "5e5e5e5e", // of the pairing's key
            Arrays.toString(MARKER).replaceAll("[\\[\\]]", ""));
    // Ports and ids of connections have such digits by chance.
    Pattern reading =
        Pattern.compile(
            "(?<![:0-9])%d(?![0-9])|(?<![0-9a-fx])%s(?![0-9a-f])"
                .formatted(SECRET, hex.toHexDigits((short) SECRET)));
    for (String line : List.copyOf(logged)) {
      assertFalse(reading.matcher(line).find(), line);
      secrets.forEach(secret -> assertFalse(line.contains(secret), line));
    }
  }

  @Test
  void anyMessageIsCounted() throws Exception {
    messages(20260105, Duration.ofSeconds(2));
  }

  @Test
  @Tag("slow")
  void anyMessageIsCountedForMinutes() throws Exception {
    long seed = Long.getLong("zk4j.seed", System.nanoTime());
    System.out.println("seed " + seed);
    messages(seed, Duration.ofMinutes(10));
  }

  /** Messages through a broker that are changed, made up, or written by who has the key. */
  private void messages(long seed, Duration duration) throws Exception {
    Random random = new Random(seed);
    Ward ward = new Ward(1);
    MessageCodec codec = new MessageCodec(ward.pairing());
    byte[] honest = codec.encode(0, Ward.readings(1), RANDOM);
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
        Gateway gateway = ward.gateway(folder);
        Subscriber subscriber =
            ward.subscriber(Ward.endpoint(broker.port(), MqttEndpoint.Version.V3_1_1), gateway);
        Eavesdropper other = new Eavesdropper(broker.port())) {
      String topic = ward.pairing().topic();
      other.publish(topic, honest);
      Ward.await("the first message", () -> subscriber.received().taken() == 1);
      long end = System.nanoTime() + duration.toNanos();
      while (System.nanoTime() < end) {
        byte[] message =
            switch (random.nextInt(4)) {
              case 0 -> marked(changed(honest, random), random);
              case 1 -> marked(new byte[random.nextInt(3000)], random);
              case 2 -> codec.encode(1 + random.nextInt(1 << 20), nonsense(random), RANDOM);
              default -> sealed(ward.pairing(), random);
            };
        other.publish(random.nextInt(10) == 0 ? topic + "/r" : topic, message);
        if (duration.toMinutes() > 0) {
          // Moquette 0.17 leaks buffers of messages: half a million of them are a gigabyte.
          LockSupport.parkNanos(2_000_000);
        }
        if (random.nextInt(10) == 0) {
          other.publish("zk4j/v1/" + new String(MARKER, US_ASCII), message);
        }
      }
      // It still takes what is a message, and has seen all that came before it.
      long before = gateway.counts(ward.source()).accepted();
      other.publish(topic, codec.encode((1 << 21) + 1, Ward.readings(2), RANDOM));
      Ward.await(
          "a last message (seed " + seed + ")", () -> gateway.next(ward.source()) == (1 << 21) + 2);
      Counts counts = gateway.counts(ward.source());
      assertEquals(before + Ward.readings(2).size(), counts.accepted(), "seed " + seed);
      Subscriber.Received received = subscriber.received();
      assertTrue(received.malformed() > 0 && received.forged() > 0, received.toString());
      assertTrue(received.unreadable() > 0 && received.taken() > 2, received.toString());
      assertTrue(counts.outOfRange() > 0, counts.toString());
    }
  }

  private static byte[] changed(byte[] honest, Random random) {
    byte[] bytes = honest.clone();
    for (int i = random.nextInt(8); i >= 0; i--) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
    }
    return random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(2000)) : bytes;
  }

  private static byte[] marked(byte[] bytes, Random random) {
    if (bytes.length > MARKER.length) {
      int at = random.nextInt(bytes.length - MARKER.length);
      System.arraycopy(MARKER, 0, bytes, at, MARKER.length);
    }
    return bytes;
  }

  /** Readings that a message holds and no channel does. */
  private static List<Reading> nonsense(Random random) {
    List<Reading> readings = new ArrayList<>();
    for (int i = random.nextInt(5); i >= 0; i--) {
      readings.add(new Reading(Ward.HEART, Ward.START.plusSeconds(random.nextInt(1000)), SECRET));
    }
    return readings;
  }

  /** What the key has encrypted, and is no readings. */
  private static byte[] sealed(Pairing pairing, Random random) {
    byte[] message = new byte[MessageCodec.SIZE];
    byte[] plain = new byte[991];
    random.nextBytes(plain);
    byte[] nonce = new byte[Aead.NONCE];
    random.nextBytes(nonce);
    int number = 1 + random.nextInt(1 << 20);
    ByteBuffer associated = ByteBuffer.allocate(1 + 16 + 4 + 32);
    associated.put((byte) 1).put(pairing.alias()).putInt(number).put(pairing.channelsHash());
    byte[] text =
        Aead.encrypt(pairing.key("zk4j.stream.message.v1"), nonce, associated.array(), plain);
    ByteBuffer.wrap(message).put((byte) 1).putInt(number).put(nonce).put(text);
    return message;
  }

  @Test
  void brokersThatSpeakNonsenseAreLeft() throws Exception {
    packets(20260105, Duration.ofSeconds(2));
  }

  @Test
  @Tag("slow")
  void brokersThatSpeakNonsenseAreLeftForMinutes() throws Exception {
    long seed = Long.getLong("zk4j.seed", System.nanoTime());
    System.out.println("seed " + seed);
    packets(seed, Duration.ofMinutes(10));
  }

  /** A broker that breaks the protocol itself; then an honest one at the same address. */
  private void packets(long seed, Duration duration) throws Exception {
    Ward ward = new Ward(2);
    byte[] honest = new MessageCodec(ward.pairing()).encode(0, Ward.readings(1), RANDOM);
    AtomicInteger port = new AtomicInteger();
    AtomicInteger connections = new AtomicInteger();
    try (ServerSocket hostile = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
        Wire wire = new Wire(port::get);
        Gateway gateway = ward.gateway(folder)) {
      port.set(hostile.getLocalPort());
      Thread speaker =
          new Thread(() -> speak(hostile, ward, honest, new Random(seed), connections), "hostile");
      speaker.setDaemon(true);
      speaker.start();
      try (Subscriber subscriber =
          ward.subscriber(Ward.endpoint(wire.port(), MqttEndpoint.Version.V3_1_1), gateway)) {
        long end = System.nanoTime() + duration.toNanos();
        while (System.nanoTime() < end) {
          LockSupport.parkNanos(10_000_000);
        }
        Ward.await("connections", () -> connections.get() >= 4);
        port.set(broker.port());
        wire.cut();
        try (Eavesdropper other = new Eavesdropper(broker.port())) {
          Ward.await(
              "an honest message (seed " + seed + ")",
              () -> {
                other.publish(
                    ward.pairing().topic(),
                    new MessageCodec(ward.pairing()).encode(9, Ward.readings(1), RANDOM));
                return gateway.next(ward.source()) == 10;
              });
        }
        assertTrue(subscriber.received().taken() > 0);
      }
    }
  }

  private static void speak(
      ServerSocket server, Ward ward, byte[] honest, Random random, AtomicInteger connections) {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        socket.setSoTimeout(200);
        InputStream in = socket.getInputStream();
        OutputStream out = socket.getOutputStream();
        byte[] unused = new byte[4096];
        int length = in.read(unused);
        connections.incrementAndGet();
        if (length > 0 && random.nextInt(8) > 0) {
          out.write(new byte[] {0x20, 2, 0, 0}); // CONNACK
          length = in.read(unused);
        }
        for (int i = random.nextInt(5); i >= 0; i--) {
          out.write(changed(publish(ward, honest, random.nextInt(1 << 16)), random));
        }
        out.flush();
        socket.shutdownOutput();
        while (length >= 0) {
          length = in.read(unused);
        }
      } catch (IOException e) {
        // The subscriber has hung up, which is an answer.
      }
    }
  }

  /** A PUBLISH of QoS 1. */
  private static byte[] publish(Ward ward, byte[] message, int identifier) {
    byte[] topic = ward.pairing().topic().getBytes(ISO_8859_1);
    int length = 2 + topic.length + 2 + message.length;
    ByteBuffer packet = ByteBuffer.allocate(3 + length);
    packet.put((byte) 0x32).put((byte) (length % 128 | 0x80)).put((byte) (length / 128));
    packet.putShort((short) topic.length).put(topic).putShort((short) identifier).put(message);
    return packet.array();
  }
}
