package zk4j.stream.mqtt;

import java.time.Duration;

/**
 * What a gateway asks of its broker.
 *
 * @param client the identifier that the broker knows the gateway by, always the same: 1 to 23
 *     letters and digits, which say nothing about it
 * @param kept how long the broker keeps messages for it while it is away, at least a second; of
 *     MQTT 3.1.1 brokers decide that themselves
 * @param inFlight how many messages the broker sends at most before the first is acknowledged, 1 to
 *     65535; of MQTT 3.1.1 brokers decide that themselves too
 */
public record Session(String client, Duration kept, int inFlight) {
  /**
   * A session.
   *
   * @throws IllegalArgumentException if something is not as above
   */
  public Session {
    if (!client.matches("[A-Za-z0-9]{1,23}")) {
      throw new IllegalArgumentException("a client's name is 1 to 23 letters and digits");
    }
    if (kept.toSeconds() < 1 || kept.toSeconds() >= 1L << 32) {
      throw new IllegalArgumentException("a session that is kept for " + kept);
    }
    if (inFlight < 1 || inFlight > 65535) {
      throw new IllegalArgumentException(inFlight + " messages in flight");
    }
  }

  /**
   * One that is kept for a week, with 2048 messages in flight, 2 MiB. That is more than mosquitto
   * keeps for a client by default, 1000: its version 2.0.11 goes beyond a smaller limit when a
   * session is resumed, and the client must hang up then, again and again.
   */
  public static Session of(String client) {
    return new Session(client, Duration.ofDays(7), 2048);
  }
}
