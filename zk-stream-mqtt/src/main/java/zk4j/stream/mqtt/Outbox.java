package zk4j.stream.mqtt;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import zk4j.stream.Reading;
import zk4j.stream.database.Connections;
import zk4j.stream.database.Database;

/**
 * What a device has measured and its gateway has not taken yet: readings, messages made of them,
 * and the number of the next message. Thread-safe.
 */
final class Outbox implements AutoCloseable {
  private static final int VERSION = 1;

  private static final List<String> SCHEMA =
      List.of(
          "CREATE TABLE outbox_pairing (alias BYTEA NOT NULL, channels BYTEA NOT NULL,"
              + " next BIGINT NOT NULL)",
          "CREATE TABLE outbox_reading (id BIGINT PRIMARY KEY, channel INTEGER NOT NULL,"
              + " time BIGINT NOT NULL, value INTEGER NOT NULL)",
          "CREATE TABLE outbox_message (sequence BIGINT PRIMARY KEY, message BYTEA NOT NULL,"
              + " stored INTEGER NOT NULL)");

  private final Database database;
  private final Pairing pairing;
  private final MessageCodec codec;
  private final SecureRandom random;

  private Outbox(Database database, Pairing pairing, SecureRandom random) {
    this.database = database;
    this.pairing = pairing;
    this.codec = new MessageCodec(pairing);
    this.random = random;
  }

  /** A message and its number. */
  static final class Numbered {
    private final long sequence;
    private final byte[] bytes;

    Numbered(long sequence, byte[] bytes) {
      this.sequence = sequence;
      this.bytes = bytes;
    }

    long sequence() {
      return sequence;
    }

    byte[] bytes() {
      return bytes;
    }
  }

  /** Opens an outbox, which is of one pairing and its channels for ever. */
  static Outbox open(Connections connections, Pairing pairing, SecureRandom random)
      throws SQLException {
    Database database = Database.open(connections, "outbox", VERSION, SCHEMA);
    Outbox outbox = new Outbox(database, pairing, random);
    try {
      database.transaction(outbox::enrol);
      return outbox;
    } catch (SQLException | RuntimeException e) {
      database.close();
      throw e;
    }
  }

  private boolean enrol(Connection connection) throws SQLException {
    try (Statement query = connection.createStatement();
        ResultSet row = query.executeQuery("SELECT alias, channels FROM outbox_pairing")) {
      if (row.next()) {
        if (Arrays.equals(row.getBytes(1), pairing.alias())
            && Arrays.equals(row.getBytes(2), pairing.channelsHash())) {
          return true;
        }
        throw new SQLException("the outbox is of another pairing than " + pairing.source());
      }
    }
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO outbox_pairing VALUES (?, ?, 0)")) {
      insert.setBytes(1, pairing.alias());
      insert.setBytes(2, pairing.channelsHash());
      return insert.executeUpdate() == 1;
    }
  }

  /** Keeps readings for the messages to come. */
  void add(List<Reading> readings) throws SQLException {
    readings.forEach(codec::requireEncodable);
    database.transaction(
        connection -> {
          long id = number(connection, "SELECT COALESCE(MAX(id), 0) FROM outbox_reading");
          try (PreparedStatement insert =
              connection.prepareStatement("INSERT INTO outbox_reading VALUES (?, ?, ?, ?)")) {
            for (Reading reading : readings) {
              insert.setLong(1, ++id);
              insert.setInt(2, pairing.channels().indexOf(reading.channel()));
              insert.setLong(3, reading.time().toEpochMilli());
              insert.setInt(4, reading.value());
              insert.executeUpdate();
            }
          }
          return id;
        });
  }

  private static long number(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      if (!row.next()) {
        throw new SQLException("nothing for " + query);
      }
      return row.getLong(1);
    }
  }

  /**
   * Makes the next message, of the oldest readings, as many as it holds; of none if there are none.
   */
  long make() throws SQLException {
    return database.transaction(
        connection -> {
          long sequence = number(connection, "SELECT next FROM outbox_pairing");
          if (sequence > MessageCodec.LAST_SEQUENCE) {
            throw new SQLException("the pairing has no more numbers: make a new one");
          }
          List<Reading> readings = new ArrayList<>();
          long last = 0;
          try (Statement query = connection.createStatement();
              ResultSet row =
                  query.executeQuery(
                      "SELECT id, channel, time, value FROM outbox_reading ORDER BY id LIMIT "
                          + MessageCodec.MOST_READINGS)) {
            while (row.next()) {
              last = row.getLong(1);
              readings.add(
                  new Reading(
                      pairing.channels().get(row.getInt(2)),
                      Instant.ofEpochMilli(row.getLong(3)),
                      row.getInt(4)));
            }
          }
          try (PreparedStatement insert =
              connection.prepareStatement("INSERT INTO outbox_message VALUES (?, ?, 0)")) {
            insert.setLong(1, sequence);
            insert.setBytes(2, codec.encode(sequence, readings, random));
            insert.executeUpdate();
          }
          update(connection, "DELETE FROM outbox_reading WHERE id <= ?", last);
          update(connection, "UPDATE outbox_pairing SET next = ?", sequence + 1);
          return sequence;
        });
  }

  private static int update(Connection connection, String sql, long number) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, number);
      return statement.executeUpdate();
    }
  }

  /** The first message above a number that the broker has not acknowledged. */
  Optional<Numbered> unsent(long above) throws SQLException {
    return message("stored = 0 AND sequence > ?", above);
  }

  /** The first message from a number on. */
  Optional<Numbered> from(long sequence) throws SQLException {
    return message("sequence >= ?", sequence);
  }

  private Optional<Numbered> message(String condition, long number) throws SQLException {
    return database.query(
        connection -> {
          try (PreparedStatement query =
              connection.prepareStatement(
                  "SELECT sequence, message FROM outbox_message WHERE "
                      + condition
                      + " ORDER BY sequence LIMIT 1")) {
            query.setLong(1, number);
            try (ResultSet row = query.executeQuery()) {
              return row.next()
                  ? Optional.of(new Numbered(row.getLong(1), row.getBytes(2)))
                  : Optional.empty();
            }
          }
        });
  }

  /** Remembers that the broker has acknowledged a message. */
  void stored(long sequence) throws SQLException {
    database.transaction(
        connection ->
            update(
                connection, "UPDATE outbox_message SET stored = 1 WHERE sequence = ?", sequence));
  }

  /** Forgets the messages below a number, which the gateway has; how many that are. */
  int taken(long below) throws SQLException {
    return database.transaction(
        connection -> update(connection, "DELETE FROM outbox_message WHERE sequence < ?", below));
  }

  Publisher.Status status() throws SQLException {
    return database.query(
        connection ->
            new Publisher.Status(
                number(connection, "SELECT next FROM outbox_pairing"),
                number(connection, "SELECT COUNT(*) FROM outbox_reading"),
                number(connection, "SELECT COUNT(*) FROM outbox_message"),
                number(connection, "SELECT COUNT(*) FROM outbox_message WHERE stored = 0")));
  }

  @Override
  public void close() {
    database.close();
  }
}
