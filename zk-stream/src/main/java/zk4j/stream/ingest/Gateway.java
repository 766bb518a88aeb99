package zk4j.stream.ingest;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import zk4j.core.MalformedDataException;
import zk4j.stream.SealedWindow;
import zk4j.stream.WindowCodec;
import zk4j.stream.database.Connections;
import zk4j.stream.database.Database;

/**
 * Makes sealed windows of batches of readings, each batch counting once, however often it comes and
 * whenever the program ends. What it knows is in a database: batch numbers, readings of windows
 * that are not complete, each feed's last header, and the sealed windows that nobody has taken yet.
 * One transaction takes in a batch as a whole, so that none of it is lost or counted twice.
 *
 * <p>The database is as secret as the readings. An older state of it must not be brought back: it
 * would seal a second history, which verifiers of the chain refuse. Thread-safe.
 */
public final class Gateway implements AutoCloseable {
  private static final int VERSION = 1;

  private final Database database;
  private final Map<String, List<Feed>> feeds;
  private final Clock clock;
  private final SecureRandom random;

  /** Of the sources that nothing has failed of since. */
  private final Map<String, SourceState> states = new HashMap<>();

  /** Held while windows are handed over, which is done by one thread at a time. */
  private final Object delivering = new Object();

  private Gateway(
      Database database, Map<String, List<Feed>> feeds, Clock clock, SecureRandom random) {
    this.database = database;
    this.feeds = feeds;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Opens a gateway, where the last one on that database ended.
   *
   * @param feeds whose batches it takes; there may be more or fewer of them than the last time
   * @param clock that is trusted, for what is from the future
   * @param random for salts
   * @throws IllegalArgumentException if there are two feeds of one source and channel
   * @throws SQLException if the database has another version's tables, or a feed of the same source
   *     and channel with another format, device or subject, or if it fails
   */
  public static Gateway open(
      Connections connections, Collection<Feed> feeds, Clock clock, SecureRandom random)
      throws SQLException {
    Map<String, List<Feed>> bySource = new LinkedHashMap<>();
    Set<String> names = new HashSet<>();
    for (Feed feed : feeds) {
      if (!names.add(feed.source() + " " + feed.format().channel().name())) {
        throw new IllegalArgumentException(
            "two feeds of " + feed.source() + " for " + feed.format().channel().name());
      }
      bySource.computeIfAbsent(feed.source(), key -> new ArrayList<>()).add(feed);
    }
    List<String> schema = new ArrayList<>(SourceState.SCHEMA);
    schema.addAll(FeedState.SCHEMA);
    Database database = Database.open(connections, "gateway", VERSION, schema);
    Gateway gateway = new Gateway(database, bySource, clock, random);
    try {
      for (String source : bySource.keySet()) {
        gateway.seal(source, false);
      }
      return gateway;
    } catch (SQLException | RuntimeException e) {
      gateway.close();
      throw e;
    }
  }

  /** What became of a batch. */
  public enum Receipt {
    /** It is in the database, and so is what followed from it. */
    TAKEN,
    /** It had been taken before. */
    REPEATED,
    /** There is no feed of its source; nothing happened. */
    UNKNOWN_SOURCE
  }

  /**
   * Takes in a batch. When this returns, whoever sent it may forget it; what became of its readings
   * is in {@link #counts}.
   *
   * @throws SQLException if the database fails: then the batch has not been taken, or, if it was
   *     the commit that failed, it may have been. Bring it again
   */
  public Receipt accept(Batch batch) throws SQLException {
    if (!feeds.containsKey(batch.source())) {
      return Receipt.UNKNOWN_SOURCE;
    }
    Instant now = clock.instant();
    boolean[] more = {false};
    Receipt receipt =
        change(
            batch.source(),
            (connection, state) -> {
              if (!state.take(connection, batch.sequence())) {
                return Receipt.REPEATED;
              }
              state.add(connection, batch.readings(), now);
              more[0] = state.seal(connection, false);
              return Receipt.TAKEN;
            });
    if (more[0]) {
      seal(batch.source(), false);
    }
    return receipt;
  }

  /**
   * Seals the windows of a source that have a reading and those before, complete or not: nothing
   * more is expected of it.
   *
   * @throws IllegalArgumentException if there is no feed of it
   * @throws SQLException as {@link #accept}
   */
  public void finish(String source) throws SQLException {
    seal(source, true);
  }

  private void seal(String source, boolean all) throws SQLException {
    while (change(source, (connection, state) -> state.seal(connection, all))) {
      // There were as many as go into one transaction.
    }
  }

  @FunctionalInterface
  private interface Change<T> {
    T on(Connection connection, SourceState state) throws SQLException;
  }

  private record Changed<T>(SourceState state, T result) {}

  private synchronized <T> T change(String source, Change<T> change) throws SQLException {
    // If it fails, what is in memory is ahead of the database, which is read again the next time.
    SourceState known = states.remove(source);
    Changed<T> changed =
        database.transaction(
            connection -> {
              SourceState state = known == null ? load(connection, source) : known;
              T result = change.on(connection, state);
              state.save(connection);
              return new Changed<>(state, result);
            });
    states.put(source, changed.state());
    return changed.result();
  }

  private SourceState state(String source) throws SQLException {
    SourceState known = states.get(source);
    return known == null ? change(source, (connection, state) -> state) : known;
  }

  private SourceState load(Connection connection, String source) throws SQLException {
    List<Feed> own = feeds.get(source);
    if (own == null) {
      throw new IllegalArgumentException("there is no feed of " + source);
    }
    return SourceState.load(
        connection, source, own.stream().map(feed -> new FeedState(feed, random)).toList());
  }

  /**
   * What became of a source's batches and readings.
   *
   * @throws IllegalArgumentException if there is no feed of it
   */
  public synchronized Counts counts(String source) throws SQLException {
    return state(source).counts();
  }

  /**
   * The batches of a source that have not come though later ones have, in their order. One that
   * still comes is taken.
   *
   * @throws IllegalArgumentException if there is no feed of it
   */
  public synchronized List<SequenceGap> missing(String source) throws SQLException {
    return state(source).missing();
  }

  /**
   * The number above those of all batches of a source that have come: 0 for none.
   *
   * @throws IllegalArgumentException if there is no feed of it
   */
  public synchronized long next(String source) throws SQLException {
    return state(source).next();
  }

  /**
   * Hands over the windows that nobody has taken, oldest first, and forgets each when the taker
   * returns. If it throws, or the program ends meanwhile, the window is handed over again the next
   * time: takers know a window that they have had by its header's hash.
   *
   * @return how many were taken
   */
  public int deliver(Consumer<? super SealedWindow> taker) throws SQLException {
    synchronized (delivering) {
      int count = 0;
      Optional<Waiting> next = oldest();
      while (next.isPresent()) {
        Waiting waiting = next.get();
        taker.accept(waiting.window());
        database.transaction(connection -> waiting.delete(connection));
        count++;
        next = oldest();
      }
      return count;
    }
  }

  private record Waiting(String source, SealedWindow window) {
    int delete(Connection connection) throws SQLException {
      try (PreparedStatement delete =
          connection.prepareStatement(
              "DELETE FROM gateway_window WHERE start = ? AND source = ? AND channel = ?")) {
        delete.setLong(1, window.header().start().toEpochMilli());
        delete.setString(2, source);
        delete.setString(3, window.header().format().channel().name());
        return delete.executeUpdate();
      }
    }
  }

  private Optional<Waiting> oldest() throws SQLException {
    return database.query(
        connection -> {
          try (PreparedStatement query =
                  connection.prepareStatement(
                      "SELECT source, bytes FROM gateway_window"
                          + " ORDER BY start, source, channel LIMIT 1");
              ResultSet row = query.executeQuery()) {
            if (!row.next()) {
              return Optional.empty();
            }
            String source = row.getString(1);
            return Optional.of(
                new Waiting(source, WindowCodec.decode(row.getBytes(2), "window of " + source)));
          } catch (MalformedDataException e) {
            throw new SQLException("a sealed window in the database is none", e);
          }
        });
  }

  /** Lets the database go; nothing is lost. */
  @Override
  public void close() {
    database.close();
  }
}
