package zk4j.circomcompat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import zk4j.core.MalformedDataException;
import zk4j.r1cs.SignalNames;

class SymFileTest {
  private final Path file;

  SymFileTest(@TempDir Path folder) {
    file = folder.resolve("x.sym");
  }

  private SignalNames read(String text) throws IOException {
    Files.writeString(file, text);
    return SymFile.read(file);
  }

  @Test
  void names() throws IOException {
    SignalNames names =
        read("1,1,0,main.out\n2,-1,0,main.gone\n3,2,1,main.c.x\n4,2,1,main.c.y\n\n5,7,0,main.z[3]");
    assertEquals("one", names.name(0));
    assertEquals("main.out", names.name(1));
    assertEquals("main.c.x", names.name(2)); // the first of two
    assertEquals("w3", names.name(3));
    assertEquals("main.z[3]", names.name(7)); // no end of line
    assertEquals("main.a", read("1,1,0,main.a\r\n").name(1));
    assertEquals("w1", read("").name(1));
  }

  @ParameterizedTest
  @FieldSource("zk4j.circomcompat.Fixtures#CIRCUITS")
  void writtenAsCircomDoes(String circuit) throws IOException {
    SymFile.write(SymFile.signals(Fixtures.path(circuit, "circuit.sym")), file);

    assertEquals(Fixtures.text(circuit, "circuit.sym"), Files.readString(file));
  }

  @Test
  void wrongLines() {
    refused("line 1: is not label,wire,component,name", "1,1,0\n");
    refused("line 2: is not label,wire,component,name", "1,1,0,a\n2,2,0,\n");
    refused("line 1: is not label,wire,component,name", "1,1,0,\u001b[2J\n");
    refused("line 3: has a label, wire or component that is no number", "1,1,0,a\n\n2,two,0,b\n");
    refused("line 1: has a label, wire or component that is no number", "1,4294967296,0,b\n");
    refused("line 1: has wire -2", "1,-2,0,b\n");
    refused("line 1: has more than 16384 characters", "1,1,0," + "b".repeat(20000));
    refused("line 1: has more than 16384 characters", "b".repeat(1 << 24));
  }

  private void refused(String message, String text) {
    var e = assertThrows(MalformedDataException.class, () -> read(text));
    assertTrue(e.toString().contains("x.sym, " + message), e.toString());
  }

  @Test
  void wrongFiles() throws IOException {
    Files.write(file, new byte[] {'1', ',', '1', ',', '0', ',', (byte) 0xff});
    var text = assertThrows(MalformedDataException.class, () -> SymFile.read(file));
    assertEquals("is not text in UTF-8", text.problem());
    try (var large = new RandomAccessFile(file.toFile(), "rw")) {
      large.setLength((1L << 30) + 1);
    }
    var size = assertThrows(MalformedDataException.class, () -> SymFile.read(file));
    assertEquals("more than 1073741824 bytes", size.problem());
  }
}
