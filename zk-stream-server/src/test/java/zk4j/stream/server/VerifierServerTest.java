package zk4j.stream.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zk4j.bn254.Fr;
import zk4j.circomcompat.ProofJson;
import zk4j.circomcompat.PublicJson;
import zk4j.circomcompat.VerificationKeyJson;
import zk4j.core.MalformedDataException;
import zk4j.groth16.Proof;
import zk4j.groth16.UnsafeKeyException;
import zk4j.stream.prove.StatementProof;
import zk4j.stream.verify.Policy;
import zk4j.stream.verify.Verdict.Accepted;
import zk4j.stream.verify.Verdict.Reason;
import zk4j.stream.verify.VerifierState;

class VerifierServerTest {
  private static final String POLICIES = "/api/policies";
  private static final String PROOFS = POLICIES + "/below-120/proofs";
  private static final String DAYS = POLICIES + "/average/proofs";
  private static final String CHECKS = POLICIES + "/average/check";

  /** What is sent has this in it, and nothing that is answered or logged does. */
  private static final String MARKER = "zzyzx";

  /** That, or a reading of the person's, as a number of its own. */
  private static final Pattern LEAK =
      Pattern.compile("(?<![0-9])" + Setting.READING + "(?![0-9])|" + MARKER);

  /**
   * Jetty's, which warns of a bad Host with all that was sent: applications have to turn it off.
   */
  private static final Logger HOSTS = Logger.getLogger("org.eclipse.jetty.util.HostPort");

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

  private final List<Accepted> accepted = new ArrayList<>();

  @TempDir private Path folder;
  private VerifierState state;
  private VerifierServer server;

  private final List<String> logged = Collections.synchronizedList(new ArrayList<>());

  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          StringWriter text = new StringWriter();
          text.append(entry.getMessage()).append(' ');
          text.append(Arrays.toString(entry.getParameters()));
          if (entry.getThrown() != null) {
            entry.getThrown().printStackTrace(new PrintWriter(text));
          }
          logged.add(text.toString());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void start() throws SQLException {
    HOSTS.setLevel(Level.OFF);
    Logger.getLogger("").addHandler(handler);
    state = Setting.state(folder);
    server =
        VerifierServer.start(
            Setting.verifier(state),
            "127.0.0.1",
            0,
            (entry, proof) -> accepted.add(entry),
            List.of());
  }

  @AfterEach
  void stop() {
    server.close();
    state.close();
    Logger.getLogger("").removeHandler(handler);
    logged.forEach(line -> assertFalse(LEAK.matcher(line).find(), line));
  }

  private HttpResponse<String> send(HttpRequest.Builder request, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
    HttpResponse<String> response =
        client.send(
            request.uri(uri).timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofString());
    assertTrue(response.statusCode() < 500, path + " gives " + response.statusCode());
    assertFalse(LEAK.matcher(response.body()).find(), response.body());
    return response;
  }

  private String get(String path) throws Exception {
    HttpResponse<String> response = send(HttpRequest.newBuilder(), path);
    assertEquals(200, response.statusCode(), path);
    assertEquals("application/json", response.headers().firstValue("Content-Type").orElse(""));
    assertEquals("nosniff", response.headers().firstValue("X-Content-Type-Options").orElse(""));
    return response.body();
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return send(HttpRequest.newBuilder().POST(BodyPublishers.ofString(body)), path);
  }

  private static String field(String json, String name) {
    Matcher matcher = Pattern.compile("\"" + name + "\":\"?([^\",}]*)").matcher(json);
    assertTrue(matcher.find(), name + " of " + json);
    return matcher.group(1);
  }

  private Fr challenge() throws Exception {
    HttpResponse<String> response = post(POLICIES + "/below-120/challenges", "");
    assertEquals(201, response.statusCode());
    assertEquals("77", field(response.body(), "audience"));
    return Fr.of(new BigInteger(field(response.body(), "challenge")));
  }

  private static String body(StatementProof proof) {
    String windows =
        proof.windows().isEmpty() ? "" : ",\"windows\":" + ProofJson.toJson(proof.windows());
    return "{\"proof\":%s,\"publicSignals\":%s%s}"
        .formatted(ProofJson.toJson(proof.proof()), PublicJson.toJson(proof.signals()), windows);
  }

