package zk4j.stream.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A database that one program at a time works on, in transactions that happen as a whole or not at
 * all. Whoever opens it last has it: what others open before try then is refused, so that no two
 * work on the same state. Thread-safe.
 *
 * <p>SQL is kept to what SQLite and PostgreSQL both know. SQLite takes any name of a type, and
 * stores bytes in a column of {@code BYTEA} as they are.
 */
public final class Database implements AutoCloseable {
  private final Connections connections;
  private final String name;
  private long holder;
  private @Nullable Connection connection;
  private boolean closed;

  private Database(Connections connections, String name) {
    this.connections = connections;
    this.name = name;
  }

  /**
   * Opens a database, and makes its tables unless they are there.
   *
   * @param name of a table that has the schema's version, and what other tables' names begin with
   * @param version of the schema
   * @param schema the statements that make the tables
   * @throws SQLException if the database has another version of the schema, or fails
   */
  public static Database open(
      Connections connections, String name, int version, List<String> schema) throws SQLException {
    Database database = new Database(connections, name);
    try {
      // By itself: a transaction that reads first cannot always go on to write in SQLite.
      boolean present = database.whole(database::present);
      database.holder =
          database.whole(connection -> database.take(connection, present, version, schema));
    } catch (SQLException | RuntimeException e) {
      database.close();
      throw e;
    }
    return database;
  }

  private boolean present(Connection connection) throws SQLException {
    try (ResultSet tables = connection.getMetaData().getTables(null, null, name, null)) {
      return tables.next();
    }
  }

  private long take(Connection connection, boolean present, int version, List<String> schema)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (!present) {
        statement.execute(
            "CREATE TABLE " + name + " (version INTEGER NOT NULL, holder BIGINT NOT NULL)");
        statement.execute("INSERT INTO " + name + " VALUES (" + version + ", 0)");
        for (String table : schema) {
          statement.execute(table);
        }
      }
      statement.executeUpdate("UPDATE " + name + " SET holder = holder + 1");
      try (ResultSet row = statement.executeQuery("SELECT version, holder FROM " + name)) {
        if (!row.next() || row.getInt(1) != version) {
          throw new SQLException("the tables " + name + " are not of version " + version);
        }
        return row.getLong(2);
      }
    }
  }

  /** What is done in a transaction. */
  @FunctionalInterface
  public interface Work<T> {
    /** Does it; if it fails, nothing of it has happened. */
    T on(Connection connection) throws SQLException;
  }

  /**
   * Does work in one transaction. If this fails, none of it has happened, or, where it is the
   * commit that fails, none or all: read again what is there. The next one has a new connection.
   *
   * @throws SQLException if the database fails, or somebody else has opened it since
   */
  public <T> T transaction(Work<T> work) throws SQLException {
    return whole(
        connection -> {
          // First a write: the lock is there before anything is read.
          try (PreparedStatement mine =
              connection.prepareStatement(
                  "UPDATE " + name + " SET holder = holder WHERE holder = ?")) {
            mine.setLong(1, holder);
            if (mine.executeUpdate() != 1) {
              throw notMine();
            }
          }
          return work.on(connection);
        });
  }

  /**
   * Reads, in one transaction that writes nothing.
   *
   * @throws SQLException as {@link #transaction}
   */
  public <T> T query(Work<T> work) throws SQLException {
    return whole(
        connection -> {
          try (Statement statement = connection.createStatement();
              ResultSet row = statement.executeQuery("SELECT holder FROM " + name)) {
            if (!row.next() || row.getLong(1) != holder) {
              throw notMine();
            }
          }
          return work.on(connection);
        });
  }

  private SQLException notMine() {
    return new SQLException("the tables " + name + " were opened by somebody else since");
  }

  private synchronized <T> T whole(Work<T> work) throws SQLException {
    if (closed) {
      throw new SQLException("the database was closed");
    }
    boolean done = false;
    try {
      Connection open = connection;
      if (open == null) {
        open = connections.connect();
        connection = open;
        open.setAutoCommit(false);
      }
      T result = work.on(open);
      open.commit();
      done = true;
      return result;
    } finally {
      if (!done) {
        disconnect();
      }
    }
  }

  private void disconnect() {
    try (Connection open = connection) {
      if (open != null && !open.isClosed() && !open.getAutoCommit()) {
        open.rollback();
      }
    } catch (SQLException e) {
      // The connection is of no more use, which is why it is closed.
    } finally {
      connection = null;
    }
  }

  /** Lets the database go. */
  @Override
  public synchronized void close() {
    closed = true;
    disconnect();
  }
}
