package zk4j.stream.prove;

import static zk4j.stream.internal.Sql.query;
import static zk4j.stream.internal.Sql.statement;
import static zk4j.stream.internal.Sql.update;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import zk4j.bn254.Fr;
import zk4j.bn254.G1;
import zk4j.bn254.G2;
import zk4j.bn254.PointEncoding;
import zk4j.core.MalformedDataException;
import zk4j.groth16.Proof;
import zk4j.stream.database.Connections;
import zk4j.stream.database.Database;
import zk4j.stream.prove.ProofTask.Priority;
import zk4j.stream.prove.ProofTask.Status;
import zk4j.stream.verify.QueryBudget;

/**
 * The tasks of a prover and its proofs, in a database: nothing that is secret is in it.
 * Thread-safe; for one process at a time.
 */
public final class TaskStore implements AutoCloseable {
  private static final String URGENCY =
      "case priority when 'ALERT' then 0 when 'ROUTINE' then 1 else 2 end";

  private static final int VERSION = 2;

  private static final List<String> SCHEMA =
      List.of(
          "create table prover_task ("
              + "id char(64) primary key, status varchar(7) not null,"
              + " priority varchar(7) not null, policy varchar(63) not null,"
              + " windows text not null, challenge varchar(80) not null,"
              + " audience varchar(80) not null, subject varchar(80) not null,"
              + " asked_at bigint not null, not_before bigint not null,"
              + " attempts integer not null, failure varchar(200) not null,"
              + " signals text, proofs text)",
          "create index prover_task_next on prover_task (status, asked_at)",
          "create index prover_task_of on prover_task (subject, audience, asked_at)");

  private static final int G1_BYTES = 64;
  private static final int G2_BYTES = 128;

  private final Database database;

  private TaskStore(Database database) {
    this.database = database;
  }

  /**
   * Opens a store, an empty one if there is none. Tasks whose proof was being made when the process
   * before ended wait again.
   */
  public static TaskStore open(Connections connections) throws SQLException {
    Database database = Database.open(connections, "prover", VERSION, SCHEMA);
    database.transaction(
        connection ->
            update(
                connection,
                "update prover_task set status = ?, attempts = attempts - 1 where status = ?",
                Status.WAITING,
                Status.PROVING));
    return new TaskStore(database);
  }

  /** What keeps a task out. */
  enum Obstacle {
    QUEUE_FULL,
    BUDGET_EXHAUSTED
  }

  /** Takes a task, unless it is known already or something keeps it out. */
  Optional<Obstacle> add(ProofTask task, Fr subject, int capacity, QueryBudget budget, Instant now)
      throws SQLException {
    return database.transaction(
        connection -> {
          if (query(connection, "select 1 from prover_task where id = ?", task.id()).isPresent()) {
            return Optional.empty();
          }
          if (waiting(connection) >= capacity) {
            return Optional.of(Obstacle.QUEUE_FULL);
          }
          long asked =
              query(
                      connection,
                      "select count(*) from prover_task where subject = ? and audience = ?"
                          + " and asked_at > ? and status <> ?",
                      subject,
                      task.audience(),
                      now.minus(budget.within()).toEpochMilli(),
                      Status.FAILED)
                  .orElseThrow();
          if (asked >= budget.proofs()) {
            return Optional.of(Obstacle.BUDGET_EXHAUSTED);
          }
          update(
              connection,
              "insert into prover_task values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, '', null, null)",
              task.id(),
              Status.WAITING,
              task.priority(),
              task.policy(),
              elements(task.windows()),
              task.challenge(),
              task.audience(),
              subject,
              now.toEpochMilli(),
              now.toEpochMilli());
          return Optional.empty();
        });
  }

  /** How many tasks wait. */
  int waiting() throws SQLException {
    return database.transaction(TaskStore::waiting);
  }

  private static int waiting(Connection connection) throws SQLException {
    return (int)
        query(connection, "select count(*) from prover_task where status = ?", Status.WAITING)
            .orElseThrow();
  }

  /** Begins the task that is next of those of some policies, if one may begin now. */
  Optional<TaskReport> next(Instant now, Collection<String> policies) throws SQLException {
    List<Object> values = new ArrayList<>(List.of(Status.WAITING, now.toEpochMilli()));
    values.addAll(policies);
    String known = String.join(", ", Collections.nCopies(policies.size(), "?"));
    return database.transaction(
        connection -> {
          Optional<TaskReport> next =
              report(
                  connection,
                  "status = ? and not_before <= ? and policy in ("
                      + known
                      + ") order by "
                      + URGENCY
                      + ", asked_at, id limit 1",
                  values.toArray());
          if (next.isPresent()) {
            update(
                connection,
                "update prover_task set status = ?, attempts = attempts + 1 where id = ?",
                Status.PROVING,
                next.get().task().id());
          }
          return next;
        });
  }

