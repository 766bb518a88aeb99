package zk4j.stream.store;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobStoreTest {
  private static final byte[] HELLO = "hello world".getBytes(US_ASCII);

  /** As npm's multiformats 14.0.5 gives it for raw bytes. */
  private static final String HELLO_CID =
      "bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e";

  @TempDir private Path folder;

  @Test
  void addressesAreThoseOfOthers() {
    assertEquals(HELLO_CID, Cid.of(HELLO).toString());
    assertEquals(Cid.of(HELLO), Cid.parse(HELLO_CID));
    assertEquals(
        "bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku",
        Cid.of(new byte[0]).toString());
  }

  @Test
  void onlyAddressesAreRead() {
    Random random = new Random(3);
    for (int i = 0; i < HELLO_CID.length(); i++) {
      String other = i == 0 ? "z" : "=";
      String changed = HELLO_CID.substring(0, i) + other + HELLO_CID.substring(i + 1);
      assertThrows(IllegalArgumentException.class, () -> Cid.parse(changed));
      String cut = HELLO_CID.substring(0, i);
      assertThrows(IllegalArgumentException.class, () -> Cid.parse(cut));
    }
    for (String bad :
        List.of(
            HELLO_CID + "a",
            HELLO_CID.toUpperCase(Locale.ROOT),
            // Bits behind the last byte.
            HELLO_CID.substring(0, HELLO_CID.length() - 1) + "f",
            // A node of a file tree, dag-pb.
            "bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi",
            "../../../../../../../../../../../../../../../../etc/passwd")) {
      assertThrows(IllegalArgumentException.class, () -> Cid.parse(bad), bad);
    }
    for (int i = 0; i < 2000; i++) {
      byte[] bytes = new byte[random.nextInt(80)];
      random.nextBytes(bytes);
      String text = "b" + new String(bytes, StandardCharsets.ISO_8859_1);
      assertThrows(IllegalArgumentException.class, () -> Cid.parse(text));
    }
  }

  private static void behaves(BlobStore store) throws IOException {
    Cid cid = store.put(HELLO);
    assertEquals(HELLO_CID, cid.toString());
    assertEquals(cid, store.put(HELLO));
    assertArrayEquals(HELLO, store.get(cid).orElseThrow());
    assertTrue(store.get(Cid.of(new byte[] {1})).isEmpty());
    store.delete(cid);
    store.delete(cid);
    assertTrue(store.get(cid).isEmpty());
    assertThrows(
        IllegalArgumentException.class, () -> store.put(new byte[BlobStore.MAX_BYTES + 1]));
  }

  @Test
  void aFolderKeepsBlobs() throws Exception {
    BlobStore store = new DirectoryBlobStore(folder.resolve("blobs"));
    behaves(store);
    Cid cid = store.put(HELLO);
    Files.writeString(folder.resolve("blobs").resolve(cid.toString()), "hello moon");
    assertThrows(IOException.class, () -> store.get(cid));
    try (var files = Files.list(folder.resolve("blobs"))) {
      assertEquals(1, files.count());
    }
  }

  /** A stand-in for a node, as Kubo's interface is documented. */
  @Test
  void aNodeKeepsBlobs() throws Exception {
    Map<String, byte[]> blocks = new HashMap<>();
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpServer node = HttpServer.create(address, 0);
    node.createContext(
        "/api/v0/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          String query = exchange.getRequestURI().getQuery();
          String arg = query.replaceFirst(".*arg=", "");
          String request =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1);
          byte[] answer = "{}".getBytes(UTF_8);
          int status = exchange.getRequestMethod().equals("POST") ? 200 : 405;
          if (path.endsWith("block/put")) {
            int begin = request.indexOf("\r\n\r\n") + 4;
            byte[] content =
                request
                    .substring(begin, request.indexOf("\r\n--", begin))
                    .getBytes(StandardCharsets.ISO_8859_1);
            String cid = Cid.of(content).toString();
            blocks.put(cid, content);
            answer =
                "{\"Key\":\"%s\",\"Size\":%d}\n".formatted(cid, content.length).getBytes(UTF_8);
          } else if (path.endsWith("block/get")) {
            status = blocks.containsKey(arg) ? 200 : 500;
            answer = blocks.containsKey(arg) ? Objects.requireNonNull(blocks.get(arg)) : answer;
          } else if (path.endsWith("block/rm")) {
            blocks.remove(arg);
          } else {
            status = 500;
          }
          exchange.sendResponseHeaders(status, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    node.start();
    try {
      BlobStore store =
          new IpfsBlobStore(URI.create("http://127.0.0.1:" + node.getAddress().getPort()));
      behaves(store);
      Cid cid = store.put(HELLO);
      blocks.put(cid.toString(), new byte[] {1});
      assertThrows(IOException.class, () -> store.get(cid));
      blocks.put(cid.toString(), new byte[2 * BlobStore.MAX_BYTES]);
      assertThrows(IOException.class, () -> store.get(cid));
    } finally {
      node.stop(0);
    }
  }

  /** Each byte comes soon; the blob never ends, and is not too large for long. */
  @Test
  void aNodeThatDoesNotComeToAnEndIsGivenUp() throws Exception {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpServer node = HttpServer.create(address, 0);
    node.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          for (int i = 0; i < 200; i++) {
            exchange.getResponseBody().write(i);
            exchange.getResponseBody().flush();
            LockSupport.parkNanos(50_000_000);
          }
          exchange.close();
        });
    node.start();
    try {
      URI uri = URI.create("http://127.0.0.1:" + node.getAddress().getPort());
      BlobStore store = new IpfsBlobStore(uri, Duration.ofMillis(500));
      assertThrows(HttpTimeoutException.class, () -> store.get(Cid.of(HELLO)));
    } finally {
      node.stop(0);
    }
  }
}
