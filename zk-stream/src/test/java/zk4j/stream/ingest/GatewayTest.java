package zk4j.stream.ingest;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zk4j.bn254.Fr;
import zk4j.stream.Channel;
import zk4j.stream.Reading;
import zk4j.stream.Samples;
import zk4j.stream.SealedWindow;
import zk4j.stream.Window;
import zk4j.stream.WindowAssembler;
import zk4j.stream.WindowChain;
import zk4j.stream.WindowFormat;
import zk4j.stream.WindowHeader;
import zk4j.stream.database.Connections;
import zk4j.stream.ingest.Gateway.Receipt;

class GatewayTest {
  private static final String SOURCE = "8f2d";
  private static final Channel HEART = Samples.MINUTES.channel();
  private static final Instant NOW = Samples.START.plus(Duration.ofDays(1));
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  @TempDir private Path folder;

  private static Feed feed(WindowFormat format, int key, Duration lateness) {
    return new Feed(
        SOURCE, format, Samples.key(key), Samples.SECRET.subject(), Samples.START, lateness);
  }

  private static Feed feed() {
    return feed(Samples.MINUTES, 1, Duration.ofMinutes(3));
  }

  private static Gateway open(Connections connections, Feed... feeds) throws SQLException {
    return Gateway.open(connections, List.of(feeds), CLOCK, new SecureRandom());
  }

  private Connections file() {
    return Connections.sqlite(folder.resolve("gateway.db"));
  }

  private static Reading at(int minute, int value) {
    return new Reading(HEART, Samples.START.plus(Duration.ofMinutes(minute)), value);
  }

  private static Batch batch(long sequence, Reading... readings) {
    return new Batch(SOURCE, sequence, List.of(readings));
  }

