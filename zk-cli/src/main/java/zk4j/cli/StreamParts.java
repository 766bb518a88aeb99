package zk4j.cli;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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

/** What the demonstration and the commands that people run have in common. */
final class StreamParts {
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

  /** Enters a proof that was accepted in a ledger. */
  static void enter(Accepted accepted, AuditLog ledger) {
    String payload =
        "%d %s %s %s"
            .formatted(
                accepted.number(), accepted.policy(), accepted.nullifier(), accepted.holds());
    try {
      ledger.append(Instant.now(), "accepted", payload);
    } catch (SQLException e) {
      throw new IllegalStateException("the ledger cannot be written", e);
    }
  }
}
