package zk4j.stream.ingest;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import zk4j.stream.Channel;
import zk4j.stream.Reading;
import zk4j.stream.WindowAssembler;

/**
 * What is known of a source: as the database has it, unless a transaction on it has failed. Then it
 * is to be thrown away.
 */
final class SourceState {
  /** The columns of {@link #tallies}, in their order. */
  private static final String TALLIES =
      "batches, repeated, accepted, duplicate, late, future, out_of_range, unassigned, windows,"
          + " gaps";

  static final List<String> SCHEMA =
      List.of(
          """
          CREATE TABLE gateway_source (source VARCHAR(64) PRIMARY KEY, next BIGINT NOT NULL,
            batches BIGINT NOT NULL, repeated BIGINT NOT NULL, accepted BIGINT NOT NULL,
            duplicate BIGINT NOT NULL, late BIGINT NOT NULL, future BIGINT NOT NULL,
            out_of_range BIGINT NOT NULL, unassigned BIGINT NOT NULL, windows BIGINT NOT NULL,
            gaps BIGINT NOT NULL)""",
          """
          CREATE TABLE gateway_missing (source VARCHAR(64) NOT NULL, first BIGINT NOT NULL,
            last BIGINT NOT NULL, PRIMARY KEY (source, first))""");

  private static final int BATCHES = 0;
  private static final int REPEATED = 1;
  private static final int ACCEPTED = 2;
  private static final int DUPLICATE = 3;
  private static final int LATE = 4;
  private static final int FUTURE = 5;
  private static final int OUT_OF_RANGE = 6;
  private static final int UNASSIGNED = 7;
  private static final int WINDOWS = 8;
  private static final int GAPS = 9;

  private final String source;
  private final Map<Channel, FeedState> feeds = new LinkedHashMap<>();

  /** The first batch number above all that have come. */
  private long next;

  /** Numbers below that have not come: the first of each range, and the last. */
  private final NavigableMap<Long, Long> missing = new TreeMap<>();

  private final long[] tallies = new long[GAPS + 1];

  private SourceState(String source) {
    this.source = source;
  }

  /** Reads what is there, or begins. */
  static SourceState load(Connection connection, String source, List<FeedState> feeds)
      throws SQLException {
    SourceState state = new SourceState(source);
    for (FeedState feed : feeds) {
      feed.load(connection);
      state.feeds.put(feed.channel(), feed);
    }
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT next, " + TALLIES + " FROM gateway_source WHERE source = ?")) {
      query.setString(1, source);
      try (ResultSet row = query.executeQuery()) {
        if (row.next()) {
          state.next = row.getLong(1);
          for (int i = 0; i < state.tallies.length; i++) {
            state.tallies[i] = row.getLong(i + 2);
          }
        } else {
          state.insert(connection);
        }
      }
    }
    try (PreparedStatement query =
        connection.prepareStatement("SELECT first, last FROM gateway_missing WHERE source = ?")) {
      query.setString(1, source);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          state.missing.put(row.getLong(1), row.getLong(2));
        }
      }
    }
    return state;
  }

  private void insert(Connection connection) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO gateway_source VALUES (?, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)")) {
      insert.setString(1, source);
      insert.executeUpdate();
    }
  }

  /** Whether there was no batch of that number yet; there is one now. */
  boolean take(Connection connection, long sequence) throws SQLException {
    if (sequence >= next) {
      if (sequence > next) {
        addMissing(connection, next, sequence - 1);
      }
      next = sequence + 1;
      tallies[BATCHES]++;
      return true;
    }
    Map.Entry<Long, Long> range = missing.floorEntry(sequence);
    if (range == null || range.getValue() < sequence) {
      tallies[REPEATED]++;
      return false;
    }
    long first = range.getKey();
    long last = range.getValue();
    missing.remove(first);
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM gateway_missing WHERE source = ? AND first = ?")) {
      delete.setString(1, source);
      delete.setLong(2, first);
      delete.executeUpdate();
    }
    if (first < sequence) {
      addMissing(connection, first, sequence - 1);
    }
    if (sequence < last) {
      addMissing(connection, sequence + 1, last);
    }
    tallies[BATCHES]++;
    return true;
  }

  private void addMissing(Connection connection, long first, long last) throws SQLException {
    missing.put(first, last);
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO gateway_missing VALUES (?, ?, ?)")) {
      insert.setString(1, source);
      insert.setLong(2, first);
      insert.setLong(3, last);
      insert.executeUpdate();
    }
  }

  /** Puts readings into their slots, and says where each went. */
  void add(Connection connection, List<Reading> readings, Instant now) throws SQLException {
    for (Reading reading : readings) {
      FeedState feed = feeds.get(reading.channel());
      if (feed == null) {
        tallies[UNASSIGNED]++;
        continue;
      }
      WindowAssembler.Outcome outcome = feed.add(connection, reading, now);
      tallies[
          switch (outcome) {
            case ACCEPTED -> ACCEPTED;
            case DUPLICATE -> DUPLICATE;
            case LATE -> LATE;
            case FUTURE -> FUTURE;
            case OUT_OF_RANGE -> OUT_OF_RANGE;
          }]++;
    }
  }

  /**
   * Seals windows that are complete, or all up to the latest readings.
   *
   * @return whether some may be left
   */
  boolean seal(Connection connection, boolean all) throws SQLException {
    boolean more = false;
    for (FeedState feed : feeds.values()) {
      FeedState.Sealing sealing = feed.seal(connection, all);
      tallies[WINDOWS] += sealing.windows();
      tallies[GAPS] += sealing.gaps();
      more |= sealing.windows() == FeedState.MOST;
    }
    return more;
  }

  /** Writes what has changed besides. */
  void save(Connection connection) throws SQLException {
    String columns = TALLIES.replace(",", " = ?,") + " = ?";
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE gateway_source SET next = ?, " + columns + " WHERE source = ?")) {
      update.setLong(1, next);
      for (int i = 0; i < tallies.length; i++) {
        update.setLong(i + 2, tallies[i]);
      }
      update.setString(tallies.length + 2, source);
      update.executeUpdate();
    }
  }

  long next() {
    return next;
  }

  List<SequenceGap> missing() {
    List<SequenceGap> gaps = new ArrayList<>();
    missing.forEach((first, last) -> gaps.add(new SequenceGap(first, last)));
    return gaps;
  }

  Counts counts() {
    return new Counts(
        tallies[BATCHES],
        tallies[REPEATED],
        missing().stream().mapToLong(SequenceGap::size).sum(),
        tallies[ACCEPTED],
        tallies[DUPLICATE],
        tallies[LATE],
        tallies[FUTURE],
        tallies[OUT_OF_RANGE],
        tallies[UNASSIGNED],
        tallies[WINDOWS],
        tallies[GAPS]);
  }
}
