package zk4j.core.internal.field;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class FieldKernelsEmitterTest {
  @Test
  void theSourcesCheckedInAreWhatTheEmitterWrites() throws IOException {
    assertEquals(
        FieldKernelsEmitter.fq(),
        Files.readString(FieldKernelsEmitter.SOURCES.resolve("FqKernels.java")));
    assertEquals(
        FieldKernelsEmitter.fr(),
        Files.readString(FieldKernelsEmitter.SOURCES.resolve("FrKernels.java")));
    assertEquals(
        FieldKernelsEmitter.fq2(),
        Files.readString(FieldKernelsEmitter.SOURCES.resolve("Fq2Products.java")));
  }
}
