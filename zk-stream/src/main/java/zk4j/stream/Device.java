package zk4j.stream;

import java.security.SecureRandom;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import zk4j.bn254.Fr;
import zk4j.eddsa.SigningKey;

/**
 * Seals one window after the other of one person's readings, each header with the hash of the one
 * before. For one thread at a time.
 */
public final class Device {
  private final SigningKey key;
  private final Fr subject;
  private final SecureRandom random;
  private @Nullable WindowHeader last;

  /**
   * A device.
   *
   * @param key which it signs by; still the caller's to destroy
   * @param subject whose readings it takes, {@link SubjectSecret#subject}
   * @param last the header of its last window, null for a new device
   * @param random for salts
   */
  public Device(SigningKey key, Fr subject, @Nullable WindowHeader last, SecureRandom random) {
    this.key = key;
    this.subject = subject;
    this.last = last;
    this.random = random;
  }

  /**
   * Seals a window, which begins when the one before ends: a window without any reading is sealed
   * too, and so is no omission.
   *
   * @throws IllegalArgumentException if the format is another or the window does not follow the one
   *     before
   */
  public SealedWindow seal(Window window) {
    Fr previous = WindowHeader.FIRST;
    if (last != null) {
      Instant expected = last.end();
      if (!last.format().equals(window.format()) || !expected.equals(window.start())) {
        throw new IllegalArgumentException(
            window + " after " + last.format().channel().name() + " to " + expected);
      }
      previous = last.hash();
    }
    Fr salt = Fr.random(random);
    WindowHeader header =
        new WindowHeader(
            window.format(),
            window.start(),
            window.present(),
            window.commitment(salt),
            previous,
            subject,
            key.publicKey());
    SealedWindow sealed = new SealedWindow(window, salt, header, key.sign(header.hash()));
    last = header;
    return sealed;
  }
}
