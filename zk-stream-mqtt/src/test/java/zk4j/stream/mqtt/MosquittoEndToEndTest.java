package zk4j.stream.mqtt;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

/** Over Debian's mosquitto and MQTT 5; it is never stopped, but killed. */
@Tag("peers")
class MosquittoEndToEndTest extends EndToEnd {
  @Override
  TestBroker newBroker(Path folder) throws IOException {
    assumeTrue(installed(), "no mosquitto: its tests are skipped");
    return new Mosquitto(folder);
  }

  private static boolean installed() {
    try {
      new ProcessBuilder("mosquitto", "-h")
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectErrorStream(true)
          .start()
          .waitFor();
      return true;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static final class Mosquitto implements TestBroker {
    private final Path folder;
    private final int port;
    private Process process;

    Mosquitto(Path folder) throws IOException {
      this.folder = folder;
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        port = socket.getLocalPort();
      }
      String configuration =
          """
          listener %d 127.0.0.1
          allow_anonymous true
          persistence true
          persistence_location %s/
          user %s
          """
              .formatted(port, folder, System.getProperty("user.name"));
      Files.write(folder.resolve("mosquitto.conf"), configuration.getBytes(US_ASCII));
      process = run();
    }

    private Process run() throws IOException {
      Process started =
          new ProcessBuilder("mosquitto", "-c", folder.resolve("mosquitto.conf").toString())
              .redirectErrorStream(true)
              .redirectOutput(
                  ProcessBuilder.Redirect.appendTo(folder.resolve("mosquitto.log").toFile()))
              .start();
      try {
        Ward.await("mosquitto", this::answers);
      } catch (Exception e) {
        throw new IOException(e);
      }
      return started;
    }

    private boolean answers() {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return socket.isConnected();
      } catch (IOException e) {
        return false;
      }
    }

    @Override
    public int port() {
      return port;
    }

    @Override
    public MqttEndpoint.Version version() {
      return MqttEndpoint.Version.V5;
    }

    @Override
    public void start() throws IOException {
      process = run();
    }

    @Override
    public void stop() throws IOException {
      try {
        process.destroyForcibly().waitFor();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }

    @Override
    public void wipe() throws IOException {
      Files.deleteIfExists(folder.resolve("mosquitto.db"));
    }

    @Override
    public void close() throws IOException {
      stop();
    }
  }
}
