package zk4j.cli;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import zk4j.bn254.Fr;
import zk4j.eddsa.EddsaPublicKey;
import zk4j.merkle.MerkleProof;
import zk4j.stream.SealedWindow;
import zk4j.stream.SubjectSecret;
import zk4j.stream.ledger.AuditLog;
import zk4j.stream.prove.Holdings;
import zk4j.stream.store.WindowVault;
import zk4j.stream.verify.Verdict.Accepted;
import zk4j.stream.verify.VerifierState;

/** What the demonstration and the commands that people run have in common. */
final class StreamParts {
  /** The kind of a ledger's entries about proofs that were accepted. */
  private static final String ACCEPTED = "accepted";

  /** Rows that are read at a time. */
  private static final int BLOCK = 1000;

  /** Whose own news is of no interest here; loggers that nobody holds forget their levels. */
  private static final List<Logger> LIBRARIES =
      Stream.of("io.javalin", "org.eclipse.jetty", "io.moquette", "io.netty", "com.hivemq")
          .map(Logger::getLogger)
          .toList();

  /** Jetty's, which warns of a bad Host with all that was sent. */
  private static final Logger HOSTS = Logger.getLogger("org.eclipse.jetty.util.HostPort");

  private StreamParts() {}

  /** Lets libraries say what is wrong, and nothing else. */
  static void quieten() {
    LIBRARIES.forEach(library -> library.setLevel(Level.WARNING));
    HOSTS.setLevel(Level.OFF);
  }

  /** Looks up where a device is in the tree of devices. */
  @FunctionalInterface
  interface Enrolment {
    Optional<MerkleProof> of(EddsaPublicKey device, Fr subject);
  }

  /** What a prover has that proves from a vault about one person. */
  static Holdings holdings(WindowVault vault, Supplier<SubjectSecret> secret, Enrolment enrolment) {
    return new Holdings() {
      @Override
      public Optional<SealedWindow> window(Fr header) throws IOException {
        try {
          return vault.get(header);
        } catch (SQLException e) {
          throw new IOException("the vault fails", e);
        }
      }

      @Override
      public Optional<SubjectSecret> secret(Fr subject) {
        return Optional.of(secret.get()).filter(known -> known.subject().equals(subject));
      }

      @Override
      public Optional<MerkleProof> enrolment(EddsaPublicKey key, Fr subject) {
        return enrolment.of(key, subject);
      }
    };
  }

  /**
   * Enters the proofs that a verifier accepted and a ledger does not have.
   *
   * @return how many there were
   */
  static int enterMissing(VerifierState state, AuditLog ledger) throws SQLException {
    Set<String> entered = new HashSet<>();
    for (int first = 0; first < ledger.size(); first += BLOCK) {
      ledger.entries(first, BLOCK).stream()
          .filter(entry -> entry.kind().equals(ACCEPTED))
          .forEach(entry -> entered.add(entry.payload()));
    }
    int missing = 0;
    long last = 0;
    List<Accepted> block = state.accepted(last, BLOCK);
    while (!block.isEmpty()) {
      for (Accepted accepted : block) {
        if (!entered.contains(payload(accepted))) {
          enter(accepted, ledger);
          missing++;
        }
        last = accepted.number();
      }
      block = state.accepted(last, BLOCK);
    }
    return missing;
  }

  private static String payload(Accepted accepted) {
    return "%d %s %s %s"
        .formatted(accepted.number(), accepted.policy(), accepted.nullifier(), accepted.holds());
  }

  /** Enters a proof that was accepted in a ledger. */
  static void enter(Accepted accepted, AuditLog ledger) {
    try {
      ledger.append(Instant.now(), ACCEPTED, payload(accepted));
    } catch (SQLException e) {
      throw new IllegalStateException("the ledger cannot be written", e);
    }
  }
}
