package zk4j.cli;

import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import zk4j.bn254.Fr;
import zk4j.circomcompat.InvalidValueException;
import zk4j.circomcompat.ProofJson;
import zk4j.circomcompat.PublicJson;
import zk4j.core.MalformedDataException;
import zk4j.stream.WindowFormat;
import zk4j.stream.WindowHeader;
import zk4j.stream.database.Connections;
import zk4j.stream.database.Database;
import zk4j.stream.prove.StatementProof;
import zk4j.stream.verify.Verdict.Accepted;

/**
 * What a home knows beside its vault: which files were taken, which windows there are, and which
 * proofs were accepted. No reading is in it.
 */
final class HomeCatalog implements AutoCloseable {
  private static final int VERSION = 2;

  private static final List<String> SCHEMA =
      List.of(
          "create table home_file (digest char(64) primary key, first bigint not null,"
              + " batches bigint not null)",
          "create table home_start (channel varchar(31) primary key, start bigint not null)",
          "create table home_window (header varchar(80) primary key, channel varchar(31) not null,"
              + " start bigint not null, finish bigint not null, present integer not null,"
              + " slots integer not null, erased smallint not null)",
          "create table home_proof (number bigint primary key, policy varchar(63) not null,"
              + " holds smallint not null, proof text not null, signals text not null,"
              + " windows text not null)");

  private final Database database;

  private HomeCatalog(Database database) {
    this.database = database;
  }

  static HomeCatalog open(Connections connections) throws SQLException {
    return new HomeCatalog(Database.open(connections, "home", VERSION, SCHEMA));
  }

