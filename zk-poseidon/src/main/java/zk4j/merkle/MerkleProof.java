package zk4j.merkle;

import java.util.List;
import zk4j.bn254.Fr;
import zk4j.poseidon.Poseidon;

/**
 * A proof that a {@link MerkleTree} has a leaf at an index. Immutable. Its siblings, and the bits
 * of the index from the lowest on, are what circuits take.
 *
 * @param index the leaf's, from 0 to below 2^depth
 * @param leaf what is there
 * @param siblings of the path's nodes, that of the leaf first: as many as the tree is deep
 */
public record MerkleProof(long index, Fr leaf, List<Fr> siblings) {
  /**
   * Checks the shape.
   *
   * @throws IllegalArgumentException unless there are 1 to {@value MerkleTree#MAX_DEPTH} siblings
   *     and the index is in a tree of that depth
   */
  public MerkleProof {
    siblings = List.copyOf(siblings);
    if (siblings.isEmpty() || siblings.size() > MerkleTree.MAX_DEPTH) {
      throw new IllegalArgumentException(
          siblings.size() + " siblings, which are 1 to " + MerkleTree.MAX_DEPTH);
    }
    if (index < 0 || index >> siblings.size() != 0) {
      throw new IllegalArgumentException(
          "index " + index + " is not in a tree of depth " + siblings.size());
    }
  }

  /** The root of the trees for which this holds. */
  public Fr root() {
    Fr node = leaf;
    for (int level = 0; level < siblings.size(); level++) {
      Fr sibling = siblings.get(level);
      node =
          (index >> level & 1) == 0 ? Poseidon.hash(node, sibling) : Poseidon.hash(sibling, node);
    }
    return node;
  }

  /**
   * Whether a tree has the leaf at the index.
   *
   * @param root the tree's, from a source that is trusted
   * @param depth the tree's: a proof of another depth, which could pass a node for a leaf, is none
   */
  public boolean verify(Fr root, int depth) {
    return siblings.size() == depth && root().equals(root);
  }
}
