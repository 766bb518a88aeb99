package zk4j.stream.ledger;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The Merkle tree of a log (RFC 9162, section 2.1), over SHA-256: roots, proofs that an entry is in
 * it, and proofs that it has only grown. Hashes have 32 bytes. For one thread at a time.
 */
public final class LogTree {
  /** Bytes of a hash. */
  public static final int HASH_BYTES = 32;

  /** At k, the roots of the complete subtrees of 2^k entries, in their order. */
  private final List<List<byte[]>> complete = new ArrayList<>();

  /** An empty tree. */
  public LogTree() {
    complete.add(new ArrayList<>());
  }

  /** The hash of an entry. */
  public static byte[] leaf(byte[] entry) {
    return sha256((byte) 0, entry);
  }

  private static byte[] node(byte[] left, byte[] right) {
    return sha256((byte) 1, left, right);
  }

  private static byte[] sha256(byte prefix, byte[]... parts) {
    MessageDigest digest = digest();
    digest.update(prefix);
    for (byte[] part : parts) {
      digest.update(part);
    }
    return digest.digest();
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("a JDK without SHA-256", e);
    }
  }

  /** How many entries there are. */
  public int size() {
    return complete.get(0).size();
  }

  /** Appends an entry by its {@linkplain #leaf hash}. */
  public void append(byte[] leaf) {
    byte[] hash = leaf.clone();
    int level = 0;
    complete.get(0).add(hash);
    while (complete.get(level).size() % 2 == 0) {
      List<byte[]> below = complete.get(level);
      hash = node(below.get(below.size() - 2), hash);
      level++;
      if (level == complete.size()) {
        complete.add(new ArrayList<>());
      }
      complete.get(level).add(hash);
    }
  }

  /** The root of all entries. */
  public byte[] root() {
    return root(size());
  }

  /**
   * The root of the first entries.
   *
   * @param size from 0 to {@link #size}
   */
  public byte[] root(int size) {
    Objects.checkFromToIndex(0, size, size());
    return size == 0 ? digest().digest() : root(0, size).clone();
  }

  /** The root of some entries, of which the first is at a multiple of a power of 2 of them. */
  private byte[] root(int from, int to) {
    int count = to - from;
    if (Integer.bitCount(count) == 1) {
      int level = Integer.numberOfTrailingZeros(count);
      return complete.get(level).get(from >> level);
    }
    int half = Integer.highestOneBit(count - 1);
    return node(root(from, from + half), root(from + half, to));
  }

  /**
   * The hashes that lead from an entry to the root of the first entries.
   *
   * @param index of the entry, from 0 to size - 1
   */
  public List<byte[]> inclusion(int index, int size) {
    Objects.checkFromToIndex(0, size, size());
    Objects.checkIndex(index, size);
    List<byte[]> path = new ArrayList<>();
    inclusion(index, 0, size, path);
    return path;
  }

  private void inclusion(int index, int from, int to, List<byte[]> path) {
    if (to - from == 1) {
      return;
    }
    int middle = from + Integer.highestOneBit(to - from - 1);
    if (index < middle) {
      inclusion(index, from, middle, path);
      path.add(root(middle, to).clone());
    } else {
      inclusion(index, middle, to, path);
      path.add(root(from, middle).clone());
    }
  }

  /**
   * The hashes that show that the first entries of a tree are those of an earlier one.
   *
   * @param earlier its size, from 1 to {@code size}
   */
  public List<byte[]> consistency(int earlier, int size) {
    Objects.checkFromToIndex(0, size, size());
    Objects.checkFromToIndex(1, earlier, size);
    List<byte[]> path = new ArrayList<>();
    consistency(earlier, 0, size, true, path);
    return path;
  }

  private void consistency(int earlier, int from, int to, boolean whole, List<byte[]> path) {
    if (earlier == to) {
      if (!whole) {
        path.add(root(from, to).clone());
      }
      return;
    }
    int middle = from + Integer.highestOneBit(to - from - 1);
    if (earlier <= middle) {
      consistency(earlier, from, middle, whole, path);
      path.add(root(middle, to).clone());
    } else {
      consistency(earlier, middle, to, false, path);
      path.add(root(from, middle).clone());
    }
  }

  /** Whether a path leads from an entry's hash to a root (section 2.1.3.2). */
  public static boolean isIncluded(
      byte[] leaf, long index, long size, List<byte[]> path, byte[] root) {
    if (index < 0 || index >= size) {
      return false;
    }
    long at = index;
    long last = size - 1;
    byte[] hash = leaf;
    for (byte[] sibling : path) {
      if (last == 0) {
        return false;
      }
      if (at % 2 == 1 || at == last) {
        hash = node(sibling, hash);
        while (at % 2 == 0 && at != 0) {
          at >>= 1;
          last >>= 1;
        }
      } else {
        hash = node(hash, sibling);
      }
      at >>= 1;
      last >>= 1;
    }
    return last == 0 && MessageDigest.isEqual(hash, root);
  }

  /** Whether a path shows that a tree has only grown (section 2.1.4.2). */
  public static boolean isConsistent(
      long earlier, byte[] earlierRoot, long size, byte[] root, List<byte[]> path) {
    if (earlier < 1 || earlier > size) {
      return false;
    }
    if (earlier == size) {
      return path.isEmpty() && MessageDigest.isEqual(earlierRoot, root);
    }
    List<byte[]> hashes = new ArrayList<>(path);
    if (Long.bitCount(earlier) == 1) {
      hashes.add(0, earlierRoot);
    }
    if (hashes.isEmpty()) {
      return false;
    }
    int steps = Long.numberOfTrailingZeros(earlier);
    long at = (earlier - 1) >> steps;
    long last = (size - 1) >> steps;
    byte[] old = hashes.get(0);
    byte[] now = old;
    for (byte[] hash : hashes.subList(1, hashes.size())) {
      if (last == 0) {
        return false;
      }
      if (at % 2 == 1 || at == last) {
        old = node(hash, old);
        now = node(hash, now);
        while (at % 2 == 0 && at != 0) {
          at >>= 1;
          last >>= 1;
        }
      } else {
        now = node(now, hash);
      }
      at >>= 1;
      last >>= 1;
    }
    return last == 0 && MessageDigest.isEqual(old, earlierRoot) && MessageDigest.isEqual(now, root);
  }
}
