package zk4j.stream.ingest;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import zk4j.core.MalformedDataException;
import zk4j.stream.Channel;
import zk4j.stream.Reading;
import zk4j.stream.Window;

/**
 * Readings from text, one a line, in the order they stand there; no more than a line is held. Lines
 * are printable ASCII, of {@link #LINE} characters at most, and none is empty.
 *
 * <ul>
 *   <li>CSV as in RFC 4180: the first line names the columns, {@code channel}, {@code time} and
 *       {@code value} in any order; {@code channel} may be left out where there is one channel.
 *   <li>NDJSON: each line an object with those members, the same may be left out.
 * </ul>
 *
 * <p>A time is ISO 8601 with an offset, such as {@code 2026-01-05T08:00:00+01:00}, or milliseconds
 * since 1970-01-01T00:00Z; it is in 1970 to 2109. A value is an integer of at most nine digits;
 * whether the channel has it is left to see. Anything else is refused, by an error that names line
 * and column, and never what stands there.
 */
public final class ReadingReader implements AutoCloseable {
  /** The characters of the longest line. */
  public static final int LINE = 1000;

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private static final Set<String> NAMES = Set.of("channel", "time", "value");

  private static final long END = 1L << Window.START_BITS;

  private final InputStream in;
  private final String source;
  private final Map<String, Channel> channels = new HashMap<>();

  /** The names of a CSV file's columns; null for NDJSON. */
  private final @Nullable List<String> columns;

  /** Of the line that was read last, from 1 on. */
  private long number;

  private ReadingReader(InputStream in, String source, Collection<Channel> channels, boolean csv)
      throws IOException {
    this.in = new BufferedInputStream(in);
    this.source = source;
    for (Channel channel : channels) {
      if (this.channels.put(channel.name(), channel) != null) {
        throw new IllegalArgumentException("two channels " + channel.name());
      }
    }
    if (this.channels.isEmpty()) {
      throw new IllegalArgumentException("no channels");
    }
    this.columns = csv ? header() : null;
  }

  /**
   * Reads a CSV file, of which the first line is read at once.
   *
   * @param channels that the file may have
   * @throws MalformedDataException if the first line is not as above
   */
  public static ReadingReader csv(Path file, Collection<Channel> channels) throws IOException {
    return open(file, channels, true);
  }

  /**
   * Reads CSV, of which the first line is read at once.
   *
   * @param in which is closed with the reader
   * @param source what to call it in errors
   * @param channels that there may be
   * @throws MalformedDataException if the first line is not as above
   */
  public static ReadingReader csv(InputStream in, String source, Collection<Channel> channels)
      throws IOException {
    return new ReadingReader(in, source, channels, true);
  }

  /** Reads an NDJSON file; as {@link #csv(Path, Collection)}. */
  public static ReadingReader ndjson(Path file, Collection<Channel> channels) throws IOException {
    return open(file, channels, false);
  }

  /** Reads NDJSON; as {@link #csv(InputStream, String, Collection)}. */
  public static ReadingReader ndjson(InputStream in, String source, Collection<Channel> channels)
      throws IOException {
    return new ReadingReader(in, source, channels, false);
  }

