package zk4j.cli;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The packaged application, started as its users start it. */
final class ApplicationIT {
  private static final Path APP = Path.of("target", "app");
  private static final String JAR = APP.resolve("zk.jar").toString();

  @Test
  void startsOnTheModulePathWithAValidModuleGraph() throws Exception {
    Result started = zk("--version");
    assertTrue(started.output().startsWith("zk "), started.output());
    assertEquals(0, started.exitCode(), started.output());

    String path = JAR + File.pathSeparator + APP.resolve("lib");
    Result resolved =
        run("--module-path", path, "--show-module-resolution", "--dry-run", "-m", "zk4j.cli");
    assertEquals(0, resolved.exitCode(), resolved.output());
    for (String module : List.of("core", "r1cs", "groth16", "circomcompat")) {
      assertTrue(resolved.output().contains("zk4j." + module + " "), resolved.output());
    }
    assertTrue(!resolved.output().contains("automatic"), resolved.output());
  }

  @Test
  void usesVectorKernelsWithTheirFolderOnTheModulePath() throws Exception {
    String path = String.join(File.pathSeparator, JAR, "target/app/lib", "target/app/vector");
    Result resolved =
        run("--module-path", path, "--show-module-resolution", "--dry-run", "-m", "zk4j.cli");
    assertTrue(resolved.output().contains("zk4j.vector "), resolved.output());
    Result demo =
        run(
            "-Dzk4j.kernels=vector",
            "--module-path",
            path,
            "--module",
            "zk4j.cli/zk4j.cli.Main",
            "demo",
            "--quiet");
    assertEquals(0, demo.exitCode(), demo.output());
  }

  @Test
  void provesAStreamWithItsFolderOnTheModulePath() throws Exception {
    String path = String.join(File.pathSeparator, JAR, "target/app/lib", "target/app/stream");
    Result demo =
        run(
            "--module-path",
            path,
            "--add-modules",
            "zk4j.stream.broker,zk4j.stream.mqtt,zk4j.stream.server",
            "--module",
            "zk4j.cli/zk4j.cli.Main",
            "demo",
            "--quiet",
            "--json");
    assertEquals(0, demo.exitCode(), demo.output());
    // Libraries may have warnings beside it.
    String json = demo.output().lines().filter(line -> line.startsWith("{")).findAny().orElse("");
    Map<?, ?> stream = (Map<?, ?>) requireNonNull(new Zk.Result(0, json, "").json().get("stream"));
    // An hour has no readings, and in another the limit is passed.
    assertEquals("5", String.valueOf(stream.get("windows")));
    assertEquals("4", String.valueOf(stream.get("proofs")));
    assertEquals("3", String.valueOf(stream.get("holds")));
    assertEquals("240", String.valueOf(stream.get("messages")));
    assertTrue(String.valueOf(stream.get("checkpoint")).startsWith("zk4j/demo\n5\n"));
    Result without = zk("stream", "demo", "--once");
    assertEquals(2, without.exitCode(), without.output());
    assertTrue(without.output().contains("start the command by ./zk"), without.output());
  }

  @Test
  void startsOnTheClassPath() throws Exception {
    Result started = run("-jar", JAR, "--version");
    assertTrue(started.output().startsWith("zk "), started.output());
    assertEquals(0, started.exitCode(), started.output());
    String path =
        String.join(
            File.pathSeparator, JAR, APP.resolve("lib/*") + "", APP.resolve("vector/*") + "");
    Result demo =
        run(
            "-Dzk4j.kernels=vector",
            "--add-modules",
            "jdk.incubator.vector",
            "-cp",
            path,
            "zk4j.cli.Main",
            "demo",
            "--quiet");
    assertEquals(0, demo.exitCode(), demo.output());
  }

  /** On the module path, where a missing export or resource would show. */
  @Test
  void endsWithTheExitCodesOfItsCommands() throws Exception {
    Result demo = zk("demo", "--quiet");
    assertEquals(0, demo.exitCode(), demo.output());
    assertFalse(demo.output().contains("\r"), demo.output());

    String key = fixture("verification_key.json");
    String proof = fixture("proof.json");
    Result valid = zk("groth16", "verify", key, fixture("public.json"), proof);
    assertEquals(new Result(0, "valid" + System.lineSeparator()), valid);

    String other = Zk.fixture("heartrate", "public.json").toString();
    Result invalid = zk("groth16", "verify", key, other, proof, "--json");
    assertEquals(1, invalid.exitCode(), invalid.output());
    assertTrue(invalid.output().startsWith("{\"valid\":false,"), invalid.output());

    Result missing = zk("groth16", "verify", key, "none.json", proof);
    assertEquals(new Result(2, "zk: none.json: no such file" + System.lineSeparator()), missing);
  }

  @Test
  void measuresColdProcesses() throws Exception {
    String key = fixture("circuit.zkey");
    Result bench =
        zk("bench", "groth16", key, fixture("witness.wtns"), "--runs", "1", "--cold", "1");
    assertEquals(0, bench.exitCode(), bench.output());
    assertTrue(bench.output().contains("of 1 processes"), bench.output());
  }

  private static String fixture(String file) {
    return Zk.fixture("multiplier", file).toString();
  }

  private static Result zk(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("--module-path", JAR + File.pathSeparator + APP.resolve("lib")));
    command.addAll(List.of("--module", "zk4j.cli/zk4j.cli.Main"));
    command.addAll(List.of(arguments));
    return run(command.toArray(String[]::new));
  }

  private record Result(int exitCode, String output) {}

  private static Result run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), output);
  }
}
