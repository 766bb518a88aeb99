package zk4j.stream.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zk4j.stream.prove.StatementProof;
import zk4j.stream.prove.TrustMode;
import zk4j.stream.server.Console.LedgerRow;
import zk4j.stream.server.Console.ProofRow;
import zk4j.stream.server.Console.View;
import zk4j.stream.server.Console.WindowRow;
import zk4j.stream.server.Console.WindowState;
import zk4j.stream.verify.StatementVerifier;
import zk4j.stream.verify.VerifierState;

class ConsoleTest {
  private static final Instant START = Instant.parse("2026-01-05T08:00:00Z");
  private static final Path BUILD = Path.of("..", "build", "page");
  private static final Path SCRIPTS = Path.of("src", "test", "browser");

  @TempDir private Path folder;

  private static byte[] sha256(int prefix, byte[]... parts) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update((byte) prefix);
    for (byte[] part : parts) {
      digest.update(part);
    }
    return digest.digest();
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  /** A tree of three leaves, and a fourth entry that is not in it. */
  private static View view(StatementVerifier verifier) throws Exception {
    StatementProof proof = Setting.prove(0, verifier.challenge("below-120").orElseThrow().value());
    byte[] a = sha256(0, new byte[] {1});
    byte[] b = sha256(0, new byte[] {2});
    byte[] c = sha256(0, new byte[] {3});
    byte[] ab = sha256(1, a, b);
    return new View(
        TrustMode.DEVICE_PROVER,
        List.of(
            new WindowRow(
                "heart-rate/min", START, START.plusSeconds(240), 4, 4, WindowState.PROVEN),
            new WindowRow(
                "heart-rate/min",
                START.plusSeconds(240),
                START.plusSeconds(480),
                0,
                4,
                WindowState.GAP)),
        List.of(new ProofRow(1, START, Setting.POLICY.question(), true, proof)),
        List.of(
            new LedgerRow(0, START, "proof", hex(a), List.of(hex(b), hex(c))),
            new LedgerRow(1, START, "proof", hex(b), List.of(hex(a), hex(c))),
            new LedgerRow(2, START, "<b>erasure</b>", hex(c), List.of(hex(ab)))),
        hex(sha256(1, ab, c)),
        "checkpoint",
        List.of());
  }

  @Test
  void thePageIsThere() throws Exception {
    try (VerifierState state = Setting.state(folder)) {
      StatementVerifier verifier = Setting.verifier(state);
      View view = view(verifier);
      try (VerifierServer server =
          VerifierServer.start(
              verifier,
              "127.0.0.1",
              0,
              (accepted, proof) -> {},
              Console.pages(() -> view, Optional.empty()))) {
        assertTrue(get(server, "/").contains("<title>"));
        assertTrue(get(server, "/page.js").contains("use strict"));
        assertTrue(get(server, "/page.css").contains("color-scheme"));
        String json = get(server, "/api/console");
        assertTrue(json.startsWith("{\"snarkjs\":false,\"trust\":\"DEVICE_PROVER\""), json);
        assertTrue(json.contains("\"present\":4,\"slots\":4,\"state\":\"PROVEN\""), json);
        assertThrows(AssertionError.class, () -> get(server, "/snarkjs.min.js"));
      }
    }
    assertThrows(
        IOException.class,
        () -> Console.pages(() -> null, Optional.of(folder.resolve("snarkjs.min.js"))));
  }

  private static String get(VerifierServer server, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
    var response =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    assertEquals(200, response.statusCode(), path);
    return response.body();
  }

  /** With snarkjs of npm, in a headless browser; screenshots go to {@code target/page}. */
  @Test
  @Tag("peers")
  void aVisitorVerifiesAndTampers() throws Exception {
    String chromium = "";
    for (String name : List.of("chromium", "chromium-browser", "google-chrome")) {
      chromium =
          chromium.isEmpty() && run(Path.of("."), name, "--version") != null ? name : chromium;
    }
    assumeTrue(!chromium.isEmpty(), "no chromium");
    assumeTrue(run(Path.of("."), "npm", "--version") != null, "no npm");
    Files.createDirectories(BUILD);
    for (String file : List.of("package.json", "page.mjs")) {
      Files.copy(SCRIPTS.resolve(file), BUILD.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    if (!Files.isDirectory(BUILD.resolve("node_modules/puppeteer-core"))) {
      run(BUILD, "npm", "install", "--silent", "--no-fund", "--no-audit");
    }
    Path shots = Files.createDirectories(Path.of("target", "page")).toAbsolutePath();
    try (VerifierState state = Setting.state(folder)) {
      StatementVerifier verifier = Setting.verifier(state);
      View view = view(verifier);
      Path snarkjs = BUILD.resolve("node_modules/snarkjs/build/snarkjs.min.js");
      try (VerifierServer server =
          VerifierServer.start(
              verifier,
              "127.0.0.1",
              0,
              (accepted, proof) -> {},
              Console.pages(() -> view, Optional.of(snarkjs)))) {
        String path = Optional.ofNullable(run(Path.of("."), "which", chromium)).orElse(chromium);
        String url = "http://127.0.0.1:" + server.port() + "/";
        String seen = run(BUILD, "node", "page.mjs", url, path.strip(), shots.toString());
        assertEquals(
            List.of(
                "here: good ✓ Valid, says this browser.",
                "there: good ✓ Valid, says the server.",
                "tampered: bad ✗ Not valid, says this browser.",
                "tampered there: bad ✗ Not valid, says the server.",
                "tampered colour: rgb(161, 27, 27)",
                "restored: good ✓ Valid, says this browser.",
                "ledger: ✓ yes: 2 hashes lead to the root",
                "ledger: ✓ yes: 2 hashes lead to the root",
                "ledger: ✓ yes: 1 hashes lead to the root",
                "wider than a desk: false",
                "wider than a phone: false",
                "small buttons: 0",
                "unnamed: 0",
                "end"),
            new ArrayList<>(Optional.ofNullable(seen).orElse("").lines().toList()));
      }
    }
  }

  /** What a command prints; null if it is not there or fails. */
  private static @Nullable String run(Path directory, String... command) throws Exception {
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      try (InputStream out = process.getInputStream()) {
        String text = new String(out.readAllBytes(), UTF_8);
        return process.waitFor(5, TimeUnit.MINUTES) && process.exitValue() == 0 ? text : null;
      }
    } catch (IOException e) {
      return null;
    }
  }
}
