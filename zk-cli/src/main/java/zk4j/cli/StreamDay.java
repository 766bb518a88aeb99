package zk4j.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import zk4j.stream.Channel;
import zk4j.stream.Reading;

/** A made-up day of a person with a sensor of heart rate and one of glucose. */
final class StreamDay {
  /** Beats a minute, every ten seconds. */
  static final Channel HEART_RATE = new Channel("heart-rate/min", 8, Duration.ofSeconds(10));

  /** In this hour the sensors are off. */
  private static final int OFF = 13;

  /** In this hour the heart is too fast for a while. */
  private static final int FAST = 14;

  private final Instant start;
  private final int first;
  private final int end;
  private final Random random = new Random(20260105);

  /**
   * A day.
   *
   * @param start its midnight
   * @param first the hour in which the sensors begin
   * @param hours how many hours they measure
   */
  StreamDay(Instant start, int first, int hours) {
    this.start = start;
    this.first = first * 60;
    this.end = (first + hours) * 60;
  }

  /** When the sensors begin. */
  Instant begin() {
    return start.plus(Duration.ofMinutes(first));
  }

  /** The readings of each minute, one after the other. */
  List<List<Reading>> minutes() {
    return IntStream.range(first, end)
        .mapToObj(minute -> minute / 60 == OFF ? List.<Reading>of() : readings(minute))
        .toList();
  }

  private List<Reading> readings(int minute) {
    List<Reading> readings = new ArrayList<>();
    Instant time = start.plus(Duration.ofMinutes(minute));
    double day = Math.sin((minute - 8 * 60) * Math.PI / (12 * 60));
    boolean fast = minute / 60 == FAST && minute % 60 < 10;
    for (int i = 0; i < 6; i++) {
      int rate = (int) Math.round(68 + 12 * day + random.nextGaussian() * 3);
      readings.add(
          new Reading(HEART_RATE, time.plusSeconds(10L * i), Math.max(40, fast ? 185 : rate)));
    }
    if (minute % 5 == 0) {
      double meal = 60 * Math.exp(-Math.pow((minute % 360 - 90) / 50.0, 2));
      int glucose = (int) Math.round(100 + meal + random.nextGaussian() * 6);
      readings.add(new Reading(Channel.GLUCOSE, time, glucose));
    }
    return readings;
  }
}
