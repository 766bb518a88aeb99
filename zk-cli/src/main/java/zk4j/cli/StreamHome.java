package zk4j.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import zk4j.bn254.FieldEncoding;
import zk4j.bn254.Fr;
import zk4j.core.MalformedDataException;
import zk4j.eddsa.EddsaPublicKey;
import zk4j.eddsa.SigningKey;
import zk4j.io.WholeFile;
import zk4j.merkle.MerkleProof;
import zk4j.merkle.MerkleTree;
import zk4j.stream.Channel;
import zk4j.stream.SubjectSecret;
import zk4j.stream.WindowFormat;
import zk4j.stream.database.Connections;
import zk4j.stream.keys.KeyRing;
import zk4j.stream.ledger.AuditLog;
import zk4j.stream.ledger.Checkpoint;
import zk4j.stream.mqtt.Pairing;
import zk4j.stream.statement.StatementCircuit;
import zk4j.stream.store.DirectoryBlobStore;
import zk4j.stream.store.WindowVault;

/**
 * A folder with all that a gateway, a prover or a verifier must not forget, for one command at a
 * time. Its secrets are encrypted by a {@link KeyRing}, hence by a passphrase; readings of windows
 * that are not sealed yet are not. What is opened is closed with it.
 */
final class StreamHome implements AutoCloseable {
  private static final String DEVICE = "device.key";
  private static final String SUBJECT = "subject.key";
  private static final String LEDGER = "ledger.key";
  private static final String PAIRING = "pairing.key";

  private final Path folder;
  private final HomeSettings settings;
  private final SecureRandom random = new SecureRandom();
  private final KeyRing ring;

  /** To be closed, the last one first. */
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  private StreamHome(Path folder, HomeSettings settings, KeyRing ring, FileChannel lock) {
    this.folder = folder;
    this.settings = settings;
    this.ring = ring;
    open.push(lock);
    open.push(ring);
  }

  /**
   * Makes a home with new secrets.
   *
   * @param folder must not exist yet
   * @param pairing with the device that sends readings; none where they come in files
   */
  static StreamHome create(
      Path folder, HomeSettings settings, char[] passphrase, Optional<Pairing> pairing)
      throws IOException, SQLException, CommandException {
    if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      Files.createDirectory(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } else {
      Files.createDirectory(folder);
    }
    Files.createDirectory(folder.resolve("policies"));
    SecureRandom random = new SecureRandom();
    KeyRing.create(ring(folder), passphrase, random).close();
    // The settings are last: a folder without them is no home.
    FileChannel lock = lock(folder);
    StreamHome home =
        new StreamHome(folder, settings, KeyRing.open(ring(folder), passphrase, random), lock);
    try {
      home.generate(pairing);
      settings.write(settings(folder));
      return home;
    } catch (IOException | SQLException | RuntimeException e) {
      home.close();
      throw e;
    }
  }

