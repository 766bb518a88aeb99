package zk4j.stream.server;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** JSON texts: written piece by piece, and taken apart into the texts of an object's fields. */
final class JsonText {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxTokenCount(10_000)
                  .maxNestingDepth(8)
                  .maxNumberLength(100)
                  .maxStringLength(200)
                  .maxNameLength(100)
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private JsonText() {}

  /** What writes a value. */
  @FunctionalInterface
  interface Body {
    void to(JsonGenerator out) throws IOException;
  }

  /** The text of what a body writes. */
  static String of(Body body) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = FACTORY.createGenerator(text)) {
      body.to(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /** The text of an object. */
  static String object(Body fields) {
    return of(
        out -> {
          out.writeStartObject();
          fields.to(out);
          out.writeEndObject();
        });
  }

  /**
   * The texts of the fields of an object that has these, perhaps some others, and no more.
   *
   * @param optional the others
   * @throws IOException if the text is not such an object; the message has nothing of the text
   */
  static Map<String, String> fields(byte[] json, Set<String> names, Set<String> optional)
      throws IOException {
    Map<String, String> fields = new HashMap<>();
    try (JsonParser in = FACTORY.createParser(json)) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("the body is no JSON object");
      }
      for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
        if (!names.contains(name) && !optional.contains(name)) {
          throw new IOException("the body has other fields than " + names + " and " + optional);
        }
        in.nextToken();
        fields.put(name, of(out -> out.copyCurrentStructure(in)));
      }
      if (in.currentToken() != JsonToken.END_OBJECT || in.nextToken() != null) {
        throw new IOException("the body is not one JSON object");
      }
    } catch (IOException | UncheckedIOException e) {
      throw new IOException("the body is not a JSON object of " + names, e);
    }
    if (!fields.keySet().containsAll(names)) {
      throw new IOException("the body has not all of " + names);
    }
    return fields;
  }

  /** The string that a text is. */
  static String string(String json) throws IOException {
    try (JsonParser in = FACTORY.createParser(json)) {
      return string(in, in.nextToken());
    }
  }

  private static String string(JsonParser in, @Nullable JsonToken token) throws IOException {
    if (token != JsonToken.VALUE_STRING) {
      throw new IOException("something else where a string belongs");
    }
    return in.getText();
  }

  /** The strings of an array of nothing else. */
  static List<String> list(String json) throws IOException {
    try (JsonParser in = FACTORY.createParser(json)) {
      if (in.nextToken() != JsonToken.START_ARRAY) {
        throw new IOException("something else where an array belongs");
      }
      List<String> strings = new ArrayList<>();
      for (JsonToken token = in.nextToken(); token != JsonToken.END_ARRAY; token = in.nextToken()) {
        strings.add(string(in, token));
      }
      return strings;
    }
  }

  /** The strings of an object of nothing else. */
  static Map<String, String> strings(String json) throws IOException {
    try (JsonParser in = FACTORY.createParser(json)) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("something else where an object belongs");
      }
      Map<String, String> strings = new HashMap<>();
      for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
        strings.put(name, string(in, in.nextToken()));
      }
      return strings;
    }
  }
}