  private static ReadingReader open(Path file, Collection<Channel> channels, boolean csv)
      throws IOException {
    InputStream in = Files.newInputStream(file);
    try {
      return new ReadingReader(in, file.toString(), channels, csv);
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  private List<String> header() throws IOException {
    Optional<String> line = line();
    List<String> names = line.isPresent() ? fields(line.get()) : List.of();
    if (new HashSet<>(names).size() != names.size()
        || !NAMES.containsAll(names)
        || !names.contains("time")
        || !names.contains("value")) {
      throw malformed("", "the first line does not name the columns channel, time and value");
    }
    return names;
  }

  /**
   * The next reading, or none at the end.
   *
   * @throws MalformedDataException if the next line is not as above; those after it can be read
   */
  public Optional<Reading> next() throws IOException {
    Optional<String> line = line();
    if (line.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(columns == null ? ofJson(line.get()) : ofCsv(line.get(), columns));
  }

  /** The next line without its end. */
  private Optional<String> line() throws IOException {
    byte[] bytes = new byte[LINE];
    int length = 0;
    int next = in.read();
    if (next < 0) {
      return Optional.empty();
    }
    number++;
    String problem = "";
    for (; next >= 0 && next != '\n'; next = in.read()) {
      boolean printable = (next >= ' ' && next < 127) || next == '\t';
      if (next == '\r') {
        in.mark(1);
        printable = in.read() == '\n';
        in.reset();
        if (printable) {
          continue;
        }
      }
      if (!problem.isEmpty()) {
        continue; // to the line's end, so that it can go on behind
      }
      if (!printable || length == LINE) {
        problem = printable ? "more than " + LINE + " characters" : "no printable ASCII";
      } else {
        bytes[length++] = (byte) next;
      }
    }
    if (!problem.isEmpty() || length == 0) {
      throw malformed(String.valueOf(length + 1), problem.isEmpty() ? "an empty line" : problem);
    }
    return Optional.of(new String(bytes, 0, length, US_ASCII));
  }

  private Reading ofCsv(String line, List<String> names) throws MalformedDataException {
    List<String> fields = fields(line);
    if (fields.size() != names.size()) {
      throw malformed("", fields.size() + " fields where the first line has " + names.size());
    }
    Parts parts = new Parts();
    for (int i = 0; i < fields.size(); i++) {
      String name = names.get(i);
      parts.set(name, fields.get(i), true, name);
    }
    return parts.reading();
  }

  private Reading ofJson(String line) throws IOException {
    Parts parts = new Parts();
    try (JsonParser parser = JSON.createParser(line)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw malformed(column(parser.currentTokenLocation()), "no object");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken token = parser.nextToken();
        String column = column(parser.currentTokenLocation());
        boolean number = token == JsonToken.VALUE_NUMBER_INT;
        boolean text = token == JsonToken.VALUE_STRING;
        if (!NAMES.contains(name)) {
          throw malformed(column, "a member that is none of channel, time and value");
        }
        if (name.equals("time") ? !number && !text : name.equals("value") ? !number : !text) {
          throw malformed(column, "a " + name + " of another type");
        }
        parts.set(name, parser.getText(), number, column);
      }
      if (parser.nextToken() != null) {
        throw malformed(column(parser.currentTokenLocation()), "something behind the object");
      }
    } catch (JsonProcessingException e) {
      // Without the cause, which shows what stands there.
      throw malformed(column(e.getLocation()), "no JSON, or a member twice");
    }
    return parts.reading();
  }

  private static String column(@Nullable JsonLocation location) {
    return location == null ? "" : String.valueOf(location.getColumnNr());
  }

  /** What a line has said so far. */
  private final class Parts {
    private @Nullable Channel channel =
        channels.size() == 1 ? channels.values().iterator().next() : null;
    private @Nullable Instant time;
    private @Nullable Integer value;

    void set(String name, String text, boolean number, String column)
        throws MalformedDataException {
      switch (name) {
        case "channel" -> {
          channel = channels.get(text);
          if (channel == null) {
            throw malformed(column, "no channel of " + channels.keySet());
          }
        }
        case "time" -> time = time(text, number, column);
        default -> {
          if (!text.matches("0|-?[1-9][0-9]{0,8}")) {
            throw malformed(column, "no integer of at most nine digits");
          }
          value = Integer.valueOf(text);
        }
      }
    }

    private Instant time(String text, boolean number, String column) throws MalformedDataException {
      Instant found = null;
      if (text.matches("0|[1-9][0-9]{0,12}")) {
        found = number ? Instant.ofEpochMilli(Long.parseLong(text)) : null;
      } else {
        try {
          found = OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
          // Without the cause, which shows what stands there.
        }
      }
      if (found == null) {
        throw malformed(column, "no time with an offset, nor milliseconds since 1970");
      }
      if (found.isBefore(Instant.EPOCH) || !found.isBefore(Instant.ofEpochMilli(END))) {
        throw malformed(column, "a time that is not in 1970 to 2109");
      }
      return found;
    }

    Reading reading() throws MalformedDataException {
      if (channel == null || time == null || value == null) {
        String missing = channel == null ? "channel" : time == null ? "time" : "value";
        throw malformed("", "no " + missing);
      }
      return new Reading(channel, time, value);
    }
  }

  private MalformedDataException malformed(String column, String problem) {
    String place = "line " + number + (column.isEmpty() ? "" : ", column " + column);
    return new MalformedDataException(source, place, -1, problem);
  }

  /** The fields of a line by itself, so that no quote reaches beyond it. */
  private List<String> fields(String line) throws MalformedDataException {
    try (CSVParser parser = CSVParser.parse(line, CSVFormat.RFC4180)) {
      List<CSVRecord> records = parser.getRecords();
      if (records.size() == 1) {
        return records.get(0).toList();
      }
    } catch (IOException | UncheckedIOException | IllegalStateException e) {
      // Without the cause, which may show what stands there.
    }
    throw malformed("", "no fields of CSV");
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
