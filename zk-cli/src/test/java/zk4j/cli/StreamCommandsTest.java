package zk4j.cli;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.AssertionFailedError;
import zk4j.stream.Channel;
import zk4j.stream.Reading;
import zk4j.stream.broker.EmbeddedBroker;
import zk4j.stream.database.Connections;
import zk4j.stream.mqtt.MqttEndpoint;
import zk4j.stream.mqtt.Pairing;
import zk4j.stream.mqtt.Publisher;

final class StreamCommandsTest {
  private static final String FORMAT = "pulse/min,8,PT1M,4";
  private static final Instant START = Instant.parse("2026-01-05T08:00:00Z");
  private static final String FIRST = "pulse/min@" + START;
  private static final String SECOND = "pulse/min@" + START.plus(Duration.ofMinutes(4));

  /** A reading that nothing which is said may contain. */
  private static final int SECRET = 113;

  private static final Pattern LEAK = Pattern.compile("(?<![0-9]|[0-9]\\.)" + SECRET + "(?![0-9])");

  /** What may have the reading's digits by chance: times, elements of the field, hashes, keys. */
  private static final Pattern CHANCE =
      Pattern.compile(
          "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z|[0-9]{20,}|[0-9a-f]{16,}|[A-Za-z0-9+/]{40,}=*");

  @TempDir static Path shared;
  private static Path made;

  @TempDir Path folder;
  private Path home;
  private Path passphrase;

  /** A home with a policy, of which each test has a copy. */
  @BeforeAll
  static void make() throws IOException {
    made = shared.resolve("home");
    Path passphrase = passphrase(shared, "correct horse");
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

  private static Object[] with(Object[] some, Object... more) {
    Object[] all = Arrays.copyOf(some, some.length + more.length);
    System.arraycopy(more, 0, all, some.length, more.length);
    return all;
  }

  /** Runs a command on the home; nothing that it says may have the reading in it. */
  private Zk.Result stream(Object... args) {
    Object[] all = with(new Object[] {"stream"}, args);
    Zk.Result result = Zk.run(with(all, "--home", home, "--passphrase-file", passphrase));
    requireNoLeak(result.out());
    requireNoLeak(result.err());
    return result;
  }

  /** Requires that a text, or JSON, does not have the reading as a number of its own. */
  private void requireNoLeak(String said) {
    String rest = said.replace(folder.toString(), "").replace(shared.toString(), "");
    rest = CHANCE.matcher(rest).replaceAll("");
    assertFalse(LEAK.matcher(rest).find(), said);
  }

  @Test
  void aReadingThatIsSaidIsSeen() {
    for (String leak :
        List.of(
            "{\"window\":\"" + FIRST + "\",\"readings\":[60,113,61]}",
            "{\"time\":\"" + START + "\",\"value\":113,\"file\":\"" + folder + "/a-b.csv\"}",
            "{\"proof\":\"" + folder + "/proof.json\",\"reading\":\"113\"}",
            START + ",113",
            "zk: " + folder + "/readings.csv, line 3: 113",
            "pulse/min@113 and others")) {
      assertThrows(AssertionFailedError.class, () -> requireNoLeak(leak), leak);
    }
    requireNoLeak(
        "{\"time\":\"2026-11-30T08:01:13.113Z\",\"port\":50113,\"seconds\":0.113,\"hash\":\""
            + "a113b".repeat(8)
            + "\",\"home\":\""
            + folder
            + "\",\"signal\":\"1134"
            + "0".repeat(20)
            + "\"}");
  }

  /** Two windows, in one of which there is a gap. */
  private Path readings() throws IOException {
    return readings("time,value", 60, SECRET, 61, 62, 63, -1, 64, 65);
  }

  private Path readings(String head, int... values) throws IOException {
    List<String> lines = new ArrayList<>(List.of(head));
    for (int i = 0; i < values.length; i++) {
      if (values[i] >= 0) {
        lines.add(START.plus(Duration.ofMinutes(i)) + "," + values[i]);
      }
    }
    return Files.write(folder.resolve("readings.csv"), lines);
  }

  private static String text(Map<?, ?> fields, String name) {
    return String.valueOf(requireNonNull(fields.get(name), name));
  }

  private void sql(String database, String sql) throws Exception {
    String url = "jdbc:sqlite:" + home.resolve(database + ".db");
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void aHomeIsItsOwnersAlone() throws Exception {
    Path fresh = folder.resolve("fresh");
    Object[] init = {"stream", "keys", "init", "--home", fresh, "--passphrase-file", passphrase};
    Zk.run(init).exits(0);
    assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(fresh)));
    for (String secret : List.of("ring", "device.key", "subject.key", "ledger.key", "ledger.db")) {
      assertEquals(
          "rw-------",
          PosixFilePermissions.toString(Files.getPosixFilePermissions(fresh.resolve(secret))),
          secret);
    }
    Zk.Result again = Zk.run(init).exits(2);
    assertTrue(again.err().contains("already exists"), again.err());
    Map<String, Object> json = stream("keys", "show", "--json").exits(0).json();
    assertEquals(Files.readString(home.resolve("devices")).strip(), json.get("enrolment"));
    assertEquals(List.of(FORMAT), json.get("formats"));
    Files.setPosixFilePermissions(passphrase, PosixFilePermissions.fromString("rw-r--r--"));
    assertTrue(stream("windows").exits(0).err().contains("others than its owner can read"));
  }

