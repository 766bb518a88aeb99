package zk4j.evm;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.bouncycastle.jcajce.provider.digest.Keccak;
import org.jspecify.annotations.Nullable;
import zk4j.bn254.Fr;
import zk4j.io.WholeFile;

/**
 * Follows the events {@code Accepted} of a {@code ProofRegistry} through a node of its chain, and
 * hands each to a taker, in the chain's order. A file has the next block, so that the next process
 * goes on there. An event is handed over again if the process ends before the file is written:
 * takers know it by its nullifier.
 *
 * <p>Blocks count once so many others are on top of them: a chain that is reorganised deeper than
 * that is not noticed. Behind one address there may be several nodes, some of them behind the
 * others. A node has no events of blocks that it does not have, and so events are asked for in one
 * request with the node's newest block: they count as far as that one has blocks enough on top.
 * Where a request of several calls is split among nodes, one that is no more behind than the
 * confirmations are many still does no harm.
 *
 * <p>Answers are checked for what they must be, but a node that leaves events out or makes them up
 * is believed: ask one of your own. For one thread at a time.
 */
public final class RegistryListener {
  private static final System.Logger LOG = System.getLogger(RegistryListener.class.getName());

  /** The event's first topic. */
  static final String TOPIC =
      "0x" + hex(keccak("Accepted(uint256,uint256,uint256,uint256,address)"));

  /** A window ends before the year 36812, where an {@link Instant} has room enough. */
  private static final int TIME_BITS = 40;

  private static final int ADDRESS_BITS = 160;
  private static final int WORDS = 3;
  private static final int WORD_DIGITS = 64;

  /**
   * Which registry, and how it is followed.
   *
   * @param node where the node's JSON-RPC is, http or https
   * @param chain the number of the chain, which the node has to be of
   * @param registry the address of the registry, as {@code 0x} and 40 hexadecimal digits
   * @param first the block to begin with, such as the one that the registry was made in
   * @param confirmations how many blocks have to be on top of one that counts, from 0 on
   * @param blocks how many are asked for at a time at most, at least 1; a node that refuses, or
   *     whose answer is too long, is asked for half as many
   * @param timeout of a call
   */
  public record Settings(
      URI node,
      long chain,
      String registry,
      long first,
      int confirmations,
      int blocks,
      Duration timeout) {
    /**
     * Settings.
     *
     * @throws IllegalArgumentException if something is not as above
     */
    public Settings {
      if (!registry.matches("0x[0-9a-fA-F]{40}")) {
        throw new IllegalArgumentException("\"" + registry + "\" is no address");
      }
      if (first < 0 || confirmations < 0 || blocks < 1) {
        throw new IllegalArgumentException(
            "block %d, %d confirmations, %d blocks".formatted(first, confirmations, blocks));
      }
      if (timeout.isNegative() || timeout.isZero()) {
        throw new IllegalArgumentException("a timeout of " + timeout);
      }
      registry = registry.toLowerCase(Locale.ROOT);
    }

    /** Twelve confirmations, a thousand blocks at a time, half a minute for a call. */
    public static Settings of(URI node, long chain, String registry, long first) {
      return new Settings(node, chain, registry, first, 12, 1000, Duration.ofSeconds(30));
    }
  }

  private final Settings settings;
  private final Path file;
  private final Consumer<? super AcceptedProof> taker;
  private final JsonRpc rpc;
  private long next;

  /** How many blocks are asked for at a time, now. */
  private long span;

  private RegistryListener(
      Settings settings, Path file, Consumer<? super AcceptedProof> taker, long next) {
    this.settings = settings;
    this.file = file;
    this.taker = taker;
    this.next = next;
    this.span = settings.blocks();
    this.rpc = new JsonRpc(settings.node(), settings.timeout());
  }

