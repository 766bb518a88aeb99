package zk4j.merkle;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import zk4j.bn254.Fr;
import zk4j.poseidon.Poseidon;

/**
 * A map from keys to values with a root, as circomlib's sparse Merkle trees. Immutable: changed
 * trees share what did not change.
 *
 * <p>At level i, counted from the root at 0, bit i of a key, from the lowest on, says left (0) or
 * right (1). A subtree with one key is its leaf, at the level nearest to the root: Poseidon(key,
 * value, 1). One with more keys is Poseidon(left, right), an empty one is 0. So the root depends on
 * the entries alone and not on their history.
 *
 * <p>The depth is the level of the deepest leaf that may be. {@code SMTVerifier(n)} takes proofs
 * from trees of depth n - 1. Keys that an adversary chooses can agree in many bits: take hashes for
 * keys, or a depth of {@value #MAX_DEPTH}.
 */
public final class SparseMerkleTree {
  /** The largest depth: keys have no more bits. */
  public static final int MAX_DEPTH = 254;

  private final int depth;
  private final Node top;
  private final int size;

  private SparseMerkleTree(int depth, Node top, int size) {
    this.depth = depth;
    this.top = top;
    this.size = size;
  }

  private sealed interface Node {
    Fr hash();
  }

  private record Empty(Fr hash) implements Node {}

  private record Leaf(Fr key, Fr value, Fr hash) implements Node {
    Leaf(Fr key, Fr value) {
      this(key, value, SparseMerkleProof.leafHash(key, value));
    }
  }

  private record Branch(Node left, Node right, Fr hash) implements Node {
    Branch(Node left, Node right) {
      this(left, right, Poseidon.hash(left.hash(), right.hash()));
    }

    static Branch of(boolean bit, Node child, Node sibling) {
      return bit ? new Branch(sibling, child) : new Branch(child, sibling);
    }

    Node child(boolean bit) {
      return bit ? right : left;
    }
  }

  private static final Empty EMPTY = new Empty(Fr.ZERO);

  /**
   * A tree without entries.
   *
   * @throws IllegalArgumentException unless the depth is 1 to {@value #MAX_DEPTH}
   */
  public static SparseMerkleTree ofDepth(int depth) {
    if (depth < 1 || depth > MAX_DEPTH) {
      throw new IllegalArgumentException(
          "a tree of depth " + depth + ", which is 1 to " + MAX_DEPTH);
    }
    return new SparseMerkleTree(depth, EMPTY, 0);
  }

  /** The level of the deepest leaf that may be. */
  public int depth() {
    return depth;
  }

  /** How many entries. */
  public int size() {
    return size;
  }

  /** The root; 0 of the empty tree. */
  public Fr root() {
    return top.hash();
  }

  /** The value of a key. */
  public Optional<Fr> get(Fr key) {
    BigInteger bits = key.toBigInteger();
    Node node = top;
    for (int level = 0; node instanceof Branch branch; level++) {
      node = branch.child(bits.testBit(level));
    }
    return node instanceof Leaf leaf && leaf.key.equals(key)
        ? Optional.of(leaf.value)
        : Optional.empty();
  }

  /**
   * This tree with a value for a key, instead of the one that it had, if it had one.
   *
   * @throws IllegalArgumentException if the tree has another key with the same lowest bits, as many
   *     as the tree is deep
   */
  public SparseMerkleTree with(Fr key, Fr value) {
    int newSize = get(key).isPresent() ? size : size + 1;
    Leaf leaf = new Leaf(key, value);
    return new SparseMerkleTree(depth, insert(top, leaf, key.toBigInteger(), 0), newSize);
  }

  private Node insert(Node node, Leaf leaf, BigInteger bits, int level) {
    if (node instanceof Branch branch) {
      boolean bit = bits.testBit(level);
      return Branch.of(bit, insert(branch.child(bit), leaf, bits, level + 1), branch.child(!bit));
    }
    if (node instanceof Leaf other && !other.key.equals(leaf.key)) {
      return split(other, other.key.toBigInteger(), leaf, bits, level);
    }
    return leaf;
  }

  /** The subtree at a level with two leaves. */
  private Node split(Leaf a, BigInteger bitsA, Leaf b, BigInteger bitsB, int level) {
    if (level == depth) {
      throw new IllegalArgumentException(
          "keys " + a.key + " and " + b.key + " have the same lowest " + depth + " bits");
    }
    boolean bit = bitsB.testBit(level);
    return bitsA.testBit(level) == bit
        ? Branch.of(bit, split(a, bitsA, b, bitsB, level + 1), EMPTY)
        : Branch.of(bit, b, a);
  }

  /** This tree without an entry for a key. */
  public SparseMerkleTree without(Fr key) {
    return get(key).isEmpty()
        ? this
        : new SparseMerkleTree(depth, remove(top, key.toBigInteger(), 0), size - 1);
  }

  /** The node without the leaf that the bits lead to. */
  private static Node remove(Node node, BigInteger bits, int level) {
    if (!(node instanceof Branch branch)) {
      return EMPTY;
    }
    boolean bit = bits.testBit(level);
    Node child = remove(branch.child(bit), bits, level + 1);
    Node sibling = branch.child(!bit);
    // A leaf that is alone moves up.
    if (child instanceof Empty && !(sibling instanceof Branch)) {
      return sibling;
    }
    if (child instanceof Leaf && sibling instanceof Empty) {
      return child;
    }
    return Branch.of(bit, child, sibling);
  }

  /** A proof of the value that a key has, or that it has none. */
  public SparseMerkleProof prove(Fr key) {
    BigInteger bits = key.toBigInteger();
    List<Fr> siblings = new ArrayList<>();
    Node node = top;
    for (int level = 0; node instanceof Branch branch; level++) {
      siblings.add(branch.child(!bits.testBit(level)).hash());
      node = branch.child(bits.testBit(level));
    }
    Optional<SparseMerkleProof.Entry> end =
        node instanceof Leaf leaf
            ? Optional.of(new SparseMerkleProof.Entry(leaf.key, leaf.value))
            : Optional.empty();
    return new SparseMerkleProof(key, siblings, end);
  }
}
