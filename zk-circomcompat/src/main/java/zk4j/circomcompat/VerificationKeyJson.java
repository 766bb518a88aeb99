package zk4j.circomcompat;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import zk4j.bn254.Fq12;
import zk4j.bn254.Fq2;
import zk4j.bn254.Fq6;
import zk4j.bn254.G1;
import zk4j.bn254.G2;
import zk4j.core.MalformedDataException;
import zk4j.groth16.UnsafeKeyException;
import zk4j.groth16.VerifyingKey;

/**
 * Groth16 verification keys as snarkjs writes them ({@code verification_key.json}).
 *
 * <p>{@code vk_alphabeta_12} is written, and ignored like any field that is not known when a key is
 * read: it follows from the others.
 */
public final class VerificationKeyJson {
  static final String PROTOCOL = "groth16";
  static final String CURVE = "bn128";

  private VerificationKeyJson() {}

  /**
   * Reads a file.
   *
   * @throws MalformedDataException if it is not JSON of a Groth16 key's shape, or a point in it is
   *     not valid
   * @throws UnsafeKeyException if a ceremony never touched the key
   */
  public static VerifyingKey read(Path file) throws IOException, UnsafeKeyException {
    return key(Json.read(file), VerifyingKey::of);
  }

  /**
   * Reads a file even if a ceremony never touched the key. Anyone can forge proofs that such a key
   * accepts, so it is for development only.
   *
   * @throws MalformedDataException as {@link #read}
   */
  public static VerifyingKey readInsecureDevelopmentKey(Path file) throws IOException {
    return key(Json.read(file), VerifyingKey::ofInsecureDevelopmentKey);
  }

  /** Reads a text, as {@link #read}. */
  public static VerifyingKey parse(String json) throws MalformedDataException, UnsafeKeyException {
    return key(Json.parse(json, "verification key"), VerifyingKey::of);
  }

  /** Reads a text, as {@link #readInsecureDevelopmentKey}. */
  public static VerifyingKey parseInsecureDevelopmentKey(String json)
      throws MalformedDataException {
    return key(Json.parse(json, "verification key"), VerifyingKey::ofInsecureDevelopmentKey);
  }

  private static <E extends Exception> VerifyingKey key(Json json, KeyFactory<E> keys)
      throws MalformedDataException, E {
    json.field("protocol").expect(PROTOCOL);
    json.field("curve").expect(CURVE);
    List<Json> icFields = json.field("IC").elements();
    Json publicCount = json.field("nPublic");
    if (!publicCount.decimal().add(BigInteger.ONE).equals(BigInteger.valueOf(icFields.size()))) {
      throw publicCount.malformed(
          "is " + publicCount.decimal() + ", but IC has " + icFields.size() + " points");
    }
    try {
      G1 alpha = PointJson.readG1(json.field("vk_alpha_1"));
      G2 beta = PointJson.readG2(json.field("vk_beta_2"));
      G2 gamma = PointJson.readG2(json.field("vk_gamma_2"));
      G2 delta = PointJson.readG2(json.field("vk_delta_2"));
      List<G1> ic = new ArrayList<>(icFields.size());
      for (Json point : icFields) {
        ic.add(PointJson.readG1(point));
      }
      return keys.of(alpha, beta, gamma, delta, ic);
    } catch (InvalidValueException e) {
      // A key is no claim that may turn out false: with such a point it is not a key.
      throw e.found();
    }
  }

  /** Writes a file. */
  public static void write(VerifyingKey key, Path file) throws IOException {
    JsonOutput.write(file, out -> write(key, out));
  }

  /** The text that {@link #write} writes. */
  public static String toJson(VerifyingKey key) {
    return JsonOutput.toString(out -> write(key, out));
  }

  private static void write(VerifyingKey key, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeStringField("protocol", PROTOCOL);
    out.writeStringField("curve", CURVE);
    out.writeNumberField("nPublic", key.publicSignals());
    out.writeFieldName("vk_alpha_1");
    PointJson.write(key.alpha(), out);
    out.writeFieldName("vk_beta_2");
    PointJson.write(key.beta(), out);
    out.writeFieldName("vk_gamma_2");
    PointJson.write(key.gamma(), out);
    out.writeFieldName("vk_delta_2");
    PointJson.write(key.delta(), out);
    out.writeFieldName("vk_alphabeta_12");
    write(key.alphaBeta().value(), out);
    out.writeArrayFieldStart("IC");
    for (G1 point : key.ic()) {
      PointJson.write(point, out);
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private static void write(Fq12 element, JsonGenerator out) throws IOException {
    out.writeStartArray();
    for (Fq6 half : List.of(element.c0(), element.c1())) {
      out.writeStartArray();
      for (Fq2 part : List.of(half.c0(), half.c1(), half.c2())) {
        PointJson.write(part, out);
      }
      out.writeEndArray();
    }
    out.writeEndArray();
  }
}