  /**
   * A listener that goes on where the last one with that file ended, or begins.
   *
   * @param file has the next block; made when there is one
   * @param taker what it throws comes out of {@link #poll}, and the events come again
   * @throws IOException if the file is of another chain or registry, or is none
   */
  public static RegistryListener open(
      Settings settings, Path file, Consumer<? super AcceptedProof> taker) throws IOException {
    long next = settings.first();
    if (Files.exists(file)) {
      String text = Files.readString(file, US_ASCII);
      String head = head(settings);
      String rest = text.startsWith(head) ? text.substring(head.length()) : "";
      if (!rest.matches("(0|[1-9][0-9]{0,17})\n")) {
        throw new IOException(file + ": not of " + head.strip());
      }
      next = Long.parseLong(rest.strip());
    }
    return new RegistryListener(settings, file, taker, next);
  }

  private static String head(Settings settings) {
    return "zk4j registry v1 %d %s ".formatted(settings.chain(), settings.registry());
  }

  /** The first block whose events have not been handed over. */
  public long next() {
    return next;
  }

  /**
   * Hands over the events of the blocks that count by now.
   *
   * @return how many there were
   * @throws IOException if the node fails, is of another chain, or answers something else than was
   *     asked for; or if the file cannot be written
   */
  public int poll() throws IOException, InterruptedException {
    JsonRpc.Call<Long> newest = newest();
    call(newest);
    long last = newest.result() - settings.confirmations();
    int count = 0;
    while (next <= last) {
      long to = Math.min(last, next + span - 1);
      newest = newest();
      JsonRpc.Call<List<Event>> logs = logs(next, to);
      List<Event> events;
      try {
        call(newest, logs);
        // Of the node that answers this time, which may be behind the one before.
        last = Math.min(last, newest.result() - settings.confirmations());
        if (to > last) {
          continue;
        }
        events = logs.result();
      } catch (JsonRpc.RefusedException e) {
        if (to == next) {
          throw new IOException("block %d alone: %s".formatted(next, e.getMessage()), e);
        }
        span = (to - next + 1) / 2;
        continue;
      }
      for (Event event : events) {
        taker.accept(event.proof());
        count++;
      }
      write(to + 1);
      next = to + 1;
      span = Math.min(settings.blocks(), span * 2);
    }
    return count;
  }

  private static JsonRpc.Call<Long> newest() {
    return new JsonRpc.Call<>("eth_blockNumber", "", RegistryListener::quantity);
  }

  private JsonRpc.Call<List<Event>> logs(long from, long to) {
    String filter =
        "{\"address\":\"%s\",\"topics\":[\"%s\"],\"fromBlock\":\"0x%x\",\"toBlock\":\"0x%x\"}"
            .formatted(settings.registry(), TOPIC, from, to);
    return new JsonRpc.Call<>("eth_getLogs", filter, in -> events(in, from, to));
  }

  /** Makes calls of a node, which has to be of the chain, in their order. */
  private void call(JsonRpc.Call<?>... calls) throws IOException, InterruptedException {
    List<JsonRpc.Call<?>> all = new ArrayList<>();
    JsonRpc.Call<Long> chain = new JsonRpc.Call<>("eth_chainId", "", RegistryListener::quantity);
    all.add(chain);
    Collections.addAll(all, calls);
    rpc.call(all);
    if (chain.result() != settings.chain()) {
      throw new IOException(
          "the node is of chain %d, not %d".formatted(chain.result(), settings.chain()));
    }
  }

  /**
   * Polls again and again, until it is interrupted. A node that fails is asked again.
   *
   * @param period between two times
   */
  public void follow(Duration period) throws InterruptedException {
    while (true) {
      try {
        poll();
      } catch (IOException e) {
        LOG.log(Level.WARNING, "nothing new is known from block {0} on: {1}", next, e);
      }
      Thread.sleep(period.toMillis());
    }
  }

  private void write(long block) throws IOException {
    WholeFile.write(file, (head(settings) + block + "\n").getBytes(US_ASCII));
  }

  private static long quantity(JsonParser in) throws IOException {
    JsonRpc.require(in.currentToken() == JsonToken.VALUE_STRING, "something else than a quantity");
    return JsonRpc.quantity(in.getText());
  }

