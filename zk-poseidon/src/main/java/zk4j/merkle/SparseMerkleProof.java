package zk4j.merkle;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import zk4j.bn254.Fr;
import zk4j.poseidon.Poseidon;

/**
 * A proof that a {@link SparseMerkleTree} has a value for a key, or that it has none: the key's
 * path ends at the key's own leaf, or else at nothing or at the leaf of another key that shares the
 * path. Immutable.
 *
 * @param key what the proof is about
 * @param siblings of the path's nodes, that below the root first
 * @param end the entry of the leaf where the path ends; none if it ends at nothing
 */
public record SparseMerkleProof(Fr key, List<Fr> siblings, Optional<Entry> end) {
  /**
   * A key and its value.
   *
   * @param key the key
   * @param value the value
   */
  public record Entry(Fr key, Fr value) {}

  /**
   * Checks the shape.
   *
   * @throws IllegalArgumentException if there are more than {@value SparseMerkleTree#MAX_DEPTH}
   *     siblings
   */
  public SparseMerkleProof {
    siblings = List.copyOf(siblings);
    if (siblings.size() > SparseMerkleTree.MAX_DEPTH) {
      throw new IllegalArgumentException(
          siblings.size() + " siblings, more than " + SparseMerkleTree.MAX_DEPTH);
    }
  }

  static Fr leafHash(Fr key, Fr value) {
    return Poseidon.hash(key, value, Fr.ONE);
  }

  /** The key's value; none if the proof says that it has none. */
  public Optional<Fr> value() {
    return end.filter(entry -> entry.key.equals(key)).map(Entry::value);
  }

  /**
   * Whether the tree has {@link #value} for the key, or none if there is none.
   *
   * @param root the tree's, from a source that is trusted
   */
  public boolean verify(Fr root) {
    BigInteger bits = key.toBigInteger();
    if (end.isPresent() && !samePath(bits, end.get().key.toBigInteger())) {
      return false; // another key's leaf says nothing of places where it cannot be
    }
    Fr node = end.map(entry -> leafHash(entry.key, entry.value)).orElse(Fr.ZERO);
    for (int level = siblings.size() - 1; level >= 0; level--) {
      Fr sibling = siblings.get(level);
      node = bits.testBit(level) ? Poseidon.hash(sibling, node) : Poseidon.hash(node, sibling);
    }
    return node.equals(root);
  }

  private boolean samePath(BigInteger a, BigInteger b) {
    int shared = a.xor(b).getLowestSetBit(); // -1 if they are equal
    return shared < 0 || shared >= siblings.size();
  }
}
