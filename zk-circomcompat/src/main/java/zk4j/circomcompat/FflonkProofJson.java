package zk4j.circomcompat;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import zk4j.bn254.Fr;
import zk4j.bn254.G1;
import zk4j.core.MalformedDataException;
import zk4j.plonk.FflonkEvaluations;
import zk4j.plonk.FflonkProof;

/** fflonk proofs as snarkjs writes them. Fields that are not known are ignored. */
public final class FflonkProofJson {
  private static final String POINTS = "polynomials";
  private static final String VALUES = "evaluations";

  /** In the order of {@link FflonkEvaluations#toList}. */
  private static final List<String> NAMES =
      List.of(
          "ql", "qr", "qm", "qo", "qc", "s1", "s2", "s3", "a", "b", "c", "z", "zw", "t1w", "t2w");

  private FflonkProofJson() {}

  /**
   * Reads a file.
   *
   * @throws MalformedDataException if it is not JSON of an fflonk proof's shape
   * @throws InvalidValueException if a coordinate is not below q, a point not on its curve, or an
   *     evaluation not below r
   */
  public static FflonkProof read(Path file) throws IOException {
    return proof(Json.read(file));
  }

  /** Reads a text, as {@link #read}. */
  public static FflonkProof parse(String json)
      throws MalformedDataException, InvalidValueException {
    return proof(Json.parse(json, "proof"));
  }

  private static FflonkProof proof(Json json) throws MalformedDataException, InvalidValueException {
    json.field("protocol").expect(FflonkVerificationKeyJson.PROTOCOL);
    Optional<Json> curve = json.optionalField("curve");
    if (curve.isPresent()) {
      curve.get().expect(VerificationKeyJson.CURVE);
    }
    Json points = json.field(POINTS);
    Json values = json.field(VALUES);
    List<Fr> evaluations = new ArrayList<>();
    for (String name : NAMES) {
      evaluations.add(PublicJson.readFr(values.field(name)));
    }
    return new FflonkProof(
        PointJson.readG1(points.field("C1")),
        PointJson.readG1(points.field("C2")),
        PointJson.readG1(points.field("W1")),
        PointJson.readG1(points.field("W2")),
        FflonkEvaluations.of(evaluations),
        PublicJson.readFr(values.field("inv")));
  }

  /** Writes a file. */
  public static void write(FflonkProof proof, Path file) throws IOException {
    JsonOutput.write(file, out -> write(proof, out));
  }

  /** The text that {@link #write} writes. */
  public static String toJson(FflonkProof proof) {
    return JsonOutput.toString(out -> write(proof, out));
  }

  private static void write(FflonkProof proof, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeObjectFieldStart(POINTS);
    write("C1", proof.c1(), out);
    write("C2", proof.c2(), out);
    write("W1", proof.w1(), out);
    write("W2", proof.w2(), out);
    out.writeEndObject();
    out.writeObjectFieldStart(VALUES);
    List<Fr> evaluations = proof.evaluations().toList();
    for (int i = 0; i < NAMES.size(); i++) {
      out.writeStringField(NAMES.get(i), evaluations.get(i).toString());
    }
    out.writeStringField("inv", proof.inv().toString());
    out.writeEndObject();
    out.writeStringField("protocol", FflonkVerificationKeyJson.PROTOCOL);
    out.writeStringField("curve", VerificationKeyJson.CURVE);
    out.writeEndObject();
  }

  private static void write(String name, G1 point, JsonGenerator out) throws IOException {
    out.writeFieldName(name);
    PointJson.write(point, out);
  }
}
