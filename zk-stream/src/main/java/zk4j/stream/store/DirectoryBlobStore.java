package zk4j.stream.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import zk4j.io.WholeFile;

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
    WholeFile.write(file(cid), content);
    return cid;
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
