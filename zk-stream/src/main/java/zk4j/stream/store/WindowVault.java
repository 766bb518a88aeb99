package zk4j.stream.store;

import static zk4j.stream.internal.Sql.statement;
import static zk4j.stream.internal.Sql.update;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import zk4j.bn254.FieldEncoding;
import zk4j.bn254.Fr;
import zk4j.stream.SealedWindow;
import zk4j.stream.WindowCodec;
import zk4j.stream.WindowFormat;
import zk4j.stream.database.Connections;
import zk4j.stream.database.Database;
import zk4j.stream.internal.Aead;
import zk4j.stream.keys.KeyRing;
import zk4j.stream.ledger.AuditLog;

/**
 * Sealed windows, each encrypted by a key of its own in a {@link BlobStore}; a database has these
 * keys, encrypted by those of a {@link KeyRing}. Erasing a window destroys its key, with which its
 * readings and the salt of its commitment are gone; proofs about it still verify. Thread-safe; for
 * one process at a time.
 *
 * <p>A blob is a version (1), and by AES-256-GCM the length of the window's encoding (4 bytes), the
 * encoding, and zeros up to the length of the longest encoding of the format: its size tells
 * nothing of the readings. What is associated with both ciphertexts is the header's hash.
 */
public final class WindowVault implements AutoCloseable {
  private static final byte VERSION = 1;
  private static final int VERSION_OF_TABLES = 1;

  private static final List<String> SCHEMA =
      List.of(
          "create table vault_window (header varchar(80) primary key, cid varchar(60) not null,"
              + " data_key bytea, erased smallint not null)");

  private final Database database;
  private final BlobStore blobs;
  private final KeyRing ring;
  private final AuditLog ledger;
  private final Clock clock;
  private final SecureRandom random;

  private WindowVault(
      Database database,
      BlobStore blobs,
      KeyRing ring,
      AuditLog ledger,
      Clock clock,
      SecureRandom random) {
    this.database = database;
    this.blobs = blobs;
    this.ring = ring;
    this.ledger = ledger;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Opens a vault, and ends erasures that were begun. Blobs, ring and ledger are still the caller's
   * to close.
   *
   * @param connections to the database with the encrypted keys. Backups of it are backups of them:
   *     what is erased here is erased there when they are gone
   */
  public static WindowVault open(
      Connections connections,
      BlobStore blobs,
      KeyRing ring,
      AuditLog ledger,
      Clock clock,
      SecureRandom random)
      throws IOException, SQLException {
    Database database = Database.open(connections, "vault", VERSION_OF_TABLES, SCHEMA);
    WindowVault vault = new WindowVault(database, blobs, ring, ledger, clock, random);
    try {
      for (Row row : vault.rows("data_key is null and erased = 0")) {
        vault.finish(row);
      }
      return vault;
    } catch (IOException | SQLException | RuntimeException e) {
      database.close();
      throw e;
    }
  }

  private record Row(Fr header, Cid cid, Optional<ByteBuffer> dataKey) {}

  private List<Row> rows(String condition, Object... values) throws SQLException {
    String sql = "select header, cid, data_key from vault_window where " + condition;
    return database.transaction(
        connection -> {
          List<Row> found = new ArrayList<>();
          try (PreparedStatement select = statement(connection, sql, values);
              ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
              byte[] key = rows.getBytes(3);
              found.add(
                  new Row(
                      Fr.of(new BigInteger(rows.getString(1))),
                      Cid.parse(rows.getString(2)),
                      key == null ? Optional.empty() : Optional.of(ByteBuffer.wrap(key))));
            }
          }
          return found;
        });
  }

  private static byte[] associated(Fr header) {
    return header.encode(FieldEncoding.BIG_ENDIAN);
  }

  /**
   * Keeps a window; the same one again changes nothing.
   *
   * @return where it is
   * @throws IllegalArgumentException if it has been erased
   */
  public Cid put(SealedWindow window) throws IOException, SQLException {
    Fr header = window.header().hash();
    List<Row> known = rows("header = ?", header);
    if (!known.isEmpty()) {
      if (known.get(0).dataKey().isEmpty()) {
        throw new IllegalArgumentException("the window was erased");
      }
      return known.get(0).cid();
    }
    byte[] encoding = WindowCodec.encode(window);
    byte[] plain =
        ByteBuffer.allocate(Integer.BYTES + longest(encoding.length, window))
            .putInt(encoding.length)
            .put(encoding)
            .array();
    byte[] key = new byte[Aead.KEY_BYTES];
    random.nextBytes(key);
    byte[] sealed = Aead.seal(key, plain, associated(header), random);
    Cid cid = blobs.put(ByteBuffer.allocate(1 + sealed.length).put(VERSION).put(sealed).array());
    byte[] wrapped = ring.wrap(key, associated(header));
    Arrays.fill(key, (byte) 0);
    Arrays.fill(plain, (byte) 0);
    Arrays.fill(encoding, (byte) 0);
    database.transaction(
        connection ->
            update(
                connection, "insert into vault_window values (?, ?, ?, 0)", header, cid, wrapped));
    return cid;
  }

