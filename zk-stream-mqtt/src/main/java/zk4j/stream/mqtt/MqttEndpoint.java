package zk4j.stream.mqtt;

import java.time.Duration;

/**
 * A broker, and how to talk to it.
 *
 * @param host its name or address
 * @param port 1 to 65535
 * @param version of the protocol
 * @param tls whether the connection is encrypted and the broker's certificate is checked, against
 *     the authorities that the JVM trusts
 * @param backOff the shortest time before connecting again, doubled each time up to a hundredfold:
 *     a millisecond to an hour
 */
public record MqttEndpoint(String host, int port, Version version, boolean tls, Duration backOff) {
  /** A version of MQTT. */
  public enum Version {
    /**
     * MQTT 3.1.1, which bounds no messages in flight by itself: brokers have bounds of their own.
     */
    V3_1_1,
    /** MQTT 5. */
    V5
  }

  /**
   * An endpoint.
   *
   * @throws IllegalArgumentException if the port or the back-off is not as above
   */
  public MqttEndpoint {
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("port " + port);
    }
    if (backOff.toMillis() < 1 || backOff.compareTo(Duration.ofHours(1)) > 0) {
      throw new IllegalArgumentException("a back-off of " + backOff);
    }
  }

  /** One on the loopback interface without TLS, and a back-off of a second. */
  public static MqttEndpoint loopback(int port, Version version) {
    return new MqttEndpoint("127.0.0.1", port, version, false, Duration.ofSeconds(1));
  }
}
