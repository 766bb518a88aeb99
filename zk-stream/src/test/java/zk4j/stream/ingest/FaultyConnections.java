package zk4j.stream.ingest;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import zk4j.stream.database.Connections;

/**
 * Connections that fail at one statement or commit, counted over all of them, and ever after: as if
 * the program had been killed there.
 */
public final class FaultyConnections implements Connections {
  private final Connections connections;
  private final int failing;
  private final boolean afterwards;
  private int count;

  /**
   * Such connections.
   *
   * @param failing which statement or commit fails first, from 0 on; -1 for none
   * @param afterwards whether it is done, and fails then
   */
  public FaultyConnections(Connections connections, int failing, boolean afterwards) {
    this.connections = connections;
    this.failing = failing;
    this.afterwards = afterwards;
  }

  /** How many statements and commits there were. */
  public int count() {
    return count;
  }

  @Override
  public Connection connect() throws SQLException {
    if (dead()) {
      throw new SQLException("killed");
    }
    return proxy(Connection.class, connections.connect());
  }

  private boolean dead() {
    return failing >= 0 && count > failing;
  }

  private <T> T proxy(Class<T> type, T target) {
    return type.cast(
        Proxy.newProxyInstance(
            FaultyConnections.class.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              String name = method.getName();
              boolean step = name.startsWith("execute") || name.equals("commit");
              if (dead() && (step || name.equals("rollback"))) {
                throw new SQLException("killed");
              }
              boolean fails = step && count++ == failing;
              if (fails && !afterwards) {
                throw new SQLException("killed before " + name);
              }
              Object result;
              try {
                result = method.invoke(target, arguments);
              } catch (InvocationTargetException e) {
                throw Objects.requireNonNull(e.getCause());
              }
              if (fails) {
                throw new SQLException("killed after " + name);
              }
              if (result instanceof PreparedStatement statement) {
                return proxy(PreparedStatement.class, statement);
              }
              if (result instanceof Statement statement) {
                return proxy(Statement.class, statement);
              }
              return result;
            }));
  }
}
