package zk4j.cli;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

/** Files that are there completely or not at all. */
final class OutputFiles {
  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rw-------");

  private OutputFiles() {}

  /** Writes a file's content to a path. */
  @FunctionalInterface
  interface Content {
    void writeTo(Path file) throws IOException;
  }

  /** Refuses paths that cannot be written, before the work whose result they are for. */
  static void requireFolders(Path... files) throws CommandException {
    for (Path file : files) {
      Path folder = folder(file);
      if (!Files.isDirectory(folder)) {
        throw new CommandException(ExitCodes.ERROR, file + ": there is no folder " + folder);
      }
    }
  }

  /**
   * Writes beside the file and then moves over it. What is there keeps its permissions. What is not
   * a regular file, such as /dev/stdout, is written as it is.
   */
  static void write(Path file, Content content) throws IOException {
    write(file, content, false);
  }

  /** As {@link #write}; a file that is new is its owner's alone, where the system can say so. */
  static void writeSecret(Path file, Content content) throws IOException {
    write(file, content, true);
  }

  private static void write(Path file, Content content, boolean secret) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      content.writeTo(file);
      return;
    }
    // A symbolic link stays one, and what it leads to is replaced.
    Path target = Files.exists(file) ? file.toRealPath() : file;
    boolean posix = target.getFileSystem().supportedFileAttributeViews().contains("posix");
    Set<PosixFilePermission> former =
        posix && Files.exists(target) ? Files.getPosixFilePermissions(target) : null;
    // Not createTempFile: a new file is to have the permissions that the user's mask gives.
    String name = "." + target.getFileName() + "." + UUID.randomUUID() + ".tmp";
    Path temporary = folder(target).resolve(name);
    temporary.toFile().deleteOnExit(); // for interrupted processes
    try {
      if (former != null || (posix && secret)) {
        Files.createFile(temporary, PosixFilePermissions.asFileAttribute(OWNER));
      }
      content.writeTo(temporary);
      if (former != null && !former.equals(OWNER)) {
        Files.setPosixFilePermissions(temporary, former);
      }
      try {
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
      }
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static Path folder(Path file) {
    Path parent = file.getParent();
    return parent == null ? Path.of("") : parent;
  }
}
