package zk4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import zk4j.bn254.Fr;

class VerifierClientTest {
  private static final String CHALLENGE = "{\"challenge\": \"5\", \"audience\": \"7\"}";

  private HttpServer server;
  private URI uri;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
    uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private VerifierClient client(HttpHandler handler) {
    server.createContext("/api/policies/p/challenges", handler);
    return new VerifierClient(uri, Duration.ofMillis(800));
  }

  private static void answer(HttpExchange exchange, String text) throws IOException {
    exchange.sendResponseHeaders(201, 0);
    exchange.getResponseBody().write(text.getBytes(UTF_8));
    exchange.close();
  }

  private String failure(HttpHandler handler) {
    VerifierClient client = client(handler);
    return String.valueOf(
        assertThrows(IOException.class, () -> client.challenge("p")).getMessage());
  }

  @Test
  void aChallengeIsRead() throws Exception {
    VerifierClient.Challenge challenge =
        client(exchange -> answer(exchange, CHALLENGE)).challenge("p");
    assertEquals(new VerifierClient.Challenge(Fr.of(5), Fr.of(7)), challenge);
  }

  /** The head of the answer is there at once, and a byte of the rest now and then. */
  @Test
  void aServerThatDoesNotComeToAnEndIsGivenUp() {
    String problem =
        failure(
            exchange -> {
              exchange.sendResponseHeaders(201, 0);
              for (int i = 0; i < 200; i++) {
                exchange.getResponseBody().write(' ');
                exchange.getResponseBody().flush();
                LockSupport.parkNanos(50_000_000);
              }
              exchange.getResponseBody().write(CHALLENGE.getBytes(UTF_8));
              exchange.close();
            });
    assertEquals(uri + ": no whole answer within PT0.8S", problem);
  }

  @Test
  void anAnswerThatIsTooLongIsRefused() {
    String problem = failure(exchange -> answer(exchange, CHALLENGE + " ".repeat(1 << 16)));
    assertEquals(uri + ": an answer of more than 65536 bytes", problem);
  }

  @Test
  void noServerIsSaidSo() {
    server.stop(0);
    VerifierClient client = new VerifierClient(uri);
    IOException e = assertThrows(IOException.class, () -> client.challenge("p"));
    assertEquals(uri + ": no answer", e.getMessage());
  }
}
