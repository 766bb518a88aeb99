package zk4j.io;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BoundedHttpTest {
  private static final Duration SHORT = Duration.ofMillis(500);
  private static final Duration LONG = Duration.ofSeconds(50);
  private static final String TYPE = "text/plain";

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/echo", BoundedHttpTest::echo);
    server.createContext("/slow", exchange -> drip(exchange, 20));
    server.createContext("/endless", exchange -> drip(exchange, 0));
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  private static void echo(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      exchange.getResponseHeaders().set("Location", "/elsewhere");
      boolean right = TYPE.equals(exchange.getRequestHeaders().getFirst("Content-Type"));
      exchange.sendResponseHeaders(right ? 301 : 400, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  /** A byte now and then, for ever; in pieces of a kilobyte where there is no pause. */
  private static void drip(HttpExchange exchange, int pause) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    while (true) {
      exchange.getResponseBody().write(new byte[pause == 0 ? 1 << 10 : 1]);
      exchange.getResponseBody().flush();
      try {
        Thread.sleep(pause);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private HttpResponse<byte[]> post(String path, Duration timeout, String body, int limit)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    return new BoundedHttp(timeout).post(uri, TYPE, body.getBytes(US_ASCII), limit);
  }

  @Test
  void anAnswerUpToTheLimitIsGiven() throws Exception {
    HttpResponse<byte[]> answer = post("/echo", LONG, "abcd", 4);
    assertEquals("abcd", new String(answer.body(), US_ASCII));
    assertEquals(301, answer.statusCode());
    assertEquals(0, post("/echo", LONG, "", 0).body().length);
  }

  @Test
  void aLongerOneIsNot() {
    for (int limit : new int[] {0, 3}) {
      IOException e =
          assertThrows(
              BoundedHttp.TooLongException.class, () -> post("/echo", LONG, "abcd", limit));
      assertEquals("an answer of more than " + limit + " bytes", e.getMessage());
    }
  }

  @Test
  void oneWithoutEndIsNotReadOn() {
    assertThrows(BoundedHttp.TooLongException.class, () -> post("/endless", LONG, "", 1 << 20));
  }

  /** Each byte comes soon enough; only the whole does not. */
  @Test
  void theWholeAnswerHasToComeInTime() {
    IOException e =
        assertThrows(HttpTimeoutException.class, () -> post("/slow", SHORT, "", 1 << 20));
    assertEquals("no whole answer within PT0.5S", e.getMessage());
  }

  @Test
  void aSilentServerIsGivenUp() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      URI uri = URI.create("http://127.0.0.1:" + silent.getLocalPort());
      assertThrows(
          HttpTimeoutException.class,
          () -> new BoundedHttp(SHORT).post(uri, TYPE, new byte[1], 10));
    }
  }

  @Test
  void noServerIsNoAnswer() {
    server.stop(0);
    IOException e = assertThrows(IOException.class, () -> post("/echo", LONG, "", 1));
    assertEquals("no answer", e.getMessage());
    assertFalse(e instanceof HttpTimeoutException);
  }

  @Test
  void whoeverIsInterruptedWaitsNoLonger() {
    Thread.currentThread().interrupt();
    assertThrows(InterruptedException.class, () -> post("/slow", LONG, "", 1 << 20));
    assertFalse(Thread.interrupted());
    assertTrue(threads.shutdownNow().isEmpty());
  }
}
