package zk4j.stream.server;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import zk4j.bn254.Fr;
import zk4j.circomcompat.VerificationKeyJson;
import zk4j.core.MalformedDataException;
import zk4j.groth16.UnsafeKeyException;
import zk4j.groth16.VerifyingKey;
import zk4j.stream.verify.Policy;

/**
 * A policy as the server describes it: all that a verifier needs, with the verification key in the
 * form of snarkjs.
 */
public final class PolicyJson {
  /** Bytes of the longest text. */
  private static final int MAX_BYTES = 1 << 20;

  private static final String KEY = "verificationKey";

  /** Whether the key is for development alone. */
  private static final String INSECURE = "insecureDevelopmentKey";

  private static final Set<String> FIELDS =
      Set.of("id", "question", "maximumAge", "key", INSECURE, "signals", "windows", "fixed", KEY);

  private PolicyJson() {}

  /**
   * The text of a policy.
   *
   * @throws IllegalArgumentException for one about a day by its windows' summaries, which has none
   */
  public static String toJson(Policy policy) {
    if (policy.summaries().isPresent()) {
      throw new IllegalArgumentException("policy " + policy.id() + " is about windows' summaries");
    }
    return JsonText.object(
        out -> {
          write(policy, out);
          out.writeFieldName(KEY);
          out.writeRawValue(VerificationKeyJson.toJson(policy.key()));
        });
  }

  /** Writes a policy without its key, of which there is the fingerprint. */
  static void write(Policy policy, JsonGenerator out) throws IOException {
    out.writeStringField("id", policy.id());
    out.writeStringField("question", policy.question());
    out.writeStringField("maximumAge", policy.maximumAge().toString());
    out.writeStringField("key", fingerprint(policy.key()));
    out.writeBooleanField(INSECURE, policy.insecureDevelopmentKey());
    out.writeArrayFieldStart("signals");
    for (String signal : policy.signals()) {
      out.writeString(signal);
    }
    out.writeEndArray();
    out.writeObjectFieldStart("windows");
    for (var window : new TreeMap<>(policy.windows()).entrySet()) {
      out.writeStringField(window.getKey(), window.getValue().toString());
    }
    out.writeEndObject();
    out.writeObjectFieldStart("fixed");
    for (var signal : new TreeMap<>(policy.fixed()).entrySet()) {
      out.writeStringField(signal.getKey(), signal.getValue().toString());
    }
    out.writeEndObject();
  }

  private static String fingerprint(VerifyingKey key) {
    return HexFormat.of().formatHex(key.fingerprint());
  }

  /**
   * Reads the file of a policy.
   *
   * @throws MalformedDataException if it is none, or its key has another fingerprint than it says
   * @throws UnsafeKeyException if anyone can forge proofs for its key, or it is marked as one that
   *     is for development alone
   */
  public static Policy read(Path file) throws IOException, UnsafeKeyException {
    String source = file.toString();
    Map<String, String> fields = fields(bytes(file), source);
    return policy(fields, secureKey(fields, source), source);
  }

  /**
   * Reads the file of a policy even if anyone can forge proofs for its key: for development alone.
   *
   * @throws MalformedDataException as {@link #read}
   */
  public static Policy readInsecureDevelopmentKey(Path file) throws IOException {
    String source = file.toString();
    Map<String, String> fields = fields(bytes(file), source);
    VerifyingKey key =
        VerificationKeyJson.parseInsecureDevelopmentKey(fields.getOrDefault(KEY, ""));
    return policy(fields, key, source);
  }

  private static byte[] bytes(Path file) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    }
    if (bytes.length > MAX_BYTES) {
      throw malformed(file.toString(), "more than " + MAX_BYTES + " bytes");
    }
    return bytes;
  }

  /**
   * Reads the text of a policy.
   *
   * @param source what to call it in errors
   * @throws MalformedDataException as {@link #read}
   * @throws UnsafeKeyException as {@link #read}
   */
  public static Policy parse(String json, String source)
      throws MalformedDataException, UnsafeKeyException {
    Map<String, String> fields = fields(json.getBytes(StandardCharsets.UTF_8), source);
    return policy(fields, secureKey(fields, source), source);
  }

  private static Map<String, String> fields(byte[] json, String source)
      throws MalformedDataException {
    try {
      return JsonText.fields(json, FIELDS);
    } catch (IOException e) {
      throw malformed(source, String.valueOf(e.getMessage()));
    }
  }

  private static boolean isInsecure(Map<String, String> fields, String source)
      throws MalformedDataException {
    String text = fields.getOrDefault(INSECURE, "");
    if (!text.equals("true") && !text.equals("false")) {
      throw malformed(source, INSECURE + " is neither true nor false");
    }
    return text.equals("true");
  }

  private static VerifyingKey secureKey(Map<String, String> fields, String source)
      throws MalformedDataException, UnsafeKeyException {
    if (isInsecure(fields, source)) {
      throw new UnsafeKeyException(
          "it was made for development: whoever made the key can forge proofs");
    }
    return VerificationKeyJson.parse(fields.getOrDefault(KEY, ""));
  }

  private static Policy policy(Map<String, String> fields, VerifyingKey key, String source)
      throws MalformedDataException {
    boolean insecure = isInsecure(fields, source);
    try {
      if (!JsonText.string(fields.getOrDefault("key", "")).equals(fingerprint(key))) {
        throw malformed(source, "the key has another fingerprint than it says");
      }
      Map<String, Duration> windows = new HashMap<>();
      JsonText.strings(fields.getOrDefault("windows", ""))
          .forEach((name, length) -> windows.put(name, Duration.parse(length)));
      Map<String, Fr> fixed = new HashMap<>();
      JsonText.strings(fields.getOrDefault("fixed", ""))
          .forEach((name, value) -> fixed.put(name, Fr.of(new BigInteger(value))));
      Policy policy =
          new Policy(
              JsonText.string(fields.getOrDefault("id", "")),
              JsonText.string(fields.getOrDefault("question", "")),
              key,
              JsonText.list(fields.getOrDefault("signals", "")),
              windows,
              fixed,
              Duration.parse(JsonText.string(fields.getOrDefault("maximumAge", ""))));
      return insecure ? policy.withInsecureDevelopmentKey() : policy;
    } catch (MalformedDataException e) {
      throw e;
    } catch (IOException | DateTimeException | IllegalArgumentException e) {
      throw malformed(source, "no policy: " + e.getMessage());
    }
  }

  private static MalformedDataException malformed(String source, String problem) {
    return new MalformedDataException(source, null, -1, problem);
  }
}
