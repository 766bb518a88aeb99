package zk4j.stream.broker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {
  private static final HexFormat HEX = HexFormat.of();

  @TempDir private Path folder;

  /** Protocol 4 (MQTT 3.1.1), a session that is kept, no keep-alive, client "ab". */
  private static final byte[] CONNECT = HEX.parseHex("100e00044d51545404000000" + "00026162");

  /** Connects by hand, and gives the answer. */
  private static byte[] connect(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(CONNECT);
      return socket.getInputStream().readNBytes(4);
    }
  }

  @Test
  void aSessionSurvivesARestart() throws IOException {
    int port;
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder, 0)) {
      port = broker.port();
      assertTrue(port > 0);
      assertArrayEquals(HEX.parseHex("20020000"), connect(port));
    }
    assertThrows(IOException.class, () -> connect(port));
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder, port)) {
      assertEquals(port, broker.port());
      assertArrayEquals(HEX.parseHex("20020100"), connect(port), "session present");
    }
  }

  @Test
  void aPortThatIsTakenIsRefused() throws IOException {
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder, 0)) {
      Path other = folder.resolve("other");
      assertThrows(IOException.class, () -> EmbeddedBroker.start(other, broker.port()).close());
    }
  }
}