  @Test
  void aMissingHomeAndAWrongPassphraseAreRefused() throws Exception {
    Path none = folder.resolve("none");
    Zk.Result missing =
        Zk.run("stream", "windows", "--home", none, "--passphrase-file", passphrase).exits(2);
    assertTrue(missing.err().contains("none: no home of zk stream"), missing.err());
    Files.writeString(passphrase, "wrong horse\n");
    for (String command : List.of("windows", "audit", "keys rotate", "serve")) {
      Zk.Result wrong = stream((Object[]) command.split(" ")).exits(2);
      assertTrue(wrong.err().contains("another passphrase, or the file was changed"), wrong.err());
      assertFalse(wrong.err().contains("horse"), wrong.err());
    }
    Files.writeString(passphrase, "\n");
    assertTrue(stream("windows").exits(2).err().contains("the passphrase is empty"));
    Zk.Result asked = Zk.run("stream", "windows", "--home", home).exits(2);
    assertTrue(asked.err().contains("no passphrase"), asked.err());
  }

  @Test
  void readingsAreTakenOnce() throws Exception {
    Path file = readings();
    Map<String, Object> first = stream("ingest", file, "--finish", "--json").exits(0).json();
    assertEquals("7", text(first, "accepted"));
    assertEquals("1", text(first, "gaps"));
    List<?> windows = (List<?>) requireNonNull(first.get("windows"));
    assertEquals(2, windows.size());
    assertEquals(FIRST, text((Map<?, ?>) windows.get(0), "window"));
    Map<String, Object> again = stream("ingest", file, "--finish", "--json").exits(0).json();
    assertEquals("0", text(again, "accepted"));
    assertEquals("0", text(again, "late"));
    assertEquals("1", text(again, "repeated"));
    assertEquals(List.of(), again.get("windows"));
    assertEquals(windows, stream("windows", "--json").exits(0).json().get("windows"));
    assertTrue(stream("ingest", file).exits(0).out().contains("was taken before"));
    // Another file with the same readings is another one: they are too late now.
    Files.writeString(file, "\n", StandardOpenOption.APPEND);
    Zk.Result bad = stream("ingest", file).exits(2);
    assertTrue(bad.err().contains("readings.csv, line 9, column 1: an empty line"), bad.err());
    Path other = readings("time,value", 70, 71);
    assertEquals("2", text(stream("ingest", other, "--json").exits(0).json(), "late"));
  }

  @Test
  void windowsWaitForLaterReadings() throws Exception {
    Path file = readings();
    Zk.Result open = stream("ingest", file).exits(0);
    assertTrue(open.out().contains("0 windows sealed"), open.out());
    assertTrue(open.err().contains("or by --finish"), open.err());
    Path later = folder.resolve("later.ndjson");
    Instant time = START.plus(Duration.ofMinutes(20));
    Files.writeString(later, "{\"time\": \"%s\", \"value\": 66}\n".formatted(time));
    // The fourth one ends ten minutes before that reading.
    assertTrue(stream("ingest", later).exits(0).out().contains("2 windows sealed"));
    assertTrue(stream("ingest", later, "--finish").exits(0).out().contains("4 windows sealed"));
  }

  @Test
  void aFirstReadingOfAnotherTimeIsRefusedOrCounted() throws Exception {
    Path file = readings();
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    lines.add("1000,60");
    Files.write(file, lines);
    Zk.Result epoch = stream("ingest", file).exits(2);
    assertTrue(epoch.err().contains("is the first time right?"), epoch.err());
    lines.set(lines.size() - 1, "2099-01-05T08:00:00Z,60");
    Files.write(file, lines);
    Map<String, Object> json = stream("ingest", file, "--finish", "--json").exits(0).json();
    assertEquals("1", text(json, "future"));
    assertEquals("7", text(json, "accepted"));
  }

  @Test
  void badLinesAreNamedAndNothingOfTheFileIsTaken() throws Exception {
    Path file = readings();
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    lines.set(2, lines.get(2) + ".5");
    Files.write(file, lines);
    Zk.Result bad = stream("ingest", file).exits(2);
    assertTrue(bad.err().contains("readings.csv, line 3, column value: no integer"), bad.err());
    assertEquals(List.of(), stream("windows", "--json").exits(0).json().get("windows"));
    Zk.Result type = stream("ingest", folder.resolve("readings.xml")).exits(2);
    assertTrue(type.err().contains("readings.xml"), type.err());
    Zk.Result both = stream("ingest", file, "--mqtt", "localhost:1883").exits(2);
    assertTrue(both.err().contains("not both"), both.err());
    Zk.Result mqtt = stream("ingest", "--mqtt", "localhost:1883").exits(2);
    assertTrue(mqtt.err().contains("takes readings in files alone"), mqtt.err());
  }

