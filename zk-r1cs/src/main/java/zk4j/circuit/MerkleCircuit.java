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
    requireSameSize(index, siblings);
    return c.gadget("merkle", () -> path(c, leaf, index, siblings));
  }

  /** The roots of a tree before and after one of its leaves was replaced. */
  public record Update(Signal before, Signal after) {}

  /**
   * The roots of two trees that differ in one leaf: that the first is the one known makes the
   * second what it became. 482 constraints a level.
   *
   * @param index as in {@link #root}
   * @param siblings as in {@link #root}, the same for both
   * @throws IllegalArgumentException unless there are as many bits as siblings
   */
  public static Update update(
      CircuitBuilder c,
      Signal leafBefore,
      Signal leafAfter,
      List<Bool> index,
      List<? extends Signal> siblings) {
    requireSameSize(index, siblings);
    return c.gadget(
        "merkleUpdate",
        () ->
            new Update(path(c, leafBefore, index, siblings), path(c, leafAfter, index, siblings)));
  }

  private static void requireSameSize(List<Bool> index, List<? extends Signal> siblings) {
    if (index.size() != siblings.size()) {
      throw new IllegalArgumentException(
          index.size() + " bits of an index for " + siblings.size() + " siblings");
    }
  }

  private static Signal path(
      CircuitBuilder c, Signal leaf, List<Bool> index, List<? extends Signal> siblings) {
    Signal node = leaf;
    for (int level = 0; level < index.size(); level++) {
      Signal sibling = siblings.get(level);
      Signal left = index.get(level).choose(sibling, node);
      Signal right = node.plus(sibling).minus(left);
      node = PoseidonCircuit.hash(c, left, right);
    }
    return node;
  }
}
