package zk4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The packaged application, started as its users start it. */
final class ApplicationIT {
  private static final Path APP = Path.of("target", "app");
  private static final String JAR = APP.resolve("zk.jar").toString();

  @Test
  void startsOnTheModulePathWithAValidModuleGraph() throws Exception {
    String path = JAR + File.pathSeparator + APP.resolve("lib");
    Result started = run("--module-path", path, "--module", "zk4j.cli/zk4j.cli.Main", "--version");
    assertTrue(started.output().startsWith("zk "), started.output());
    assertEquals(0, started.exitCode(), started.output());

    Result resolved =
        run("--module-path", path, "--show-module-resolution", "--dry-run", "-m", "zk4j.cli");
    assertEquals(0, resolved.exitCode(), resolved.output());
    for (String module : List.of("core", "r1cs", "groth16", "circomcompat")) {
      assertTrue(resolved.output().contains("zk4j." + module + " "), resolved.output());
    }
    assertTrue(!resolved.output().contains("automatic"), resolved.output());
  }

  @Test
  void startsOnTheClassPath() throws Exception {
    Result started = run("-jar", JAR, "--version");
    assertTrue(started.output().startsWith("zk "), started.output());
    assertEquals(0, started.exitCode(), started.output());
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
