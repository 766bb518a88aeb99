package zk4j.circomcompat;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import zk4j.r1cs.R1cs;

/** circomlib 2.0.5 as circom2, the compiler as WebAssembly, compiles it. Needs Node.js. */
final class Circomlib {
  private static final Path FIXTURES = Path.of("..", "fixtures");
  private static final Path MODULES = Path.of("..", "build", "ladder", "node_modules");

  private Circomlib() {}

  /** Fetches it, or skips the tests. */
  static void fetch() throws Exception {
    assumeTrue(
        run(Path.of("."), "node", "--version"),
        "no Node.js: the comparison with circomlib is skipped");
    if (!Files.exists(MODULES.resolve("circomlib"))) {
      assertTrue(run(Path.of("."), FIXTURES.resolve("ladder/make").toString()));
    }
  }

  /**
   * Compiles a circuit.
   *
   * @param include a file of circomlib, without its extension
   * @param source with a main component, or templates that it needs
   * @param option such as {@code --O2}
   */
  static R1cs compile(Path folder, String include, String source, String option) throws Exception {
    Path circuits = MODULES.resolve("circomlib/circuits").toAbsolutePath().normalize();
    try (var files = Files.walk(circuits)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".circom")).toList()) {
        Path to = folder.resolve(circuits.relativize(file).toString());
        if (!Files.exists(to)) {
          Files.createDirectories(to.getParent());
          Files.copy(file, to);
        }
      }
    }
    Files.writeString(
        folder.resolve("main.circom"),
        "pragma circom 2.1.6;\ninclude \"%s.circom\";\n%s\n".formatted(include, source));
    Path circom = MODULES.resolve("circom2/cli.js").toAbsolutePath().normalize();
    assertTrue(run(folder, "node", circom.toString(), "main.circom", "--r1cs", option));
    return R1csFile.read(folder.resolve("main.r1cs"));
  }

  private static boolean run(Path folder, String... command) throws Exception {
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(Redirect.DISCARD)
              .start();
      return process.waitFor() == 0;
    } catch (IOException missing) {
      return false;
    }
  }
}
