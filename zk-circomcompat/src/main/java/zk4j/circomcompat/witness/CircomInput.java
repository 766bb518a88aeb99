package zk4j.circomcompat.witness;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import zk4j.bn254.Fr;
import zk4j.core.MalformedDataException;

/**
 * The values of a circuit's inputs, by the names of the signals. Immutable.
 *
 * <p>An array of any dimensions is given as its values in order, the last index running fastest. A
 * field of a bus has its qualified name, {@code line.ends[1].x}.
 */
public final class CircomInput {
  /** The most digits of a number in JSON. */
  public static final int MAX_DIGITS = 1000;

  /** The most names and values together in a JSON document. */
  public static final int MAX_VALUES = 1 << 22;

  /** The most characters of a name in JSON, with those of the buses that its signal is in. */
  public static final int MAX_NAME_LENGTH = 1000;

  /** Characters of all names together. Nests repeat names, which a short text can do often. */
  private static final int MAX_NAME_CHARACTERS = 1 << 27;

  private static final int NAME_IN_MESSAGE = 40;
  private static final int MAX_DEPTH = 64;
  private static final long MAX_BYTES = 1L << 28;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxDocumentLength(MAX_BYTES)
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(MAX_DIGITS)
                  .maxStringLength(MAX_DIGITS + 2)
                  .maxNameLength(MAX_NAME_LENGTH)
                  .build())
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private static final Pattern DECIMAL = Pattern.compile("[+-]?[0-9]+");
  private static final Pattern HEXADECIMAL = Pattern.compile("0[xX][0-9a-fA-F]+");

  private final Map<String, List<Fr>> values;

  private CircomInput(Map<String, List<Fr>> values) {
    this.values = values;
  }

  /**
   * Reads a JSON file such as snarkjs takes: an object of signals.
   *
   * <p>A value is an integer, or a string with a decimal integer (negative ones too) or a
   * hexadecimal one from 0 that begins with {@code 0x}, or {@code true} for 1 or {@code false} for
   * 0; it is reduced modulo r, as snarkjs does. Values may be in arrays of arrays, whose shape does
   * not matter. Objects are buses.
   *
   * <p>snarkjs takes for granted what is refused here: a name that is given twice, be it a signal's
   * or a bus's, an empty string, numbers with a fraction or an exponent. It rounds integers over
   * 2^53 that are no strings; here they are exact.
   *
   * @throws MalformedDataException if it is not such a file, has a number of more than {@value
   *     #MAX_DIGITS} digits, a name of more than {@value #MAX_NAME_LENGTH} characters (qualified by
   *     those of its buses), more than {@value #MAX_VALUES} names and values, names of more than
   *     2^27 characters in all, more than 256 MiB, or is nested deeper than 64 levels
   */
  public static CircomInput parse(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return parse(JSON.createParser(in), file.toString());
    }
  }

  /**
   * Reads JSON text, as {@link #parse(Path)} does.
   *
   * @throws MalformedDataException as there
   */
  public static CircomInput parse(String json) throws MalformedDataException {
    try {
      return parse(JSON.createParser(json), "input");
    } catch (MalformedDataException e) {
      throw e;
    } catch (IOException e) {
      throw new AssertionError("a text cannot fail to be read", e);
    }
  }

  private static CircomInput parse(JsonParser json, String source) throws IOException {
    try (json) {
      return new Reader(json, source).document();
    } catch (JsonProcessingException e) {
      throw new MalformedDataException(
          source, place(e.getLocation()), -1, "no JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static @Nullable String place(@Nullable JsonLocation location) {
    return location == null || location.getLineNr() < 1
        ? null
        : "line " + location.getLineNr() + ", column " + location.getColumnNr();
  }

  /** Inputs that a program gives. */
  public static Builder builder() {
    return new Builder();
  }

  /** The values by name, in the order in which they were given. */
  public Map<String, List<Fr>> values() {
    return values;
  }

  /** Collects inputs; not thread-safe. */
  public static final class Builder {
    private final Map<String, List<Fr>> values = new LinkedHashMap<>();

    private Builder() {}

    /**
     * Sets a signal.
     *
     * @param elements one, or those of an array in order, the last index running fastest
     * @throws IllegalArgumentException if the name was given before
     */
    public Builder put(String name, Fr... elements) {
      return put(name, List.of(elements));
    }

    /** As {@link #put(String, Fr...)}. */
    public Builder put(String name, List<Fr> elements) {
      if (values.putIfAbsent(name, List.copyOf(elements)) != null) {
        throw new IllegalArgumentException("input " + name + " is given twice");
      }
      return this;
    }

    /** The inputs; the builder may be used further. */
    public CircomInput build() {
      return new CircomInput(Collections.unmodifiableMap(new LinkedHashMap<>(values)));
    }
  }

  /** Reads one document. Recursion is bounded by the parser's limit on depth. */
  private static final class Reader {
    private final JsonParser json;
    private final String source;
    private final Builder inputs = builder();

    /** Names of objects and of arrays of them. */
    private final Set<String> buses = new HashSet<>();

    private int count;
    private long nameCharacters;

    Reader(JsonParser json, String source) {
      this.json = json;
      this.source = source;
    }

    CircomInput document() throws IOException {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw malformed("the inputs are no JSON object");
      }
      object("");
      if (json.nextToken() != null) {
        throw malformed("more than one JSON value");
      }
      return inputs.build();
    }

    /** The members of an object whose brace was read. */
    private void object(String prefix) throws IOException {
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String name = name(prefix);
        if (inputs.values.containsKey(name) || buses.contains(name)) {
          throw malformed(name + " is given twice");
        }
        JsonToken token = json.nextToken();
        if (token == JsonToken.START_OBJECT) {
          buses.add(name);
          object(name + ".");
        } else if (token == JsonToken.START_ARRAY) {
          List<Fr> values = new ArrayList<>();
          boolean objects = array(name, values);
          if (objects && !values.isEmpty()) {
            throw malformed(name + " has both numbers and objects");
          }
          if (objects) {
            buses.add(name);
          } else {
            inputs.put(name, values);
          }
        } else {
          inputs.put(name, List.of(value(name)));
        }
      }
    }

    /** The qualified name of the current member. Bounded before it is made. */
    private String name(String prefix) throws IOException {
      String last = json.currentName();
      int length = prefix.length() + last.length();
      if (length > MAX_NAME_LENGTH) {
        String begin = prefix.length() < NAME_IN_MESSAGE ? prefix + last : prefix;
        throw malformed(
            "a name of "
                + length
                + " characters, more than "
                + MAX_NAME_LENGTH
                + ", that begins with "
                + begin.substring(0, NAME_IN_MESSAGE));
      }
      countOne();
      nameCharacters += length;
      if (nameCharacters > MAX_NAME_CHARACTERS) {
        throw malformed("names of more than " + MAX_NAME_CHARACTERS + " characters in all");
      }
      return prefix + last;
    }

    /** The elements of an array whose bracket was read; returns whether objects were among them. */
    private boolean array(String name, List<Fr> values) throws IOException {
      boolean objects = false;
      JsonToken token = json.nextToken();
      for (int i = 0; token != JsonToken.END_ARRAY; i++, token = json.nextToken()) {
        String element = name + "[" + i + "]";
        if (token == JsonToken.START_OBJECT) {
          object(element + ".");
          objects = true;
        } else if (token == JsonToken.START_ARRAY) {
          objects |= array(element, values);
        } else {
          values.add(value(element));
        }
      }
      return objects;
    }

    private Fr value(String name) throws IOException {
      countOne();
      return switch (json.currentToken()) {
        case VALUE_NUMBER_INT -> Fr.reduce(json.getBigIntegerValue());
        case VALUE_STRING -> number(name, json.getText());
        case VALUE_TRUE -> Fr.ONE;
        case VALUE_FALSE -> Fr.ZERO;
        default -> throw malformed(name + " is " + json.getText() + ", which is no integer");
      };
    }

    private Fr number(String name, String text) throws MalformedDataException {
      if (DECIMAL.matcher(text).matches()) {
        return Fr.reduce(new BigInteger(text));
      }
      if (HEXADECIMAL.matcher(text).matches()) {
        return Fr.reduce(new BigInteger(text.substring(2), 16));
      }
      throw malformed(name + " is \"" + text + "\", which is no integer");
    }

    private void countOne() throws MalformedDataException {
      if (++count > MAX_VALUES) {
        throw malformed("more than " + MAX_VALUES + " names and values");
      }
    }

    private MalformedDataException malformed(String problem) {
      return new MalformedDataException(source, place(json.currentTokenLocation()), -1, problem);
    }
  }
}
