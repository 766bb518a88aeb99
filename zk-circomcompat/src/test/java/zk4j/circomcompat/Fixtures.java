package zk4j.circomcompat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What circom and snarkjs made of the project's own circuits. */
final class Fixtures {
  /** All of them, which the circuits' names say. */
  static final List<String> CIRCUITS =
      List.of("multiplier", "heartrate", "arrays", "single", "comparators", "dense");

  private Fixtures() {}

  static Path path(String circuit, String file) {
    return Path.of("..", "fixtures", "data", circuit, file);
  }

  static byte[] bytes(String circuit, String file) throws IOException {
    return Files.readAllBytes(path(circuit, file));
  }

  static String text(String circuit, String file) throws IOException {
    return Files.readString(path(circuit, file));
  }
}
