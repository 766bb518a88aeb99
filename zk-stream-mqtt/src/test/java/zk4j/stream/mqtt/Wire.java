package zk4j.stream.mqtt;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntSupplier;

/** A wire to a broker that can be tapped and cut. */
final class Wire implements AutoCloseable {
  private final ServerSocket server;
  private final IntSupplier port;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final ByteArrayOutputStream seen = new ByteArrayOutputStream();

  /** One to the broker that is at that port whenever somebody connects. */
  Wire(IntSupplier port) throws IOException {
    this.port = port;
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    run(this::listen);
  }

  private interface Task {
    void run() throws IOException;
  }

  private static void run(Task task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (IOException e) {
                // Cut, which is what it is for.
              }
            },
            "wire");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return server.getLocalPort();
  }

  private void listen() throws IOException {
    while (true) {
      Socket client = server.accept();
      sockets.add(client);
      try {
        Socket broker = new Socket(InetAddress.getLoopbackAddress(), port.getAsInt());
        sockets.add(broker);
        run(() -> copy(client, broker));
        run(() -> copy(broker, client));
      } catch (IOException e) {
        client.close();
      }
    }
  }

  private void copy(Socket from, Socket to) throws IOException {
    byte[] block = new byte[1 << 12];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int length = in.read(block); length >= 0; length = in.read(block)) {
        synchronized (seen) {
          seen.write(block, 0, length);
        }
        out.write(block, 0, length);
      }
    }
  }

  /** All bytes that went over it, both ways. */
  byte[] seen() {
    synchronized (seen) {
      return seen.toByteArray();
    }
  }

  /** Cuts all connections; new ones can be made. */
  void cut() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    sockets.clear();
  }

  @Override
  public void close() throws IOException {
    server.close();
    cut();
  }
}
