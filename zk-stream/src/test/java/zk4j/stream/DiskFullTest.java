package zk4j.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zk4j.bn254.Fr;
import zk4j.stream.database.Connections;
import zk4j.stream.database.FullDisk;
import zk4j.stream.ingest.Batch;
import zk4j.stream.ingest.Counts;
import zk4j.stream.ingest.Feed;
import zk4j.stream.ingest.Gateway;
import zk4j.stream.keys.KeyRing;
import zk4j.stream.ledger.AuditLog;
import zk4j.stream.store.BlobStore;
import zk4j.stream.store.Cid;
import zk4j.stream.store.DirectoryBlobStore;
import zk4j.stream.store.WindowVault;

/** No more room: nothing is taken that is not kept, and all goes on when there is some again. */
class DiskFullTest {
  private static final String SOURCE = "a";
  private static final SecureRandom RANDOM = new SecureRandom();

  @TempDir private Path folder;

  private static Gateway gateway(Connections connections) throws SQLException {
    Feed feed =
        new Feed(
            SOURCE,
            Samples.MINUTES,
            Samples.key(1),
            Samples.SECRET.subject(),
            Samples.START,
            Duration.ZERO);
    Clock clock = Clock.fixed(Samples.START.plus(Duration.ofDays(1)), ZoneOffset.UTC);
    return Gateway.open(connections, List.of(feed), clock, RANDOM);
  }

  private static Batch batch(int number) {
    List<Reading> readings =
        IntStream.range(12 * number, 12 * number + 12)
            .mapToObj(
                minute ->
                    new Reading(
                        Samples.MINUTES.channel(),
                        Samples.START.plus(Duration.ofMinutes(minute)),
                        60 + minute % 40))
            .toList();
    return new Batch(SOURCE, number, readings);
  }

  @Test
  void aGatewayTakesBatchesAsAWholeOrNotAtAll() throws SQLException {
    FullDisk disk = new FullDisk(folder.resolve("gateway.db"));
    gateway(disk).close(); // which makes the tables
    disk.setFull(true);
    try (Gateway gateway = gateway(disk)) {
      int taken = 0;
      SQLException failure = null;
      while (failure == null) {
        try {
          gateway.accept(batch(taken));
          taken++;
        } catch (SQLException e) {
          failure = e;
        }
      }
      assertTrue(failure.toString().contains("full"), failure.toString());
      int refused = taken;
      assertThrows(SQLException.class, () -> gateway.accept(batch(refused)));
      assertEquals(taken, gateway.next(SOURCE));
      assertEquals(12L * taken, gateway.counts(SOURCE).accepted());
      disk.setFull(false);
      // The connection is the one of before still: it takes a failure to have another.
      assertThrows(SQLException.class, () -> gateway.accept(batch(refused)));
      for (; taken < refused + 3; taken++) {
        gateway.accept(batch(taken));
      }
      gateway.finish(SOURCE);
      List<WindowHeader> headers = new ArrayList<>();
      gateway.deliver(window -> headers.add(window.header()));
      assertEquals("", WindowChain.check(headers).reason());
      assertEquals(taken, headers.size());
      assertEquals(
          new Counts(taken, 0, 0, 12L * taken, 0, 0, 0, 0, 0, taken, 0), gateway.counts(SOURCE));
    }
  }

  /** A folder on a disk that may be full. */
  private static final class Blobs implements BlobStore {
    private final BlobStore blobs;
    private boolean full;

    Blobs(Path folder) throws IOException {
      this.blobs = new DirectoryBlobStore(folder);
    }

    @Override
    public Cid put(byte[] content) throws IOException {
      if (full) {
        throw new IOException("No space left on device");
      }
      return blobs.put(content);
    }

    @Override
    public Optional<byte[]> get(Cid cid) throws IOException {
      return blobs.get(cid);
    }

    @Override
    public void delete(Cid cid) throws IOException {
      blobs.delete(cid);
    }
  }

  @Test
  void aWindowIsInTheVaultOrIsHandedOverAgain() throws Exception {
    FullDisk disk = new FullDisk(folder.resolve("vault.db"));
    Blobs blobs = new Blobs(folder.resolve("blobs"));
    try (KeyRing ring = KeyRing.create(folder.resolve("ring"), new char[] {'x'}, RANDOM);
        AuditLog ledger =
            AuditLog.open(
                Connections.sqlite(folder.resolve("ledger.db")),
                "example.org/ledger",
                KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
        Gateway gateway = gateway(Connections.sqlite(folder.resolve("gateway.db")));
        WindowVault vault =
            WindowVault.open(disk, blobs, ring, ledger, Clock.systemUTC(), RANDOM)) {
      int windows = 40;
      for (int i = 0; i < windows; i++) {
        gateway.accept(batch(i));
      }
      gateway.finish(SOURCE);
      blobs.full = true;
      assertThrows(IllegalStateException.class, () -> gateway.deliver(w -> put(vault, w)));
      blobs.full = false;
      disk.setFull(true);
      List<Fr> kept = new ArrayList<>();
      try (WindowVault full =
          WindowVault.open(disk, blobs, ring, ledger, Clock.systemUTC(), RANDOM)) {
        assertThrows(
            IllegalStateException.class,
            () ->
                gateway.deliver(
                    window -> {
                      put(full, window);
                      kept.add(window.header().hash());
                    }));
        assertTrue(kept.size() < windows, "there was room for all");
      }
      disk.setFull(false);
      try (WindowVault again =
          WindowVault.open(disk, blobs, ring, ledger, Clock.systemUTC(), RANDOM)) {
        gateway.deliver(
            window -> {
              put(again, window);
              kept.add(window.header().hash());
            });
        assertEquals(windows, kept.stream().distinct().count());
        assertEquals(windows, kept.size());
        for (Fr header : kept) {
          assertEquals(header, again.get(header).orElseThrow().header().hash());
        }
      }
    }
  }

  private static void put(WindowVault vault, SealedWindow window) {
    try {
      vault.put(window);
    } catch (IOException | SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
