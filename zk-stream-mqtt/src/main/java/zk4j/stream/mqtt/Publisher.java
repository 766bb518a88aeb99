package zk4j.stream.mqtt;

import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import zk4j.stream.Reading;
import zk4j.stream.database.Connections;

/**
 * The device's side: sends readings to the gateway in messages of one size, one each period, with
 * readings or without. Readings and messages are in a database until the gateway has taken them: a
 * kill on this side, a broker that forgets, and connections that break lose none. Thread-safe.
 */
public final class Publisher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);

  /** So many messages are under way at most. */
  private static final int WINDOW = 16;

  /** After so many periods without a receipt the oldest message is sent again; then after twice. */
  private static final int PATIENCE = 16;

  private static final int MOST_PATIENCE = 1 << 10;

  private final Pairing pairing;
  private final Outbox outbox;
  private final ReceiptCodec receipts;
  private final Link link;

  /** What follows is of its one thread. */
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread made = new Thread(task, "zk4j-publisher");
            made.setDaemon(true);
            return made;
          });

  private boolean connected;

  /** Grows with each connection, so that answers from an earlier one are known. */
  private int connection;

  /** The last message sent over this connection, -1 for none. */
  private long sent = -1;

  private int underWay;
  private int waited;
  private int patience = PATIENCE;

  /** The largest number that was sent again because a receipt showed that it was missing. */
  private long repaired = -1;

  private Publisher(MqttEndpoint endpoint, Pairing pairing, Outbox outbox) {
    this.pairing = pairing;
    this.outbox = outbox;
    this.receipts = new ReceiptCodec(pairing);
    // Of the alias, which the broker sees anyway, as much as MQTT 3.1.1 promises to take.
    String client = "d" + pairing.source().substring(0, 22);
    this.link =
        Link.of(
            endpoint,
            new Link.Client(
                client,
                List.of(pairing.receiptTopic()),
                Duration.ZERO,
                WINDOW,
                thread,
                this::received,
                this::connected,
                this::disconnected));
  }

  /**
   * Opens a publisher, where the last one with that outbox ended, and begins to connect. Nothing is
   * sent before {@link #start} or {@link #send}, but what was left over.
   *
   * @param outbox a database for this pairing alone, as secret as the readings. An older state of
   *     it must not be brought back: the gateway would take new messages for old ones. Whoever has
   *     lost it makes a new pairing
   * @throws SQLException if the outbox is another pairing's, or fails
   */
  public static Publisher open(
      MqttEndpoint endpoint, Pairing pairing, Connections outbox, SecureRandom random)
      throws SQLException {
    Publisher publisher = new Publisher(endpoint, pairing, Outbox.open(outbox, pairing, random));
    publisher.link.connect();
    return publisher;
  }

  /**
   * Takes readings. When this returns, a kill does not lose them.
   *
   * @throws IllegalArgumentException if one is of no channel of the pairing, not in 1970 to 2109,
   *     or its value not in 0 to {@link MessageCodec#LARGEST_VALUE}; none is taken then
   * @throws SQLException if the outbox fails, and has not got them
   */
  public void add(List<Reading> readings) throws SQLException {
    outbox.add(readings);
  }

  /**
   * Sends a message each period from now on, so that who watches learns nothing from when. After an
   * interruption the messages that wait are sent at once.
   *
   * @param period from one message to the next, longer than the outbox takes to write
   */
  public void start(Duration period) {
    var unused =
        thread.scheduleWithFixedDelay(
            () -> {
              try {
                send();
              } catch (SQLException | RuntimeException e) {
                LOG.warn("no message this time", e);
              }
            },
            0,
            period.toNanos(),
            TimeUnit.NANOSECONDS);
  }

  /**
   * Makes a message of the oldest readings, as many as it holds, or of none, and sends it when
   * there is a connection: for programs with a schedule of their own.
   *
   * @throws SQLException if the outbox fails, or the pairing has had 2^32 messages
   */
  public void send() throws SQLException {
    outbox.make();
    thread.execute(this::periodic);
  }

  /**
   * What is left to do.
   *
   * @param next the number of the next message
   * @param readings that are in no message yet
   * @param messages that the gateway has not taken, as far as is known
   * @param unsent those of them that the broker has not acknowledged either
   */
  public record Status(long next, long readings, long messages, long unsent) {}

  /** What is left to do. */
  public Status status() throws SQLException {
    return outbox.status();
  }

  private void connected() {
    connected = true;
    connection++;
    sent = -1;
    underWay = 0;
    pump();
  }

  private void disconnected() {
    connected = false;
  }

  private void periodic() {
    waited++;
    if (connected && waited >= patience) {
      waited = 0;
      patience = Math.min(2 * patience, MOST_PATIENCE);
      repeat(0);
    }
    pump();
  }

  /** Sends what the broker has not acknowledged, as far as the window goes. */
  private void pump() {
    try {
      while (connected && underWay < WINDOW) {
        Optional<Outbox.Numbered> next = outbox.unsent(sent);
        if (next.isEmpty()) {
          return;
        }
        sent = next.get().sequence();
        publish(next.get());
      }
    } catch (SQLException e) {
      LOG.warn("the outbox fails", e);
    }
  }

  private void publish(Outbox.Numbered message) {
    int over = connection;
    underWay++;
    var unused =
        link.publish(pairing.topic(), message.bytes(), true)
            .whenComplete(
                (done, e) -> {
                  try {
                    thread.execute(() -> answered(over, message.sequence(), e));
                  } catch (RejectedExecutionException closed) {
                    LOG.debug("closed meanwhile");
                  }
                });
  }

  private void answered(int over, long sequence, @Nullable Throwable e) {
    if (over == connection) {
      underWay--;
    }
    if (e != null) {
      // It is sent again after the next connect, or when no receipt comes.
      LOG.debug("message {} was not acknowledged", sequence, e);
      return;
    }
    try {
      outbox.stored(sequence);
    } catch (SQLException failed) {
      LOG.warn("the outbox fails", failed);
    }
    pump();
  }

  private void received(String topic, byte[] payload, Runnable acknowledgement) {
    acknowledgement.run();
    Optional<ReceiptCodec.Receipt> receipt = receipts.decode(payload);
    if (receipt.isEmpty()) {
      LOG.warn("a receipt that is none");
      return;
    }
    long below = receipt.get().below();
    try {
      if (outbox.taken(below) > 0) {
        waited = 0;
        patience = PATIENCE;
      }
    } catch (SQLException e) {
      LOG.warn("the outbox fails", e);
    }
    // Ever larger numbers alone: old receipts must not start repetitions that bring more of them.
    if (below < receipt.get().next() && below > repaired) {
      repaired = below;
      repeat(below);
    }
  }

  /** Sends the first message from a number on again. */
  private void repeat(long sequence) {
    try {
      Optional<Outbox.Numbered> message = outbox.from(sequence);
      if (connected && message.isPresent()) {
        publish(message.get());
      }
    } catch (SQLException e) {
      LOG.warn("the outbox fails", e);
    }
  }

  /** Stops; what is in the outbox is sent the next time. */
  @Override
  public void close() {
    thread.shutdownNow();
    link.close();
    outbox.close();
  }
}