  private record Event(long index, AcceptedProof proof) {}

  private List<Event> events(JsonParser in, long from, long to) throws IOException {
    JsonRpc.require(in.currentToken() == JsonToken.START_ARRAY, "logs that are no array");
    List<Event> events = new ArrayList<>();
    long block = from;
    long index = -1;
    while (in.nextToken() != JsonToken.END_ARRAY) {
      Event event = event(new Log(in));
      long its = event.proof().block();
      boolean ordered = its > block || (its == block && event.index() > index);
      JsonRpc.require(ordered && its <= to, "logs of other blocks, or in another order");
      block = its;
      index = event.index();
      events.add(event);
    }
    return events;
  }

  /** What is read of a log. */
  private static final class Log {
    private @Nullable String address;
    private @Nullable String data;
    private @Nullable String block;
    private @Nullable String transaction;
    private @Nullable String index;
    private final List<String> topics = new ArrayList<>();

    Log(JsonParser in) throws IOException {
      JsonRpc.require(in.currentToken() == JsonToken.START_OBJECT, "a log that is no object");
      for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
        JsonToken token = in.nextToken();
        switch (name) {
          case "address" -> address = in.getText();
          case "data" -> data = in.getText();
          case "blockNumber" -> block = in.getText();
          case "transactionHash" -> transaction = in.getText();
          case "logIndex" -> index = in.getText();
          case "removed" ->
              JsonRpc.require(token == JsonToken.VALUE_FALSE, "a log that was removed");
          case "topics" -> {
            JsonRpc.require(token == JsonToken.START_ARRAY, "topics that are no array");
            while (in.nextToken() == JsonToken.VALUE_STRING && topics.size() <= WORDS) {
              topics.add(in.getText());
            }
            JsonRpc.require(in.currentToken() == JsonToken.END_ARRAY, "topics that are none");
          }
          default -> in.skipChildren();
        }
      }
    }
  }

  private Event event(Log log) throws IOException {
    JsonRpc.require(settings.registry().equalsIgnoreCase(log.address), "a log of another contract");
    JsonRpc.require(
        log.topics.size() == WORDS && TOPIC.equalsIgnoreCase(log.topics.get(0)),
        "a log of another event");
    String data = digits(log.data, WORDS * WORD_DIGITS);
    BigInteger windowEnd = word(data, 1);
    BigInteger sender = word(data, 2);
    JsonRpc.require(windowEnd.bitLength() <= TIME_BITS, "a window's end that is no time");
    JsonRpc.require(sender.bitLength() <= ADDRESS_BITS, "a sender that is no address");
    return new Event(
        JsonRpc.quantity(log.index),
        new AcceptedProof(
            word(digits(log.topics.get(1), WORD_DIGITS), 0),
            element(word(digits(log.topics.get(2), WORD_DIGITS), 0)),
            element(word(data, 0)),
            Instant.ofEpochSecond(windowEnd.longValueExact()),
            "0x%040x".formatted(sender),
            JsonRpc.quantity(log.block),
            "0x" + digits(log.transaction, WORD_DIGITS)));
  }

  /** The hexadecimal digits of bytes. */
  private static String digits(@Nullable String text, int count) throws IOException {
    if (text == null || text.length() != 2 + count || !text.matches("0x[0-9a-fA-F]*")) {
      throw JsonRpc.malformed("something else than " + count / 2 + " bytes");
    }
    return text.substring(2).toLowerCase(Locale.ROOT);
  }

  private static BigInteger word(String digits, int at) {
    return new BigInteger(digits.substring(WORD_DIGITS * at, WORD_DIGITS * (at + 1)), 16);
  }

  private static Fr element(BigInteger value) throws IOException {
    JsonRpc.require(value.compareTo(Fr.MODULUS) < 0, "a signal that is not in the field");
    return Fr.of(value);
  }

  private static byte[] keccak(String text) {
    return new Keccak.Digest256().digest(text.getBytes(US_ASCII));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