  /** A file of which one channel is good and another is not, or that is all of another time. */
  @Test
  void aFileThatIsRefusedLeavesNoTrace() throws Exception {
    home = folder.resolve("two");
    Object[] formats = {"--format", "temp/c,8,PT1M,4", "--format", FORMAT};
    stream(with(new Object[] {"keys", "init"}, formats)).exits(0);
    Path file = folder.resolve("both.csv");
    String later = START.plus(Duration.ofMinutes(8)).toString();
    List<String> lines = new ArrayList<>(List.of("channel,time,value"));
    lines.addAll(
        List.of("temp/c," + later + ",36", "pulse/min,1000,60", "pulse/min," + later + ",61"));
    Files.write(file, lines);
    Zk.Result refused = stream("ingest", file).exits(2);
    assertTrue(refused.err().contains("is the first time right?"), refused.err());
    Files.write(file, List.of(lines.get(0), "temp/c,2099-01-05T08:00:00Z,36"));
    assertTrue(stream("ingest", file).exits(2).err().contains("no readings"));
    for (String table : List.of("home_start", "home_file", "home_window")) {
      assertEquals(0, count("home", table), table);
    }
    assertFalse(Files.exists(home.resolve("gateway.db")));
    // Windows begin where the first reading is that is taken.
    Files.write(file, List.of(lines.get(0), "temp/c," + START + ",36", "temp/c," + later + ",37"));
    Map<String, Object> taken = stream("ingest", file, "--finish", "--json").exits(0).json();
    assertEquals("2", text(taken, "accepted"));
    assertEquals("0", text(taken, "late"));
  }

