package zk4j.core.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Classes that are the same text for two fields or groups, but for names and their description. */
class TwinSourcesTest {
  private static final Path SOURCES = Path.of("src/main/java/zk4j");

  @ParameterizedTest(name = "{0} and {1}")
  @CsvSource({
    "core/internal/curve/G1Kernels, core/internal/curve/G2Kernels, FqKernels, Fq2Kernels",
    "bn254/Fr, bn254/Fq, Fr, Fq",
    "bn254/G1Vector, bn254/G2Vector, G1, G2"
  })
  void twinsDifferInNamesAlone(String first, String second, String name, String twinName)
      throws IOException {
    String original = read(first);
    String renamed = original.replace("Curve.G1", "Curve.G2").replace("G1Kernels", "G2Kernels");
    renamed = renamed.replace(name, twinName);
    assertNotEquals(original, renamed);
    assertEquals(code(read(second)), code(renamed));
  }

  private static String read(String source) throws IOException {
    return Files.readString(SOURCES.resolve(source + ".java"));
  }

  /** The text without the class's description, the modulus with its own, and white space. */
  private static String code(String source) {
    return source
        .replaceFirst("(?s)/\\*\\*.*?\\*/(?=\\s+(public )?final class)", "")
        .replaceFirst("(?s)/\\*\\*[^/]*\\*/(\\s+public static final BigInteger MODULUS).*?;", "$1")
        .replaceAll("\\s+", "");
  }
}
