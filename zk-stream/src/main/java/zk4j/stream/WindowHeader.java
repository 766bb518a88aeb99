package zk4j.stream;

import java.time.Instant;
import zk4j.babyjubjub.Point;
import zk4j.bn254.Fr;
import zk4j.eddsa.EddsaPublicKey;
import zk4j.poseidon.Poseidon;

/**
 * What a device signs of a window. Whoever sees it learns when the window was and how many readings
 * it has, and nothing of the readings.
 *
 * @param format what the readings mean
 * @param start when the window begins
 * @param present how many slots have a reading
 * @param commitment to the readings
 * @param previous the hash of the header before, {@link #FIRST} if there is none
 * @param subject whose readings they are: the hash of a {@link SubjectSecret}
 * @param device whose signature it has
 */
public record WindowHeader(
    WindowFormat format,
    Instant start,
    int present,
    Fr commitment,
    Fr previous,
    Fr subject,
    EddsaPublicKey device) {
  /** What the first header of a device has instead of a previous one's hash. */
  public static final Fr FIRST = Fr.ZERO;

  /**
   * A header.
   *
   * @throws IllegalArgumentException if start or present is none of the format
   */
  public WindowHeader {
    Window.requireStart(format, start);
    if (present < 0 || present > format.slots()) {
      throw new IllegalArgumentException(
          present + " readings in a window of " + format.slots() + " slots");
    }
  }

  /** What is signed: Poseidon of {@link Tag#HEADER} and what the header has, in its order. */
  public Fr hash() {
    Point key = device.point();
    return Poseidon.hash(
        Tag.HEADER,
        format.hash(),
        Fr.of(start.toEpochMilli()),
        Fr.of(present),
        commitment,
        previous,
        subject,
        key.x(),
        key.y());
  }

  /** When the window is over. */
  public Instant end() {
    return start.plus(format.length());
  }
}
