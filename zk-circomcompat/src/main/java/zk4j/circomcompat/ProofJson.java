package zk4j.circomcompat;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import zk4j.core.MalformedDataException;
import zk4j.groth16.Proof;

/**
 * Groth16 proofs as snarkjs writes them ({@code proof.json}).
 *
 * <p>Numbers are decimal strings; integers are accepted too. Fields that are not known are ignored.
 * {@code protocol} must be there, {@code curve} may be missing, as rapidsnark leaves it out.
 */
public final class ProofJson {
  private ProofJson() {}

  /**
   * Reads a file.
   *
   * @throws MalformedDataException if it is not JSON of a Groth16 proof's shape
   * @throws InvalidValueException if a coordinate is not below q, or a point is not on its curve or
   *     not in the subgroup
   */
  public static Proof read(Path file) throws IOException {
    return proof(Json.read(file));
  }

  /** Reads a text, as {@link #read}. */
  public static Proof parse(String json) throws MalformedDataException, InvalidValueException {
    return proof(Json.parse(json, "proof"));
  }

  /**
   * Reads a file that is an array of proofs.
   *
   * @throws MalformedDataException as {@link #read}
   * @throws InvalidValueException as {@link #read}
   */
  public static List<Proof> readAll(Path file) throws IOException {
    return proofs(Json.read(file));
  }

  /** Reads a text that is an array of proofs, as {@link #readAll}. */
  public static List<Proof> parseAll(String json)
      throws MalformedDataException, InvalidValueException {
    return proofs(Json.parse(json, "proofs"));
  }

  private static List<Proof> proofs(Json json)
      throws MalformedDataException, InvalidValueException {
    List<Proof> proofs = new ArrayList<>();
    for (Json element : json.elements()) {
      proofs.add(proof(element));
    }
    return proofs;
  }

  private static Proof proof(Json json) throws MalformedDataException, InvalidValueException {
    json.field("protocol").expect(VerificationKeyJson.PROTOCOL);
    Optional<Json> curve = json.optionalField("curve");
    if (curve.isPresent()) {
      curve.get().expect(VerificationKeyJson.CURVE);
    }
    Json a = json.field("pi_a");
    Json b = json.field("pi_b");
    Json c = json.field("pi_c");
    return new Proof(PointJson.readG1(a), PointJson.readG2(b), PointJson.readG1(c));
  }

  /** Writes a file. */
  public static void write(Proof proof, Path file) throws IOException {
    JsonOutput.write(file, out -> write(proof, out));
  }

  /** The text that {@link #write} writes. */
  public static String toJson(Proof proof) {
    return JsonOutput.toString(out -> write(proof, out));
  }

  /** Writes a file that is an array of proofs. */
  public static void writeAll(List<Proof> proofs, Path file) throws IOException {
    JsonOutput.write(file, out -> write(proofs, out));
  }

  /** The text that {@link #writeAll} writes. */
  public static String toJson(List<Proof> proofs) {
    return JsonOutput.toString(out -> write(proofs, out));
  }

  private static void write(List<Proof> proofs, JsonGenerator out) throws IOException {
    out.writeStartArray();
    for (Proof proof : proofs) {
      write(proof, out);
    }
    out.writeEndArray();
  }

  private static void write(Proof proof, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeFieldName("pi_a");
    PointJson.write(proof.a(), out);
    out.writeFieldName("pi_b");
    PointJson.write(proof.b(), out);
    out.writeFieldName("pi_c");
    PointJson.write(proof.c(), out);
    out.writeStringField("protocol", VerificationKeyJson.PROTOCOL);
    out.writeStringField("curve", VerificationKeyJson.CURVE);
    out.writeEndObject();
  }
}
