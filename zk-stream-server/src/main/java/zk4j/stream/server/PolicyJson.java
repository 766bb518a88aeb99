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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import zk4j.bn254.Fr;
import zk4j.circomcompat.VerificationKeyJson;
import zk4j.core.MalformedDataException;
import zk4j.groth16.UnsafeKeyException;
import zk4j.groth16.VerifyingKey;
import zk4j.stream.verify.Policy;
import zk4j.stream.verify.Policy.Summaries;

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

  /** Of policies about days alone. */
  private static final String SUMMARIES = "summaries";

  private static final Set<String> SUMMARIES_FIELDS = Set.of("key", "signals", KEY);

  private PolicyJson() {}

  /** The text of a policy. */
  public static String toJson(Policy policy) {
    return JsonText.object(out -> write(policy, true, out));
  }

  /**
   * Writes a policy.
   *
   * @param keys whether with its keys, of which there are the fingerprints in any case
   */
  static void write(Policy policy, boolean keys, JsonGenerator out) throws IOException {
    out.writeStringField("id", policy.id());
    out.writeStringField("question", policy.question());
    out.writeStringField("maximumAge", policy.maximumAge().toString());
    out.writeBooleanField(INSECURE, policy.insecureDevelopmentKey());
    write(policy.key(), policy.signals(), keys, out);
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
    if (policy.summaries().isPresent()) {
      Summaries summaries = policy.summaries().get();
      out.writeObjectFieldStart(SUMMARIES);
      write(summaries.key(), summaries.signals(), keys, out);
      out.writeEndObject();
    }
  }

  private static void write(VerifyingKey key, List<String> signals, boolean keys, JsonGenerator out)
      throws IOException {
    out.writeStringField("key", fingerprint(key));
    out.writeArrayFieldStart("signals");
    for (String signal : signals) {
      out.writeString(signal);
    }
    out.writeEndArray();
    if (keys) {
      out.writeFieldName(KEY);
      out.writeRawValue(VerificationKeyJson.toJson(key));
    }
  }

  private static String fingerprint(VerifyingKey key) {
    return HexFormat.of().formatHex(key.fingerprint());
  }

  /**
   * Reads the file of a policy.
   *
   * @throws MalformedDataException if it is none, or a key has another fingerprint than it says
   * @throws UnsafeKeyException if anyone can forge proofs for one of its keys, or it is marked as
   *     one whose keys are for development alone
   */
  public static Policy read(Path file) throws IOException, UnsafeKeyException {
    return parse(bytes(file), false, file.toString());
  }

  /**
   * Reads the file of a policy even if anyone can forge proofs for its keys: for development alone.
   *
   * @throws MalformedDataException as {@link #read}
   */
  public static Policy readInsecureDevelopmentKey(Path file) throws IOException {
    try {
      return parse(bytes(file), true, file.toString());
    } catch (UnsafeKeyException e) {
      throw new AssertionError(e); // such keys are taken
    }
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
    return parse(json.getBytes(StandardCharsets.UTF_8), false, source);
  }

  private static Policy parse(byte[] json, boolean insecureToo, String source)
      throws MalformedDataException, UnsafeKeyException {
    try {
      Map<String, String> fields = JsonText.fields(json, FIELDS, Set.of(SUMMARIES));
      boolean insecure = isInsecure(fields, source);
      if (insecure && !insecureToo) {
        throw new UnsafeKeyException(
            "it was made for development: whoever made the key can forge proofs");
      }
      Map<String, Duration> windows = new HashMap<>();
      JsonText.strings(fields.getOrDefault("windows", ""))
          .forEach((name, length) -> windows.put(name, Duration.parse(length)));
      Map<String, Fr> fixed = new HashMap<>();
      JsonText.strings(fields.getOrDefault("fixed", ""))
          .forEach((name, value) -> fixed.put(name, Fr.of(new BigInteger(value))));
      return new Policy(
          JsonText.string(fields.getOrDefault("id", "")),
          JsonText.string(fields.getOrDefault("question", "")),
          key(fields, insecureToo, source),
          JsonText.list(fields.getOrDefault("signals", "")),
          windows,
          fixed,
          Duration.parse(JsonText.string(fields.getOrDefault("maximumAge", ""))),
          summaries(fields, insecureToo, source),
          insecure);
    } catch (MalformedDataException e) {
      throw e;
    } catch (IOException | DateTimeException | IllegalArgumentException e) {
      throw malformed(source, "no policy: " + e.getMessage());
    }
  }

  private static Optional<Summaries> summaries(
      Map<String, String> policy, boolean insecureToo, String source)
      throws IOException, UnsafeKeyException {
    String json = policy.get(SUMMARIES);
    if (json == null) {
      return Optional.empty();
    }
    Map<String, String> fields =
        JsonText.fields(json.getBytes(StandardCharsets.UTF_8), SUMMARIES_FIELDS, Set.of());
    return Optional.of(
        new Summaries(
            key(fields, insecureToo, source), JsonText.list(fields.getOrDefault("signals", ""))));
  }

  private static boolean isInsecure(Map<String, String> fields, String source)
      throws MalformedDataException {
    String text = fields.getOrDefault(INSECURE, "");
    if (!text.equals("true") && !text.equals("false")) {
      throw malformed(source, INSECURE + " is neither true nor false");
    }
    return text.equals("true");
  }

  private static VerifyingKey key(Map<String, String> fields, boolean insecureToo, String source)
      throws IOException, UnsafeKeyException {
    String json = fields.getOrDefault(KEY, "");
    VerifyingKey key =
        insecureToo
            ? VerificationKeyJson.parseInsecureDevelopmentKey(json)
            : VerificationKeyJson.parse(json);
    if (!JsonText.string(fields.getOrDefault("key", "")).equals(fingerprint(key))) {
      throw malformed(source, "a key has another fingerprint than it says");
    }
    return key;
  }

  private static MalformedDataException malformed(String source, String problem) {
    return new MalformedDataException(source, null, -1, problem);
  }
}
