package zk4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OutputFilesTest {
  @TempDir Path folder;

  private void assertOnlyFiles(String... names) {
    String[] found = folder.toFile().list();
    assertArrayEquals(
        names, found == null ? null : java.util.Arrays.stream(found).sorted().toArray());
  }

  @Test
  void replacesAFile() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "old");
    OutputFiles.write(
        file,
        beside -> {
          assertEquals("old", Files.readString(file));
          Files.writeString(beside, "new");
          assertEquals("old", Files.readString(file));
        });
    assertEquals("new", Files.readString(file));
    assertOnlyFiles("a");
  }

  @Test
  void aFailureLeavesWhatWasThere() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "old");
    OutputFiles.Content failing =
        beside -> {
          Files.writeString(beside, "half");
          throw new IOException("disk full");
        };
    assertThrows(IOException.class, () -> OutputFiles.write(file, failing));
    assertEquals("old", Files.readString(file));
    assertThrows(IOException.class, () -> OutputFiles.write(folder.resolve("b"), failing));
    assertOnlyFiles("a");
  }

  @Test
  void writesThroughSymbolicLinks() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("a"));
    OutputFiles.write(link, beside -> Files.writeString(beside, "new"));
    assertTrue(Files.isSymbolicLink(link));
    assertEquals("new", Files.readString(file));
    assertOnlyFiles("a", "link");
  }

  @Test
  void writesToDevices() throws IOException {
    Path device = Path.of("/dev/null");
    assumeTrue(Files.exists(device), "no /dev/null here");
    OutputFiles.write(device, file -> assertEquals(device, file));
  }

  @Test
  void missesFoldersBeforeTheWork() {
    Path file = folder.resolve("none").resolve("a");
    CommandException thrown =
        assertThrows(CommandException.class, () -> OutputFiles.requireFolders(file));
    assertTrue(String.valueOf(thrown.getMessage()).contains("there is no folder"));
    assertEquals(ExitCodes.ERROR, thrown.exitCode());
  }
}
