package zk4j.merkle;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import zk4j.bn254.Fr;
import zk4j.poseidon.Poseidon;

/**
 * A proof that a {@link MerkleTree} has some leaves. Immutable.
 *
 * @param depth the tree's
 * @param leaves by index, from 0 to below 2^depth
 * @param siblings the nodes beside known ones that are not known themselves, level by level from
 *     the leaves on, from left to right. Known are the leaves, and parents of known nodes.
 */
public record MerkleMultiProof(int depth, Map<Long, Fr> leaves, List<Fr> siblings) {
  /**
   * Checks the shape.
   *
   * @throws IllegalArgumentException unless the depth is 1 to {@value MerkleTree#MAX_DEPTH}, there
   *     is a leaf, all indices are in a tree of that depth, and there are as many siblings as these
   *     leaves need
   */
  public MerkleMultiProof {
    if (depth < 1 || depth > MerkleTree.MAX_DEPTH) {
      throw new IllegalArgumentException(
          "a tree of depth " + depth + ", which is 1 to " + MerkleTree.MAX_DEPTH);
    }
    if (leaves.isEmpty()) {
      throw new IllegalArgumentException("a proof of no leaf");
    }
    NavigableMap<Long, Fr> sorted = new TreeMap<>(leaves);
    for (long index : sorted.keySet()) {
      if (index < 0 || index >> depth != 0) {
        throw new IllegalArgumentException(
            "index " + index + " is not in a tree of depth " + depth);
      }
    }
    leaves = Collections.unmodifiableNavigableMap(sorted);
    siblings = List.copyOf(siblings);
    int needed = siblingsOf(depth, sorted);
    if (siblings.size() != needed) {
      throw new IllegalArgumentException(
          siblings.size() + " siblings for leaves that need " + needed);
    }
  }

  private static int siblingsOf(int depth, NavigableMap<Long, Fr> leaves) {
    int count = 0;
    TreeSet<Long> known = new TreeSet<>(leaves.keySet());
    for (int level = 0; level < depth; level++) {
      TreeSet<Long> parents = new TreeSet<>();
      for (long index : known) {
        count += known.contains(index ^ 1) ? 0 : 1;
        parents.add(index >> 1);
      }
      known = parents;
    }
    return count;
  }

  /** The root of the trees for which this holds. */
  public Fr root() {
    Map<Long, Fr> known = leaves;
    int next = 0;
    for (int level = 0; level < depth; level++) {
      NavigableMap<Long, Fr> parents = new TreeMap<>();
      for (Map.Entry<Long, Fr> entry : known.entrySet()) {
        long index = entry.getKey();
        if (parents.containsKey(index >> 1)) {
          continue; // made of this one and its left sibling
        }
        Fr sibling = known.get(index ^ 1);
        if (sibling == null) {
          sibling = siblings.get(next++);
        }
        Fr node = entry.getValue();
        parents.put(
            index >> 1,
            (index & 1) == 0 ? Poseidon.hash(node, sibling) : Poseidon.hash(sibling, node));
      }
      known = parents;
    }
    return known.values().iterator().next();
  }

  /**
   * Whether a tree has all the leaves.
   *
   * @param root the tree's, from a source that is trusted
   * @param treeDepth the tree's: a proof of another depth, which could pass a node for a leaf, is
   *     none
   */
  public boolean verify(Fr root, int treeDepth) {
    return depth == treeDepth && root().equals(root);
  }
}
