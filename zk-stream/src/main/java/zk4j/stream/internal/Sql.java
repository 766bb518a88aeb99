package zk4j.stream.internal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalLong;

/** Statements with parameters, in short. */
public final class Sql {
  private Sql() {}

  /**
   * A statement with its parameters: bytes, numbers, or what is written by its {@code toString}.
   */
  public static PreparedStatement statement(Connection connection, String sql, Object... values)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      Object value = values[i];
      statement.setObject(
          i + 1, value instanceof Number || value instanceof byte[] ? value : value.toString());
    }
    return statement;
  }

  /** Changes rows, and tells how many. */
  public static int update(Connection connection, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement statement = statement(connection, sql, values)) {
      return statement.executeUpdate();
    }
  }

  /** The number in the first row and column of what a query finds, if it finds any. */
  public static OptionalLong query(Connection connection, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement statement = statement(connection, sql, values);
        ResultSet rows = statement.executeQuery()) {
      return rows.next() ? OptionalLong.of(rows.getLong(1)) : OptionalLong.empty();
    }
  }
}
