package zk4j.stream.mqtt;

import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import zk4j.stream.ingest.Batch;
import zk4j.stream.ingest.Gateway;
import zk4j.stream.ingest.SequenceGap;

/**
 * The gateway's side: brings what comes by MQTT to a {@link Gateway}. A message is acknowledged
 * when the gateway has committed it or when it is none; while the gateway's database fails, it is
 * tried again and nothing further is acknowledged. What is no message of a pairing is counted and
 * dropped. Thread-safe.
 */
public final class Subscriber implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Subscriber.class);

  private record Peer(Pairing pairing, MessageCodec messages, ReceiptCodec receipts) {}

  private final Map<String, Peer> peers = new HashMap<>();
  private final Gateway gateway;
  private final MqttEndpoint endpoint;
  private final SecureRandom random;
  private final Link link;
  private final CountDownLatch closed = new CountDownLatch(1);

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread made = new Thread(task, "zk4j-subscriber");
            made.setDaemon(true);
            return made;
          });

  private final LongAdder taken = new LongAdder();
  private final LongAdder repeated = new LongAdder();
  private final LongAdder foreign = new LongAdder();
  private final LongAdder malformed = new LongAdder();
  private final LongAdder forged = new LongAdder();
  private final LongAdder unreadable = new LongAdder();

  private Subscriber(
      MqttEndpoint endpoint,
      Session session,
      Collection<Pairing> pairings,
      Gateway gateway,
      SecureRandom random) {
    this.endpoint = endpoint;
    this.gateway = gateway;
    this.random = random;
    for (Pairing pairing : pairings) {
      Peer peer = new Peer(pairing, new MessageCodec(pairing), new ReceiptCodec(pairing));
      if (peers.put(pairing.topic(), peer) != null) {
        throw new IllegalArgumentException("two pairings " + pairing.source());
      }
    }
    this.link =
        Link.of(
            endpoint,
            new Link.Client(
                session.client(),
                List.copyOf(peers.keySet()),
                session.kept(),
                session.inFlight(),
                thread,
                this::received,
                () -> LOG.debug("connected to {}", endpoint),
                () -> LOG.debug("not connected to {}", endpoint)));
  }

  /**
   * Begins to connect, and to take messages.
   *
   * @param pairings whose messages it takes; the gateway has feeds of {@link Pairing#source}
   * @param gateway still the caller's to close, after this
   * @throws IllegalArgumentException if two pairings have the same alias
   */
  public static Subscriber start(
      MqttEndpoint endpoint,
      Session session,
      Collection<Pairing> pairings,
      Gateway gateway,
      SecureRandom random) {
    Subscriber subscriber = new Subscriber(endpoint, session, pairings, gateway, random);
    subscriber.link.connect();
    return subscriber;
  }

  private void received(String topic, byte[] payload, Runnable acknowledgement) {
    Peer peer = peers.get(topic);
    if (peer == null) {
      foreign.increment();
      acknowledge(acknowledgement);
      return;
    }
    MessageCodec.Decoded decoded = peer.messages().decode(payload);
    decoded.rejection().ifPresent(this::count);
    boolean done = true;
    if (decoded.batch().isPresent()) {
      done = take(peer, decoded.batch().get());
    }
    if (done) {
      acknowledge(acknowledgement);
    }
  }

  private void count(MessageCodec.Rejection rejection) {
    switch (rejection) {
      case MALFORMED -> malformed.increment();
      case FORGED -> forged.increment();
      case UNREADABLE -> unreadable.increment();
    }
  }

  private void acknowledge(Runnable acknowledgement) {
    try {
      acknowledgement.run();
    } catch (RuntimeException e) {
      // It comes again, and is dropped then.
      LOG.debug("no acknowledgement", e);
    }
  }

  /** Tries until it is done, or this is closed. */
  private boolean take(Peer peer, Batch batch) {
    while (closed.getCount() > 0) {
      try {
        switch (gateway.accept(batch)) {
          case TAKEN -> taken.increment();
          case REPEATED -> repeated.increment();
          case UNKNOWN_SOURCE -> {
            foreign.increment();
            return true;
          }
        }
        answer(peer, batch.source());
        return true;
      } catch (SQLException | RuntimeException e) {
        LOG.warn("{} is not taken yet", batch, e);
        pause();
      }
    }
    return false;
  }

  private void pause() {
    try {
      boolean unused = closed.await(endpoint.backOff().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      closed.countDown();
    }
  }

  /** Sends a receipt; if it is lost, a later one says as much. */
  private void answer(Peer peer, String source) throws SQLException {
    long next = gateway.next(source);
    Optional<SequenceGap> gap = gateway.missing(source).stream().findFirst();
    long below = gap.isPresent() ? gap.get().first() : next;
    byte[] receipt = peer.receipts().encode(new ReceiptCodec.Receipt(below, next), random);
    var unused = link.publish(peer.pairing().receiptTopic(), receipt, false);
  }

  /**
   * What became of the messages since it was started.
   *
   * @param taken whose batches the gateway took
   * @param repeated whose batches it had: sent again, or replayed
   * @param foreign of topics or sources that are none of the pairings and feeds
   * @param malformed of another size or version
   * @param forged whose tag is wrong
   * @param unreadable whose tag is right and whose content is none
   */
  public record Received(
      long taken, long repeated, long foreign, long malformed, long forged, long unreadable) {}

  /** What became of the messages since it was started. */
  public Received received() {
    return new Received(
        taken.sum(),
        repeated.sum(),
        foreign.sum(),
        malformed.sum(),
        forged.sum(),
        unreadable.sum());
  }

  /** Stops; the broker keeps what comes meanwhile for the next one of the same client. */
  @Override
  public void close() {
    closed.countDown();
    link.close();
    thread.shutdown();
    try {
      // What has begun must be over before the gateway is closed.
      if (!thread.awaitTermination(10, TimeUnit.SECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
