package zk4j.merkle;

import java.util.Arrays;
import java.util.List;
import zk4j.bn254.Fr;
import zk4j.poseidon.Poseidon;

/**
 * A Merkle tree of fixed depth that grows at its right end and keeps no more than it takes to grow:
 * one node a level. It has a root, the same as {@link MerkleTree}'s, and no proofs. Appending costs
 * one hash on average, a root at most as many as the tree is deep. Mutable; serves one thread.
 */
public final class MerkleFrontier {
  private final int depth;

  /** By level, the roots of subtrees without leaves. */
  private final List<Fr> empty;

  /** By level, the root of the last full subtree that has no full sibling yet, if there is one. */
  private final Fr[] full;

  private long size;

  private MerkleFrontier(int depth, Fr emptyLeaf) {
    this.depth = depth;
    this.empty = Pairs.emptyRoots(depth, emptyLeaf);
    this.full = new Fr[depth + 1];
    Arrays.fill(full, emptyLeaf);
  }

  /**
   * An empty tree for 2^depth leaves, those absent being 0.
   *
   * @throws IllegalArgumentException unless the depth is 1 to {@value MerkleTree#MAX_DEPTH}
   */
  public static MerkleFrontier ofDepth(int depth) {
    return ofDepth(depth, Fr.ZERO);
  }

  /**
   * An empty tree for 2^depth leaves.
   *
   * @param emptyLeaf stands for each leaf that was not appended yet
   * @throws IllegalArgumentException unless the depth is 1 to {@value MerkleTree#MAX_DEPTH}
   */
  public static MerkleFrontier ofDepth(int depth, Fr emptyLeaf) {
    return new MerkleFrontier(depth, emptyLeaf);
  }

  /** Levels between the root and the leaves. */
  public int depth() {
    return depth;
  }

  /** Leaves that were appended. */
  public long size() {
    return size;
  }

  /**
   * Puts a leaf after the last one.
   *
   * @return its index
   * @throws IllegalStateException if the tree is full
   */
  public long append(Fr leaf) {
    if (size == 1L << depth) {
      throw new IllegalStateException("the tree has all of its " + size + " leaves");
    }
    Fr node = leaf;
    int level = 0;
    for (long rest = size; (rest & 1) != 0; rest >>= 1) {
      node = Poseidon.hash(full[level], node);
      level++;
    }
    full[level] = node;
    return size++;
  }

  /** The root. */
  public Fr root() {
    if (size == 1L << depth) {
      return full[depth];
    }
    int level = Math.min(depth, Long.numberOfTrailingZeros(size)); // all to the right is empty
    Fr node = empty.get(level);
    for (; level < depth; level++) {
      node =
          (size >> level & 1) != 0
              ? Poseidon.hash(full[level], node)
              : Poseidon.hash(node, empty.get(level));
    }
    return node;
  }
}