  /** The length of the encoding if all slots had readings. */
  private static int longest(int length, SealedWindow window) {
    WindowFormat format = window.window().format();
    return length + Short.BYTES * (format.slots() - window.header().present());
  }

  /**
   * The window whose header has a hash; empty if there is none, or none any longer.
   *
   * @throws IOException if its blob is gone, or is another one
   */
  public Optional<SealedWindow> get(Fr header) throws IOException, SQLException {
    List<Row> known = rows("header = ?", header);
    if (known.isEmpty() || known.get(0).dataKey().isEmpty()) {
      return Optional.empty();
    }
    Row row = known.get(0);
    byte[] blob =
        blobs.get(row.cid()).orElseThrow(() -> new IOException("there is nothing at " + row.cid()));
    Optional<byte[]> key = Optional.empty();
    try {
      key = ring.unwrap(row.dataKey().orElseThrow().array(), associated(header));
      if (key.isEmpty()) {
        return Optional.empty();
      }
      if (blob.length == 0 || blob[0] != VERSION) {
        throw new IOException("the blob " + row.cid() + " is not of version " + VERSION);
      }
      byte[] sealed = Arrays.copyOfRange(blob, 1, blob.length);
      ByteBuffer plain = ByteBuffer.wrap(Aead.open(key.get(), sealed, associated(header)));
      byte[] encoding = new byte[Math.min(plain.getInt(), plain.remaining())];
      plain.get(encoding);
      Arrays.fill(plain.array(), (byte) 0);
      return Optional.of(WindowCodec.decode(encoding, "window at " + row.cid()));
    } catch (AEADBadTagException e) {
      throw new IOException("the window at " + row.cid() + " or its key was changed", e);
    } finally {
      key.ifPresent(bytes -> Arrays.fill(bytes, (byte) 0));
    }
  }

  /**
   * Destroys a window's key, deletes its blob, and enters that in the ledger. If the process ends
   * in between, the next one to open the vault does the rest.
   *
   * @return what the person is given; empty if there is no such window, or it is erased already
   */
  public Optional<ErasureReceipt> erase(Fr header) throws IOException, SQLException {
    List<Row> known = rows("header = ? and data_key is not null", header);
    if (known.isEmpty()) {
      return Optional.empty();
    }
    database.transaction(
        connection ->
            update(connection, "update vault_window set data_key = null where header = ?", header));
    return Optional.of(finish(known.get(0)));
  }

  private ErasureReceipt finish(Row row) throws IOException, SQLException {
    blobs.delete(row.cid());
    AuditLog.Entry entry = ledger.append(clock.instant(), "erased", row.header() + " " + row.cid());
    database.transaction(
        connection ->
            update(
                connection, "update vault_window set erased = 1 where header = ?", row.header()));
    return ErasureReceipt.of(row.header(), row.cid(), entry, ledger);
  }

  /**
   * Encrypts all data keys by the newest key of the ring, after which the older ones may be
   * {@linkplain KeyRing#retire retired}.
   *
   * @return how many were encrypted anew
   */
  public int rewrap() throws IOException, SQLException {
    int count = 0;
    for (Row row : rows("data_key is not null")) {
      byte[] wrapped = row.dataKey().orElseThrow().array();
      if (KeyRing.keyOf(wrapped) != ring.newest()) {
        count += rewrap(row.header(), wrapped);
      }
    }
    return count;
  }

  private int rewrap(Fr header, byte[] wrapped) throws IOException, SQLException {
    try {
      Optional<byte[]> key = ring.unwrap(wrapped, associated(header));
      if (key.isEmpty()) {
        return 0;
      }
      byte[] anew = ring.wrap(key.get(), associated(header));
      Arrays.fill(key.get(), (byte) 0);
      return database.transaction(connection -> replace(connection, header, wrapped, anew));
    } catch (AEADBadTagException e) {
      throw new IOException("the key of a window was changed", e);
    }
  }

  /** Only where it is still there: a window that is erased meanwhile stays so. */
  private static int replace(Connection connection, Fr header, byte[] old, byte[] anew)
      throws SQLException {
    return update(
        connection,
        "update vault_window set data_key = ? where header = ? and data_key = ?",
        anew,
        header,
        old);
  }

  @Override
  public void close() {
    database.close();
  }
}
