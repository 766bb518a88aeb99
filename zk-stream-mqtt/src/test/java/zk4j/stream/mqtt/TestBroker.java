package zk4j.stream.mqtt;

import java.io.IOException;

/** A broker that tests stop and start again on the same port. */
interface TestBroker extends AutoCloseable {
  int port();

  MqttEndpoint.Version version();

  /** Starts with what it had kept. */
  void start() throws IOException;

  /** Stops, and writes what it keeps. */
  void stop() throws IOException;

  /** Forgets everything; it must have been stopped. */
  void wipe() throws IOException;

  @Override
  void close() throws IOException;
}
