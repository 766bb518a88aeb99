package zk4j.cli;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Tests of zk stream at a home that was made once, and of which each has a copy. */
abstract class StreamFixture {
  static final String FORMAT = "pulse/min,8,PT1M,4";
  static final Instant START = Instant.parse("2026-01-05T08:00:00Z");
  static final String FIRST = "pulse/min@" + START;
  static final String SECOND = "pulse/min@" + START.plus(Duration.ofMinutes(4));

  /** A reading that nothing which is said may contain. */
  static final int SECRET = 113;

  private static final Pattern LEAK = Pattern.compile("(?<![0-9]|[0-9]\\.)" + SECRET + "(?![0-9])");

  /** What may have the reading's digits by chance: times, elements of the field, hashes, keys. */
  private static final Pattern CHANCE =
      Pattern.compile(
          "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z|[0-9]{20,}|[0-9a-f]{16,}|[A-Za-z0-9+/]{40,}=*");

  private static @Nullable Path made;

  @TempDir Path folder;
  Path home;
  Path passphrase;

  /** A home with a policy, made for all tests of the process, and deleted at its end. */
  private static synchronized Path made() throws IOException {
    if (made == null) {
      Path folder = Files.createTempDirectory("zk-stream");
      make(folder);
      try (Stream<Path> files = Files.walk(folder)) {
        // Deleted in the opposite order, and so before the folders that they are in.
        files.forEach(file -> file.toFile().deleteOnExit());
      }
      made = folder.resolve("home");
    }
    return made;
  }

  private static void make(Path folder) throws IOException {
    Path made = folder.resolve("home");
    Path passphrase = passphrase(folder, "correct horse");
    Object[] keys = {"stream", "keys", "init", "--format", FORMAT, "--home", made};
    Zk.run(with(keys, "--passphrase-file", passphrase)).exits(0);
    Object[] policy = {"stream", "policy", "calm", "--statement", "all-below", "--home", made};
    Object[] how = {"--format", FORMAT, "--set", "limit=120", "--set", "minimumPresent=3"};
    how = with(how, "--max-age", "P36500D");
    Zk.Result added = Zk.run(with(with(policy, how), "--insecure-key")).exits(0);
    assertTrue(added.err().contains("warning: unsafe key"), added.err());
  }

  @BeforeEach
  void copy() throws IOException {
    Path made = made();
    home = folder.resolve("home");
    try (Stream<Path> files = Files.walk(made)) {
      for (Path file : files.toList()) {
        Files.copy(file, home.resolve(made.relativize(file).toString()));
      }
    }
    passphrase = passphrase(folder, "correct horse");
  }

  private static Path passphrase(Path folder, String text) throws IOException {
    Path file = folder.resolve("passphrase");
    Files.writeString(file, text + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return file;
  }

  static Object[] with(Object[] some, Object... more) {
    Object[] all = Arrays.copyOf(some, some.length + more.length);
    System.arraycopy(more, 0, all, some.length, more.length);
    return all;
  }

  /** Runs a command on the home; nothing that it says may have the reading in it. */
  Zk.Result stream(Object... args) {
    Object[] all = with(new Object[] {"stream"}, args);
    Zk.Result result = Zk.run(with(all, "--home", home, "--passphrase-file", passphrase));
    requireNoLeak(result.out());
    requireNoLeak(result.err());
    return result;
  }

  /** Requires that a text, or JSON, does not have the reading as a number of its own. */
  void requireNoLeak(String said) {
    String rest = CHANCE.matcher(said.replace(folder.toString(), "")).replaceAll("");
    assertFalse(LEAK.matcher(rest).find(), said);
  }

  /** Two windows, in one of which there is a gap. */
  Path readings() throws IOException {
    return readings("time,value", 60, SECRET, 61, 62, 63, -1, 64, 65);
  }

  Path readings(String head, int... values) throws IOException {
    List<String> lines = new ArrayList<>(List.of(head));
    for (int i = 0; i < values.length; i++) {
      if (values[i] >= 0) {
        lines.add(START.plus(Duration.ofMinutes(i)) + "," + values[i]);
      }
    }
    return Files.write(folder.resolve("readings.csv"), lines);
  }

  static String text(Map<?, ?> fields, String name) {
    return String.valueOf(requireNonNull(fields.get(name), name));
  }

  void sql(String database, String sql) throws Exception {
    String url = "jdbc:sqlite:" + home.resolve(database + ".db");
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** A home that verifies what this one proves for a policy. */
  Path clinic(String policy) throws IOException {
    Path clinic = folder.resolve("clinic");
    Zk.run("stream", "keys", "init", "--home", clinic, "--passphrase-file", passphrase).exits(0);
    String file = "policies/" + policy + ".json";
    Files.copy(home.resolve(file), clinic.resolve(file));
    Files.copy(
        home.resolve("devices"), clinic.resolve("devices"), StandardCopyOption.REPLACE_EXISTING);
    return clinic;
  }

  /** Adds a policy to the home. */
  void policy(String id, String statement, String format, Object... more) {
    Object[] policy = {"policy", id, "--statement", statement, "--format", format};
    Object[] how = {"--insecure-key", "--max-age", "P36500D"};
    stream(with(with(policy, how), more)).exits(0);
  }

  Object[] prove(String policy, String window, Object... files) {
    Object[] prove = {"prove", policy, window};
    return with(with(prove, files), "--audience", 5, "--challenge", 6, "--allow-insecure-key");
  }

  static String page(String address) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(address)).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }

  /** A command that runs until it is stopped. */
  final class Running implements AutoCloseable {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Thread thread;
    private volatile int exitCode = -1;

    Running(Object... args) {
      Object[] all = with(new Object[] {"stream"}, args);
      all = with(all, "--home", home, "--passphrase-file", passphrase, "--json");
      String[] texts = Stream.of(all).map(String::valueOf).toArray(String[]::new);
      thread =
          new Thread(
              () -> exitCode = Main.run(new PrintWriter(out), new PrintWriter(err), false, texts));
      thread.start();
    }

    String awaitOutput(String part) throws Exception {
      await(part, () -> (out + "" + err).contains(part) || !thread.isAlive());
      assertTrue((out + "" + err).contains(part), () -> out + " " + err);
      return out.toString();
    }

    void requireAlive() {
      assertTrue(thread.isAlive(), () -> err.toString());
    }

    Zk.Result stop() throws InterruptedException {
      thread.interrupt();
      thread.join();
      requireNoLeak(out.toString());
      requireNoLeak(err.toString());
      return new Zk.Result(exitCode, out.toString(), err.toString()).exits(0);
    }

    @Override
    public void close() {
      thread.interrupt();
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Waits for a condition, two minutes at most. */
  static void await(String what, Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    while (!condition.call()) {
      assertTrue(System.nanoTime() < end, () -> "in two minutes not: " + what);
      LockSupport.parkNanos(5_000_000);
    }
  }
}
