package zk4j.stream.keys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.crypto.AEADBadTagException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zk4j.core.MalformedDataException;

class KeyRingTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final char[] PASSPHRASE = "correct horse".toCharArray();
  private static final byte[] DATA_KEY = new byte[32];
  private static final byte[] ABOUT = {1, 2, 3};

  @TempDir private Path folder;
  private Path file = Path.of("");

  @BeforeEach
  void name() {
    file = folder.resolve("ring");
  }

  private KeyRing open() throws IOException {
    return KeyRing.open(file, PASSPHRASE, RANDOM);
  }

  @Test
  void keysOutliveTheProcessAndTheirRotation() throws Exception {
    byte[] wrapped;
    try (KeyRing ring = KeyRing.create(file, PASSPHRASE, RANDOM)) {
      wrapped = ring.wrap(DATA_KEY, ABOUT);
      assertEquals(1, KeyRing.keyOf(wrapped));
      assertEquals(2, ring.rotate());
    }
    try (KeyRing ring = open()) {
      assertEquals(2, KeyRing.keyOf(ring.wrap(DATA_KEY, ABOUT)));
      assertArrayEquals(DATA_KEY, ring.unwrap(wrapped, ABOUT).orElseThrow());
      assertThrows(AEADBadTagException.class, () -> ring.unwrap(wrapped, new byte[] {1}));
      assertThrows(IllegalArgumentException.class, () -> ring.retire(2));
      ring.retire(1);
      assertTrue(ring.unwrap(wrapped, ABOUT).isEmpty());
    }
    try (KeyRing ring = open()) {
      assertTrue(ring.unwrap(wrapped, ABOUT).isEmpty());
      assertEquals(3, ring.rotate());
    }
    assertThrows(FileAlreadyExistsException.class, () -> KeyRing.create(file, PASSPHRASE, RANDOM));
    if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
      assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }
  }

  @Test
  void anotherPassphraseOpensNothing() throws Exception {
    KeyRing.create(file, PASSPHRASE, RANDOM).close();
    char[] other = "correct house".toCharArray();
    assertThrows(MalformedDataException.class, () -> KeyRing.open(file, other, RANDOM));
    try (KeyRing ring = open()) {
      ring.changePassphrase(other);
    }
    assertThrows(MalformedDataException.class, this::open);
    KeyRing.open(file, other, RANDOM).close();
  }

  @Test
  void aFileThatIsChangedIsRefused() throws Exception {
    KeyRing.create(file, PASSPHRASE, RANDOM).close();
    byte[] bytes = Files.readAllBytes(file);
    Random random = new Random(5);
    for (int at : random.ints(4, 0, bytes.length).toArray()) {
      byte[] changed = bytes.clone();
      changed[at] ^= (byte) (1 + random.nextInt(255));
      Files.write(file, changed);
      assertThrows(MalformedDataException.class, this::open, "byte " + at);
    }
    for (int length = 0; length < bytes.length; length++) {
      Files.write(file, Arrays.copyOf(bytes, length));
      assertThrows(MalformedDataException.class, this::open, "length " + length);
    }
  }

  /** The drill: the passphrase is lost, and two of three people come together. */
  @Test
  void aLostPassphraseIsReplacedByShares() throws Exception {
    byte[] wrapped;
    List<Share> shares;
    try (KeyRing ring = KeyRing.create(file, PASSPHRASE, RANDOM)) {
      wrapped = ring.wrap(DATA_KEY, ABOUT);
      shares = Shamir.split(ring.master(), 2, 3, RANDOM);
      ring.rotate();
    }
    char[] anew = "a new one".toCharArray();
    byte[] wrong = new byte[32];
    assertThrows(MalformedDataException.class, () -> KeyRing.recover(file, wrong, anew, RANDOM));
    List<Share> two = List.of(Share.parse(shares.get(2).text()), Share.parse(shares.get(0).text()));
    try (KeyRing ring = KeyRing.recover(file, Shamir.combine(two), anew, RANDOM)) {
      assertArrayEquals(DATA_KEY, ring.unwrap(wrapped, ABOUT).orElseThrow());
    }
    KeyRing.open(file, anew, RANDOM).close();
  }
}