  private void generate(Optional<Pairing> pairing) throws IOException, SQLException {
    byte[] seed = new byte[SigningKey.BYTES];
    random.nextBytes(seed);
    write(DEVICE, seed);
    write(SUBJECT, SubjectSecret.generate(random).value().encode(FieldEncoding.BIG_ENDIAN));
    try {
      KeyPair key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      byte[] secret = key.getPrivate().getEncoded();
      byte[] known = key.getPublic().getEncoded();
      ByteBuffer both = ByteBuffer.allocate(1 + secret.length + known.length);
      write(LEDGER, both.put((byte) secret.length).put(secret).put(known).array());
      Arrays.fill(secret, (byte) 0);
      Files.writeString(folder.resolve("ledger.pub"), pem(key.getPublic()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a JDK without Ed25519", e);
    }
    if (pairing.isPresent()) {
      ByteBuffer both = ByteBuffer.allocate(Pairing.ALIAS_BYTES + Pairing.KEY_BYTES);
      write(PAIRING, both.put(pairing.get().alias()).put(pairing.get().key()).array());
    }
    try (SigningKey device = device()) {
      Fr leaf = StatementCircuit.enrolmentLeaf(device.publicKey(), secret().subject());
      Files.writeString(folder.resolve("devices"), leaf + "\n");
    }
    try (AuditLog ledger = AuditLog.open(database("ledger"), settings.origin(), ledgerKey())) {
      keepCheckpoint(ledger);
    }
  }

  private static String pem(PublicKey key) {
    return "-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n"
        .formatted(Base64.getEncoder().encodeToString(key.getEncoded()));
  }

  /** Opens a home that there is. */
  static StreamHome open(Path folder, HomeOptions options, Output output)
      throws IOException, CommandException {
    HomeSettings settings = requireSettings(folder);
    char[] passphrase = options.passphrase(output);
    FileChannel lock = lock(folder);
    try {
      KeyRing ring = KeyRing.open(ring(folder), passphrase, new SecureRandom());
      return new StreamHome(folder, settings, ring, lock);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    } finally {
      Arrays.fill(passphrase, '\0');
    }
  }

  /** Opens a home whose passphrase is lost, and gives it another. */
  static StreamHome recover(Path folder, byte[] master, char[] passphrase)
      throws IOException, CommandException {
    HomeSettings settings = requireSettings(folder);
    FileChannel lock = lock(folder);
    try {
      KeyRing ring = KeyRing.recover(ring(folder), master, passphrase, new SecureRandom());
      return new StreamHome(folder, settings, ring, lock);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** The settings of a home, for which there must be one. */
  static HomeSettings requireSettings(Path folder) throws IOException, CommandException {
    if (!Files.exists(settings(folder))) {
      throw new CommandException(
          ExitCodes.ERROR, folder + ": no home of zk stream: zk stream keys init makes one");
    }
    return HomeSettings.read(settings(folder));
  }

  private static Path settings(Path folder) {
    return folder.resolve("settings");
  }

  private static Path ring(Path folder) {
    return folder.resolve("ring");
  }

  /** The folder with the policies of a home. */
  static Path policies(Path folder) {
    return folder.resolve("policies");
  }

  private static FileChannel lock(Path folder) throws IOException, CommandException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // Another command of this process has it.
    }
    channel.close();
    throw new CommandException(
        ExitCodes.ERROR, folder + ": another command is at work on it; one may be at a time");
  }

  Path folder() {
    return folder;
  }

  HomeSettings settings() {
    return settings;
  }

  KeyRing ring() {
    return ring;
  }

  SecureRandom random() {
    return random;
  }

  private void write(String name, byte[] secret) throws IOException {
    byte[] wrapped = ring.wrap(secret, name.getBytes(US_ASCII));
    Arrays.fill(secret, (byte) 0);
    // On the disk before a key is retired that the former file needs.
    WholeFile.write(folder.resolve(name), wrapped);
  }

  private byte[] read(String name) throws IOException {
    Path file = folder.resolve(name);
    byte[] wrapped = Files.readAllBytes(file);
    try {
      if (wrapped.length > Integer.BYTES) {
        Optional<byte[]> secret = ring.unwrap(wrapped, name.getBytes(US_ASCII));
        if (secret.isPresent()) {
          return secret.get();
        }
      }
    } catch (AEADBadTagException e) {
      // The same as below.
    }
    throw malformed(file, "it was changed, or is of another home");
  }

  private static MalformedDataException malformed(Path file, String problem) {
    return new MalformedDataException(file.toString(), null, -1, problem);
  }

  /** Encrypts the home's secrets by the newest key of the ring. */
  void rewrap() throws IOException {
    for (String name : List.of(DEVICE, SUBJECT, LEDGER, PAIRING)) {
      if (Files.exists(folder.resolve(name))) {
        write(name, read(name));
      }
    }
  }

  /** The key that windows are signed by; the caller's to destroy. */
  SigningKey device() throws IOException {
    byte[] seed = read(DEVICE);
    try {
      return SigningKey.ofSeed(seed);
    } finally {
      Arrays.fill(seed, (byte) 0);
    }
  }

  /** Of the person whose readings are taken. */
  SubjectSecret secret() throws IOException {
    return new SubjectSecret(Fr.decode(read(SUBJECT), FieldEncoding.BIG_ENDIAN));
  }

  /** With the device that sends readings; empty where they come in files. */
  Optional<Pairing> pairing() throws IOException {
    if (!Files.exists(folder.resolve(PAIRING))) {
      return Optional.empty();
    }
    byte[] both = read(PAIRING);
    try {
      return Optional.of(
          Pairing.of(
              Arrays.copyOf(both, Pairing.ALIAS_BYTES),
              Arrays.copyOfRange(both, Pairing.ALIAS_BYTES, both.length),
              channels()));
    } finally {
      Arrays.fill(both, (byte) 0);
    }
  }

  /** What the gateway takes readings of. */
  List<Channel> channels() {
    return settings.formats().stream().map(WindowFormat::channel).toList();
  }

  private KeyPair ledgerKey() throws IOException {
    byte[] both = read(LEDGER);
    try {
      int secret = 1 + both[0];
      KeyFactory factory = KeyFactory.getInstance("Ed25519");
      return new KeyPair(
          factory.generatePublic(
              new X509EncodedKeySpec(Arrays.copyOfRange(both, secret, both.length))),
          factory.generatePrivate(new PKCS8EncodedKeySpec(Arrays.copyOfRange(both, 1, secret))));
    } catch (GeneralSecurityException e) {
      throw malformed(folder.resolve(LEDGER), "no keys of Ed25519");
    } finally {
      Arrays.fill(both, (byte) 0);
    }
  }

  private <T extends AutoCloseable> T opened(T part) {
    open.push(part);
    return part;
  }

  Connections database(String name) {
    return Connections.sqlite(folder.resolve(name + ".db"));
  }

  AuditLog ledger() throws IOException, SQLException {
    return opened(AuditLog.open(database("ledger"), settings.origin(), ledgerKey()));
  }

  HomeCatalog catalog() throws SQLException {
    return opened(HomeCatalog.open(database("home")));
  }

  WindowVault vault(AuditLog ledger) throws IOException, SQLException {
    return opened(
        WindowVault.open(
            database("vault"),
            new DirectoryBlobStore(folder.resolve("blobs")),
            ring,
            ledger,
            Clock.systemUTC(),
            random));
  }

  /** The last checkpoint that this home has kept. */
  Checkpoint keptCheckpoint() throws IOException {
    return checkpoint(folder.resolve("checkpoint"));
  }

  /** A checkpoint that somebody has kept. */
  Checkpoint checkpoint(Path file) throws IOException {
    try {
      return Checkpoint.parse(Files.readString(file), ledgerKey().getPublic());
    } catch (MalformedDataException e) {
      throw malformed(file, e.problem());
    }
  }

  /** Keeps what the ledger is now. */
  void keepCheckpoint(AuditLog ledger) throws IOException {
    OutputFiles.write(
        folder.resolve("checkpoint"), file -> Files.writeString(file, ledger.checkpoint().text()));
  }

  /** The devices that count now, as leaves of a tree, a line each. */
  List<Fr> devices() throws IOException {
    Path file = folder.resolve("devices");
    List<Fr> leaves = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (!line.isBlank()) {
        try {
          leaves.add(Fr.of(new BigInteger(line.strip())));
        } catch (IllegalArgumentException e) {
          throw malformed(file, "line " + (leaves.size() + 1) + " is no leaf of a device");
        }
      }
    }
    if (leaves.size() > 1 << StatementCircuit.ENROLMENT_DEPTH) {
      throw malformed(file, leaves.size() + " devices");
    }
    return leaves;
  }

  /** The tree of {@link #devices}. */
  static MerkleTree tree(List<Fr> devices) {
    MerkleTree tree = MerkleTree.ofDepth(StatementCircuit.ENROLMENT_DEPTH);
    devices.forEach(tree::append);
    return tree;
  }

  /** Where a device is in the tree; empty if it does not count. */
  static Optional<MerkleProof> enrolment(List<Fr> devices, EddsaPublicKey device, Fr subject) {
    int index = devices.indexOf(StatementCircuit.enrolmentLeaf(device, subject));
    return index < 0 ? Optional.empty() : Optional.of(tree(devices).prove(index));
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        throw new IllegalStateException("a part of " + folder + " cannot be closed", e);
      }
    }
  }
}
