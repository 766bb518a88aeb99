package zk4j.stream.database;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * SQLite's connections to a file that cannot grow while the disk is full: it is SQLite that fails
 * then, as it does for want of space ({@code SQLITE_FULL}), since the file has a limit of pages.
 */
public final class FullDisk implements Connections {
  private static final int UNLIMITED = 1 << 20;

  private final Connections file;
  private volatile boolean full;

  /** Connections to a file. */
  public FullDisk(Path file) {
    this.file = Connections.sqlite(file);
  }

  /** From the next connection on, the file cannot grow, or can again. */
  public void setFull(boolean full) {
    this.full = full;
  }

  @Override
  public Connection connect() throws SQLException {
    Connection connection = file.connect();
    try (Statement statement = connection.createStatement()) {
      // No less than there are already.
      statement.execute("PRAGMA max_page_count = " + (full ? 1 : UNLIMITED));
    }
    return connection;
  }
}
