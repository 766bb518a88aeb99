package zk4j.cli;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
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
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import zk4j.stream.Channel;
import zk4j.stream.Reading;
import zk4j.stream.broker.EmbeddedBroker;
import zk4j.stream.database.Connections;
import zk4j.stream.mqtt.MqttEndpoint;
import zk4j.stream.mqtt.Pairing;
import zk4j.stream.mqtt.Publisher;

final class StreamIngestTest extends StreamFixture {
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
            gateway.requireAlive();
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
}
