package zk4j.stream.mqtt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import zk4j.stream.broker.EmbeddedBroker;

/** Over the embedded broker and MQTT 3.1.1. */
class EmbeddedBrokerEndToEndTest extends EndToEnd {
  @Override
  TestBroker newBroker(Path folder) throws IOException {
    return new Embedded(folder);
  }

  private static final class Embedded implements TestBroker {
    private final Path folder;
    private EmbeddedBroker broker;
    private final int port;

    Embedded(Path folder) throws IOException {
      this.folder = folder;
      this.broker = EmbeddedBroker.start(folder, 0);
      this.port = broker.port();
    }

    @Override
    public int port() {
      return port;
    }

    @Override
    public MqttEndpoint.Version version() {
      return MqttEndpoint.Version.V3_1_1;
    }

    @Override
    public void start() throws IOException {
      broker = EmbeddedBroker.start(folder, port);
    }

    @Override
    public void stop() {
      broker.close();
    }

    @Override
    public void wipe() throws IOException {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          if (!file.equals(folder)) {
            Files.delete(file);
          }
        }
      } catch (UncheckedIOException e) {
        throw new IOException(e);
      }
    }

    @Override
    public void close() {
      broker.close();
    }
  }
}
