package zk4j.io;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Files that are what they were or what they are to be, whatever happens meanwhile. */
public final class WholeFile {
  private WholeFile() {}

  /**
   * Writes bytes to another file of the same folder, which takes the file's place once all of it is
   * on the disk. That it did is on the disk too when this returns, where the system lets programs
   * open folders. The file is its owner's alone, where the system has such permissions.
   *
   * @param file replaced if there is one; a symbolic link is replaced, and not what it leads to
   * @param parts of its content, one behind the other
   */
  public static void write(Path file, byte[]... parts) throws IOException {
    Path folder = requireNonNull(file.toAbsolutePath().getParent(), "the folder of a root");
    Path beside = Files.createTempFile(folder, file.getFileName() + ".", ".part");
    try {
      try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
        for (byte[] part : parts) {
          ByteBuffer rest = ByteBuffer.wrap(part);
          while (rest.hasRemaining()) {
            channel.write(rest);
          }
        }
        channel.force(true);
      }
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
      force(folder);
    } finally {
      Files.deleteIfExists(beside);
    }
  }

  private static void force(Path folder) throws IOException {
    FileChannel opened;
    try {
      opened = FileChannel.open(folder, StandardOpenOption.READ);
    } catch (IOException e) {
      return; // as Windows refuses
    }
    try (FileChannel channel = opened) {
      channel.force(true);
    }
  }
}
