package zk4j.stream.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Blobs in a folder, each in a file that is called by its address. */
public final class DirectoryBlobStore implements BlobStore {
  private final Path folder;

  /** Blobs in a folder, which is made if it is missing. */
  public DirectoryBlobStore(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
  }

  private Path file(Cid cid) {
    return folder.resolve(cid.toString());
  }

  @Override
  public Cid put(byte[] content) throws IOException {
    BlobStore.requireSize(content);
    Cid cid = Cid.of(content);
    // A file has its name when all of it is on the disk: none is ever a part.
    Path part = Files.createTempFile(folder, "part", "");
    try {
      try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
        ByteBuffer rest = ByteBuffer.wrap(content);
        while (rest.hasRemaining()) {
          channel.write(rest);
        }
        channel.force(true);
      }
      Files.move(part, file(cid), StandardCopyOption.ATOMIC_MOVE);
      return cid;
    } finally {
      Files.deleteIfExists(part);
    }
  }

  @Override
  public Optional<byte[]> get(Cid cid) throws IOException {
    try (InputStream in = Files.newInputStream(file(cid))) {
      return Optional.of(BlobStore.checked(cid, in.readNBytes(MAX_BYTES + 1)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public void delete(Cid cid) throws IOException {
    Files.deleteIfExists(file(cid));
  }
}
