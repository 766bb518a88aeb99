package zk4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Runs the command in this process, on the project's fixtures. */
final class Zk {
  private Zk() {}

  /** What a command left behind. */
  record Result(int exitCode, String out, String err) {
    /** Requires an exit code; shows all that was said if it was another. */
    Result exits(int expected) {
      assertEquals(expected, exitCode, () -> "out: " + out + "\nerr: " + err);
      return this;
    }

    /** The result as JSON, which must be one object on one line. */
    Map<String, Object> json() {
      assertEquals(1, out.lines().count(), out);
      try (JsonParser parser = new JsonFactory().createParser(out)) {
        assertEquals(JsonToken.START_OBJECT, parser.nextToken(), out);
        Map<String, Object> object = object(parser);
        assertNull(parser.nextToken(), out);
        return object;
      } catch (IOException e) {
        throw new UncheckedIOException(out, e);
      }
    }
  }

  /** Runs a command whose output is not a terminal. Arguments may be paths. */
  static Result run(Object... args) {
    return run(false, args);
  }

  static Result onTerminal(Object... args) {
    return run(true, args);
  }

  private static Result run(boolean terminal, Object... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] texts = Stream.of(args).map(String::valueOf).toArray(String[]::new);
    int exitCode = Main.run(new PrintWriter(out), new PrintWriter(err), terminal, texts);
    return new Result(exitCode, out.toString(), err.toString());
  }

  static Path fixture(String circuit, String file) {
    return Path.of("..", "fixtures", "data", circuit, file);
  }

  /** Where the data of a section of a .wtns, .r1cs or .zkey file begins. */
  static int section(byte[] file, int type) {
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int at = 12;
    while (in.getInt(at) != type) {
      at += 12 + (int) in.getLong(at + 4);
    }
    return at + 12;
  }

  private static Map<String, Object> object(JsonParser parser) throws IOException {
    Map<String, Object> fields = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      fields.put(name, value(parser));
    }
    return fields;
  }

  private static Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> {
        List<Object> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          items.add(value(parser));
        }
        yield items;
      }
      case VALUE_NUMBER_INT -> parser.getLongValue();
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> parser.getText();
    };
  }
}
