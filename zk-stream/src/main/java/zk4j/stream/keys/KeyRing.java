package zk4j.stream.keys;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.crypto.AEADBadTagException;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import zk4j.core.MalformedDataException;
import zk4j.io.WholeFile;
import zk4j.stream.internal.Aead;

/**
 * Keys that encrypt data keys, in a file: the keys under a master key, which is in the file under a
 * passphrase, and can be shared among people (see {@link Shamir}) for the day that the passphrase
 * is lost. New data keys are encrypted by the newest key; older ones are there for what they have
 * encrypted. Thread-safe; for one process at a time.
 *
 * <p>The file: {@code zk4k}, version 1; the salt of PBKDF2-HMAC-SHA-512 (16 bytes; {@value
 * #ITERATIONS} iterations); the master key by AES-256-GCM under the passphrase's key (60 bytes);
 * the keys under the master key, each a number (4 bytes) and 32 bytes. GCM has a random nonce of 12
 * bytes in front, and all that is before in the file as associated data.
 */
public final class KeyRing implements AutoCloseable {
  /** What OWASP recommends, 2023. */
  static final int ITERATIONS = 210_000;

  private static final byte[] MAGIC = "zk4k\u0001".getBytes(US_ASCII);
  private static final int SALT_BYTES = 16;
  private static final int WRAPPED_BYTES = Aead.KEY_BYTES + Aead.OVERHEAD;
  private static final int HEAD_BYTES = MAGIC.length + SALT_BYTES + WRAPPED_BYTES;
  private static final int ENTRY_BYTES = Integer.BYTES + Aead.KEY_BYTES;
  private static final int MAX_KEYS = 10_000;

  private final Path file;
  private final SecureRandom random;
  private final byte[] master;
  private final TreeMap<Integer, byte[]> keys = new TreeMap<>();

  /** Magic, salt, and the master key under the passphrase. */
  private byte[] head;

  private KeyRing(Path file, SecureRandom random, byte[] master, byte[] head) {
    this.file = file;
    this.random = random;
    this.master = master;
    this.head = head;
  }

  /**
   * Makes a ring with one key.
   *
   * @param file must not exist yet; readable by its owner alone, where there are such permissions
   * @param passphrase still the caller's to wipe
   */
  public static KeyRing create(Path file, char[] passphrase, SecureRandom random)
      throws IOException {
    byte[] master = new byte[Aead.KEY_BYTES];
    random.nextBytes(master);
    KeyRing ring = new KeyRing(file, random, master, head(master, passphrase, random));
    Files.createFile(file);
    ring.rotate();
    return ring;
  }

  private static byte[] head(byte[] master, char[] passphrase, SecureRandom random) {
    byte[] start = new byte[MAGIC.length + SALT_BYTES];
    random.nextBytes(start);
    System.arraycopy(MAGIC, 0, start, 0, MAGIC.length);
    byte[] key = derive(passphrase, start);
    byte[] wrapped = Aead.seal(key, master, start, random);
    Arrays.fill(key, (byte) 0);
    return ByteBuffer.allocate(HEAD_BYTES).put(start).put(wrapped).array();
  }

