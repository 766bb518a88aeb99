package zk4j.io;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
  @TempDir private Path folder;

  private static byte[] bytes(String text) {
    return text.getBytes(US_ASCII);
  }

  private List<String> files() throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  @Test
  void aFileIsReplacedByAllParts() throws IOException {
    Path file = folder.resolve("file");
    WholeFile.write(file, bytes("a long content"));
    assertEquals("a long content", Files.readString(file));
    WholeFile.write(file, bytes("two"), new byte[0], bytes(" parts"), new byte[0]);
    assertEquals("two parts", Files.readString(file));
    WholeFile.write(file);
    assertEquals("", Files.readString(file));
    assertEquals(List.of("file"), files());
  }

  /** Whoever has the old file open still reads it: no byte of it is written over. */
  @Test
  void theOldFileIsNotTouched() throws IOException {
    Path file = folder.resolve("file");
    WholeFile.write(file, bytes("old"));
    try (var old = Files.newInputStream(file)) {
      WholeFile.write(file, bytes("new"));
      assertEquals("old", new String(old.readAllBytes(), US_ASCII));
    }
  }

  @Test
  void whatFailsLeavesNothingBehind() throws IOException {
    Path full = folder.resolve("full");
    Files.createDirectories(full.resolve("in"));
    assertThrows(IOException.class, () -> WholeFile.write(full, bytes("x")));
    assertTrue(Files.isDirectory(full));
    assertEquals(List.of("full"), files());
    assertThrows(IOException.class, () -> WholeFile.write(folder.resolve("none/x"), bytes("x")));
  }

  /** Those of an archive are none that can be opened. */
  @Test
  void foldersThatCannotBeOpenedAreNotForced() throws IOException {
    Map<String, String> create = Map.of("create", "true");
    try (FileSystem archive = FileSystems.newFileSystem(folder.resolve("a.zip"), create)) {
      Path inside = Files.createDirectory(archive.getPath("/inside"));
      assertThrows(IOException.class, () -> FileChannel.open(inside, StandardOpenOption.READ));
      WholeFile.write(inside.resolve("file"), bytes("content"));
      assertEquals("content", Files.readString(inside.resolve("file")));
    }
  }

  @Test
  void aFileIsItsOwnersAlone() throws IOException {
    assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
    Path file = Files.createFile(folder.resolve("file"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
    WholeFile.write(file, bytes("x"));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
  }
}