  /** Enters a proof. */
  void proven(ProofTask task, StatementProof proof) throws SQLException {
    String proofs =
        Stream.concat(Stream.of(proof.proof()), proof.windows().stream())
            .map(TaskStore::encode)
            .collect(Collectors.joining(","));
    set(
        task,
        "status = ?, signals = ?, proofs = ?",
        Status.PROVEN,
        elements(proof.signals()),
        proofs);
  }

  /** Enters that there will be no proof. */
  void failed(ProofTask task, String failure) throws SQLException {
    set(task, "status = ?, failure = ?", Status.FAILED, failure);
  }

  /** Puts a task back, to be tried again. */
  void later(ProofTask task, Instant notBefore) throws SQLException {
    set(task, "status = ?, not_before = ?", Status.WAITING, notBefore.toEpochMilli());
  }

  /** Puts a task back as if it had not begun. */
  void back(ProofTask task) throws SQLException {
    set(task, "status = ?, attempts = attempts - 1", Status.WAITING);
  }

  private void set(ProofTask task, String values, Object... parameters) throws SQLException {
    Object[] all = Arrays.copyOf(parameters, parameters.length + 1);
    all[parameters.length] = task.id();
    database.transaction(
        connection ->
            update(connection, "update prover_task set " + values + " where id = ?", all));
  }

  /** How a task is doing; empty if there is none of that id. */
  public Optional<TaskReport> report(String id) throws SQLException {
    return database.transaction(connection -> report(connection, "id = ?", id));
  }

  /**
   * Forgets the tasks that have ended and were asked before a time, with their proofs. Budgets no
   * longer count them.
   */
  public void deleteAskedBefore(Instant time) throws SQLException {
    database.transaction(
        connection ->
            update(
                connection,
                "delete from prover_task where asked_at < ? and status in (?, ?)",
                time.toEpochMilli(),
                Status.PROVEN,
                Status.FAILED));
  }

  private static Optional<TaskReport> report(
      Connection connection, String condition, Object... values) throws SQLException {
    String sql =
        "select policy, windows, challenge, audience, priority, status, attempts, failure,"
            + " signals, proofs from prover_task where "
            + condition;
    try (PreparedStatement select = statement(connection, sql, values);
        ResultSet row = select.executeQuery()) {
      if (!row.next()) {
        return Optional.empty();
      }
      ProofTask task =
          new ProofTask(
              row.getString(1),
              elements(row.getString(2)),
              element(row.getString(3)),
              element(row.getString(4)),
              Priority.valueOf(row.getString(5)));
      Optional<StatementProof> proof = Optional.empty();
      if (row.getString(10) != null) {
        List<Proof> proofs = new ArrayList<>();
        for (String hex : row.getString(10).split(",", -1)) {
          proofs.add(decode(hex));
        }
        proof =
            Optional.of(
                new StatementProof(
                    task.policy(),
                    proofs.get(0),
                    elements(row.getString(9)),
                    proofs.subList(1, proofs.size())));
      }
      return Optional.of(
          new TaskReport(
              task, Status.valueOf(row.getString(6)), row.getInt(7), row.getString(8), proof));
    }
  }

  private static String elements(List<Fr> elements) {
    return elements.stream().map(Fr::toString).collect(Collectors.joining(","));
  }

  private static List<Fr> elements(String decimals) {
    return Arrays.stream(decimals.split(",", -1)).map(TaskStore::element).toList();
  }

  private static Fr element(String decimal) {
    return Fr.of(new BigInteger(decimal));
  }

  /** Its three points as Ethereum has them, in hexadecimal. */
  private static String encode(Proof proof) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * G1_BYTES + G2_BYTES);
    bytes.put(proof.a().encode(PointEncoding.EVM));
    bytes.put(proof.b().encode(PointEncoding.EVM));
    bytes.put(proof.c().encode(PointEncoding.EVM));
    return HexFormat.of().formatHex(bytes.array());
  }

  private static Proof decode(String hex) throws SQLException {
    try {
      byte[] bytes = HexFormat.of().parseHex(hex);
      int c = G1_BYTES + G2_BYTES;
      return new Proof(
          G1.decode(Arrays.copyOfRange(bytes, 0, G1_BYTES), PointEncoding.EVM),
          G2.decode(Arrays.copyOfRange(bytes, G1_BYTES, c), PointEncoding.EVM),
          G1.decode(Arrays.copyOfRange(bytes, c, c + G1_BYTES), PointEncoding.EVM));
    } catch (MalformedDataException | IllegalArgumentException e) {
      throw new SQLException("a proof in the table of tasks cannot be read", e);
    }
  }

  @Override
  public void close() {
    database.close();
  }
}
