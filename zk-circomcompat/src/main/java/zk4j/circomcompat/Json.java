package zk4j.circomcompat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import zk4j.core.MalformedDataException;

/**
 * A value in a JSON document, with the path that leads to it. Documents have bounded size, depth,
 * names, strings and numbers, and no key twice; whatever is not as asked for is a {@link
 * MalformedDataException} that names the source and the path.
 */
final class Json {
  /** Bytes of a document. */
  static final int MAX_BYTES = 1 << 24;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxTokenCount(1 << 21)
                  .maxNestingDepth(32)
                  .maxNumberLength(100)
                  .maxStringLength(1 << 12)
                  .maxNameLength(1 << 10)
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private static final Pattern DECIMAL = Pattern.compile("0|[1-9][0-9]{0,99}");

  private final String source;
  private final String path;

  /** A Map, List, String, Boolean, BigInteger, Fraction, or null. */
  private final @Nullable Object value;

  /** A number with a point or an exponent, which may be out of any type's range. */
  private record Fraction(String text) {}

  private Json(String source, String path, @Nullable Object value) {
    this.source = source;
    this.path = path;
    this.value = value;
  }

  /** Reads a file of at most {@link #MAX_BYTES}. */
  static Json read(Path file) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    }
    return parse(bytes, file.toString());
  }

  /**
   * Reads a text.
   *
   * @param source what to call it in errors
   */
  static Json parse(String text, String source) throws MalformedDataException {
    return parse(text.getBytes(StandardCharsets.UTF_8), source);
  }

  private static Json parse(byte[] bytes, String source) throws MalformedDataException {
    if (bytes.length > MAX_BYTES) {
      throw new MalformedDataException(source, null, -1, "more than " + MAX_BYTES + " bytes");
    }
    try (JsonParser parser = FACTORY.createParser(bytes)) {
      parser.nextToken();
      Json document = new Json(source, "", value(parser, source));
      if (parser.nextToken() != null) {
        long at = parser.currentTokenLocation().getByteOffset();
        throw new MalformedDataException(source, null, at, "text behind the value");
      }
      return document;
    } catch (MalformedDataException e) {
      throw e;
    } catch (JsonProcessingException e) {
      long at = e.getLocation() == null ? -1 : e.getLocation().getByteOffset();
      throw new MalformedDataException(source, null, at, "no JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new MalformedDataException(source, null, -1, "no JSON: " + e.getMessage(), e);
    }
  }

  /** The value that begins with the parser's current token; recursion is bounded by the depth. */
  private static @Nullable Object value(JsonParser parser, String source) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw new MalformedDataException(source, null, -1, "no JSON: the document is empty");
    }
    return switch (token) {
      case START_OBJECT -> object(parser, source);
      case START_ARRAY -> array(parser, source);
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> parser.getBigIntegerValue();
      case VALUE_NUMBER_FLOAT -> new Fraction(parser.getText());
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> throw new MalformedDataException(source, null, -1, "no JSON: " + token);
    };
  }

  private static Map<String, @Nullable Object> object(JsonParser parser, String source)
      throws IOException {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      fields.put(name, value(parser, source));
    }
    return fields;
  }

  private static List<@Nullable Object> array(JsonParser parser, String source) throws IOException {
    List<@Nullable Object> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.add(value(parser, source));
    }
    return elements;
  }

  /** The field of an object. */
  Json field(String name) throws MalformedDataException {
    return optionalField(name).orElseThrow(() -> malformed("has no field \"" + name + "\""));
  }

  /** The field of an object, if there is one. */
  Optional<Json> optionalField(String name) throws MalformedDataException {
    if (!(value instanceof Map<?, ?> fields)) {
      throw malformed("is no object");
    }
    if (!fields.containsKey(name)) {
      return Optional.empty();
    }
    String fieldPath = path.isEmpty() ? name : path + "." + name;
    return Optional.of(new Json(source, fieldPath, fields.get(name)));
  }

  /** The elements of an array. */
  List<Json> elements() throws MalformedDataException {
    if (!(value instanceof List<?> elements)) {
      throw malformed("is no array");
    }
    List<Json> result = new ArrayList<>(elements.size());
    for (int i = 0; i < elements.size(); i++) {
      result.add(new Json(source, path + "[" + i + "]", elements.get(i)));
    }
    return result;
  }

  /** The elements of an array that must have so many. */
  List<Json> elements(int count) throws MalformedDataException {
    List<Json> elements = elements();
    if (elements.size() != count) {
      throw malformed("has " + elements.size() + " elements instead of " + count);
    }
    return elements;
  }

  /** The text that it is. */
  String text() throws MalformedDataException {
    if (value instanceof String text) {
      return text;
    }
    throw malformed("no text");
  }

  /** Refuses anything but the given string. */
  void expect(String text) throws MalformedDataException {
    if (!text.equals(value)) {
      String found = value instanceof String ? "\"" + value + "\"" : "no string";
      throw malformed("is " + found + " instead of \"" + text + "\"");
    }
  }

  /** A number from 0: a decimal string of up to 100 digits without leading zeros, or an integer. */
  BigInteger decimal() throws MalformedDataException {
    if (value instanceof BigInteger integer && integer.signum() >= 0) {
      return integer;
    }
    if (value instanceof String text && DECIMAL.matcher(text).matches()) {
      return new BigInteger(text);
    }
    throw malformed("is no decimal number from 0 of up to 100 digits");
  }

  /** As {@link #decimal}, of at most a given value. */
  int smallNumber(int most) throws MalformedDataException {
    BigInteger value = decimal();
    if (value.compareTo(BigInteger.valueOf(most)) > 0) {
      throw malformed("is " + value + ", more than " + most);
    }
    return value.intValueExact();
  }

  /** An exception that names the source and the path of the value. */
  MalformedDataException malformed(String problem) {
    return new MalformedDataException(source, path.isEmpty() ? null : path, -1, problem);
  }
}
