package zk4j.stream.ingest;

import java.time.Duration;
import java.time.Instant;
import zk4j.bn254.Fr;
import zk4j.eddsa.SigningKey;
import zk4j.stream.WindowFormat;

/**
 * One channel of one source, and how its windows are made and signed.
 *
 * @param source such as a random alias: 1 to 64 characters of A-Z, a-z, 0-9, -, . and _
 * @param format of the windows; a source has one for a channel
 * @param key which signs the windows; still the caller's to destroy
 * @param subject whose readings they are, {@link zk4j.stream.SubjectSecret#subject}
 * @param first where the first window begins, such as {@link WindowFormat#startOf} of the
 *     enrolment: what is earlier counts as late
 * @param lateness how late a reading may come, from 0 on
 */
public record Feed(
    String source,
    WindowFormat format,
    SigningKey key,
    Fr subject,
    Instant first,
    Duration lateness) {
  /**
   * A feed.
   *
   * @throws IllegalArgumentException if the source is no such name, no window begins at {@code
   *     first}, or the lateness is negative
   */
  public Feed {
    if (!source.matches("[A-Za-z0-9._-]{1,64}")) {
      throw new IllegalArgumentException("a source's name is 1 to 64 letters, digits, -, . and _");
    }
    if (first.isBefore(Instant.EPOCH) || !format.startOf(first).equals(first)) {
      throw new IllegalArgumentException("no window of " + format.length() + " begins at " + first);
    }
    if (lateness.isNegative()) {
      throw new IllegalArgumentException("a lateness of " + lateness);
    }
  }
}
