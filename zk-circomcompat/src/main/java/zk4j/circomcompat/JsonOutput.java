package zk4j.circomcompat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.core.util.Separators.Spacing;
import java.io.IOException;
import java.io.Serial;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes JSON in snarkjs's layout: indented by one space, empty arrays and objects over two lines.
 */
final class JsonOutput {
  private static final JsonFactory FACTORY = new JsonFactory();

  private JsonOutput() {}

  /** Writes a document's only value. */
  @FunctionalInterface
  interface Content {
    void write(JsonGenerator out) throws IOException;
  }

  static void write(Path file, Content content) throws IOException {
    try (Writer writer = Files.newBufferedWriter(file)) {
      write(writer, content);
    }
  }

  static String toString(Content content) {
    StringWriter writer = new StringWriter();
    try {
      write(writer, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a StringWriter throws none
    }
    return writer.toString();
  }

  private static void write(Writer writer, Content content) throws IOException {
    try (JsonGenerator out = FACTORY.createGenerator(writer)) {
      out.setPrettyPrinter(new SnarkjsLayout());
      content.write(out);
    }
  }

  private static final class SnarkjsLayout extends DefaultPrettyPrinter {
    @Serial private static final long serialVersionUID = 1;

    SnarkjsLayout() {
      super(Separators.createDefaultInstance().withObjectFieldValueSpacing(Spacing.AFTER));
      DefaultIndenter indenter = new DefaultIndenter(" ", "\n");
      indentArraysWith(indenter);
      indentObjectsWith(indenter);
    }

    @Override
    public DefaultPrettyPrinter createInstance() {
      return new SnarkjsLayout();
    }

    @Override
    public void writeEndObject(JsonGenerator out, int fields) throws IOException {
      super.writeEndObject(out, Math.max(1, fields));
    }

    @Override
    public void writeEndArray(JsonGenerator out, int elements) throws IOException {
      super.writeEndArray(out, Math.max(1, elements));
    }
  }
}
