package zk4j.stream.store;

import java.io.IOException;
import java.util.Optional;

/**
 * Bytes by their content's address. What it holds is encrypted already; who keeps it is not trusted
 * with more than not to lose it. Thread-safe.
 */
public interface BlobStore {
  /** The most bytes of a blob. */
  int MAX_BYTES = 1 << 20;

  /**
   * Keeps bytes, which survive once this returns.
   *
   * @throws IllegalArgumentException if there are more than {@link #MAX_BYTES}
   */
  Cid put(byte[] content) throws IOException;

  /**
   * The bytes of an address; empty if there are none.
   *
   * @throws IOException if they are not those that the address is of, too
   */
  Optional<byte[]> get(Cid cid) throws IOException;

  /** Deletes bytes, if they are there; copies that others have are theirs. */
  void delete(Cid cid) throws IOException;

  /** What {@link #get} requires of bytes. */
  static byte[] checked(Cid cid, byte[] content) throws IOException {
    if (!Cid.of(content).equals(cid)) {
      throw new IOException("the bytes at " + cid + " are other ones");
    }
    return content;
  }

  /** What {@link #put} requires of bytes. */
  static void requireSize(byte[] content) {
    if (content.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "a blob of " + content.length + " bytes, of which " + MAX_BYTES + " are allowed");
    }
  }
}