  @Test
  void policiesAreDescribed() throws Exception {
    String all = get(POLICIES);
    assertTrue(all.startsWith("[{\"id\":\"below-120\",\"question\":\"All heart rates"), all);
    assertTrue(all.contains("\"fixed\":{\"limit\":\"120\",\"minimumPresent\":\"3\"}"), all);
    assertTrue(all.contains("\"windows\":{\"start\":\"PT4M\"}"), all);
    String one = get(POLICIES + "/below-120");
    String key =
        one.substring(one.indexOf("\"verificationKey\":") + 18, one.indexOf(",\"windows\":"));
    assertEquals(Setting.POLICY.key(), VerificationKeyJson.parse(key));
    assertThrows(UnsafeKeyException.class, () -> PolicyJson.parse(one, "policy"));
    Path file = folder.resolve("policy.json");
    Files.writeString(file, one);
    assertThrows(UnsafeKeyException.class, () -> PolicyJson.read(file));
    assertTrue(Setting.POLICY.insecureDevelopmentKey());
    assertEquals(Setting.POLICY, PolicyJson.readInsecureDevelopmentKey(file));
    String mark = "\"insecureDevelopmentKey\":";
    Policy unmarked = PolicyJson.parse(one.replace(mark + "true", mark + "false"), "policy");
    assertFalse(unmarked.insecureDevelopmentKey());
    assertEquals(Setting.POLICY, unmarked.withInsecureDevelopmentKey());
    assertEquals(unmarked, PolicyJson.parse(PolicyJson.toJson(unmarked), "policy"));
    for (String none : List.of(mark + "true,", mark + "true")) {
      String other = one.replace(none, none.equals(mark + "true") ? mark + "1" : "");
      assertThrows(MalformedDataException.class, () -> PolicyJson.parse(other, "policy"), other);
    }
    assertEquals(404, send(HttpRequest.newBuilder(), POLICIES + "/other").statusCode());
    assertEquals(404, send(HttpRequest.newBuilder(), "/other").statusCode());
  }

  @Test
  void whatIsDescribedIsThere() throws Exception {
    String description = get("/openapi.json");
    Matcher paths =
        Pattern.compile("\"(/api/[^\"]*)\": \\{\\s*\"(get|post)\"").matcher(description);
    int found = 0;
    while (paths.find()) {
      String path = paths.group(1).replace("{policy}", "below-120");
      int status =
          paths.group(2).equals("get")
              ? send(HttpRequest.newBuilder(), path).statusCode()
              : post(path, "").statusCode();
      assertTrue(description.contains("\"" + status + "\"") && status != 404, path + ": " + status);
      found++;
    }
    assertEquals(5, found);
    for (var reason : Reason.values()) {
      assertTrue(description.contains("\"" + reason + "\""), reason.toString());
    }
  }

  @Test
  void proofsAreVerifiedAndEnteredOnce() throws Exception {
    StatementProof proof = Setting.prove(0, challenge());
    HttpResponse<String> first = post(PROOFS, body(proof));
    assertEquals(200, first.statusCode(), first.body());
    assertEquals("true", field(first.body(), "accepted"));
    assertEquals("true", field(first.body(), "holds"));
    assertEquals(1, accepted.size());
    assertEquals(accepted.get(0).nullifier().toString(), field(first.body(), "nullifier"));
    HttpResponse<String> again = post(PROOFS, body(proof));
    assertEquals(409, again.statusCode());
    assertEquals("REPLAYED", field(again.body(), "reason"));
    HttpResponse<String> more = post(PROOFS, body(Setting.prove(1, challenge())));
    assertEquals(429, more.statusCode());
    assertEquals("BUDGET_EXHAUSTED", field(more.body(), "reason"));
    assertEquals(1, accepted.size());
  }

  @Test
  void badProofsAreRefused() throws Exception {
    StatementProof proof = Setting.prove(0, challenge());
    String body = body(proof);
    String other = body.replaceFirst("\"publicSignals\":\\[\\s*\"1\"", "\"publicSignals\":[\"0\"");
    HttpResponse<String> invalid = post(PROOFS, other);
    assertEquals(422, invalid.statusCode(), invalid.body());
    assertEquals("INVALID_PROOF", field(invalid.body(), "reason"));
    for (String bad :
        List.of(
            "",
            "{}",
            "[]",
            "113",
            body.substring(1),
            body + body,
            body.replace("\"proof\"", "\"prof\""),
            body.replace("groth16", "plonk"),
            body.replaceFirst("\"pi_a\"", "\"pi_a\":[],\"pi_a\""),
            body.replaceFirst("\"publicSignals\":\\[", "\"publicSignals\":[" + Fr.MODULUS + ","),
            body.replaceFirst("(?s)\"pi_c\": *\\[[^,]*,", "\"pi_c\":[\"113\","),
            "[".repeat(10_000))) {
      assertEquals(400, post(PROOFS, bad).statusCode(), bad);
    }
    assertEquals(413, post(PROOFS, " ".repeat(1 << 16)).statusCode());
    assertEquals(404, post(POLICIES + "/other/proofs", body).statusCode());
    assertEquals(200, post(PROOFS, body).statusCode());
  }

