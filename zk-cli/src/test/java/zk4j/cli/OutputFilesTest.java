package zk4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
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
  void keepsThePermissionsOfWhatItReplaces() throws IOException {
    requirePosix();
    Path file = Files.writeString(folder.resolve("a"), "old");
    for (String permissions :
        List.of("rw-------", "rw-rw-rw-", "r--------", "---------", "rwxr-x---")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
      OutputFiles.Content content =
          beside -> {
            Files.writeString(beside, permissions);
            assertEquals("rw-------", permissions(beside));
          };
      OutputFiles.write(file, content);
      assertEquals(permissions, permissions(file));
      OutputFiles.writeSecret(file, content);
      assertEquals(permissions, permissions(file));
    }
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("a"));
    OutputFiles.write(link, beside -> Files.writeString(beside, "new"));
    assertEquals("rwxr-x---", permissions(file));
    assertOnlyFiles("a", "link");
  }

  @Test
  void newSecretsAreForTheirOwnerAlone() throws IOException {
    requirePosix();
    Path ordinary = Files.writeString(folder.resolve("a"), "");
    Path file = folder.resolve("b");
    OutputFiles.write(file, beside -> Files.writeString(beside, "proof"));
    assertEquals(permissions(ordinary), permissions(file));

    Path secret = folder.resolve("c");
    OutputFiles.writeSecret(
        secret,
        beside -> {
          assertEquals("rw-------", permissions(beside));
          Files.writeString(beside, "witness");
        });
    assertEquals("rw-------", permissions(secret));
    assertEquals("witness", Files.readString(secret));
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private void requirePosix() {
    assumeTrue(
        folder.getFileSystem().supportedFileAttributeViews().contains("posix"),
        "no POSIX permissions here");
  }

  @Test
  void writesToDevices() throws IOException {
    Path device = Path.of("/dev/null");
    assumeTrue(Files.exists(device), "no /dev/null here");
    OutputFiles.write(device, file -> assertEquals(device, file));
    OutputFiles.writeSecret(device, file -> assertEquals(device, file));
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
