package zk4j.circomcompat;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import zk4j.bn254.Fr;
import zk4j.bn254.G1;
import zk4j.core.MalformedDataException;
import zk4j.plonk.PlonkProof;

/** PLONK proofs as snarkjs writes them. Fields that are not known are ignored. */
public final class PlonkProofJson {
  private PlonkProofJson() {}

  /**
   * Reads a file.
   *
   * @throws MalformedDataException if it is not JSON of a PLONK proof's shape
   * @throws InvalidValueException if a coordinate is not below q, a point not on its curve, or an
   *     evaluation not below r
   */
  public static PlonkProof read(Path file) throws IOException {
    return proof(Json.read(file));
  }

  /** Reads a text, as {@link #read}. */
  public static PlonkProof parse(String json) throws MalformedDataException, InvalidValueException {
    return proof(Json.parse(json, "proof"));
  }

  private static PlonkProof proof(Json json) throws MalformedDataException, InvalidValueException {
    json.field("protocol").expect(PlonkVerificationKeyJson.PROTOCOL);
    Optional<Json> curve = json.optionalField("curve");
    if (curve.isPresent()) {
      curve.get().expect(VerificationKeyJson.CURVE);
    }
    return new PlonkProof(
        point(json, "A"),
        point(json, "B"),
        point(json, "C"),
        point(json, "Z"),
        point(json, "T1"),
        point(json, "T2"),
        point(json, "T3"),
        number(json, "eval_a"),
        number(json, "eval_b"),
        number(json, "eval_c"),
        number(json, "eval_s1"),
        number(json, "eval_s2"),
        number(json, "eval_zw"),
        point(json, "Wxi"),
        point(json, "Wxiw"));
  }

  private static G1 point(Json json, String name)
      throws MalformedDataException, InvalidValueException {
    return PointJson.readG1(json.field(name));
  }

  private static Fr number(Json json, String name)
      throws MalformedDataException, InvalidValueException {
    return PublicJson.readFr(json.field(name));
  }

  /** Writes a file. */
  public static void write(PlonkProof proof, Path file) throws IOException {
    JsonOutput.write(file, out -> write(proof, out));
  }

  /** The text that {@link #write} writes. */
  public static String toJson(PlonkProof proof) {
    return JsonOutput.toString(out -> write(proof, out));
  }

  private static void write(PlonkProof proof, JsonGenerator out) throws IOException {
    out.writeStartObject();
    write("A", proof.a(), out);
    write("B", proof.b(), out);
    write("C", proof.c(), out);
    write("Z", proof.z(), out);
    write("T1", proof.t1(), out);
    write("T2", proof.t2(), out);
    write("T3", proof.t3(), out);
    write("Wxi", proof.wXi(), out);
    write("Wxiw", proof.wXiw(), out);
    out.writeStringField("eval_a", proof.evalA().toString());
    out.writeStringField("eval_b", proof.evalB().toString());
    out.writeStringField("eval_c", proof.evalC().toString());
    out.writeStringField("eval_s1", proof.evalS1().toString());
    out.writeStringField("eval_s2", proof.evalS2().toString());
    out.writeStringField("eval_zw", proof.evalZw().toString());
    out.writeStringField("protocol", PlonkVerificationKeyJson.PROTOCOL);
    out.writeStringField("curve", VerificationKeyJson.CURVE);
    out.writeEndObject();
  }

  private static void write(String name, G1 point, JsonGenerator out) throws IOException {
    out.writeFieldName(name);
    PointJson.write(point, out);
  }
}
