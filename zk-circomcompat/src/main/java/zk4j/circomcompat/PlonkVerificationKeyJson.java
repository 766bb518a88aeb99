package zk4j.circomcompat;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import zk4j.bn254.G1;
import zk4j.bn254.G2;
import zk4j.core.MalformedDataException;
import zk4j.plonk.PlonkVerifyingKey;

/**
 * PLONK verification keys as snarkjs writes them. {@code w}, the domain's generator, is required to
 * be the one that both use.
 */
public final class PlonkVerificationKeyJson {
  static final String PROTOCOL = "plonk";

  private static final List<String> SELECTORS = List.of("Qm", "Ql", "Qr", "Qo", "Qc");
  private static final List<String> PERMUTATION = List.of("S1", "S2", "S3");

  private PlonkVerificationKeyJson() {}

  /**
   * Reads a file.
   *
   * @throws MalformedDataException if it is not JSON of a PLONK key's shape, a point in it is not
   *     valid, or {@link PlonkVerifyingKey} refuses it
   */
  public static PlonkVerifyingKey read(Path file) throws IOException {
    return key(Json.read(file));
  }

  /** Reads a text, as {@link #read}. */
  public static PlonkVerifyingKey parse(String json) throws MalformedDataException {
    return key(Json.parse(json, "verification key"));
  }

  private static PlonkVerifyingKey key(Json json) throws MalformedDataException {
    try {
      PlonkKeyHead head = PlonkKeyHead.read(json, PROTOCOL, PlonkVerifyingKey.MAX_DOMAIN_SIZE);
      List<G1> selectors = points(json, SELECTORS);
      List<G1> permutation = points(json, PERMUTATION);
      G2 tau2 = PointJson.readG2(json.field("X_2"));
      return new PlonkVerifyingKey(
          head.publicSignals(),
          head.domainSize(),
          head.k1(),
          head.k2(),
          selectors,
          permutation,
          tau2);
    } catch (InvalidValueException e) {
      // A key is no claim that may turn out false: with such a value it is not a key.
      throw e.found();
    } catch (IllegalArgumentException e) {
      throw json.malformed(String.valueOf(e.getMessage()));
    }
  }

  private static List<G1> points(Json json, List<String> names)
      throws MalformedDataException, InvalidValueException {
    List<G1> points = new ArrayList<>();
    for (String name : names) {
      points.add(PointJson.readG1(json.field(name)));
    }
    return points;
  }

  /** Writes a file. */
  public static void write(PlonkVerifyingKey key, Path file) throws IOException {
    JsonOutput.write(file, out -> write(key, out));
  }

  /** The text that {@link #write} writes. */
  public static String toJson(PlonkVerifyingKey key) {
    return JsonOutput.toString(out -> write(key, out));
  }

  private static void write(PlonkVerifyingKey key, JsonGenerator out) throws IOException {
    PlonkKeyHead head = new PlonkKeyHead(key.publicSignals(), key.domainSize(), key.k1(), key.k2());
    out.writeStartObject();
    head.write(PROTOCOL, out);
    write(SELECTORS, key.selectors(), out);
    write(PERMUTATION, key.permutation(), out);
    out.writeFieldName("X_2");
    PointJson.write(key.tau2(), out);
    head.writeGenerator(out);
    out.writeEndObject();
  }

  private static void write(List<String> names, List<G1> points, JsonGenerator out)
      throws IOException {
    for (int i = 0; i < names.size(); i++) {
      out.writeFieldName(names.get(i));
      PointJson.write(points.get(i), out);
    }
  }
}
