package zk4j.evm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import zk4j.bn254.Fr;
import zk4j.evm.RegistryListener.Settings;

class RegistryListenerTest {
  private static final String REGISTRY = "0x" + "aB".repeat(20);
  private static final String SENDER = "0x" + "c1".repeat(20);
  private static final int CHAIN = 31337;
  private static final int CONFIRMATIONS = 3;

  /** What no error may show of an answer. */
  private static final String MARKER = "zzyzx";

  private static final String ERROR = "\"error\":{\"code\":-32005,\"message\":\"" + MARKER + "\"}";

  static {
    // Else an answer waits for 40 milliseconds between its head and its body.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  /** A node with a chain of its own, which says what it is made to say. */
  private final TreeMap<Long, List<String>> logs = new TreeMap<>();

  private final List<String> asked = new ArrayList<>();
  private long head;

  /** The newest blocks of the nodes behind its address, which answer in turns; of all, the head. */
  private List<Long> heads = List.of();

  private int requests;

  /** Whether logs of blocks that a node does not have are an error, and not none. */
  private boolean strict;

  private long mostBlocks = Long.MAX_VALUE;

  /** What is said to too many blocks: an error within the answer, one status, or another. */
  private Refusal refusal = Refusal.ERROR;

  private int status = 200;

  /** Whether it says the head of an answer, and nothing more. */
  private boolean silent;

  private String chain = "\"0x7a69\"";
  private UnaryOperator<String> change = answer -> answer;
  private HttpServer node;

  @TempDir private Path folder;
  private final List<AcceptedProof> taken = new ArrayList<>();

  private enum Refusal {
    ERROR,
    ERROR_FOR_ALL,
    BAD_REQUEST,
    TOO_LARGE,
    ENDLESS
  }

  @BeforeEach
  void start() throws IOException {
    node = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    node.createContext("/", this::answer);
    node.start();
  }

  @AfterEach
  void stop() {
    node.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String request = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    long newest = heads.isEmpty() ? head : heads.get(requests++ % heads.size());
    String text = answer(request, newest);
    int code = status;
    if (tooMany(request)) {
      switch (refusal) {
        case ERROR -> {}
        case ERROR_FOR_ALL -> text = "{\"id\":null,%s}".formatted(ERROR);
        case BAD_REQUEST -> code = 400;
        case TOO_LARGE -> code = 413;
        case ENDLESS -> text = " ".repeat((1 << 24) + 1);
      }
    }
    byte[] bytes = text.getBytes(UTF_8);
    exchange.sendResponseHeaders(code, bytes.length);
    if (!silent) {
      try (exchange) {
        exchange.getResponseBody().write(bytes);
      }
    }
  }

  private String answer(String request, long newest) {
    assertTrue(request.startsWith("[{\"jsonrpc\":\"2.0\",\"id\":"), request);
    List<String> answers = new ArrayList<>();
    Matcher calls = Pattern.compile("\"id\":(\\d+),\"method\":\"(\\w+)\"").matcher(request);
    while (calls.find()) {
      String result =
          switch (calls.group(2)) {
            case "eth_chainId" -> "\"result\":" + chain;
            case "eth_blockNumber" -> "\"result\":\"0x%x\"".formatted(newest);
            default -> logs(request, newest);
          };
      String answer = "{\"jsonrpc\":\"2.0\",\"id\":%s,%s}".formatted(calls.group(1), result);
      answers.add(calls.group(2).equals("eth_getLogs") ? change.apply(answer) : answer);
    }
    return "[" + String.join(",", answers) + "]";
  }

  private static long from(String request) {
    return Long.parseLong(group("\"fromBlock\":\"0x(\\w+)\"", request), 16);
  }

  private static long to(String request) {
    return Long.parseLong(group("\"toBlock\":\"0x(\\w+)\"", request), 16);
  }

  private boolean tooMany(String request) {
    return request.contains("eth_getLogs") && to(request) - from(request) >= mostBlocks;
  }

  private String logs(String request, long newest) {
    assertTrue(
        request.contains("\"address\":\"" + REGISTRY.toLowerCase(Locale.ROOT) + "\""), request);
    assertTrue(request.contains("\"topics\":[\"" + RegistryListener.TOPIC + "\"]"), request);
    long from = from(request);
    long to = to(request);
    asked.add(from + "-" + to);
    if (tooMany(request) || (strict && to > newest)) {
      return ERROR;
    }
    List<String> found = new ArrayList<>();
    logs.subMap(from, true, to, true)
        .forEach((block, its) -> found.addAll(block <= newest ? its : List.of()));
    return "\"result\":[" + String.join(",", found) + "]";
  }

  private static String group(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertTrue(matcher.find(), pattern + " in " + text);
    return matcher.group(1);
  }

  private static String word(long value) {
    return "%064x".formatted(value);
  }

  private static String log(long block, int index, long nullifier) {
    return """
    {"address":"%s","topics":["%s","0x%s","0x%s"],"data":"0x%s%s%s","blockNumber":"0x%x",
    "transactionHash":"0x%s","transactionIndex":"0x0","blockHash":"0x%s","logIndex":"0x%x",
    "removed":false}\
    """
        .formatted(
            REGISTRY,
            RegistryListener.TOPIC,
            word(7),
            word(nullifier),
            word(1000 + nullifier),
            word(1_767_600_000),
            word(0).substring(40) + SENDER.substring(2),
            block,
            word(nullifier),
            word(block),
            index);
  }

  private void add(long block, long... nullifiers) {
    List<String> found = new ArrayList<>();
    for (int i = 0; i < nullifiers.length; i++) {
      found.add(log(block, i, nullifiers[i]));
    }
    logs.put(block, found);
  }

  private Settings settings() {
    URI uri = URI.create("http://127.0.0.1:" + node.getAddress().getPort());
    return new Settings(uri, CHAIN, REGISTRY, 100, CONFIRMATIONS, 50, Duration.ofSeconds(10));
  }

  private RegistryListener listener(Consumer<AcceptedProof> taker) throws IOException {
    return RegistryListener.open(settings(), folder.resolve("next"), taker);
  }

  private List<Long> nullifiers() {
    return taken.stream().map(proof -> proof.nullifier().toBigInteger().longValue()).toList();
  }

  @Test
  void eventsAreHandedOverOnceTheyCount() throws Exception {
    RegistryListener listener = listener(taken::add);
    assertEquals(0, listener.poll());
    add(99, 1);
    add(100, 2, 3);
    add(101, 4);
    head = 103;
    assertEquals(2, listener.poll());
    assertEquals(
        new AcceptedProof(
            BigInteger.valueOf(7),
            Fr.of(2),
            Fr.of(1002),
            Instant.parse("2026-01-05T08:00:00Z"),
            SENDER,
            100,
            "0x" + word(2)),
        taken.get(0));
    assertEquals(0, listener.poll());
    head = 300;
    add(297, 5);
    add(298, 6);
    assertEquals(2, listener.poll());
    assertEquals(List.of(2L, 3L, 4L, 5L), nullifiers());
    assertEquals(List.of("100-100", "101-150", "151-200", "201-250", "251-297"), asked);
    // A node that is behind is nothing new.
    head = 200;
    assertEquals(0, listener.poll());
    assertEquals(298, listener.next());
  }

  @Test
  void theNextProcessGoesOnAndNothingIsLost() throws Exception {
    add(100, 1);
    add(160, 2, 3);
    head = 200;
    RegistryListener failing =
        listener(
            proof -> {
              taken.add(proof);
              if (taken.size() == 2) {
                throw new IllegalStateException("the taker fails");
              }
            });
    assertThrows(IllegalStateException.class, failing::poll);
    RegistryListener next = listener(taken::add);
    assertEquals(150, next.next());
    assertEquals(2, next.poll());
    assertEquals(List.of(1L, 2L, 2L, 3L), nullifiers());
    assertEquals(0, listener(taken::add).poll());
    assertEquals("zk4j registry v1 31337 " + REGISTRY.toLowerCase(Locale.ROOT) + " 198\n", file());
  }

  private String file() throws IOException {
    return Files.readString(folder.resolve("next"));
  }

  @Test
  void whatAReorganisationTakesOutIsNotSeen() throws Exception {
    RegistryListener listener = listener(taken::add);
    add(105, 1);
    add(106, 2);
    head = 107;
    assertEquals(0, listener.poll());
    logs.clear();
    add(106, 1);
    add(107, 4);
    head = 110;
    assertEquals(2, listener.poll());
    assertEquals(List.of(1L, 4L), nullifiers());
  }

  @ParameterizedTest
  @EnumSource
  void aNodeThatRefusesManyBlocksIsAskedForFewer(Refusal refusal) throws Exception {
    this.refusal = refusal;
    mostBlocks = 7;
    LongStream.range(100, 200).forEach(block -> add(block, block));
    head = 202;
    assertEquals(100, listener(taken::add).poll());
    assertEquals(LongStream.range(100, 200).boxed().toList(), nullifiers());
    mostBlocks = 0;
    head = 205;
    asked.clear();
    RegistryListener listener = listener(taken::add);
    IOException refused = assertThrows(IOException.class, listener::poll);
    assertEquals(List.of("200-202", "200-200"), asked);
    String message = String.valueOf(refused.getMessage());
    assertTrue(message.startsWith("block 200 alone: "), message);
    assertTrue(message.contains("eth_getLogs"), message);
    assertFalse(message.contains(MARKER), message);
    assertEquals(200, listener.next());
  }

  /** One that fails otherwise has not said that there are too many: it is not asked again. */
  @ParameterizedTest
  @ValueSource(ints = {401, 429, 500, 503})
  void aNodeThatFailsIsNotAskedForFewer(int code) throws Exception {
    head = 200;
    RegistryListener listener = listener(taken::add);
    change =
        answer -> {
          status = code;
          return answer;
        };
    IOException failure = assertThrows(IOException.class, listener::poll);
    assertEquals(List.of("100-149"), asked);
    assertTrue(String.valueOf(failure.getMessage()).contains(" " + code + " "));
  }

  /** Whoever is asked for blocks that it does not have says that there are no events in them. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void nodesThatAreBehindMakeNothingBeSkipped(boolean strict) throws Exception {
    this.strict = strict;
    LongStream.range(100, 401).forEach(block -> add(block, block));
    RegistryListener listener = listener(taken::add);
    Random random = new Random(20260106);
    long newest = 99;
    for (int i = 0; i < 60; i++) {
      newest = Math.min(403, newest + random.nextInt(20));
      heads = List.of(newest, Math.max(90, newest - 1 - random.nextInt(150)), newest);
      requests = random.nextInt(3);
      listener.poll();
      assertEquals(LongStream.range(100, listener.next()).boxed().toList(), nullifiers());
      assertTrue(listener.next() <= Math.max(100, newest - CONFIRMATIONS + 1));
    }
    heads = List.of(403L);
    listener.poll();
    assertEquals(401, listener.next());
    assertEquals(LongStream.range(100, 401).boxed().toList(), nullifiers());
  }

  /** It has some of what it is asked for, which counts. */
  @Test
  void aNodeThatIsBehindIsAskedForWhatItHas() throws Exception {
    strict = true;
    LongStream.range(100, 140).forEach(block -> add(block, block));
    heads = List.of(200L, 120L);
    RegistryListener listener = listener(taken::add);
    assertEquals(18, listener.poll());
    assertEquals(118, listener.next());
    assertEquals(List.of("100-149", "100-117"), asked);
    heads = List.of(200L, 119L);
    requests = 0;
    assertEquals(0, listener.poll());
    assertEquals(118, listener.next());
  }

  @Test
  void answersComeInAnyOrder() throws Exception {
    add(100, 1);
    head = 110;
    // The number of the call behind its result.
    change =
        answer -> answer.replaceFirst("(\"id\":\\d+),(?s)(.*)}$", "$2,$1,\"more\":{\"id\":[0]}}");
    assertEquals(1, listener(taken::add).poll());
    assertEquals(List.of(1L), nullifiers());
  }

  private static void change(
      List<Map.Entry<String, String>> changes, String pattern, String replacement) {
    changes.add(Map.entry(pattern, replacement));
  }

  @Test
  void answersThatAreNoneAreRefusedAsAWhole() throws Exception {
    add(100, 1);
    add(101, 2);
    head = 110;
    List<Map.Entry<String, String>> changes = new ArrayList<>();
    change(changes, "(?s).*", MARKER);
    change(changes, "^\\{", "[");
    change(changes, "\"id\":\\d+", "\"id\":0");
    change(changes, "\"id\":\\d+,", "");
    change(changes, "\"result\"", "\"other\"");
    change(changes, "\"result\":\\[", "\"result\":[7,");
    change(changes, "\"result\":\\[", "\"result\":[{},");
    change(changes, "(?i)abab", "abac");
    change(changes, "\"address\":\"0x\\w+\",", "");
    change(changes, "\"0x" + word(7) + "\",", "");
    change(changes, "\"0x" + word(7) + "\",", "\"0x" + word(7) + "\",\"0x" + word(8) + "\",");
    change(changes, "\"0x" + word(7) + "\",", "\"0x" + word(7) + "00\",");
    change(changes, "\"0x" + word(7) + "\",", "\"" + MARKER + "\",");
    change(changes, "\"0x" + word(7) + "\",", "null,");
    change(changes, RegistryListener.TOPIC, "0x" + word(5));
    change(changes, word(2) + "\"\\]", Fr.MODULUS.toString(16) + "\"]");
    change(changes, word(1002), "f".repeat(64));
    change(changes, word(1_767_600_000), "f".repeat(64));
    change(changes, "0{24}c1", "1".repeat(24) + "c1");
    change(changes, "\"data\":\"0x", "\"data\":\"0x00");
    change(changes, "\"data\":\"0x", "\"data\":\"0y");
    change(changes, "\"blockNumber\":\"0x64\"", "\"blockNumber\":\"0x63\"");
    change(changes, "\"blockNumber\":\"0x64\"", "\"blockNumber\":\"0x66\"");
    change(changes, "\"blockNumber\":\"0x65\"", "\"blockNumber\":\"0x6c\"");
    change(changes, "\"blockNumber\":\"0x65\"", "\"blockNumber\":\"0x1000000000000000\"");
    change(changes, "\"blockNumber\":\"0x65\"", "\"blockNumber\":101");
    change(changes, "\"blockNumber\":\"0x65\"", "\"blockNumber\":\"0x64\"");
    change(changes, "\"logIndex\":\"0x0\"", "\"logIndex\":\"\"");
    change(changes, "\"removed\":false", "\"removed\":true");
    change(changes, "\"transactionHash\":\"0x", "\"transactionHash\":\"0x" + MARKER);
    change(changes, "\"removed\"", "\"data\":\"0x\",\"removed\"");
    change(changes, "^", "{\"id\":1,\"result\":\"0x7a69\"},");
    change(changes, "(?s)^(.*)$", "$1,$1");
    change(changes, "(?s)^.*$", "{}");
    change(changes, "(?s)^.*$", "7");
    change(changes, "\\}$", "}" + MARKER);
    change(changes, "\\}$", "");
    RegistryListener listener = listener(taken::add);
    for (var entry : changes) {
      change =
          answer -> {
            String changed = answer.replaceFirst(entry.getKey(), entry.getValue());
            assertFalse(changed.equals(answer), entry.getKey());
            return changed;
          };
      IOException refused = assertThrows(IOException.class, listener::poll, entry.toString());
      assertFalse(String.valueOf(refused.getMessage()).contains(MARKER), refused.getMessage());
    }
    change = answer -> answer;
    status = 500;
    assertThrows(IOException.class, listener::poll);
    assertEquals(List.of(), taken);
    assertEquals(100, listener.next());
    status = 200;
    assertEquals(2, listener.poll());
  }

  @Test
  void answersThatAreChangedAtRandomThrowNothingElse() throws Exception {
    LongStream.range(100, 105).forEach(block -> add(block, block));
    head = 110;
    Random random = new Random(20260105);
    change =
        answer -> {
          byte[] bytes = answer.getBytes(UTF_8);
          for (int i = random.nextInt(4); i >= 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(128);
          }
          return new String(bytes, UTF_8);
        };
    RegistryListener listener = listener(taken::add);
    for (int i = 0; i < 100; i++) {
      try {
        listener.poll();
        Files.delete(folder.resolve("next"));
        listener = listener(taken::add);
      } catch (IOException e) {
        assertEquals(100, listener.next());
      }
    }
  }

  @Test
  void aNodeThatFallsSilentIsGivenUp() throws Exception {
    silent = true;
    Settings patient = settings();
    Settings settings =
        new Settings(patient.node(), CHAIN, REGISTRY, 100, 3, 50, Duration.ofSeconds(2));
    RegistryListener listener = RegistryListener.open(settings, folder.resolve("next"), taken::add);
    IOException failure = assertThrows(IOException.class, listener::poll);
    assertTrue(String.valueOf(failure.getMessage()).contains("within PT2S"));
    node.stop(0);
    assertThrows(IOException.class, listener::poll);
  }

  @Test
  void anotherChainOrRegistryIsRefused() throws Exception {
    chain = "\"0x1\"";
    RegistryListener listener = listener(taken::add);
    IOException other = assertThrows(IOException.class, listener::poll);
    assertTrue(String.valueOf(other.getMessage()).contains("of chain 1, not 31337"));
    chain = "1";
    assertThrows(IOException.class, listener::poll);
    for (String text : List.of("", "zk4j registry v1 1 " + REGISTRY + " 5\n", "\u00ff")) {
      Files.writeString(folder.resolve("next"), text);
      assertThrows(IOException.class, () -> listener(taken::add));
    }
    URI uri = URI.create("http://127.0.0.1:1");
    assertThrows(IllegalArgumentException.class, () -> Settings.of(uri, 1, "0x12", 0));
    assertThrows(IllegalArgumentException.class, () -> Settings.of(uri, 1, REGISTRY, -1));
  }

  @Test
  void itFollowsThroughFailuresUntilItIsInterrupted() throws Exception {
    add(100, 1);
    head = 110;
    RegistryListener listener =
        listener(
            proof -> {
              taken.add(proof);
              Thread.currentThread().interrupt();
            });
    int[] failures = {3};
    change = answer -> failures[0]-- > 0 ? MARKER : answer;
    assertThrows(InterruptedException.class, () -> listener.follow(Duration.ofMillis(1)));
    assertEquals(List.of(1L), nullifiers());
    assertTrue(failures[0] < 0);
  }
}
