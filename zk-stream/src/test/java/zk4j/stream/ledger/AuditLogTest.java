package zk4j.stream.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import zk4j.core.MalformedDataException;
import zk4j.core.VerificationResult;
import zk4j.stream.database.Connections;

class AuditLogTest {
  private static final String ORIGIN = "example.org/ledger";
  private static final Instant TIME = Instant.parse("2026-01-05T08:00:00Z");
  private static final int ENTRIES = 5;

  private final KeyPair key = key();
  @TempDir private Path folder;
  private String url = "";
  private Checkpoint kept;

  private static KeyPair key() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private AuditLog open() throws SQLException {
    return AuditLog.open(Connections.of(url), ORIGIN, key);
  }

  AuditLogTest() {
    kept = Checkpoint.sign(ORIGIN, 0, new LogTree().root(), key);
  }

  @BeforeEach
  void fill() throws SQLException {
    url = "jdbc:sqlite:" + folder.resolve("ledger.db");
    try (AuditLog log = open()) {
      for (int i = 0; i < ENTRIES; i++) {
        log.append(TIME.plusMillis(i), "accepted", "proof " + i);
      }
      kept = log.checkpoint();
    }
  }

  @Test
  void entriesStayAndCheckpointsFollowEachOther() throws Exception {
    try (AuditLog log = open()) {
      assertEquals(ENTRIES, log.size());
      assertEquals(kept, log.checkpoint());
      assertEquals(VerificationResult.VALID, log.check(kept));
      AuditLog.Entry entry = log.append(TIME, "erased", "window");
      assertEquals(entry, log.entries(ENTRIES, 10).get(0));
      assertEquals(3, log.entries(2, 3).size());
      Checkpoint now = log.checkpoint();
      assertEquals(VerificationResult.VALID, log.check(kept));
      assertTrue(
          LogTree.isConsistent(
              ENTRIES, kept.root(), now.size(), now.root(), log.consistency(ENTRIES, now.size())));
      assertTrue(
          LogTree.isIncluded(
              entry.leaf(), ENTRIES, now.size(), log.inclusion(ENTRIES, now.size()), now.root()));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "update ledger_entry set payload = 'proof 9' where number = 2 | one of the first 5 entries",
        "update ledger_entry set kind = 'erased' where number = 0 | one of the first 5 entries",
        "update ledger_entry set entered_at = 0 where number = 4 | one of the first 5 entries",
        "delete from ledger_entry where number = 1 | entry 1 is missing",
        "delete from ledger_entry where number = 4 | there were 5 entries, and there are 4",
        "update ledger_entry set number = 7 where number = 3 | entry 3 is missing",
        "update ledger_entry set number = -number - 1 where number = 0 | entry 0 is missing",
        "update ledger_entry set payload = replace(payload, 'proof 3', 'proof 4') | one of the first 5 entries",
      })
  void whatIsChangedInTheDatabaseIsFound(String sql, String problem) throws Exception {
    try (AuditLog log = open()) {
      try (Connection connection = DriverManager.getConnection(url);
          Statement statement = connection.createStatement()) {
        statement.execute(sql);
      }
      VerificationResult result = log.check(kept);
      assertFalse(result.valid());
      assertTrue(result.reason().startsWith(problem), result.reason());
    }
  }

  @Test
  void anotherLedgersCheckpointIsNone() throws Exception {
    try (AuditLog log = open()) {
      Checkpoint other = Checkpoint.sign("example.org/other", ENTRIES, kept.root(), key);
      assertFalse(log.check(other).valid());
    }
  }

  @Test
  void checkpointsAreReadWithTheirKeyAlone() throws Exception {
    assertEquals(kept, Checkpoint.parse(kept.text(), key.getPublic()));
    assertEquals(ENTRIES, Checkpoint.parse(kept.text(), key.getPublic()).size());
    assertThrows(
        MalformedDataException.class, () -> Checkpoint.parse(kept.text(), key().getPublic()));
    Random random = new Random(7);
    for (int i = 0; i < kept.text().length(); i++) {
      StringBuilder text = new StringBuilder(kept.text());
      char other = (char) (33 + random.nextInt(90));
      text.setCharAt(i, other == text.charAt(i) ? '~' : other);
      assertThrows(
          MalformedDataException.class,
          () -> Checkpoint.parse(text.toString(), key.getPublic()),
          text::toString);
      int end = i;
      assertThrows(
          MalformedDataException.class,
          () -> Checkpoint.parse(kept.text().substring(0, end), key.getPublic()));
    }
  }

  @Test
  void whatIsNoEntryIsRefused() throws Exception {
    try (AuditLog log = open()) {
      assertThrows(IllegalArgumentException.class, () -> log.append(TIME, "No Kind", ""));
      assertThrows(
          IllegalArgumentException.class, () -> log.append(TIME, "kind", "x".repeat(1 << 17)));
      assertEquals(ENTRIES, log.size());
    }
    assertThrows(
        IllegalArgumentException.class, () -> AuditLog.open(Connections.of(url), "two words", key));
  }
}
