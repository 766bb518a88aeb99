package zk4j.circomcompat;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import zk4j.bn254.Fr;
import zk4j.core.MalformedDataException;

/**
 * Public signals as snarkjs writes them ({@code public.json}): an array of decimal strings, the
 * circuit's outputs first; integers are accepted too.
 */
public final class PublicJson {
  private PublicJson() {}

  /**
   * Reads a file.
   *
   * @throws MalformedDataException if it is not a JSON array of decimal numbers
   * @throws InvalidValueException if a number is not below r
   */
  public static List<Fr> read(Path file) throws IOException {
    return signals(Json.read(file));
  }

  /** Reads a text, as {@link #read}. */
  public static List<Fr> parse(String json) throws MalformedDataException, InvalidValueException {
    return signals(Json.parse(json, "public signals"));
  }

  private static List<Fr> signals(Json json) throws MalformedDataException, InvalidValueException {
    List<Fr> signals = new ArrayList<>();
    for (Json element : json.elements()) {
      signals.add(readFr(element));
    }
    return signals;
  }

  static Fr readFr(Json json) throws MalformedDataException, InvalidValueException {
    BigInteger value = json.decimal();
    if (value.compareTo(Fr.MODULUS) >= 0) {
      throw new InvalidValueException(json.malformed(value + " is not below the modulus r"));
    }
    return Fr.of(value);
  }

  /** Writes a file. */
  public static void write(List<Fr> signals, Path file) throws IOException {
    JsonOutput.write(file, out -> write(signals, out));
  }

  /** The text that {@link #write} writes. */
  public static String toJson(List<Fr> signals) {
    return JsonOutput.toString(out -> write(signals, out));
  }

  private static void write(List<Fr> signals, JsonGenerator out) throws IOException {
    out.writeStartArray();
    for (Fr signal : signals) {
      out.writeString(signal.toString());
    }
    out.writeEndArray();
  }
}
