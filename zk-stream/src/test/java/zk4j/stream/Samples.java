package zk4j.stream;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import zk4j.bn254.Fr;
import zk4j.eddsa.SigningKey;

/** A person, a device and windows for tests. */
public final class Samples {
  public static final WindowFormat MINUTES =
      new WindowFormat(new Channel("heart-rate/min", 8, Duration.ofMinutes(1)), 12);

  public static final Instant START = Instant.parse("2026-01-05T08:00:00Z");

  public static final SubjectSecret SECRET = new SubjectSecret(Fr.of(1_234_567));

  private Samples() {}

  /** A key of one repeated byte. */
  public static SigningKey key(int seed) {
    byte[] bytes = new byte[SigningKey.BYTES];
    Arrays.fill(bytes, (byte) seed);
    return SigningKey.ofSeed(bytes);
  }

  /** A new device of that person. */
  public static Device device(int seed) {
    return new Device(key(seed), SECRET.subject(), null, new SecureRandom());
  }

  /** A window of twelve minutes; -1 is a gap. */
  public static Window window(int... slots) {
    return Window.of(MINUTES, START, slots);
  }

  /** A window of twelve minutes, so many after the first one. */
  public static Window later(int windows) {
    int[] slots = new int[MINUTES.slots()];
    Arrays.fill(slots, 60 + windows);
    return Window.of(MINUTES, START.plus(MINUTES.length().multipliedBy(windows)), slots);
  }
}
