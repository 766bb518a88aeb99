package zk4j.stream.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zk4j.bn254.Fr;
import zk4j.stream.Device;
import zk4j.stream.Samples;
import zk4j.stream.SealedWindow;
import zk4j.stream.WindowCodec;
import zk4j.stream.database.Connections;
import zk4j.stream.keys.KeyRing;
import zk4j.stream.ledger.AuditLog;

class WindowVaultTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final char[] PASSPHRASE = "x".toCharArray();

  private final Device device = Samples.device(1);
  private final SealedWindow first =
      device.seal(Samples.window(60, -1, 62, -1, 64, -1, -1, 67, -1, -1, -1, -1));
  private final SealedWindow second = device.seal(Samples.later(1));

  @TempDir private Path folder;

  /** What a vault is made of, opened anew by each test. */
  private static final class Parts implements AutoCloseable {
    final KeyRing ring;
    final AuditLog ledger;
    final BlobStore blobs;
    final WindowVault vault;
    final Path folder;

    Parts(Path folder) throws Exception {
      this.folder = folder;
      Path file = folder.resolve("ring");
      ring =
          Files.exists(file)
              ? KeyRing.open(file, PASSPHRASE, RANDOM)
              : KeyRing.create(file, PASSPHRASE, RANDOM);
      ledger =
          AuditLog.open(
              Connections.sqlite(folder.resolve("ledger.db")),
              "example.org/ledger",
              KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
      blobs = new DirectoryBlobStore(folder.resolve("blobs"));
      vault =
          WindowVault.open(
              Connections.sqlite(folder.resolve("vault.db")),
              blobs,
              ring,
              ledger,
              Clock.systemUTC(),
              RANDOM);
    }

    void sql(String sql) throws Exception {
      try (var connection =
              DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("vault.db"));
          var statement = connection.createStatement()) {
        statement.execute(sql);
      }
    }

    @Override
    public void close() {
      vault.close();
      ledger.close();
      ring.close();
    }
  }

  private static Fr header(SealedWindow window) {
    return window.header().hash();
  }

  @Test
  void windowsAreKeptAcrossRotations() throws Exception {
    try (Parts parts = new Parts(folder)) {
      Cid cid = parts.vault.put(first);
      assertEquals(cid, parts.vault.put(first));
      parts.ring.rotate();
      parts.vault.put(second);
      assertEquals(1, parts.vault.rewrap());
      assertEquals(0, parts.vault.rewrap());
      parts.ring.retire(1);
    }
    try (Parts parts = new Parts(folder)) {
      assertEquals(Optional.of(first), parts.vault.get(header(first)));
      assertEquals(Optional.of(second), parts.vault.get(header(second)));
      assertTrue(parts.vault.get(Fr.ONE).isEmpty());
    }
  }

  @Test
  void blobsTellNothingByTheirSizeOrContent() throws Exception {
    try (Parts parts = new Parts(folder)) {
      byte[] a = parts.blobs.get(parts.vault.put(first)).orElseThrow();
      byte[] b = parts.blobs.get(parts.vault.put(second)).orElseThrow();
      assertEquals(a.length, b.length);
      String hex = HexFormat.of().formatHex(a);
      byte[] plain = WindowCodec.encode(first);
      for (int from = 0; from + 8 <= plain.length; from++) {
        assertFalse(hex.contains(HexFormat.of().formatHex(plain, from, from + 8)));
      }
    }
  }

  @Test
  void whatIsErasedStaysErased() throws Exception {
    Path copy = folder.resolve("copy");
    try (Parts parts = new Parts(folder)) {
      Cid cid = parts.vault.put(first);
      parts.vault.put(second);
      byte[] blob = parts.blobs.get(cid).orElseThrow();
      Files.write(copy, blob);
      ErasureReceipt receipt = parts.vault.erase(header(first)).orElseThrow();
      assertEquals(cid, receipt.cid());
      assertTrue(receipt.text().contains(cid.toString()), receipt.text());
      assertTrue(receipt.text().contains(receipt.checkpoint().text()));
      assertEquals(
          List.of("erased"),
          parts.ledger.entries(0, 10).stream().map(AuditLog.Entry::kind).toList());
      assertTrue(parts.vault.get(header(first)).isEmpty());
      assertTrue(parts.vault.erase(header(first)).isEmpty());
      assertTrue(parts.vault.erase(Fr.ONE).isEmpty());
      assertThrows(IllegalArgumentException.class, () -> parts.vault.put(first));
      assertEquals(Optional.of(second), parts.vault.get(header(second)));
      // Whoever has a copy of the blob cannot open it, and the key is nowhere in the database.
      parts.blobs.put(blob);
      assertTrue(parts.vault.get(header(first)).isEmpty());
    }
    // What was signed still is.
    assertTrue(first.header().device().verify(header(first), first.signature()));
  }

  @Test
  void theKeyIsNoLongerInTheDatabasesFile() throws Exception {
    try (Parts parts = new Parts(folder)) {
      parts.vault.put(first);
      byte[] wrapped;
      try (var connection =
              DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("vault.db"));
          var rows =
              connection.createStatement().executeQuery("select data_key from vault_window")) {
        rows.next();
        wrapped = rows.getBytes(1);
      }
      String key = HexFormat.of().formatHex(wrapped);
      assertTrue(hex(folder.resolve("vault.db")).contains(key));
      parts.vault.erase(header(first));
      assertFalse(hex(folder.resolve("vault.db")).contains(key));
    }
  }

  private static String hex(Path file) throws IOException {
    return HexFormat.of().formatHex(Files.readAllBytes(file));
  }

  @Test
  void anErasureThatWasBegunIsEnded() throws Exception {
    Cid cid;
    try (Parts parts = new Parts(folder)) {
      cid = parts.vault.put(first);
    }
    try (Parts parts = new Parts(folder)) {
      // As if the process had ended behind its first step.
      parts.sql("update vault_window set data_key = null");
    }
    try (Parts parts = new Parts(folder)) {
      assertEquals(1, parts.ledger.size());
      assertTrue(parts.blobs.get(cid).isEmpty());
    }
    try (Parts parts = new Parts(folder)) {
      assertEquals(1, parts.ledger.size());
    }
  }

  @Test
  void whatIsChangedIsRefused() throws Exception {
    try (Parts parts = new Parts(folder)) {
      Cid a = parts.vault.put(first);
      Cid b = parts.vault.put(second);
      // Another window's blob, and its key.
      parts.sql("update vault_window set cid = '" + b + "' where cid = '" + a + "'");
      assertThrows(IOException.class, () -> parts.vault.get(header(first)));
      parts.sql(
          "update vault_window set data_key = (select data_key from vault_window where header = '"
              + header(second)
              + "')");
      assertThrows(IOException.class, () -> parts.vault.get(header(first)));
      assertEquals(Optional.of(second), parts.vault.get(header(second)));
      parts.blobs.delete(b);
      assertThrows(IOException.class, () -> parts.vault.get(header(second)));
    }
  }
}
