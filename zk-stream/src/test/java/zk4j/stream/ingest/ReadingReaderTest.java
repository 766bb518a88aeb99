package zk4j.stream.ingest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import zk4j.core.MalformedDataException;
import zk4j.stream.Channel;
import zk4j.stream.Reading;

class ReadingReaderTest {
  private static final List<Channel> ONE = List.of(Channel.HEART_RATE);
  private static final List<Channel> TWO = List.of(Channel.HEART_RATE, Channel.SPO2);
  private static final Instant START = Instant.parse("2026-01-05T08:00:00Z");

  @TempDir private Path folder;

  private static List<Reading> read(String text, boolean csv, List<Channel> channels)
      throws IOException {
    InputStream in = new ByteArrayInputStream(text.getBytes(ISO_8859_1));
    List<Reading> readings = new ArrayList<>();
    try (ReadingReader reader =
        csv ? ReadingReader.csv(in, "x", channels) : ReadingReader.ndjson(in, "x", channels)) {
      for (Optional<Reading> next = reader.next(); next.isPresent(); next = reader.next()) {
        readings.add(next.get());
      }
    }
    return readings;
  }

  private static String refusal(String text, boolean csv, List<Channel> channels) {
    MalformedDataException e =
        assertThrows(MalformedDataException.class, () -> read(text, csv, channels));
    assertEquals(null, e.getCause());
    return String.valueOf(e.getMessage());
  }

  @Test
  void csvIsRead() throws IOException {
    List<Reading> expected =
        List.of(
            new Reading(Channel.HEART_RATE, START, 61),
            new Reading(Channel.SPO2, START.plusMillis(1500), -7),
            new Reading(Channel.HEART_RATE, START.plusSeconds(3), 0));
    String csv =
        """
        value,"channel",time
        61,heart-rate/min,2026-01-05T09:00:00+01:00
        -7,spo2/percent,1767600001500\r
        "0","heart-rate/min","2026-01-05T08:00:03Z\"""";
    assertEquals(expected, read(csv, true, TWO));
    Path file = Files.write(folder.resolve("readings.csv"), csv.getBytes(US_ASCII));
    try (ReadingReader reader = ReadingReader.csv(file, TWO)) {
      assertEquals(Optional.of(expected.get(0)), reader.next());
    }
    assertEquals(List.of(expected.get(0)), read("time,value\n2026-01-05T08:00Z,61\n", true, ONE));
    assertEquals(List.of(), read("time,value", true, ONE));
  }

  @Test
  void ndjsonIsRead() throws IOException {
    String ndjson =
        """
        {"channel":"heart-rate/min","time":"2026-01-05T08:00:00Z","value":61}
        {"value": -7, "time": 1767600001500, "channel": "spo2\\/percent"}
        """;
    List<Reading> expected =
        List.of(
            new Reading(Channel.HEART_RATE, START, 61),
            new Reading(Channel.SPO2, START.plusMillis(1500), -7));
    assertEquals(expected, read(ndjson, false, TWO));
    Path file = Files.write(folder.resolve("readings.ndjson"), ndjson.getBytes(US_ASCII));
    try (ReadingReader reader = ReadingReader.ndjson(file, TWO)) {
      assertEquals(Optional.of(expected.get(0)), reader.next());
    }
    assertEquals(1, read("{\"time\":0,\"value\":1}", false, ONE).size());
    assertEquals(List.of(), read("", false, ONE));
    assertThrows(
        NoSuchFileException.class, () -> ReadingReader.ndjson(folder.resolve("none"), ONE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2026-01-05T08:00:00Z | column value: no integer of at most nine digits",
        "2026-01-05T08:00:00Z,61.0 | column value: no integer of at most nine digits",
        "2026-01-05T08:00:00Z,007 | column value: no integer of at most nine digits",
        "2026-01-05T08:00:00Z,1234567890 | column value: no integer of at most nine digits",
        "2026-01-05T08:00:00Z, 61 | column value: no integer of at most nine digits",
        "2026-01-05T08:00:00,61 | column time: no time with an offset, nor milliseconds since 1970",
        "2026-02-30T08:00:00Z,61 | column time: no time with an offset, nor milliseconds since 1970",
        "17676000000000,61 | column time: no time with an offset, nor milliseconds since 1970",
        "-1,61 | column time: no time with an offset, nor milliseconds since 1970",
        "4398046511104,61 | column time: a time that is not in 1970 to 2109",
        "1969-12-31T23:59:59Z,61 | column time: a time that is not in 1970 to 2109",
      })
  void fieldsThatAreNoneAreRefused(String line, String problem) {
    String fields = line.contains(",") ? line : line + ",";
    assertEquals("x, line 3, " + problem, refusal("time,value\n0,1\n" + fields, true, ONE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0,1,2",
        "0",
        "0,\"1",
        "0,\"1\n\"",
        "\"0\"7,1",
        "",
        "0,1\r0,1",
        "0,1\0",
        "0,\u00e9",
        ",,",
        "\"0,1"
      })
  void linesThatAreNoneAreRefused(String line) {
    String found = refusal("time,value\n" + line + "\n0,1", true, ONE);
    assertTrue(found.startsWith("x, line 2"), found);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "time",
        "value,times",
        "time,value,time",
        "time,value,other",
        "time, value",
        "\u00ef\u00bb\u00bftime,value",
        "Time,Value",
        "\"time,value",
        "0,1"
      })
  void headersThatAreNoneAreRefused(String header) {
    String found = refusal(header, true, ONE);
    assertTrue(found.startsWith("x, line "), found);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | x, line 2: no time",
        "{\"time\":0} | x, line 2: no value",
        "{\"value\":1} | x, line 2: no time",
        "[] | x, line 2, column 1: no object",
        "7 | x, line 2, column 1: no object",
        "{\"time\":0,\"value\":1}{} | x, line 2, column 21: something behind the object",
        "{\"time\":0,\"value\":1} 7 | x, line 2, column 22: something behind the object",
        "{\"time\":0,\"time\":0,\"value\":1} | x, line 2, column 17: no JSON, or a member twice",
        "{\"time\":0,\"value\":1e2} | x, line 2, column 19: a value of another type",
        "{\"time\":0,\"value\":\"1\"} | x, line 2, column 19: a value of another type",
        "{\"time\":0,\"value\":null} | x, line 2, column 19: a value of another type",
        "{\"time\":\"0\",\"value\":1} | x, line 2, column 9: no time with an offset, nor milliseconds since 1970",
        "{\"time\":true,\"value\":1} | x, line 2, column 9: a time of another type",
        "{\"time\":0,\"value\":[1]} | x, line 2, column 19: a value of another type",
        "{\"time\":0,\"channel\":1} | x, line 2, column 21: a channel of another type",
        "{\"time\":0,\"patient\":1} | x, line 2, column 21: a member that is none of channel, time and value",
        "{\"channel\":\"ecg\"} | x, line 2, column 12: no channel of [heart-rate/min]",
        "{\"time\":0,\"value\":12345678901234} | x, line 2, column 19: no integer of at most nine digits",
      })
  void objectsThatAreNoneAreRefused(String line, String message) {
    assertEquals(message, refusal("{\"time\":0,\"value\":1}\n" + line, false, ONE));
  }

