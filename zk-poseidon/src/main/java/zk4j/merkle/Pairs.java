package zk4j.merkle;

import java.util.ArrayList;
import java.util.List;
import zk4j.bn254.Fr;
import zk4j.core.internal.field.FrKernels;
import zk4j.poseidon.Poseidon;
import zk4j.poseidon.internal.Permutation;

/** Hashes of pairs on slots. Serves one thread. */
final class Pairs {
  private final Permutation permutation = Permutation.ofWidth(3);
  private final long[] work = permutation.workspace();

  /** z = the hash of x and y. Canonical to canonical; z may be one of them. */
  void hash(long[] z, int zo, long[] x, int xo, long[] y, int yo) {
    FrKernels.setZero(work, 0);
    FrKernels.copy(work, FrKernels.LIMBS, x, xo);
    FrKernels.copy(work, 2 * FrKernels.LIMBS, y, yo);
    permutation.permuteToFirst(work);
    FrKernels.canonical(z, zo, work, 0);
  }

  /** The roots of trees of depth 0 to depth, all of whose leaves are the given one. */
  static List<Fr> emptyRoots(int depth, Fr leaf) {
    if (depth < 1 || depth > MerkleTree.MAX_DEPTH) {
      throw new IllegalArgumentException(
          "a tree of depth " + depth + ", which is 1 to " + MerkleTree.MAX_DEPTH);
    }
    List<Fr> roots = new ArrayList<>(List.of(leaf));
    for (int level = 0; level < depth; level++) {
      roots.add(Poseidon.hash(roots.get(level), roots.get(level)));
    }
    return List.copyOf(roots);
  }
}
