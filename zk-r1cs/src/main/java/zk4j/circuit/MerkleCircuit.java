package zk4j.circuit;

import java.util.List;

/** Merkle trees of Poseidon hashes of two in a circuit: what {@link zk4j.merkle} computes. */
public final class MerkleCircuit {
  private MerkleCircuit() {}

  /**
   * The root of the tree that has a leaf at an index. 241 constraints a level.
   *
   * @param index the bits of the leaf's index, the lowest first, which is that of the lowest level
   * @param siblings the hashes beside the path, from the leaf's sibling on
   * @throws IllegalArgumentException unless there are as many bits as siblings
   */
  public static Signal root(
      CircuitBuilder c, Signal leaf, List<Bool> index, List<? extends Signal> siblings) {
    if (index.size() != siblings.size()) {
      throw new IllegalArgumentException(
          index.size() + " bits of an index for " + siblings.size() + " siblings");
    }
    return c.gadget(
        "merkle",
        () -> {
          Signal node = leaf;
          for (int level = 0; level < index.size(); level++) {
            Signal sibling = siblings.get(level);
            Signal left = index.get(level).choose(sibling, node);
            Signal right = node.plus(sibling).minus(left);
            node = PoseidonCircuit.hash(c, left, right);
          }
          return node;
        });
  }
}