  private int count(String database, String table) throws Exception {
    String url = "jdbc:sqlite:" + home.resolve(database + ".db");
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select count(*) from " + table)) {
      return row.getInt(1);
    }
  }

  /** A command that runs until it is stopped. */
  private final class Running implements AutoCloseable {
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
  private static void await(String what, Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    while (!condition.call()) {
      assertTrue(System.nanoTime() < end, () -> "in two minutes not: " + what);
      LockSupport.parkNanos(5_000_000);
    }
  }

  @Test
  void questionsAreAnsweredAndAcceptedOnce() throws Exception {
    stream("ingest", readings(), "--finish").exits(0);
    Path clinic = clinic();
    Path patient = home;
    Path proof = folder.resolve("proof.json");
    Path signals = folder.resolve("public.json");
    home = clinic;
    Zk.Result unsafe = stream("serve").exits(2);
    assertTrue(unsafe.err().contains("calm.json: unsafe key refused"), unsafe.err());
    try (Running server = new Running("serve", "--allow-insecure-key")) {
      String said = server.awaitOutput("\"policies\":");
      Map<String, Object> json = new Zk.Result(0, said, "").json();
      String address = text(json, "address");
      Zk.Result busy = stream("audit").exits(2);
      assertTrue(busy.err().contains("another command is at work on it"), busy.err());

      home = patient;
      Object[] prove = {"prove", "calm", FIRST, proof, signals, "--server", address, "--audience"};
      Zk.Result strict = stream(with(prove, text(json, "audience"))).exits(2);
      assertTrue(strict.err().contains("unsafe key refused"), strict.err());
      Object[] insecurely =
          with(new Object[] {"prove", "--allow-insecure-key"}, Arrays.copyOfRange(prove, 1, 8));
      Zk.Result other = stream(with(insecurely, "7")).exits(2);
      assertTrue(other.err().contains("not for --audience"), other.err());
      stream(with(insecurely, text(json, "audience"))).exits(0);

      Object[] verify = {"verify", "calm", proof, signals};
      Zk.Result shown = stream(with(verify, "--server", address)).exits(0);
      assertEquals("accepted as number 1: the statement holds\n", shown.out());
      Zk.Result replayed = stream(with(verify, "--server", address, "--json")).exits(1);
      assertEquals("REPLAYED", replayed.json().get("reason"));
      Zk.Result unmarked = stream(verify).exits(2);
      assertTrue(unmarked.err().contains("calm.json: unsafe key refused"), unmarked.err());
      Zk.Result offline = stream(with(verify, "--allow-insecure-key")).exits(0);
      assertTrue(
          offline.out().startsWith("valid: the statement holds\nall-below\n"), offline.out());
      Files.writeString(signals, Files.readString(signals).replaceFirst("\"1\"", "\"0\""));
      Zk.Result changed =
          stream(
                  "verify",
                  home.resolve("policies/calm.json"),
                  proof,
                  signals,
                  "--allow-insecure-key")
              .exits(1);
      assertTrue(changed.out().startsWith("invalid: "), changed.out());

      String page = page(address + "api/console");
      assertTrue(page.contains("\"number\":1,\"window\":\"" + START), page);
      assertTrue(page.contains("\"kind\":\"accepted\""), page);
      server.stop();
    }
    home = clinic;
    Zk.Result audit = stream("audit", "--entry", "0", "--json").exits(0);
    assertEquals("1", text(audit.json(), "checkpointSize"));
    assertTrue(audit.json().containsKey("inclusion"));
    // What was accepted is remembered by the next one.
    try (Running server = new Running("serve", "--allow-insecure-key")) {
      Matcher address =
          Pattern.compile("http://127[^\"]*").matcher(server.awaitOutput("\"policies\":"));
      assertTrue(address.find());
      assertTrue(page(address.group() + "api/console").contains("\"number\":1,"));
    }
  }

  /** A home that verifies what this one proves. */
  private Path clinic() throws IOException {
    Path clinic = folder.resolve("clinic");
    Zk.run("stream", "keys", "init", "--home", clinic, "--passphrase-file", passphrase).exits(0);
    Files.copy(home.resolve("policies/calm.json"), clinic.resolve("policies/calm.json"));
    Files.copy(
        home.resolve("devices"), clinic.resolve("devices"), StandardCopyOption.REPLACE_EXISTING);
    return clinic;
  }

  /** Killed between the two, a process leaves a proof with the verifier that no ledger has. */
  @Test
  void whatWasAcceptedBeforeAKillComesIntoTheLedger() throws Exception {
    stream("ingest", readings(), "--finish").exits(0);
    Path patient = home;
    Path clinic = clinic();
    Path proof = folder.resolve("proof.json");
    Path signals = folder.resolve("public.json");
    home = clinic;
    sql(
        "ledger",
        "create trigger killed before insert on ledger_entry"
            + " begin select raise(abort, 'killed'); end");
    try (Running server = new Running("serve", "--allow-insecure-key")) {
      Map<String, Object> json = new Zk.Result(0, server.awaitOutput("\"policies\":"), "").json();
      home = patient;
      String address = text(json, "address");
      Object[] prove = {"prove", "calm", FIRST, proof, signals, "--server", address};
      Object[] who = {"--audience", text(json, "audience"), "--allow-insecure-key"};
      stream(with(prove, who)).exits(0);
      assertNotEquals(0, stream("verify", "calm", proof, signals, "--server", address).exitCode());
    }
    home = clinic;
    sql("ledger", "drop trigger killed");
    assertEquals("0", text(stream("audit", "--json").exits(0).json(), "size"));
    for (int start = 0; start < 2; start++) {
      try (Running server = new Running("serve", "--allow-insecure-key")) {
        server.awaitOutput("\"policies\":");
        Zk.Result ended = server.stop();
        assertEquals(start == 0, ended.err().contains("ledger: 1 proofs that were accepted"));
      }
      Map<String, Object> audit = stream("audit", "--json").exits(0).json();
      assertEquals("1", text(audit, "size"), "entered once");
      assertEquals("1", text(audit, "checkpointSize"));
      Map<?, ?> entry = (Map<?, ?>) ((List<?>) requireNonNull(audit.get("entries"))).get(0);
      assertEquals("accepted", entry.get("kind"));
      assertTrue(text(entry, "payload").matches("1 calm [0-9]+ true"), text(entry, "payload"));
    }
    // Nor is this a way to make up for entries that somebody takes out.
    sql("ledger", "delete from ledger_entry");
    Zk.Result cut = stream("serve", "--allow-insecure-key").exits(2);
    assertTrue(cut.err().contains("there were 1 entries, and there are 0"), cut.err());
  }

  /** As at a prompt: the passphrase is to come from a pipe, and nobody writes into it. */
  @Test
  void whoIsAskedForThePassphraseMayGiveUp() throws Exception {
    Path pipe = folder.resolve("pipe");
    try {
      assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "mkfifo");
    } catch (IOException e) {
      assumeTrue(false, "no mkfifo");
    }
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command = new ArrayList<>();
    command.addAll(List.of(java, "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Main.class.getName(), "stream", "serve", "--allow-insecure-key"));
    command.addAll(List.of("--home", home.toString(), "--passphrase-file", pipe.toString()));
    Process process = new ProcessBuilder(command).inheritIO().start();
    // Opens once the process reads from the other end.
    CompletableFuture<OutputStream> other =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return Files.newOutputStream(pipe);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    try {
      CompletableFuture.anyOf(other, process.onExit()).get(2, TimeUnit.MINUTES);
      assertTrue(other.isDone(), "it ended before it asked");
      process.destroy();
      assertTrue(process.waitFor(20, TimeUnit.SECONDS), "it waits for what nobody will say");
      other.get().close();
    } finally {
      process.destroyForcibly();
    }
  }

  private static String page(String address) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(address)).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }

  /** Adds a policy to the home. */
  private void policy(String id, String statement, String format, Object... more) {
    Object[] policy = {"policy", id, "--statement", statement, "--format", format};
    Object[] how = {"--insecure-key", "--max-age", "P36500D"};
    stream(with(with(policy, how), more)).exits(0);
  }

  private Object[] prove(String policy, String window, Object... files) {
    Object[] prove = {"prove", policy, window};
    return with(with(prove, files), "--audience", 5, "--challenge", 6, "--allow-insecure-key");
  }

  @Test
  void daysAreAnsweredFromTheirWindowsAndAcceptedOnce() throws Exception {
    // Windows begin at 08:00 and 08:04, and a day of two at 08:00.
    stream("ingest", readings(), "--finish").exits(0);
    Object[] parameters = {"--windows", 2, "--set", "low=0", "--set", "high=255"};
    parameters = with(parameters, "--set", "limit=60", "--set", "minimumPresent=7");
    policy("day", "day-average-above", FORMAT, parameters);
    Path proof = folder.resolve("proof.json");
    Path signals = folder.resolve("public.json");
    Path windows = folder.resolve("windows.json");
    Object[] files = {proof, signals, windows};
    Zk.Result fewer = stream(prove("day", FIRST, proof, signals)).exits(2);
    assertTrue(fewer.err().contains("is about a day: name a file for its windows"), fewer.err());
    Zk.Result more = stream(prove("calm", FIRST, files)).exits(2);
    assertTrue(more.err().contains("is about no day"), more.err());
    Zk.Result second = stream(prove("day", SECOND, files)).exits(2);
    assertTrue(second.err().contains("there is no window pulse/min@2026-01-05T08:08:00Z"));
    assertFalse(Files.exists(proof) || Files.exists(windows));

    Path clinic = folder.resolve("clinic");
    Zk.run("stream", "keys", "init", "--home", clinic, "--passphrase-file", passphrase).exits(0);
    Files.copy(home.resolve("policies/day.json"), clinic.resolve("policies/day.json"));
    Files.copy(
        home.resolve("devices"), clinic.resolve("devices"), StandardCopyOption.REPLACE_EXISTING);
    Path patient = home;
    home = clinic;
    Object[] check = {"verify", "day", proof, signals, windows, "--allow-insecure-key"};
    try (Running server = new Running("serve", "--allow-insecure-key")) {
      Map<String, Object> json = new Zk.Result(0, server.awaitOutput("\"policies\":"), "").json();
      String address = text(json, "address");
      home = patient;
      Object[] ask = {"prove", "day", FIRST, proof, signals, windows, "--allow-insecure-key"};
      stream(with(ask, "--server", address, "--audience", text(json, "audience"))).exits(0);

      Zk.Result offline = stream(check).exits(0);
      assertTrue(offline.out().startsWith("valid: the statement holds\n"), offline.out());
      Object[] alone = {"verify", "day", proof, signals};
      Zk.Result missing = stream(with(alone, "--allow-insecure-key")).exits(1);
      assertTrue(missing.out().contains("0 proofs of windows instead of 2"), missing.out());
      Zk.Result refused = stream(with(alone, "--server", address, "--json")).exits(1);
      assertEquals("INVALID_PROOF", refused.json().get("reason"));
      Object[] whole = {"verify", "day", proof, signals, windows, "--server", address};
      Zk.Result accepted = stream(whole).exits(0);
      assertEquals("accepted as number 1: the statement holds\n", accepted.out());
      assertEquals("REPLAYED", stream(with(whole, "--json")).exits(1).json().get("reason"));
      String page = page(address + "api/console");
      assertTrue(page.contains("\"number\":1,\"window\":\"" + START), page);
      assertTrue(page.contains("\"windows\":[\n {\n  \"pi_a\""), page);
      server.stop();
    }
    Files.writeString(windows, "[" + Files.readString(proof) + "]");
    stream(check).exits(1);
    Files.writeString(windows, Files.readString(proof));
    Zk.Result shape = stream(check).exits(2);
    assertTrue(shape.err().contains("windows.json"), shape.err());

    home = patient;
    stream("erase", SECOND, folder.resolve("receipt.txt")).exits(0);
    Zk.Result erased = stream(prove("day", FIRST, files)).exits(2);
    assertTrue(erased.err().contains(SECOND + " was erased"), erased.err());
  }

  @Test
  void windowsThatBeginTogetherAreAskedAboutTogether() throws Exception {
    home = folder.resolve("both");
    String oxygen = "oxygen/percent,8,PT1M,4";
    stream("keys", "init", "--format", FORMAT, "--format", oxygen).exits(0);
    List<String> lines = new ArrayList<>(List.of("channel,time,value"));
    for (int i = 0; i < 8; i++) {
      Instant time = START.plus(Duration.ofMinutes(i));
      lines.add("pulse/min," + time + ",6" + i);
      if (i < 4) {
        lines.add("oxygen/percent," + time + ",9" + i);
      }
    }
    Path readings = Files.write(folder.resolve("readings.csv"), lines);
    stream("ingest", readings, "--finish").exits(0);
    String statement = "all(rate=all-below@0, any(air=average-above@1,slow=all-below@0))";
    policy(
        "both",
        statement,
        FORMAT + "+" + oxygen,
        "--set",
        "minimumPresent0=4",
        "--set",
        "minimumPresent1=4",
        "--set",
        "rate_limit=64",
        "--set",
        "air_limit=90",
        "--set",
        "slow_limit=1");
    Path proof = folder.resolve("proof.json");
    Path signals = folder.resolve("public.json");
    for (String window : List.of(FIRST, "oxygen/percent@" + START)) {
      stream(prove("both", window, proof, signals)).exits(0);
      Zk.Result holds = stream("verify", "both", proof, signals, "--allow-insecure-key").exits(0);
      assertTrue(holds.out().contains("holds"), holds.out());
    }
    Zk.Result gap = stream(prove("both", SECOND, proof, signals)).exits(2);
    assertTrue(gap.err().contains("there is no window oxygen/percent@2026-01-05T08:04"), gap.err());
  }

  @Test
  void conditionsAndDaysThatAreNoneAreRefused() throws Exception {
    Path r1cs = folder.resolve("circuit.r1cs");
    String two = FORMAT + "+oxygen/percent,8,PT1M,4";
    String[][] wrong = {
      {"all(rate=all-below@0)", two, "1 parts, not 2 to"},
      {"all(rate=all-below@0,rate=all-below@0)", two, "a condition about the windows [0] of 2"},
      {"all(rate=all-below@0,other=all-below@2)", two, "a condition about the windows"},
      {"all(rate=all-below@0,other=no-such@1)", two, "no-such is no statement"},
      {"all(rate=all-below@0,other=all-below@1", two, "is no condition"},
      {"all(rate=all-below@0,(other=all-below@1))", two, "is no condition"},
      {"all(rate=all-below@0,rate=all-below@1)", two, "is not about"},
      {"rate=all-below@1+1", two, "is about the windows [1, 1]"},
      {"all(".repeat(9) + "rate=all-below@0" + ")".repeat(9), two, "is no condition"},
      {"all-below", two, "is not about"},
      {"all-below", FORMAT + "+" + FORMAT, "used twice"},
      {"all-below", FORMAT + "+other,8,PT1M,5", "different lengths"},
      {"all-below", FORMAT + "+", "is no format"},
      {"day-average-above", FORMAT, "the number of its --windows"},
      {"day-average-above", two + " --windows 2", "give one format"},
      {"day-average-above", FORMAT + " --windows 129", "129 windows, not 1 to 128"},
      {"all-below", FORMAT + " --windows 2", "--windows are a day's"},
    };
    for (String[] one : wrong) {
      String[] format = one[1].split(" ", 2);
      Object[] circuit = {"stream", "circuit", one[0], format[0], r1cs};
      Object[] more = format.length == 1 ? new Object[0] : format[1].split(" ", -1);
      Zk.Result refused = Zk.run(with(circuit, more)).exits(2);
      assertTrue(refused.err().contains(one[2]), one[0] + ": " + refused.err());
    }
    assertFalse(Files.exists(r1cs));
    Zk.run("stream", "circuit", "summary", FORMAT, r1cs).exits(0);
    Object[] policy = {"policy", "day", "--statement", "day-average-above", "--format", FORMAT};
    policy = with(policy, "--windows", 2, "--set", "low=0", "--set", "high=9");
    policy = with(policy, "--set", "limit=1", "--set", "minimumPresent=1");
    Path key = home.resolve("policies/calm.zkey");
    Zk.Result one = stream(with(policy, "--zkey", key, "--allow-insecure-key")).exits(2);
    assertTrue(one.err().contains("give --zkey and --summary-zkey"), one.err());
    Zk.Result other =
        stream(with(policy, "--zkey", key, "--summary-zkey", key, "--allow-insecure-key")).exits(2);
    assertTrue(other.err().contains("calm.zkey: "), other.err());
    assertFalse(Files.exists(home.resolve("policies/day.json")));
  }

  @Test
  void aStatementThatDoesNotHoldIsNoSuccess() throws Exception {
    stream("ingest", readings("time,value", 60, 130, 61, 62), "--finish").exits(0);
    Path proof = folder.resolve("proof.json");
    Path signals = folder.resolve("public.json");
    Object[] prove = {"prove", "calm", FIRST, proof, signals, "--audience", 5, "--challenge", 6};
    stream(with(prove, "--allow-insecure-key")).exits(0);
    Object[] verify = {"verify", "calm", proof, signals, "--allow-insecure-key", "--json"};
    Map<String, Object> json = stream(verify).exits(1).json();
    assertEquals(true, json.get("valid"));
    assertEquals(false, json.get("holds"));
  }

  @Test
  void whatIsErasedCannotBeReadAgain() throws Exception {
    stream("ingest", readings(), "--finish").exits(0);
    Path receipt = folder.resolve("receipt.txt");
    stream("erase", FIRST, receipt).exits(0);
    String text = Files.readString(receipt);
    assertTrue(text.startsWith("erased window "), text);
    try (Stream<Path> blobs = Files.list(home.resolve("blobs"))) {
      assertEquals(1, blobs.count());
    }
    Zk.Result again = stream("erase", FIRST, receipt).exits(2);
    assertTrue(again.err().contains("was erased before"), again.err());
    assertEquals(text, Files.readString(receipt));
    Path proof = folder.resolve("proof.json");
    Object[] prove = {"prove", "calm", FIRST, proof, folder.resolve("public.json"), "--audience"};
    Zk.Result gone = stream(with(prove, 5, "--challenge", 6, "--allow-insecure-key")).exits(2);
    assertTrue(gone.err().contains("no such window"), gone.err());
    assertFalse(Files.exists(proof));
    assertTrue(stream("windows").exits(0).out().contains("4 of 4, erased"));
    assertTrue(stream("audit").exits(0).out().contains("  erased  "));
    Zk.Result none = stream("erase", "pulse/min@none", receipt).exits(2);
    assertTrue(none.err().contains("there is no window pulse/min@none"), none.err());
  }

  @Test
  void aTamperedLedgerIsSeen() throws Exception {
    stream("ingest", readings(), "--finish").exits(0);
    stream("erase", FIRST, folder.resolve("first.txt")).exits(0);
    stream("erase", SECOND, folder.resolve("second.txt")).exits(0);
    Path kept = folder.resolve("kept.txt");
    Files.copy(home.resolve("checkpoint"), kept);
    assertTrue(stream("audit", kept).exits(0).out().contains("the first 2 are those"));

    sql("ledger", "update ledger_entry set payload = payload || ' ' where number = 0");
    Zk.Result edited = stream("audit", kept).exits(1);
    assertTrue(edited.out().contains("one of the first 2 entries is another one"), edited.out());
    sql("ledger", "delete from ledger_entry where number = 0");
    Zk.Result cut = stream("audit", kept, "--json").exits(1);
    assertEquals("entry 0 is missing: the next one is 1", cut.json().get("reason"));
    sql("ledger", "delete from ledger_entry");
    assertTrue(stream("audit", kept).exits(1).out().contains("there were 2 entries"));

    Files.writeString(kept, Files.readString(kept).replace("\n2\n", "\n0\n"));
    Zk.Result forged = stream("audit", kept).exits(2);
    assertTrue(forged.err().contains("not signed by the ledger's key"), forged.err());
  }

  @Test
  void keysAreRotatedSharedAndRecovered() throws Exception {
    stream("ingest", readings(), "--finish").exits(0);
    String before = text(stream("keys", "show", "--json").exits(0).json(), "enrolment");
    byte[] secret = Files.readAllBytes(home.resolve("device.key"));
    Map<String, Object> rotated = stream("keys", "rotate", "--json").exits(0).json();
    assertEquals("2", text(rotated, "key"));
    assertEquals("2", text(rotated, "windows"));
    assertNotEquals(
        HexFormat.of().formatHex(secret),
        HexFormat.of().formatHex(Files.readAllBytes(home.resolve("device.key"))));

    Path shares = folder.resolve("shares");
    stream("keys", "share", 2, 3, shares).exits(0);
    Path one = shares.resolve("share-1.txt");
    Path three = shares.resolve("share-3.txt");
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(one)));
    assertTrue(stream("keys", "recover", one).exits(2).err().contains("of which 2 are needed"));
    Path former = Files.copy(passphrase, folder.resolve("former"));
    Files.writeString(passphrase, "another horse\n");
    String share = Files.readString(three);
    Files.writeString(three, share.replace("zk4s1-", "zk4s1-0"));
    Zk.Result mistyped = stream("keys", "recover", one, three).exits(2);
    assertTrue(mistyped.err().contains("share-3.txt: "), mistyped.err());
    assertFalse(mistyped.err().contains("zk4s1"), mistyped.err());
    Files.writeString(three, share);
    stream("keys", "recover", three, one).exits(0);

    Map<String, Object> shown = stream("keys", "show", "--json").exits(0).json();
    assertEquals(before, shown.get("enrolment"));
    assertEquals("[2]", text(shown, "keys"));
    Zk.run("stream", "windows", "--home", home, "--passphrase-file", former).exits(2);
    Path proof = folder.resolve("proof.json");
    Object[] prove = {"prove", "calm", FIRST, proof, folder.resolve("public.json"), "--audience"};
    stream(with(prove, 5, "--challenge", 6, "--allow-insecure-key")).exits(0);
  }

  @Test
  void readingsComeOverMqtt() throws Exception {
    home = folder.resolve("worn");
    Path paired = folder.resolve("pairing.json");
    Object[] init = {"keys", "init", "--format", FORMAT, "--first", START, "--pairing", paired};
    stream(init).exits(0);
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(paired)));
    Zk.Result file = stream("ingest", readings()).exits(2);
    assertTrue(file.err().contains("over MQTT alone"), file.err());
    Channel channel = new Channel("pulse/min", 8, Duration.ofMinutes(1));
    Pairing pairing = pairing(Files.readString(paired), channel);
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
        Publisher publisher =
            Publisher.open(
                MqttEndpoint.loopback(broker.port(), MqttEndpoint.Version.V3_1_1),
                pairing,
                Connections.sqlite(folder.resolve("outbox.db")),
                new SecureRandom());
        Running gateway = new Running("ingest", "--mqtt", "127.0.0.1:" + broker.port())) {
      for (int minute = 0; minute < 20; minute++) {
        Instant time = START.plus(Duration.ofMinutes(minute));
        publisher.add(List.of(new Reading(channel, time, minute == 3 ? SECRET : 60)));
        publisher.send();
      }
      // What was sent before the gateway listened is sent again, some periods later.
      int[] polls = {0};
      await(
          "all messages are taken",
          () -> {
            assertTrue(gateway.thread.isAlive(), () -> gateway.err.toString());
            if (++polls[0] % 40 == 0) {
              publisher.send();
            }
            return publisher.status().messages() == 0;
          });
      Zk.Result ended = gateway.stop();
      assertEquals("20", text(ended.json(), "accepted"));
      // The last reading is ten minutes later than the end of the second one.
      assertEquals(2, ((List<?>) requireNonNull(ended.json().get("windows"))).size());
    }
    assertTrue(stream("windows").exits(0).out().contains(SECOND + "  4 of 4"));
  }

  private static Pairing pairing(String json, Channel channel) {
    Matcher matcher = Pattern.compile("\"alias\":\"(\\w+)\",\"key\":\"(\\w+)\"").matcher(json);
    assertTrue(matcher.find(), "a pairing's file");
    HexFormat hex = HexFormat.of();
    return Pairing.of(
        hex.parseHex(matcher.group(1)), hex.parseHex(matcher.group(2)), List.of(channel));
  }

  @Test
  void policiesAreWhatTheirStatementsTake() throws Exception {
    Object[] policy = {"policy", "other", "--format", FORMAT, "--insecure-key", "--statement"};
    Zk.Result missing = stream(with(policy, "all-below", "--set", "limit=1")).exits(2);
    assertTrue(missing.err().contains("the parameters limit, minimumPresent"), missing.err());
    Zk.Result unknown = stream(with(policy, "none-below", "--set", "limit=1")).exits(2);
    assertTrue(unknown.err().contains("one is all-below, average-above"), unknown.err());
    Zk.Result again =
        stream(
                "policy",
                "calm",
                "--format",
                FORMAT,
                "--insecure-key",
                "--statement",
                "all-below",
                "--set",
                "limit=1",
                "--set",
                "minimumPresent=1")
            .exits(2);
    assertTrue(again.err().contains("there is such a policy already"), again.err());
    for (String wrong : List.of("limit=256", "limit=-1", "minimumPresent=131072")) {
      String most = wrong.startsWith("limit") ? "255" : "131071";
      Object[] set = {"--set", "limit=255", "--set", "minimumPresent=131071"};
      set[wrong.startsWith("limit") ? 1 : 3] = wrong;
      Zk.Result refused = stream(with(with(policy, "all-below"), set)).exits(2);
      assertTrue(
          refused.err().contains("--set " + wrong + " is not from 0 to " + most), refused.err());
    }
    assertFalse(Files.exists(home.resolve("policies/other.zkey")));
    // A key that is handed in is no better.
    Object[] zkey = {"policy", "other", "--format", FORMAT, "--statement", "all-below", "--set"};
    zkey = with(zkey, "limit=1", "--set", "minimumPresent=1", "--zkey");
    zkey = with(zkey, home.resolve("policies/calm.zkey"));
    assertTrue(stream(zkey).exits(2).err().contains("unsafe key refused"));
    stream(with(zkey, "--allow-insecure-key")).exits(0);
    String marked = Files.readString(home.resolve("policies/other.json"));
    assertTrue(marked.contains("\"insecureDevelopmentKey\":true"), marked);
    Path r1cs = folder.resolve("circuit.r1cs");
    Zk.Result circuit = Zk.run("stream", "circuit", "all-below", FORMAT, r1cs).exits(0);
    assertTrue(circuit.err().contains("constraints"), circuit.err());
    assertTrue(Zk.run("r1cs", "info", r1cs).exits(0).out().contains("9"));
    Zk.Result format = Zk.run("stream", "circuit", "all-below", "a,b", r1cs).exits(2);
    assertTrue(format.err().contains("steps/min,8,PT1M,60"), format.err());
  }
}
