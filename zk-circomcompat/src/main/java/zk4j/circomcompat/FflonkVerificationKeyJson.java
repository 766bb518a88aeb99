package zk4j.circomcompat;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import zk4j.bn254.Fr;
import zk4j.bn254.G1;
import zk4j.bn254.G2;
import zk4j.core.MalformedDataException;
import zk4j.plonk.FflonkVerifyingKey;

/**
 * fflonk verification keys as snarkjs writes them. The roots of unity in them, which follow from
 * the domain, are required to be those that both use.
 */
public final class FflonkVerificationKeyJson {
  static final String PROTOCOL = "fflonk";

  private FflonkVerificationKeyJson() {}

  /**
   * Reads a file.
   *
   * @throws MalformedDataException if it is not JSON of an fflonk key's shape, a point in it is not
   *     valid, or {@link FflonkVerifyingKey} refuses it
   */
  public static FflonkVerifyingKey read(Path file) throws IOException {
    return key(Json.read(file));
  }

  /** Reads a text, as {@link #read}. */
  public static FflonkVerifyingKey parse(String json) throws MalformedDataException {
    return key(Json.parse(json, "verification key"));
  }

  private static FflonkVerifyingKey key(Json json) throws MalformedDataException {
    try {
      PlonkKeyHead head = PlonkKeyHead.read(json, PROTOCOL, FflonkVerifyingKey.MAX_DOMAIN_SIZE);
      List<Fr> roots = FflonkRoots.of(head.domainSize());
      for (int i = 0; i < roots.size(); i++) {
        PlonkKeyHead.requireRoot(json.field(FflonkRoots.NAMES.get(i)), roots.get(i), head.power());
      }
      G2 tau2 = PointJson.readG2(json.field("X_2"));
      G1 c0 = PointJson.readG1(json.field("C0"));
      return new FflonkVerifyingKey(
          head.publicSignals(), head.domainSize(), head.k1(), head.k2(), tau2, c0);
    } catch (InvalidValueException e) {
      // A key is no claim that may turn out false: with such a value it is not a key.
      throw e.found();
    } catch (IllegalArgumentException e) {
      throw json.malformed(String.valueOf(e.getMessage()));
    }
  }

  /** Writes a file. */
  public static void write(FflonkVerifyingKey key, Path file) throws IOException {
    JsonOutput.write(file, out -> write(key, out));
  }

  /** The text that {@link #write} writes. */
  public static String toJson(FflonkVerifyingKey key) {
    return JsonOutput.toString(out -> write(key, out));
  }

  private static void write(FflonkVerifyingKey key, JsonGenerator out) throws IOException {
    PlonkKeyHead head = new PlonkKeyHead(key.publicSignals(), key.domainSize(), key.k1(), key.k2());
    out.writeStartObject();
    head.write(PROTOCOL, out);
    head.writeGenerator(out);
    List<Fr> roots = FflonkRoots.of(key.domainSize());
    for (int i = 0; i < roots.size(); i++) {
      out.writeStringField(FflonkRoots.NAMES.get(i), roots.get(i).toString());
    }
    out.writeFieldName("X_2");
    PointJson.write(key.tau2(), out);
    out.writeFieldName("C0");
    PointJson.write(key.c0(), out);
    out.writeEndObject();
  }
}