  @Test
  void anythingIsAnswered() throws Exception {
    fuzz(20260105, Duration.ofSeconds(2));
  }

  @Test
  @Tag("slow")
  void anythingIsAnsweredForMinutes() throws Exception {
    long seed = Long.getLong("zk4j.seed", System.nanoTime());
    System.out.println("seed " + seed);
    fuzz(seed, Duration.ofMinutes(10));
  }

  private static final List<String> PATHS =
      List.of(
          PROOFS,
          DAYS,
          CHECKS,
          POLICIES + "/below-120/check",
          POLICIES + "/below-120/challenges",
          POLICIES + "/below-120",
          POLICIES + "/" + MARKER + "/proofs",
          "/" + MARKER,
          "/api/%2e%2e/" + MARKER + "?" + MARKER + "=" + MARKER,
          "/openapi.json");

  /** Bodies and whole requests that are changed at random; the server lives on. */
  private void fuzz(long seed, Duration duration) throws Exception {
    Random random = new Random(seed);
    byte[] single = body(Setting.prove(0, Fr.of(5))).getBytes(StandardCharsets.UTF_8);
    byte[] day = body(Setting.proveDay(Fr.of(5))).getBytes(StandardCharsets.UTF_8);
    List<String> methods = List.of("POST", "POST", "GET", "PUT", "DELETE", "OPTIONS");
    long end = System.nanoTime() + duration.toNanos();
    int requests = 0;
    while (System.nanoTime() < end) {
      boolean one = random.nextBoolean();
      byte[] body = one ? single : day;
      byte[] changed = changed(body, random);
      HttpResponse<String> response =
          send(
              HttpRequest.newBuilder().POST(BodyPublishers.ofByteArray(changed)),
              one ? PROOFS : DAYS);
      assertTrue(response.statusCode() >= 400, "accepted with seed " + seed);
      String method = methods.get(random.nextInt(methods.size()));
      String path = PATHS.get(random.nextInt(PATHS.size()));
      send(
          HttpRequest.newBuilder()
              .header("X-" + MARKER, MARKER)
              .method(method, BodyPublishers.ofByteArray(changed)),
          path);
      String head = "%s %s HTTP/1.1\r\nHost: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n";
      byte[] whole =
          head.formatted(method, path, MARKER, body.length).getBytes(StandardCharsets.US_ASCII);
      raw(changed(whole, random), seed);
      requests += 3;
    }
    assertTrue(requests > 10);
    get(POLICIES);
    assertEquals(List.of(), accepted);
  }

  private Fr dayChallenge() throws Exception {
    String answer = post(POLICIES + "/average/challenges", "").body();
    return Fr.of(new BigInteger(field(answer, "challenge")));
  }

  @Test
  void daysAreVerifiedWithTheirWindowsAndEnteredOnce() throws Exception {
    StatementProof day = Setting.proveDay(dayChallenge());
    HttpResponse<String> accepted = post(DAYS, body(day));
    assertEquals(200, accepted.statusCode(), accepted.body());
    assertEquals("true", field(accepted.body(), "holds"));
    assertEquals("2026-01-05T08:08:00Z", field(accepted.body(), "end"));
    assertEquals("true", field(post(CHECKS, body(day)).body(), "valid"));
    assertRefused(409, "REPLAYED", day);
    assertRefused(409, "REPLAYED", Setting.proveDay(dayChallenge()));
    assertEquals(1, this.accepted.size());
  }

  private void assertRefused(int status, String reason, StatementProof day) throws Exception {
    HttpResponse<String> refused = post(DAYS, body(day));
    assertEquals(status, refused.statusCode(), refused.body());
    assertEquals(reason, field(refused.body(), "reason"));
  }