  private static byte[] derive(char[] passphrase, byte[] head) {
    byte[] salt = Arrays.copyOfRange(head, MAGIC.length, MAGIC.length + SALT_BYTES);
    PBEKeySpec spec = new PBEKeySpec(passphrase, salt, ITERATIONS, Aead.KEY_BYTES * 8);
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512").generateSecret(spec).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a JDK without PBKDF2-HMAC-SHA-512", e);
    } finally {
      spec.clearPassword();
    }
  }

  /**
   * Opens a ring.
   *
   * @throws MalformedDataException if the file is none, was changed, or the passphrase is another
   */
  public static KeyRing open(Path file, char[] passphrase, SecureRandom random) throws IOException {
    byte[] bytes = read(file);
    byte[] head = Arrays.copyOf(bytes, HEAD_BYTES);
    byte[] start = Arrays.copyOf(head, MAGIC.length + SALT_BYTES);
    byte[] key = derive(passphrase, head);
    try {
      byte[] master = Aead.open(key, Arrays.copyOfRange(head, start.length, HEAD_BYTES), start);
      return open(file, bytes, head, master, random);
    } catch (AEADBadTagException e) {
      throw malformed(file, "another passphrase, or the file was changed");
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  /**
   * Opens a ring whose passphrase is lost, and gives it a new one.
   *
   * @param master as {@link #master} gave it once
   * @throws MalformedDataException if the file is none, was changed, or is not of that master key
   */
  public static KeyRing recover(Path file, byte[] master, char[] passphrase, SecureRandom random)
      throws IOException {
    byte[] bytes = read(file);
    KeyRing ring = open(file, bytes, Arrays.copyOf(bytes, HEAD_BYTES), master.clone(), random);
    ring.changePassphrase(passphrase);
    return ring;
  }

  private static byte[] read(Path file) throws IOException {
    byte[] bytes;
    int limit = HEAD_BYTES + Aead.OVERHEAD + MAX_KEYS * ENTRY_BYTES;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(limit + 1);
    }
    int rest = bytes.length - HEAD_BYTES - Aead.OVERHEAD;
    if (bytes.length > limit
        || rest < ENTRY_BYTES
        || rest % ENTRY_BYTES != 0
        || !Arrays.equals(MAGIC, Arrays.copyOf(bytes, MAGIC.length))) {
      throw malformed(file, "no ring of keys of version 1");
    }
    return bytes;
  }

  private static KeyRing open(
      Path file, byte[] bytes, byte[] head, byte[] master, SecureRandom random)
      throws MalformedDataException {
    byte[] plain;
    try {
      plain = Aead.open(master, Arrays.copyOfRange(bytes, HEAD_BYTES, bytes.length), head);
    } catch (AEADBadTagException e) {
      throw malformed(file, "not of that master key, or the file was changed");
    }
    KeyRing ring = new KeyRing(file, random, master, head);
    ByteBuffer entries = ByteBuffer.wrap(plain);
    while (entries.hasRemaining()) {
      int id = entries.getInt();
      byte[] key = new byte[Aead.KEY_BYTES];
      entries.get(key);
      ring.keys.put(id, key);
    }
    Arrays.fill(plain, (byte) 0);
    return ring;
  }

  private static MalformedDataException malformed(Path file, String problem) {
    return new MalformedDataException(file.toString(), null, -1, problem);
  }

  private void write() throws IOException {
    ByteBuffer plain = ByteBuffer.allocate(keys.size() * ENTRY_BYTES);
    keys.forEach((id, key) -> plain.putInt(id).put(key));
    byte[] sealed = Aead.seal(master, plain.array(), head, random);
    Arrays.fill(plain.array(), (byte) 0);
    WholeFile.write(file, head, sealed);
  }

  /** Gives the ring another passphrase. */
  public synchronized void changePassphrase(char[] passphrase) throws IOException {
    head = head(master, passphrase, random);
    write();
  }

  /** Adds a key, which from now on is the newest, and tells its number. */
  public synchronized int rotate() throws IOException {
    int id = keys.isEmpty() ? 1 : keys.lastKey() + 1;
    byte[] key = new byte[Aead.KEY_BYTES];
    random.nextBytes(key);
    keys.put(id, key);
    boolean written = false;
    try {
      write();
      written = true;
      return id;
    } finally {
      if (!written) {
        keys.remove(id);
      }
    }
  }

  /**
   * Destroys a key: what it has encrypted can no longer be read.
   *
   * @throws IllegalArgumentException if it is the newest, or there is none of that number
   */
  public synchronized void retire(int id) throws IOException {
    if (!keys.containsKey(id) || id == keys.lastKey()) {
      throw new IllegalArgumentException("key " + id + " is the newest, or is not there");
    }
    byte[] key = keys.remove(id);
    boolean written = false;
    try {
      write();
      written = true;
    } finally {
      if (written && key != null) {
        Arrays.fill(key, (byte) 0);
      } else if (key != null) {
        keys.put(id, key);
      }
    }
  }

  /** The numbers of the keys, the newest one last. */
  public synchronized List<Integer> numbers() {
    return List.copyOf(keys.keySet());
  }

  /** The number of the newest key. */
  public synchronized int newest() {
    return keys.lastKey();
  }

  /**
   * A copy of the master key, to be shared by {@link Shamir#split} and wiped: with the file, it
   * gives all keys.
   */
  public byte[] master() {
    return master.clone();
  }

  /** Encrypts a data key by the newest key, whose number the result begins with. */
  public synchronized byte[] wrap(byte[] dataKey, byte[] associated) {
    Map.Entry<Integer, byte[]> newest = keys.lastEntry();
    byte[] sealed = Aead.seal(newest.getValue(), dataKey, associated, random);
    return ByteBuffer.allocate(Integer.BYTES + sealed.length)
        .putInt(newest.getKey())
        .put(sealed)
        .array();
  }

  /** The number of the key that a data key was encrypted by. */
  public static int keyOf(byte[] wrapped) {
    return ByteBuffer.wrap(wrapped).getInt();
  }

  /**
   * Decrypts a data key; empty if its key was retired.
   *
   * @throws AEADBadTagException if it was changed, or belongs to something else
   */
  public synchronized Optional<byte[]> unwrap(byte[] wrapped, byte[] associated)
      throws AEADBadTagException {
    byte[] key = keys.get(keyOf(wrapped));
    if (key == null) {
      return Optional.empty();
    }
    byte[] sealed = Arrays.copyOfRange(wrapped, Integer.BYTES, wrapped.length);
    return Optional.of(Aead.open(key, sealed, associated));
  }

  /** Wipes the keys from memory. */
  @Override
  public synchronized void close() {
    Arrays.fill(master, (byte) 0);
    keys.values().forEach(key -> Arrays.fill(key, (byte) 0));
    keys.clear();
  }
}
