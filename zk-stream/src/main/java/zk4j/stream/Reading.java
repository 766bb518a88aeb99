package zk4j.stream;

import java.time.Instant;

/**
 * What a sensor measured, as it comes in: not yet in a window, and not yet checked against the
 * range of its channel, which {@link WindowAssembler} does.
 *
 * @param channel what was measured
 * @param time when it was taken, by the sensor's clock
 * @param value in the channel's unit
 */
public record Reading(Channel channel, Instant time, int value) {
  /** Of which channel and when; the value is secret. */
  @Override
  public String toString() {
    return "reading of " + channel.name() + " at " + time;
  }
}