  private static PreparedStatement statement(Connection connection, String sql, Object... values)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      Object value = values[i];
      statement.setObject(i + 1, value instanceof Number ? value : value.toString());
    }
    return statement;
  }

  private void update(String sql, Object... values) throws SQLException {
    database.transaction(
        connection -> {
          try (PreparedStatement statement = statement(connection, sql, values)) {
            return statement.executeUpdate();
          }
        });
  }

  private interface Rows<T> {
    T of(ResultSet rows) throws SQLException;
  }

  private <T> List<T> select(Rows<T> row, String sql, Object... values) throws SQLException {
    return database.query(connection -> select(connection, row, sql, values));
  }

  private static <T> List<T> select(
      Connection connection, Rows<T> row, String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = statement(connection, sql, values);
        ResultSet rows = statement.executeQuery()) {
      List<T> found = new ArrayList<>();
      while (rows.next()) {
        found.add(row.of(rows));
      }
      return found;
    }
  }

  /**
   * The number of the first batch of a file, the same each time: what was taken of it before is
   * known by its numbers.
   *
   * @param digest of the file's content
   * @param batches how many it has
   */
  long reserve(String digest, long batches) throws SQLException {
    return database.transaction(
        connection -> {
          List<Long> known =
              select(
                  connection,
                  rows -> rows.getLong(1),
                  "select first from home_file where digest = ?",
                  digest);
          if (!known.isEmpty()) {
            return known.get(0);
          }
          long next =
              select(
                      connection,
                      rows -> rows.getLong(1),
                      "select coalesce(max(first + batches), 0) from home_file")
                  .get(0);
          try (PreparedStatement insert =
              statement(
                  connection, "insert into home_file values (?, ?, ?)", digest, next, batches)) {
            insert.executeUpdate();
          }
          return next;
        });
  }

  /** Where a channel's windows begin; empty if it had no reading yet. */
  Optional<Instant> start(String channel) throws SQLException {
    return select(
            rows -> Instant.ofEpochMilli(rows.getLong(1)),
            "select start from home_start where channel = ?",
            channel)
        .stream()
        .findAny();
  }

  /** Remembers where channels' windows begin: of all, or of none if it fails. */
  void setStarts(Map<WindowFormat, Instant> starts) throws SQLException {
    database.transaction(
        connection -> {
          for (Map.Entry<WindowFormat, Instant> start : starts.entrySet()) {
            try (PreparedStatement insert =
                statement(
                    connection,
                    "insert into home_start values (?, ?) on conflict (channel) do nothing",
                    start.getKey().channel().name(),
                    start.getValue().toEpochMilli())) {
              insert.executeUpdate();
            }
          }
          return starts.size();
        });
  }

  /**
   * A window of the vault.
   *
   * @param header the hash of its header
   * @param channel what was measured
   * @param start when it begins
   * @param end when it is over
   * @param present how many slots have a reading
   * @param slots how many slots it has
   * @param erased whether it was
   */
  record Entry(
      Fr header,
      String channel,
      Instant start,
      Instant end,
      int present,
      int slots,
      boolean erased) {
    /** Whether it is of a format, as far as the catalog knows. */
    boolean isOf(WindowFormat format) {
      return channel.equals(format.channel().name()) && slots == format.slots();
    }

    /** What people call it. */
    String name() {
      return channel + "@" + start;
    }
  }

  /** Remembers a window; again, it changes nothing. */
  Entry add(WindowHeader header) throws SQLException {
    String channel = header.format().channel().name();
    int slots = header.format().slots();
    Entry entry =
        new Entry(
            header.hash(), channel, header.start(), header.end(), header.present(), slots, false);
    update(
        "insert into home_window values (?, ?, ?, ?, ?, ?, 0) on conflict (header) do nothing",
        entry.header(),
        channel,
        entry.start().toEpochMilli(),
        entry.end().toEpochMilli(),
        entry.present(),
        slots);
    return entry;
  }

  /** All windows, the oldest first. */
  List<Entry> windows() throws SQLException {
    return select(
        rows ->
            new Entry(
                Fr.of(new BigInteger(rows.getString(1))),
                rows.getString(2),
                Instant.ofEpochMilli(rows.getLong(3)),
                Instant.ofEpochMilli(rows.getLong(4)),
                rows.getInt(5),
                rows.getInt(6),
                rows.getInt(7) == 1),
        "select header, channel, start, finish, present, slots, erased from home_window"
            + " order by start, channel");
  }

  /** The window that a text names: the hash of its header, or as {@link Entry#name}. */
  Entry find(String text) throws SQLException, CommandException {
    return windows().stream()
        .filter(entry -> text.equals(entry.name()) || text.equals(entry.header().toString()))
        .findAny()
        .orElseThrow(
            () ->
                new CommandException(
                    ExitCodes.ERROR,
                    "there is no window " + text + ": zk stream windows lists them"));
  }

  /** The window of a format that begins at a time, if there is one. */
  Optional<Entry> find(WindowFormat format, Instant start) throws SQLException {
    return windows().stream()
        .filter(entry -> entry.isOf(format) && entry.start().equals(start))
        .findAny();
  }

  /** Remembers that a window was erased. */
  void erased(Fr header) throws SQLException {
    update("update home_window set erased = 1 where header = ?", header);
  }

  /** Remembers a proof that was accepted. */
  void add(Accepted accepted, StatementProof proof) throws SQLException {
    update(
        "insert into home_proof values (?, ?, ?, ?, ?, ?)",
        accepted.number(),
        accepted.policy(),
        accepted.holds() ? 1 : 0,
        ProofJson.toJson(proof.proof()),
        PublicJson.toJson(proof.signals()),
        ProofJson.toJson(proof.windows()));
  }

  /**
   * A proof that was accepted.
   *
   * @param number the verifier's
   * @param holds the answer
   * @param proof the proof
   */
  record Answer(long number, boolean holds, StatementProof proof) {}

  /** The proofs that were accepted, the oldest first. */
  List<Answer> proofs() throws SQLException {
    return select(
        HomeCatalog::answer,
        "select number, policy, holds, proof, signals, windows from home_proof order by number");
  }

  private static Answer answer(ResultSet row) throws SQLException {
    try {
      StatementProof proof =
          new StatementProof(
              row.getString(2),
              ProofJson.parse(row.getString(4)),
              PublicJson.parse(row.getString(5)),
              ProofJson.parseAll(row.getString(6)));
      return new Answer(row.getLong(1), row.getInt(3) == 1, proof);
    } catch (MalformedDataException | InvalidValueException e) {
      throw new SQLException("a proof in the catalog cannot be read", e);
    }
  }

  @Override
  public void close() {
    database.close();
  }
}
