package zk4j.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class PassesEmitterTest {
  @Test
  void theSourceCheckedInIsWhatTheEmitterWrites() throws IOException {
    assertEquals(PassesEmitter.source(), Files.readString(PassesEmitter.SOURCE));
  }
}
