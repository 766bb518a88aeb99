package zk4j.stream.mqtt;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import zk4j.stream.SealedWindow;
import zk4j.stream.WindowCodec;
import zk4j.stream.ingest.Gateway;

/** A device or a gateway in a process of its own, to be killed. */
final class Victim {
  private Victim() {}

  /** Starts one; {@code role} is publish or gather. */
  static Process start(
      String role, Ward ward, int port, MqttEndpoint.Version version, Path folder, int batches)
      throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command =
        List.of(
            java,
            "-Xshare:auto",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Victim.class.getName(),
            role,
            Integer.toString(ward.number()),
            Integer.toString(port),
            version.name(),
            folder.toString(),
            Integer.toString(batches));
    Path log = folder.resolve(role + ".log");
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }

  /** Role, number of the ward, port, version, folder and number of batches. */
  public static void main(String[] args) throws Exception {
    endWithParent();
    MqttEndpoint endpoint =
        Ward.endpoint(Integer.parseInt(args[2]), MqttEndpoint.Version.valueOf(args[3]));
    Ward ward = new Ward(Integer.parseInt(args[1]));
    Path folder = Path.of(args[4]);
    if (args[0].equals("publish")) {
      publish(ward, endpoint, folder, Integer.parseInt(args[5]));
    } else {
      gather(ward, endpoint, folder);
    }
  }

  /** No test that fails leaves one behind: its input ends with whoever started it. */
  private static void endWithParent() {
    Thread thread =
        new Thread(
            () -> {
              try {
                while (System.in.read() >= 0) {
                  // Nothing is said.
                }
              } catch (IOException e) {
                // The same.
              }
              Runtime.getRuntime().halt(1);
            });
    thread.setDaemon(true);
    thread.start();
  }

  /** Each batch in one message, going on where the outbox ends; then waits to be killed. */
  private static void publish(Ward ward, MqttEndpoint endpoint, Path folder, int batches)
      throws Exception {
    Publisher publisher = ward.publisher(endpoint, folder);
    if (publisher.status().readings() > 0) {
      publisher.send();
    }
    for (long i = publisher.status().next(); i < batches; i++) {
      publisher.add(Ward.readings(i));
      publisher.send();
    }
    while (true) {
      LockSupport.parkNanos(50_000_000);
      publisher.send();
    }
  }

  private static void gather(Ward ward, MqttEndpoint endpoint, Path folder) throws Exception {
    Gateway gateway = ward.gateway(folder);
    Subscriber subscriber = ward.subscriber(endpoint, gateway);
    Path windows = folder.resolve("windows.txt");
    while (subscriber.received().foreign() == 0) {
      gateway.deliver(window -> append(windows, window));
      LockSupport.parkNanos(5_000_000);
    }
  }

  private static void append(Path file, SealedWindow window) {
    String line = HexFormat.of().formatHex(WindowCodec.encode(window)) + "\n";
    try {
      Files.write(
          file, line.getBytes(US_ASCII), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
