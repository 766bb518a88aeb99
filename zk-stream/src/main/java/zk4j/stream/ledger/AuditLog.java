package zk4j.stream.ledger;

import static zk4j.stream.internal.Sql.statement;
import static zk4j.stream.internal.Sql.update;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import zk4j.core.VerificationResult;
import zk4j.stream.database.Connections;
import zk4j.stream.database.Database;

/**
 * An append-only log in a database: a Merkle tree over its entries, of which signed {@linkplain
 * Checkpoint checkpoints} are given to others. An entry that is later changed, taken out or moved
 * is found by {@link #check}; so are entries that are cut off at the end, if somebody has kept a
 * checkpoint of them. Thread-safe; for one process at a time.
 */
public final class AuditLog implements AutoCloseable {
  private static final int VERSION_OF_TABLES = 1;

  private static final List<String> SCHEMA =
      List.of(
          "create table ledger_entry (number bigint primary key,"
              + " entered_at bigint not null, kind varchar(40) not null, payload text not null)");

  private static final byte VERSION = 1;
  private static final int MAX_PAYLOAD = 1 << 16;

  /**
   * An entry.
   *
   * @param index from 0
   * @param time when it was entered, in milliseconds
   * @param kind what it is about: 1 to 40 characters of a-z, 0-9 and -
   * @param payload what is to be remembered, at most 64 KiB; nothing secret
   */
  public record Entry(int index, Instant time, String kind, String payload) {
    /** What the tree has of it. */
    public byte[] leaf() {
      byte[] name = kind.getBytes(StandardCharsets.US_ASCII);
      byte[] text = payload.getBytes(StandardCharsets.UTF_8);
      ByteBuffer bytes = ByteBuffer.allocate(1 + Long.BYTES + 1 + name.length + text.length);
      bytes.put(VERSION).putLong(time.toEpochMilli()).put((byte) name.length).put(name).put(text);
      return LogTree.leaf(bytes.array());
    }
  }

  private final Database database;
  private final String origin;
  private final KeyPair key;
  private final LogTree tree;

  private AuditLog(Database database, String origin, KeyPair key) throws SQLException {
    this.database = database;
    this.origin = origin;
    this.key = key;
    this.tree = database.transaction(AuditLog::read);
  }

  /**
   * Opens a log, an empty one if there is none.
   *
   * @param origin its name in checkpoints, such as {@code example.org/ledger}: 1 to 200 characters
   *     that are neither blank nor a plus sign
   * @param key of Ed25519, which signs checkpoints
   * @throws SQLException if its rows are not numbered one after the other, too
   */
  public static AuditLog open(Connections connections, String origin, KeyPair key)
      throws SQLException {
    if (!origin.matches("[^\\s+]{1,200}")) {
      throw new IllegalArgumentException("\"" + origin + "\" is no name of a ledger");
    }
    Database database = Database.open(connections, "ledger", VERSION_OF_TABLES, SCHEMA);
    try {
      return new AuditLog(database, origin, key);
    } catch (SQLException | RuntimeException e) {
      database.close();
      throw e;
    }
  }

  private static LogTree read(Connection connection) throws SQLException {
    LogTree tree = new LogTree();
    try (PreparedStatement select =
            statement(
                connection,
                "select number, entered_at, kind, payload from ledger_entry order by number");
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        if (rows.getLong(1) != tree.size()) {
          throw new SQLException(
              "entry " + tree.size() + " is missing: the next one is " + rows.getLong(1));
        }
        tree.append(entry(rows).leaf());
      }
    }
    return tree;
  }

  private static Entry entry(ResultSet row) throws SQLException {
    return new Entry(
        row.getInt(1), Instant.ofEpochMilli(row.getLong(2)), row.getString(3), row.getString(4));
  }

  /**
   * Appends an entry.
   *
   * @throws IllegalArgumentException if kind or payload is not as {@link Entry} says
   */
  public synchronized Entry append(Instant time, String kind, String payload) throws SQLException {
    if (!kind.matches("[a-z0-9-]{1,40}")) {
      throw new IllegalArgumentException("\"" + kind + "\" is no kind of an entry");
    }
    if (payload.getBytes(StandardCharsets.UTF_8).length > MAX_PAYLOAD) {
      throw new IllegalArgumentException("an entry of more than " + MAX_PAYLOAD + " bytes");
    }
    Instant at = Instant.ofEpochMilli(time.toEpochMilli());
    Entry entry = new Entry(tree.size(), at, kind, payload);
    database.transaction(
        connection ->
            update(
                connection,
                "insert into ledger_entry values (?, ?, ?, ?)",
                entry.index(),
                at.toEpochMilli(),
                kind,
                payload));
    tree.append(entry.leaf());
    return entry;
  }

  /** How many entries there are. */
  public synchronized int size() {
    return tree.size();
  }

  /** What the log is now, signed. */
  public synchronized Checkpoint checkpoint() {
    return Checkpoint.sign(origin, tree.size(), tree.root(), key);
  }

  /** The hashes that lead from an entry to the root of a checkpoint's tree. */
  public synchronized List<byte[]> inclusion(int index, int size) {
    return tree.inclusion(index, size);
  }

  /** The hashes that show that the tree of a checkpoint has only grown from an earlier one's. */
  public synchronized List<byte[]> consistency(int earlier, int size) {
    return tree.consistency(earlier, size);
  }

  /**
   * Entries, in their order.
   *
   * @param first the index of the first one
   * @param limit how many at most
   */
  public List<Entry> entries(int first, int limit) throws SQLException {
    String sql =
        "select number, entered_at, kind, payload from ledger_entry"
            + " where number >= ? order by number limit ?";
    return database.transaction(
        connection -> {
          try (PreparedStatement select = statement(connection, sql, first, limit);
              ResultSet rows = select.executeQuery()) {
            List<Entry> entries = new ArrayList<>();
            while (rows.next()) {
              entries.add(entry(rows));
            }
            return entries;
          }
        });
  }

  /**
   * Reads all entries anew: whether they are those of a checkpoint, and what has been appended
   * since.
   *
   * @param kept a checkpoint that somebody else has kept
   */
  public synchronized VerificationResult check(Checkpoint kept) {
    if (!kept.origin().equals(origin)) {
      return VerificationResult.invalid("the checkpoint is of " + kept.origin());
    }
    LogTree now;
    try {
      now = database.transaction(AuditLog::read);
    } catch (SQLException e) {
      return VerificationResult.invalid(String.valueOf(e.getMessage()));
    }
    if (now.size() < kept.size()) {
      return VerificationResult.invalid(
          "there were " + kept.size() + " entries, and there are " + now.size());
    }
    return MessageDigest.isEqual(now.root(kept.size()), kept.root())
        ? VerificationResult.VALID
        : VerificationResult.invalid(
            "one of the first " + kept.size() + " entries is another one than it was");
  }

  @Override
  public void close() {
    database.close();
  }
}
