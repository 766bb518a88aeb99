package zk4j.stream.broker;

import io.moquette.broker.Server;
import io.moquette.broker.config.IConfig;
import io.moquette.broker.config.MemoryConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * An MQTT broker, Moquette, for MQTT 3.1.1 on the loopback interface: for programs that have
 * devices and gateway on one machine, and for tests. Whoever can connect to the machine's loopback
 * can read and write every topic. Sessions, subscriptions and messages that wait are kept in a
 * folder.
 */
public final class EmbeddedBroker implements AutoCloseable {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private final Server server;
  private final int port;

  private EmbeddedBroker(Server server, int port) {
    this.server = server;
    this.port = port;
  }

  /**
   * Starts a broker.
   *
   * @param folder where it keeps what must survive a restart; made unless it is there
   * @param port from 1 to 65535, or 0 for one that is free
   * @throws IOException if the folder cannot be made, or the port is not free
   */
  public static EmbeddedBroker start(Path folder, int port) throws IOException {
    Files.createDirectories(folder);
    int free = free(port);
    Properties properties = new Properties();
    properties.setProperty(IConfig.HOST_PROPERTY_NAME, LOOPBACK.getHostAddress());
    properties.setProperty(IConfig.PORT_PROPERTY_NAME, Integer.toString(free));
    properties.setProperty(IConfig.DATA_PATH_PROPERTY_NAME, folder.toString());
    properties.setProperty(IConfig.PERSISTENCE_ENABLED_PROPERTY_NAME, "true");
    properties.setProperty(IConfig.PERSISTENT_QUEUE_TYPE_PROPERTY_NAME, "h2");
    properties.setProperty(IConfig.ALLOW_ANONYMOUS_PROPERTY_NAME, "true");
    properties.setProperty(IConfig.ENABLE_TELEMETRY_NAME, "false");
    properties.setProperty(IConfig.BUFFER_FLUSH_MS_PROPERTY_NAME, "0");
    Server server = new Server();
    try {
      server.startServer(new MemoryConfig(properties));
    } catch (RuntimeException e) {
      throw new IOException("no broker on port " + free + " with " + folder, e);
    }
    return new EmbeddedBroker(server, free);
  }

  /** Tries a port first: a server that fails to get one leaves its threads behind. */
  private static int free(int port) throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(LOOPBACK, port));
      return socket.getLocalPort();
    }
  }

  /** The port that it listens on. */
  public int port() {
    return port;
  }

  /** Ends all connections and writes what is kept; clients can go on when it is started again. */
  @Override
  public void close() {
    server.stopServer();
  }
}