  @Test
  void daysWithoutAllOfTheirWindowsAreRefused() throws Exception {
    StatementProof day = Setting.proveDay(dayChallenge());
    List<Proof> windows = day.windows();
    List<Proof> others = Setting.proveDay(Fr.ONE).windows();
    for (List<Proof> wrong :
        List.of(
            List.<Proof>of(),
            windows.subList(0, 1),
            List.of(windows.get(1), windows.get(0)),
            List.of(windows.get(0), windows.get(1), windows.get(1)),
            List.of(windows.get(0), others.get(1)))) {
      StatementProof changed = new StatementProof(day.policy(), day.proof(), day.signals(), wrong);
      assertRefused(422, "INVALID_PROOF", changed);
      assertEquals("false", field(post(CHECKS, body(changed)).body(), "valid"));
    }
    assertRefused(422, "UNKNOWN_CHALLENGE", Setting.proveDay(Fr.of(5)));
    // A challenge of another policy is none of this one.
    assertRefused(422, "UNKNOWN_CHALLENGE", Setting.proveDay(challenge()));
    String body = body(day);
    for (String bad :
        List.of(
            body.replaceFirst("\"windows\":\\[", "\"windows\":[1,"),
            body.replaceFirst("\"windows\":\\[", "\"windows\":[[],"),
            body.replaceFirst("\"windows\":\\[", "\"windows\":{},\"windows\":["),
            body.replace("\"windows\"", "\"Windows\""))) {
      assertEquals(400, post(DAYS, bad).statusCode(), bad);
    }
    assertEquals(List.of(), accepted);
    StatementProof single = Setting.prove(0, challenge());
    String more = body(new StatementProof("below-120", single.proof(), single.signals(), windows));
    assertEquals("INVALID_PROOF", field(post(PROOFS, more).body(), "reason"));
    assertEquals(200, post(DAYS, body).statusCode());
  }

  @Test
  void policiesAboutDaysAreDescribed() throws Exception {
    String mark = "\"insecureDevelopmentKey\":";
    String marked = get(POLICIES + "/average");
    assertThrows(UnsafeKeyException.class, () -> PolicyJson.parse(marked, "policy"));
    String one = marked.replace(mark + "true", mark + "false");
    assertEquals(Setting.DAY, PolicyJson.parse(one, "policy").withInsecureDevelopmentKey());
    assertTrue(
        get(POLICIES).contains("\"signals\":[\"summaries[0]\",\"summaries[1]\"]}}]"),
        get(POLICIES));
    int at = one.indexOf("\"summaries\":{");
    String summaries = one.substring(at);
    for (String bad :
        List.of(
            summaries.replace("\"summaries[1]\"", "\"limit\""),
            summaries.replace(",\"summaries[1]\"", ""),
            summaries.replaceFirst("\"key\":\"..", "\"key\":\"zz"),
            summaries.replace("\"key\"", "\"\""),
            "\"other\":1}")) {
      assertThrows(
          MalformedDataException.class,
          () -> PolicyJson.parse(one.substring(0, at) + bad, "policy"),
          bad);
    }
  }

  /** As large as a request may be is a day of the most windows. */
  @Test
  void aWindowsProofHasLessThanAKilobyte() throws Exception {
    StatementProof day = Setting.proveDay(Fr.ONE);
    assertTrue(ProofJson.toJson(day.windows()).length() < day.windows().size() << 10);
  }

  private static byte[] changed(byte[] honest, Random random) {
    byte[] bytes = honest.clone();
    int changes = 1 + random.nextInt(8);
    for (int i = 0; i < changes; i++) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    if (random.nextBoolean()) {
      byte[] marker = MARKER.getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(
          marker, 0, bytes, random.nextInt(bytes.length - marker.length), marker.length);
    }
    return random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length + 10)) : bytes;
  }

  private void raw(byte[] request, long seed) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(10_000);
      OutputStream out = socket.getOutputStream();
      out.write(request);
      socket.shutdownOutput();
      InputStream in = socket.getInputStream();
      String answer = new String(in.readNBytes(4096), StandardCharsets.ISO_8859_1);
      assertFalse(answer.matches("(?s)HTTP/1.1 5(?!05).*"), "seed " + seed + ": " + answer);
      assertFalse(LEAK.matcher(answer).find(), "seed " + seed + ": " + answer);
    } catch (SocketException e) {
      // The server has hung up, which is an answer.
    }
  }
}
