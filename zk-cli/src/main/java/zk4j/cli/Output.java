package zk4j.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Serial;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import zk4j.core.ProgressListener;

/**
 * What a command says: its result on the standard output, as text or as one JSON object; notes,
 * errors and progress on the standard error. Progress is one line that is painted over, on a
 * terminal alone. Control characters are shown as escapes.
 */
final class Output implements ProgressListener {
  private static final JsonFactory JSON =
      JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();
  private static final long REPAINT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean json;
  private final boolean quiet;
  private final boolean terminal;
  private final long begin = System.nanoTime();
  private String painted = "";
  private long paintedAt;

  Output(PrintWriter out, PrintWriter err, boolean json, boolean quiet, boolean terminal) {
    this.out = out;
    this.err = err;
    this.json = json;
    this.quiet = quiet;
    this.terminal = terminal;
  }

  /** Fields of a JSON object, in order: names, each with its value behind it. */
  static Map<String, Object> fields(Object... namesAndValues) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return fields;
  }

  /**
   * Gives the result of a command.
   *
   * @param lines as text
   * @param fields as a JSON object: maps, iterables, numbers, booleans; all else as strings
   */
  synchronized void result(Iterable<String> lines, Map<String, ?> fields) throws IOException {
    clear();
    if (json) {
      try (JsonGenerator generator = JSON.createGenerator(out)) {
        generator.setCharacterEscapes(new ControlEscapes());
        write(fields, generator);
      }
      out.println();
    } else {
      for (String line : lines) {
        out.println(printable(line));
        if (out.checkError()) {
          return; // nobody reads on, as behind a pipe to head
        }
      }
    }
    out.flush();
  }

  void result(String line, Map<String, ?> fields) throws IOException {
    result(List.of(line), fields);
  }

  /** Gives a part of the result as text, ahead of {@link #result}; in JSON it has to be there. */
  synchronized void line(String text) {
    if (!json) {
      clear();
      out.println(printable(text));
      out.flush();
    }
  }

  /** Gives the result of a command that has nothing to say but what it did. */
  void done(String note, Map<String, ?> fields) throws IOException {
    if (json) {
      result(List.of(), fields);
    } else {
      note(note);
    }
  }

  private static void write(@Nullable Object value, JsonGenerator generator) throws IOException {
    if (value instanceof Map<?, ?> fields) {
      generator.writeStartObject();
      for (Map.Entry<?, ?> field : fields.entrySet()) {
        generator.writeFieldName(String.valueOf(field.getKey()));
        write(field.getValue(), generator);
      }
      generator.writeEndObject();
    } else if (value instanceof Iterable<?> items && !(value instanceof Path)) {
      generator.writeStartArray();
      for (Object item : items) {
        write(item, generator);
      }
      generator.writeEndArray();
    } else if (value instanceof Number number) {
      generator.writeNumber(number.toString());
    } else if (value instanceof Boolean bool) {
      generator.writeBoolean(bool);
    } else {
      generator.writeString(String.valueOf(value));
    }
  }

  /** Escapes DEL and the controls from 128 to 159 too, which JSON allows to stand unescaped. */
  private static final class ControlEscapes extends CharacterEscapes {
    @Serial private static final long serialVersionUID = 1;

    @Override
    public int[] getEscapeCodesForAscii() {
      int[] codes = standardAsciiEscapesForJSON();
      codes[0x7f] = ESCAPE_STANDARD;
      return codes;
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int c) {
      return isControl(c) ? new SerializedString(String.format("\\u%04X", c)) : null;
    }
  }

  /** Says something that is not the result. */
  synchronized void note(String text) {
    if (!quiet) {
      clear();
      err.println(printable(text));
      err.flush();
    }
  }

  /** Says why a command fails, and as JSON too where that was asked for. */
  synchronized void error(String text) {
    clear();
    err.println("zk: " + printable(text));
    err.flush();
    if (json) {
      try {
        result(List.of(), Map.of("error", text));
      } catch (IOException e) {
        throw new AssertionError("a PrintWriter throws none", e);
      }
    }
  }

  /** Shows where a failure comes from. */
  synchronized void trace(Throwable failure) {
    clear();
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    trace.toString().lines().forEach(line -> err.println(printable(line)));
    err.flush();
  }

  /**
   * The text with all control characters but line feeds and tabs as escapes, so that words of files
   * (a circuit's log, names, values) cannot steer the terminal.
   */
  private static String printable(String text) {
    if (text.chars().noneMatch(Output::isControl)) {
      return text;
    }
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isControl(c)) {
        shown.append(String.format("\\u%04x", (int) c));
      } else {
        shown.append(c);
      }
    }
    return shown.toString();
  }

  private static boolean isControl(int c) {
    return Character.isISOControl(c) && c != '\n' && c != '\t';
  }

  /** Since the command began. */
  double seconds() {
    return (System.nanoTime() - begin) / 1e9;
  }

  /** Begins a phase of unknown size. */
  synchronized void phase(String phase) {
    paintedAt = 0;
    paint(phase);
  }

  @Override
  public synchronized void update(String phase, long done, long total) {
    paint(phase + " " + done + "/" + total);
  }

  private void paint(String line) {
    long now = System.nanoTime();
    if (!terminal || quiet || (paintedAt != 0 && now - paintedAt < REPAINT_NANOS)) {
      return;
    }
    String shown = printable(line);
    String blanks = " ".repeat(Math.max(0, painted.length() - shown.length()));
    err.print("\r" + shown + blanks + "\r");
    err.flush();
    painted = shown;
    paintedAt = now;
  }

  /** Removes the line of progress. */
  synchronized void clear() {
    if (!painted.isEmpty()) {
      err.print("\r" + " ".repeat(painted.length()) + "\r");
      err.flush();
      painted = "";
    }
    paintedAt = 0;
  }
}