  @Test
  void aChannelIsNamedWhereThereAreSeveral() {
    assertEquals("x, line 2: no channel", refusal("time,value\n0,1", true, TWO));
    assertEquals("x, line 1: no channel", refusal("{\"time\":0,\"value\":1}", false, TWO));
    assertThrows(IllegalArgumentException.class, () -> read("", false, List.of()));
    assertThrows(
        IllegalArgumentException.class, () -> read("", false, List.of(Channel.SPO2, Channel.SPO2)));
  }

  @Test
  void linesAreBounded() throws IOException {
    String json = "{\"time\":0,\"value\":1}";
    String longest = json + " ".repeat(ReadingReader.LINE - json.length());
    assertEquals(2, read(longest + "\r\n" + longest, false, ONE).size());
    assertEquals(
        "x, line 2, column 1001: more than 1000 characters",
        refusal(json + "\n" + longest + " ", false, ONE));
    // Endless: it must not be held.
    byte[] block = " ".repeat(100_000).getBytes(US_ASCII);
    InputStream endless =
        new SequenceInputStream(
            Collections.enumeration(
                Stream.generate(() -> new ByteArrayInputStream(block)).limit(500).toList()));
    try (ReadingReader reader = ReadingReader.ndjson(endless, "x", ONE)) {
      assertThrows(MalformedDataException.class, reader::next);
    }
  }

  @Test
  void theLineBehindAFaultyOneCanBeRead() throws IOException {
    String text = "time,value\n0,x\n0,\u00ff\n0,7\n";
    InputStream in = new ByteArrayInputStream(text.getBytes(ISO_8859_1));
    try (ReadingReader reader = ReadingReader.csv(in, "x", ONE)) {
      assertThrows(MalformedDataException.class, reader::next);
      assertThrows(MalformedDataException.class, reader::next);
      assertEquals(7, reader.next().orElseThrow().value());
      assertEquals(Optional.empty(), reader.next());
    }
  }

  /** Readings, or a refusal that does not show what stands there. */
  @Test
  void noiseIsReadOrRefused() throws IOException {
    Random random = new Random(1);
    String csv = "time,value\n2026-01-05T08:00:00Z,987\n1767600001500,\"987\"\n";
    String json = "{\"time\":1767600001500,\"value\":987,\"channel\":\"heart-rate/min\"}\n";
    String alphabet = "\",:{}[]\n\r\t\0 \\-+.0189eZTx\u00ff";
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      boolean isCsv = i % 2 == 0;
      StringBuilder text = new StringBuilder(isCsv ? csv : json + json);
      for (int k = 0; k < 1 + i % 4; k++) {
        int at = random.nextInt(text.length());
        char c = alphabet.charAt(random.nextInt(alphabet.length()));
        switch (random.nextInt(3)) {
          case 0 -> text.setCharAt(at, c);
          case 1 -> text.insert(at, c);
          default -> text.deleteCharAt(at);
        }
      }
      try {
        read(text.toString(), isCsv, ONE);
      } catch (MalformedDataException e) {
        refused++;
        assertFalse(String.valueOf(e.getMessage()).contains("98"), e.getMessage());
      }
    }
    assertTrue(refused > 10_000 && refused < 19_500, refused + " refused");
  }
}
