package zk4j.stream.ingest;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import zk4j.bn254.FieldEncoding;
import zk4j.bn254.Fr;
import zk4j.core.MalformedDataException;
import zk4j.stream.Channel;
import zk4j.stream.Device;
import zk4j.stream.Reading;
import zk4j.stream.SealedWindow;
import zk4j.stream.Window;
import zk4j.stream.WindowAssembler;
import zk4j.stream.WindowCodec;
import zk4j.stream.WindowHeader;

/** The last header and the open slots of a feed; as {@link SourceState}. */
final class FeedState {
  /** So many windows at most are sealed in a transaction. */
  static final int MOST = 64;

  static final List<String> SCHEMA =
      List.of(
          """
          CREATE TABLE gateway_feed (source VARCHAR(64) NOT NULL, channel VARCHAR(31) NOT NULL,
            format BYTEA NOT NULL, device BYTEA NOT NULL, subject BYTEA NOT NULL,
            start BIGINT, present INTEGER, commitment BYTEA, previous BYTEA,
            PRIMARY KEY (source, channel))""",
          """
          CREATE TABLE gateway_reading (source VARCHAR(64) NOT NULL, channel VARCHAR(31) NOT NULL,
            time BIGINT NOT NULL, value INTEGER NOT NULL, PRIMARY KEY (source, channel, time))""",
          """
          CREATE TABLE gateway_window (source VARCHAR(64) NOT NULL, channel VARCHAR(31) NOT NULL,
            start BIGINT NOT NULL, bytes BYTEA NOT NULL,
            PRIMARY KEY (start, source, channel))""");

  private final Feed feed;
  private final SecureRandom random;
  private WindowAssembler assembler;
  private Device device;

  FeedState(Feed feed, SecureRandom random) {
    this.feed = feed;
    this.random = random;
    this.assembler = new WindowAssembler(feed.format(), feed.first(), feed.lateness());
    this.device = new Device(feed.key(), feed.subject(), null, random);
  }

  Channel channel() {
    return feed.format().channel();
  }

  private PreparedStatement prepare(Connection connection, String sql) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    statement.setString(1, feed.source());
    statement.setString(2, channel().name());
    return statement;
  }

  void load(Connection connection) throws SQLException {
    WindowHeader last = null;
    try (PreparedStatement query =
            prepare(
                connection,
                "SELECT format, device, subject, start, present, commitment, previous"
                    + " FROM gateway_feed WHERE source = ? AND channel = ?");
        ResultSet row = query.executeQuery()) {
      if (row.next()) {
        last = header(row);
      } else {
        insert(connection);
      }
    }
    Instant next = last == null ? feed.first() : last.end();
    assembler = new WindowAssembler(feed.format(), next, feed.lateness());
    device = new Device(feed.key(), feed.subject(), last, random);
    try (PreparedStatement query =
            prepare(
                connection,
                "SELECT time, value FROM gateway_reading WHERE source = ? AND channel = ?");
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        Instant time = Instant.ofEpochMilli(row.getLong(1));
        if (assembler.add(time, row.getInt(2), time) != WindowAssembler.Outcome.ACCEPTED) {
          throw new SQLException(
              "a reading of " + name() + " at " + time + " that no window from " + next + " has");
        }
      }
    }
  }

  private String name() {
    return feed.source() + " " + channel().name();
  }

  private void insert(Connection connection) throws SQLException {
    try (PreparedStatement insert =
        prepare(
            connection,
            "INSERT INTO gateway_feed VALUES (?, ?, ?, ?, ?, NULL, NULL, NULL, NULL)")) {
      insert.setBytes(3, bytes(feed.format().hash()));
      insert.setBytes(4, feed.key().publicKey().encode());
      insert.setBytes(5, bytes(feed.subject()));
      insert.executeUpdate();
    }
  }

  private static byte[] bytes(Fr element) {
    return element.encode(FieldEncoding.BIG_ENDIAN);
  }

  /** The last header, if there is one, of the same feed. */
  private @Nullable WindowHeader header(ResultSet row) throws SQLException {
    if (!Arrays.equals(row.getBytes(1), bytes(feed.format().hash()))
        || !Arrays.equals(row.getBytes(2), feed.key().publicKey().encode())
        || !Arrays.equals(row.getBytes(3), bytes(feed.subject()))) {
      throw new SQLException(name() + " has another format, device or subject in the database");
    }
    long start = row.getLong(4);
    if (row.wasNull()) {
      return null;
    }
    try {
      return new WindowHeader(
          feed.format(),
          Instant.ofEpochMilli(start),
          row.getInt(5),
          Fr.decode(row.getBytes(6), FieldEncoding.BIG_ENDIAN),
          Fr.decode(row.getBytes(7), FieldEncoding.BIG_ENDIAN),
          feed.subject(),
          feed.key().publicKey());
    } catch (MalformedDataException | IllegalArgumentException e) {
      throw new SQLException("the last header of " + name() + " in the database is none", e);
    }
  }

  WindowAssembler.Outcome add(Connection connection, Reading reading, Instant now)
      throws SQLException {
    // As the database will have it.
    Instant time = reading.time().truncatedTo(ChronoUnit.MILLIS);
    WindowAssembler.Outcome outcome = assembler.add(time, reading.value(), now);
    if (outcome == WindowAssembler.Outcome.ACCEPTED) {
      try (PreparedStatement insert =
          prepare(connection, "INSERT INTO gateway_reading VALUES (?, ?, ?, ?)")) {
        insert.setLong(3, time.toEpochMilli());
        insert.setInt(4, reading.value());
        insert.executeUpdate();
      }
    }
    return outcome;
  }

  /** How many windows were sealed, and how many of their slots have no reading. */
  record Sealing(int windows, long gaps) {}

  /** Seals complete windows, {@link #MOST} of them, or all up to the latest reading. */
  Sealing seal(Connection connection, boolean all) throws SQLException {
    List<Window> windows = all ? assembler.finish(MOST) : assembler.complete(MOST);
    long gaps = 0;
    WindowHeader last = null;
    for (Window window : windows) {
      SealedWindow done = device.seal(window);
      last = done.header();
      gaps += window.format().slots() - window.present();
      try (PreparedStatement insert =
          prepare(connection, "INSERT INTO gateway_window VALUES (?, ?, ?, ?)")) {
        insert.setLong(3, window.start().toEpochMilli());
        insert.setBytes(4, WindowCodec.encode(done));
        insert.executeUpdate();
      }
    }
    if (last != null) {
      remember(connection, last);
    }
    return new Sealing(windows.size(), gaps);
  }

  private void remember(Connection connection, WindowHeader last) throws SQLException {
    try (PreparedStatement delete =
        prepare(
            connection,
            "DELETE FROM gateway_reading WHERE source = ? AND channel = ? AND time < ?")) {
      delete.setLong(3, last.end().toEpochMilli());
      delete.executeUpdate();
    }
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE gateway_feed SET start = ?, present = ?, commitment = ?, previous = ?"
                + " WHERE source = ? AND channel = ?")) {
      update.setLong(1, last.start().toEpochMilli());
      update.setInt(2, last.present());
      update.setBytes(3, bytes(last.commitment()));
      update.setBytes(4, bytes(last.previous()));
      update.setString(5, feed.source());
      update.setString(6, channel().name());
      update.executeUpdate();
    }
  }
}
