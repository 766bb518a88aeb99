package zk4j.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class PassesEmitterTest {
  @Test
  void theSourcesCheckedInAreWhatTheEmitterWrites() throws IOException {
    assertEquals(
        PassesEmitter.fq(), Files.readString(PassesEmitter.SOURCES.resolve("FqPasses.java")));
    assertEquals(
        PassesEmitter.fr(), Files.readString(PassesEmitter.SOURCES.resolve("FrPasses.java")));
  }
}
