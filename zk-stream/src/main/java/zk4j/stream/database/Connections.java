package zk4j.stream.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Where connections to a database come from. */
@FunctionalInterface
public interface Connections {
  /** A new connection, which is the caller's to close. */
  Connection connect() throws SQLException;

  /** Those of a pool or driver. */
  static Connections of(DataSource source) {
    return source::getConnection;
  }

  /** Those of a driver that knows the URL, such as {@code jdbc:postgresql:gateway}. */
  static Connections of(String url) {
    return () -> DriverManager.getConnection(url);
  }

  /**
   * SQLite's on a file, by {@code org.xerial:sqlite-jdbc}, which the application brings along. A
   * new file is readable by its owner alone, where the file system has such permissions; what is
   * deleted is overwritten.
   *
   * @throws UncheckedIOException if there is no such file and it cannot be made
   */
  static Connections sqlite(Path file) {
    try {
      if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
    } catch (FileAlreadyExistsException e) {
      // Which is as well.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return () -> {
      Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
      try (Statement statement = connection.createStatement()) {
        statement.execute("PRAGMA secure_delete = ON");
        statement.execute("PRAGMA synchronous = FULL");
        return connection;
      } catch (SQLException e) {
        connection.close();
        throw e;
      }
    };
  }
}
