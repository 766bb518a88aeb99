package zk4j.stream.verify;

import static zk4j.stream.internal.Sql.query;
import static zk4j.stream.internal.Sql.statement;
import static zk4j.stream.internal.Sql.update;

import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import zk4j.bn254.Fr;
import zk4j.stream.database.Connections;
import zk4j.stream.database.Database;
import zk4j.stream.verify.Verdict.Accepted;
import zk4j.stream.verify.Verdict.Reason;
import zk4j.stream.verify.Verdict.Refused;

/**
 * What a verifier must not forget: the challenges that it gave out, and the proofs that it
 * accepted, in a database. Thread-safe; for one process at a time.
 */
public final class VerifierState implements AutoCloseable {
  /** So many challenges may be open at a time. */
  private static final int MAX_OPEN_CHALLENGES = 100_000;

  private static final int VERSION = 1;

  private static final List<String> SCHEMA =
      List.of(
          "create table verifier_challenge ("
              + "challenge varchar(80) primary key, policy varchar(63) not null,"
              + " expires bigint not null)",
          "create table verifier_accepted ("
              + "number bigint primary key, nullifier varchar(80) not null unique,"
              + " pseudonym varchar(80) not null, policy varchar(63) not null,"
              + " holds smallint not null, window_end bigint not null,"
              + " accepted_at bigint not null)",
          "create index verifier_accepted_of on verifier_accepted (pseudonym, accepted_at)");

  private final Database database;

  private VerifierState(Database database) {
    this.database = database;
  }

  /** Opens a state, an empty one if there is none. */
  public static VerifierState open(Connections connections) throws SQLException {
    return new VerifierState(Database.open(connections, "verifier", VERSION, SCHEMA));
  }

  /**
   * Remembers a challenge.
   *
   * @return false if too many are open, and this one is not remembered
   */
  boolean addChallenge(Fr challenge, String policy, Instant now, Instant expires)
      throws SQLException {
    return database.transaction(
        connection -> {
          update(
              connection, "delete from verifier_challenge where expires < ?", now.toEpochMilli());
          long open = query(connection, "select count(*) from verifier_challenge").orElseThrow();
          boolean room = open < MAX_OPEN_CHALLENGES;
          if (room) {
            update(
                connection,
                "insert into verifier_challenge values (?, ?, ?)",
                challenge,
                policy,
                expires.toEpochMilli());
          }
          return room;
        });
  }

  /** Why a proof could not be entered now, whatever it proves; nothing if it could be. */
  Optional<Refused> obstacle(Claim claim, QueryBudget budget, Instant now) throws SQLException {
    return database.transaction(connection -> obstacle(connection, claim, budget, now));
  }

  /** Enters a proof that holds, and closes its challenge; or refuses it, and changes nothing. */
  Verdict enter(Claim claim, QueryBudget budget, Instant now) throws SQLException {
    return database.transaction(
        connection -> {
          Optional<Refused> obstacle = obstacle(connection, claim, budget, now);
          if (obstacle.isPresent()) {
            return obstacle.get();
          }
          long number =
              query(connection, "select count(*) + 1 from verifier_accepted").orElseThrow();
          update(
              connection, "delete from verifier_challenge where challenge = ?", claim.challenge());
          update(
              connection,
              "insert into verifier_accepted values (?, ?, ?, ?, ?, ?, ?)",
              number,
              claim.nullifier(),
              claim.pseudonym(),
              claim.policy(),
              claim.holds() ? 1 : 0,
              claim.end().toEpochMilli(),
              now.toEpochMilli());
          return new Accepted(
              claim.policy(),
              claim.holds(),
              claim.pseudonym(),
              claim.nullifier(),
              claim.end(),
              number);
        });
  }

  private static Optional<Refused> obstacle(
      Connection connection, Claim claim, QueryBudget budget, Instant now) throws SQLException {
    OptionalLong before =
        query(
            connection,
            "select number from verifier_accepted where nullifier = ?",
            claim.nullifier());
    if (before.isPresent()) {
      return refused(
          Reason.REPLAYED, "the statement was accepted before, as number " + before.getAsLong());
    }
    OptionalLong open =
        query(
            connection,
            "select 1 from verifier_challenge where challenge = ? and policy = ? and expires >= ?",
            claim.challenge(),
            claim.policy(),
            now.toEpochMilli());
    if (open.isEmpty()) {
      return refused(Reason.UNKNOWN_CHALLENGE, "the challenge is not open for this policy");
    }
    long asked =
        query(
                connection,
                "select count(*) from verifier_accepted where pseudonym = ? and accepted_at > ?",
                claim.pseudonym(),
                now.minus(budget.within()).toEpochMilli())
            .orElseThrow();
    return asked < budget.proofs()
        ? Optional.empty()
        : refused(
            Reason.BUDGET_EXHAUSTED, asked + " proofs were accepted within " + budget.within());
  }

  private static Optional<Refused> refused(Reason reason, String detail) {
    return Optional.of(new Refused(reason, detail));
  }

  /**
   * The proofs that were accepted, in their order.
   *
   * @param after the number of the one before the first
   * @param limit how many at most
   */
  public List<Accepted> accepted(long after, int limit) throws SQLException {
    String sql =
        "select policy, holds, pseudonym, nullifier, window_end, number from verifier_accepted"
            + " where number > ? order by number limit ?";
    return database.transaction(
        connection -> {
          try (PreparedStatement select = statement(connection, sql, after, limit);
              ResultSet rows = select.executeQuery()) {
            List<Accepted> found = new ArrayList<>();
            while (rows.next()) {
              found.add(
                  new Accepted(
                      rows.getString(1),
                      rows.getInt(2) == 1,
                      Fr.of(new BigInteger(rows.getString(3))),
                      Fr.of(new BigInteger(rows.getString(4))),
                      Instant.ofEpochMilli(rows.getLong(5)),
                      rows.getLong(6)));
            }
            return found;
          }
        });
  }

  @Override
  public void close() {
    database.close();
  }
}
