package zk4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import zk4j.bn254.FieldEncoding;
import zk4j.bn254.Fr;

/** Witnesses that something is wrong with. */
final class Witnesses {
  private static final int VALUES = 2;

  private Witnesses() {}

  /** Writes a copy of a .wtns file with another value on a wire. */
  static Path with(Path wtns, int wire, Fr value, Path target) throws IOException {
    byte[] bytes = Files.readAllBytes(wtns);
    byte[] element = value.encode(FieldEncoding.LITTLE_ENDIAN);
    System.arraycopy(element, 0, bytes, Zk.section(bytes, VALUES) + wire * Fr.BYTES, Fr.BYTES);
    return Files.write(target, bytes);
  }
}