  /** Three minutes of readings for each batch; every seventh minute has none. */
  private static List<Batch> batches(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                batch(
                    i,
                    IntStream.range(3 * i, 3 * i + 3)
                        .filter(minute -> minute % 7 != 0)
                        .mapToObj(minute -> at(minute, 60 + minute % 40))
                        .toArray(Reading[]::new)))
        .toList();
  }

  private static List<SealedWindow> taken(Gateway gateway) throws SQLException {
    List<SealedWindow> taken = new ArrayList<>();
    gateway.deliver(taken::add);
    return taken;
  }

  private static List<Window> windows(List<SealedWindow> taken) {
    return taken.stream().map(SealedWindow::window).toList();
  }

  private static void assertChain(List<SealedWindow> taken) {
    List<WindowHeader> headers = taken.stream().map(SealedWindow::header).toList();
    assertEquals("", WindowChain.check(headers).reason());
    taken.forEach(window -> assertTrue(window.check().valid()));
    if (!headers.isEmpty()) {
      assertEquals(WindowHeader.FIRST, headers.get(0).previous());
    }
  }

  @Test
  void batchesBecomeSealedWindows() throws SQLException {
    try (Gateway gateway = open(file(), feed())) {
      for (Batch batch : batches(13)) {
        assertEquals(Receipt.TAKEN, gateway.accept(batch));
      }
      List<SealedWindow> taken = taken(gateway);
      assertEquals(2, taken.size());
      assertEquals(Window.GAP, taken.get(0).window().reading(7));
      assertEquals(68, taken.get(0).window().reading(8));
      gateway.finish(SOURCE);
      taken.addAll(taken(gateway));
      assertEquals(4, taken.size());
      assertChain(taken);
      assertEquals(List.of(), taken(gateway));
      assertEquals(new Counts(13, 0, 0, 33, 0, 0, 0, 0, 0, 4, 48 - 33), gateway.counts(SOURCE));
    }
  }

  @Test
  void everyOutcomeIsCountedAndSurvivesARestart() throws SQLException {
    Reading future = new Reading(HEART, NOW.plus(Duration.ofMinutes(4)), 60);
    Reading foreign = new Reading(Channel.SPO2, Samples.START, 97);
    try (Gateway gateway = open(file(), feed())) {
      gateway.accept(batch(0, at(0, 60), at(0, 61), at(1, 256), at(-1, 60), future, foreign));
      gateway.accept(batch(4, at(20, 60)));
      assertEquals(Receipt.REPEATED, gateway.accept(batch(0, at(2, 60))));
      assertEquals(Receipt.TAKEN, gateway.accept(batch(2, at(1, 60))));
      Batch unknown = new Batch("other", 0, List.of());
      assertEquals(Receipt.UNKNOWN_SOURCE, gateway.accept(unknown));
    }
    try (Gateway gateway = open(file(), feed())) {
      assertEquals(List.of(new SequenceGap(1, 1), new SequenceGap(3, 3)), gateway.missing(SOURCE));
      assertEquals(5, gateway.next(SOURCE));
      assertEquals(new Counts(3, 1, 2, 2, 1, 2, 1, 1, 1, 1, 11), gateway.counts(SOURCE));
      assertThrows(IllegalArgumentException.class, () -> gateway.counts("other"));
      assertThrows(IllegalArgumentException.class, () -> gateway.finish("other"));
    }
  }

  /** Three minutes may come late here, and the clock of the gateway is the one that counts. */
  @Test
  void aDeviceWhoseClockIsWrongIsCounted() throws SQLException {
    for (int skew : new int[] {-60, -4, -3, 0, 3, 4, 60}) {
      Instant now = Samples.START.plus(Duration.ofMinutes(12 + 3));
      Clock clock = Clock.fixed(now, ZoneOffset.UTC);
      Connections database = Connections.sqlite(folder.resolve("skew" + skew + ".db"));
      try (Gateway gateway = Gateway.open(database, List.of(feed()), clock, new SecureRandom())) {
        for (int minute = 0; minute <= 15; minute++) {
          gateway.accept(batch(minute, at(minute + skew, 60)));
        }
        Counts counts = gateway.counts(SOURCE);
        int late = Math.min(16, Math.max(0, -skew));
        int future = Math.max(0, Math.min(16, skew - 3));
        assertEquals(late, counts.late(), "behind by " + skew);
        assertEquals(future, counts.future(), "ahead by " + skew);
        assertEquals(16 - late - future, counts.accepted());
        // Whatever the device says, no window is sealed before it is over.
        for (SealedWindow window : taken(gateway)) {
          assertFalse(window.window().end().isAfter(now));
        }
      }
    }
  }

  @Test
  void missingNumbersAreRangesThatAreSplitAndFilled() throws SQLException {
    try (Gateway gateway = open(file(), feed())) {
      gateway.accept(batch(Batch.LAST_SEQUENCE));
      gateway.accept(batch(1000));
      gateway.accept(batch(0));
      assertEquals(
          List.of(new SequenceGap(1, 999), new SequenceGap(1001, Batch.LAST_SEQUENCE - 1)),
          gateway.missing(SOURCE));
      assertEquals(Batch.LAST_SEQUENCE - 2, gateway.counts(SOURCE).missing());
      for (long i : LongStream.rangeClosed(1, 999).toArray()) {
        assertEquals(Receipt.TAKEN, gateway.accept(batch(i)));
      }
      assertEquals(1, gateway.missing(SOURCE).size());
      assertEquals(Receipt.REPEATED, gateway.accept(batch(1000)));
    }
    assertThrows(IllegalArgumentException.class, () -> batch(-1));
    assertThrows(IllegalArgumentException.class, () -> batch(Batch.LAST_SEQUENCE + 1));
  }

  /**
   * Killed before and after each statement and commit in turn, restarted, and the batch brought
   * again that was not answered: the windows of an undisturbed run, each once, in one chain.
   */
  @Test
  void aKillBetweenAnyTwoStatementsLosesAndDoublesNothing() throws SQLException {
    List<Batch> batches = batches(10);
    FaultyConnections counting = new FaultyConnections(quick("undisturbed"), -1, false);
    Taken undisturbed = new Taken();
    run(counting, new ArrayList<>(batches), undisturbed);
    assertEquals(2, undisturbed.windows.size());
    for (int step = 0; step < counting.count(); step++) {
      for (boolean afterwards : new boolean[] {false, true}) {
        Connections database = quick("killed-" + step + afterwards);
        Taken taken = new Taken();
        List<Batch> left = new ArrayList<>(batches);
        FaultyConnections faulty = new FaultyConnections(database, step, afterwards);
        assertThrows(SQLException.class, () -> run(faulty, left, taken));
        run(database, left, taken);
        assertEquals(windows(undisturbed.list()), windows(taken.list()), "step " + step);
        assertChain(taken.list());
      }
    }
    assertTrue(counting.count() > 60, counting.count() + " steps");
  }

  /** As who takes windows does: each counts once, by its header's hash. */
  private static final class Taken {
    private final Map<Fr, SealedWindow> windows = new LinkedHashMap<>();

    void take(SealedWindow window) {
      windows.put(window.header().hash(), window);
    }

    List<SealedWindow> list() {
      return List.copyOf(windows.values());
    }
  }

  /** Takes those that are answered out of the list. */
  private static void run(Connections database, List<Batch> left, Taken taken) throws SQLException {
    try (Gateway gateway = open(database, feed())) {
      while (!left.isEmpty()) {
        gateway.accept(left.get(0));
        left.remove(0);
        gateway.deliver(taken::take);
      }
      gateway.deliver(taken::take);
      assertEquals(taken.windows.size(), gateway.counts(SOURCE).windows());
    }
  }

  /** A database that need not survive the machine. */
  private Connections quick(String name) {
    return Connections.of("jdbc:sqlite:" + folder.resolve(name + ".db") + "?synchronous=OFF");
  }

  /** Whatever the order of batches, however often they come: the same windows, each batch once. */
  @Property(tries = 25)
  void orderRepetitionAndRestartsDoNotMatter(@ForAll long seed) throws SQLException {
    Random random = new Random(seed);
    Connections database = memory("orders-" + seed);
    Feed patient = feed(Samples.MINUTES, 1, Duration.ofHours(2));
    List<Batch> batches = batches(20);
    List<Batch> coming = new ArrayList<>(batches);
    batches.stream().filter(batch -> random.nextBoolean()).forEach(coming::add);
    Collections.shuffle(coming, random);
    try (Connection keeping = database.connect()) {
      assertFalse(keeping.isClosed());
      Gateway gateway = open(database, patient);
      for (Batch batch : coming) {
        if (random.nextInt(5) == 0) {
          gateway.close();
          gateway = open(database, patient);
        }
        gateway.accept(batch);
      }
      gateway.finish(SOURCE);
      List<SealedWindow> found = taken(gateway);
      assertChain(found);
      Counts counts = gateway.counts(SOURCE);
      gateway.close();
      assertEquals(expected(batches), windows(found));
      int readings = batches.stream().mapToInt(batch -> batch.readings().size()).sum();
      assertEquals(
          new Counts(20, coming.size() - 20, 0, readings, 0, 0, 0, 0, 0, 5, 60 - readings), counts);
    }
  }

  private static Connections memory(String name) {
    return Connections.of("jdbc:sqlite:file:" + name + "?mode=memory&cache=shared");
  }

  /** What an assembler makes of the batches in their order. */
  private static List<Window> expected(List<Batch> batches) {
    WindowAssembler assembler =
        new WindowAssembler(Samples.MINUTES, Samples.START, Duration.ofHours(2));
    for (Batch batch : batches) {
      batch.readings().forEach(reading -> assembler.add(reading.time(), reading.value(), NOW));
    }
    return assembler.finish();
  }

  @Test
  void whoTakesWindowsAndFailsIsGivenThemAgain() throws SQLException {
    try (Gateway gateway = open(file(), feed())) {
      batches(20).forEach(batch -> assertDoesNotThrow(() -> gateway.accept(batch)));
      List<SealedWindow> seen = new ArrayList<>();
      assertThrows(
          IllegalStateException.class,
          () ->
              gateway.deliver(
                  window -> {
                    seen.add(window);
                    if (seen.size() == 2) {
                      throw new IllegalStateException();
                    }
                  }));
      List<SealedWindow> rest = taken(gateway);
      assertEquals(seen.get(1), rest.get(0));
      assertFalse(rest.contains(seen.get(0)));
    }
  }

  @Test
  void feedsOfOneSourceHaveChainsOfTheirOwn() throws SQLException {
    WindowFormat oxygen = new WindowFormat(Channel.SPO2, 6);
    Feed second = feed(oxygen, 2, Duration.ZERO);
    try (Gateway gateway = open(file(), feed(), second)) {
      for (Batch batch : batches(9)) {
        gateway.accept(batch);
        Instant time = Samples.START.plus(Duration.ofMinutes(batch.sequence()));
        gateway.accept(batch(batch.sequence() + 9, new Reading(Channel.SPO2, time, 97)));
      }
      gateway.finish(SOURCE);
      List<SealedWindow> taken = taken(gateway);
      assertEquals(3 + 2, taken.size());
      for (Feed feed : List.of(feed(), second)) {
        assertChain(taken.stream().filter(w -> w.header().format().equals(feed.format())).toList());
      }
    }
    assertThrows(IllegalArgumentException.class, () -> open(file(), feed(), feed()));
  }

  /** More windows than go into one transaction, from one batch. */
  @Test
  void aLongSilenceIsManyWindowsOfGaps() throws SQLException {
    WindowFormat minute = new WindowFormat(HEART, 1);
    try (Gateway gateway = open(file(), feed(minute, 1, Duration.ZERO))) {
      gateway.accept(batch(0, at(0, 60), at(200, 61)));
      assertEquals(200, gateway.counts(SOURCE).windows());
      assertChain(taken(gateway));
      gateway.accept(batch(1, at(400, 60)));
      gateway.finish(SOURCE);
      assertEquals(401, gateway.counts(SOURCE).windows());
      assertEquals(201, taken(gateway).size());
    }
  }

  @Test
  void whatIsOpenedAgainBelongsToTheLastOne() throws SQLException {
    try (Gateway first = open(file(), feed())) {
      first.accept(batch(0, at(0, 60)));
      try (Gateway second = open(file(), feed())) {
        assertThrows(SQLException.class, () -> first.accept(batch(1, at(1, 61))));
        assertThrows(SQLException.class, () -> first.deliver(window -> {}));
        assertEquals(Receipt.TAKEN, second.accept(batch(1, at(1, 61))));
        assertEquals(2, second.counts(SOURCE).accepted());
      }
    }
  }

  @Test
  void anotherFeedOrSchemaIsRefused() throws SQLException {
    open(file(), feed()).close();
    WindowFormat longer = new WindowFormat(HEART, 24);
    for (Feed other :
        List.of(feed(longer, 1, Duration.ZERO), feed(Samples.MINUTES, 2, Duration.ZERO))) {
      SQLException e = assertThrows(SQLException.class, () -> open(file(), other));
      assertTrue(String.valueOf(e.getMessage()).contains("another format, device or subject"));
    }
    execute("UPDATE gateway_feed SET start = 1, present = 1, commitment = x'01', previous = x'02'");
    assertThrows(SQLException.class, () -> open(file(), feed()));
    execute("UPDATE gateway SET version = 2");
    SQLException e = assertThrows(SQLException.class, () -> open(file(), feed()));
    assertEquals("the tables gateway are not of version 1", e.getMessage());
  }

  @Test
  void anEditedDatabaseIsRefused() throws SQLException {
    Gateway gateway = open(file(), feed());
    batches(9).forEach(batch -> assertDoesNotThrow(() -> gateway.accept(batch)));
    execute("UPDATE gateway_window SET bytes = x'00'");
    assertThrows(SQLException.class, () -> gateway.deliver(window -> {}));
    execute("UPDATE gateway_reading SET value = 70000");
    gateway.close();
    assertThrows(SQLException.class, () -> open(file(), feed()));
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = file().connect();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  @Test
  void aNewFileIsItsOwnersAlone() throws SQLException, IOException {
    open(file(), feed()).close();
    Path database = folder.resolve("gateway.db");
    assertEquals(
        "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(database)));
  }

  @Test
  void impossibleFeedsAreRefused() {
    Feed feed = feed();
    for (String name : List.of("", "a b", "x".repeat(65), "a/b")) {
      assertThrows(
          IllegalArgumentException.class,
          () ->
              new Feed(
                  name, feed.format(), feed.key(), feed.subject(), feed.first(), feed.lateness()));
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> feed(new WindowFormat(Channel.SPO2, 7), 1, Duration.ZERO));
    assertThrows(
        IllegalArgumentException.class, () -> feed(Samples.MINUTES, 1, Duration.ofMillis(-1)));
  }

  @Test
  void readingsAreInNoText() {
    assertFalse(batch(0, at(0, 187)).toString().contains("187"));
  }
}
