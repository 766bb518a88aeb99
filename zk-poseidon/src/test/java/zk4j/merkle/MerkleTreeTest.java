package zk4j.merkle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import zk4j.bn254.Fr;
import zk4j.core.CancellationToken;
import zk4j.core.Execution;
import zk4j.poseidon.Poseidon;
import zk4j.poseidon.Values;

class MerkleTreeTest {
  private static final Fr EMPTY_LEAF = Fr.of(77);

  /** By hashing all leaves there can be. */
  private static Fr naiveRoot(int depth, List<Fr> leaves, Fr emptyLeaf) {
    List<Fr> level = new ArrayList<>(leaves);
    while (level.size() < 1 << depth) {
      level.add(emptyLeaf);
    }
    while (level.size() > 1) {
      List<Fr> above = new ArrayList<>();
      for (int i = 0; i < level.size(); i += 2) {
        above.add(Poseidon.hash(level.get(i), level.get(i + 1)));
      }
      level = above;
    }
    return level.get(0);
  }

  private static MerkleTree tree(int depth, List<Fr> leaves) {
    MerkleTree tree = MerkleTree.ofDepth(depth, EMPTY_LEAF);
    tree.appendAll(leaves, Execution.sequential());
    return tree;
  }

  @Test
  void treesAndFrontiersOfEverySizeHaveTheNaiveRoot() {
    for (int depth = 1; depth <= 4; depth++) {
      Values values = new Values(depth);
      List<Fr> leaves = values.frs(1 << depth);
      for (Fr emptyLeaf : List.of(Fr.ZERO, EMPTY_LEAF)) {
        MerkleTree tree =
            emptyLeaf.isZero() ? MerkleTree.ofDepth(depth) : MerkleTree.ofDepth(depth, EMPTY_LEAF);
        MerkleFrontier frontier =
            emptyLeaf.isZero()
                ? MerkleFrontier.ofDepth(depth)
                : MerkleFrontier.ofDepth(depth, EMPTY_LEAF);
        assertEquals(depth, tree.depth());
        assertEquals(depth, frontier.depth());
        for (int size = 0; size <= leaves.size(); size++) {
          Fr expected = naiveRoot(depth, leaves.subList(0, size), emptyLeaf);
          assertEquals(expected, tree.root());
          assertEquals(expected, frontier.root());
          assertEquals(size, tree.size());
          assertEquals(size, frontier.size());
          if (size < leaves.size()) {
            assertEquals(size, tree.append(leaves.get(size)));
            assertEquals(size, frontier.append(leaves.get(size)));
          }
        }
        assertThrows(IllegalStateException.class, () -> tree.append(Fr.ONE));
        assertThrows(IllegalStateException.class, () -> frontier.append(Fr.ONE));
        assertEquals(naiveRoot(depth, leaves, emptyLeaf), tree.root());
      }
    }
  }

  @Test
  void emptyTreesHaveTheRootsOfZeros() {
    Fr zero = Fr.ZERO;
    for (int depth = 1; depth <= MerkleTree.MAX_DEPTH; depth++) {
      zero = Poseidon.hash(zero, zero);
      assertEquals(zero, MerkleTree.ofDepth(depth).root());
      assertEquals(zero, MerkleFrontier.ofDepth(depth).root());
    }
  }

  @Property(tries = 60)
  void leavesAppendedInAnyPartsAndReplacedGiveTheNaiveRoot(
      @ForAll @IntRange(min = 1, max = 6) int depth, @ForAll long seed) {
    Values values = new Values(seed);
    List<Fr> leaves = new ArrayList<>();
    MerkleTree tree = MerkleTree.ofDepth(depth, EMPTY_LEAF);
    for (int step = 0; step < 4; step++) {
      List<Fr> more = values.frs(values.below((1 << depth) - leaves.size() + 1));
      tree.appendAll(more, Execution.defaults());
      leaves.addAll(more);
      assertEquals(naiveRoot(depth, leaves, EMPTY_LEAF), tree.root());
      if (!leaves.isEmpty()) {
        int index = values.below(leaves.size());
        leaves.set(index, values.fr());
        tree.set(index, leaves.get(index));
        assertEquals(leaves.get(index), tree.leaf(index));
        assertEquals(naiveRoot(depth, leaves, EMPTY_LEAF), tree.root());
      }
    }
    for (int i = 0; i < leaves.size(); i++) {
      assertEquals(leaves.get(i), tree.leaf(i));
    }
  }

  @Property(tries = 40)
  void everyLeafHasAProofAndNothingElse(
      @ForAll @IntRange(min = 1, max = 5) int depth, @ForAll long seed) {
    Values values = new Values(seed);
    List<Fr> leaves = values.frs(1 + values.below(1 << depth));
    MerkleTree tree = tree(depth, leaves);
    Fr root = tree.root();
    int index = values.below(leaves.size());
    MerkleProof proof = tree.prove(index);
    assertEquals(index, proof.index());
    assertEquals(leaves.get(index), proof.leaf());
    assertTrue(proof.verify(root, depth));
    assertFalse(proof.verify(root.plus(Fr.ONE), depth));
    Fr other = proof.leaf().plus(Fr.ONE);
    assertFalse(new MerkleProof(index, other, proof.siblings()).verify(root, depth));
    for (int level = 0; level < depth; level++) {
      List<Fr> changed = new ArrayList<>(proof.siblings());
      changed.set(level, changed.get(level).plus(Fr.ONE));
      assertFalse(new MerkleProof(index, proof.leaf(), changed).verify(root, depth));
    }
  }

  /** A node above the leaves would be a leaf of a shallower tree, but for the depth. */
  @Test
  void aNodeIsNoLeaf() {
    MerkleTree tree = tree(3, new Values(1).frs(8));
    MerkleProof proof = tree.prove(5);
    Fr node = Poseidon.hash(proof.siblings().get(0), proof.leaf());
    MerkleProof shallow = new MerkleProof(2, node, proof.siblings().subList(1, 3));
    assertEquals(tree.root(), shallow.root());
    assertFalse(shallow.verify(tree.root(), 3));
    MerkleMultiProof several = tree.prove(List.of(4, 5));
    MerkleMultiProof shallows = new MerkleMultiProof(2, Map.of(2L, node), several.siblings());
    assertEquals(tree.root(), shallows.root());
    assertFalse(shallows.verify(tree.root(), 3));
  }

  @Test
  void aProofAtAnotherIndexDoesNotVerify() {
    MerkleTree tree = tree(3, new Values(2).frs(8)); // all nodes differ
    MerkleProof proof = tree.prove(3);
    for (int index = 0; index < 8; index++) {
      MerkleProof moved = new MerkleProof(index, proof.leaf(), proof.siblings());
      assertEquals(index == 3, moved.verify(tree.root(), 3));
    }
  }

  @Property(tries = 60)
  void severalLeavesHaveOneProof(@ForAll @IntRange(min = 1, max = 5) int depth, @ForAll long seed) {
    Values values = new Values(seed);
    List<Fr> leaves = values.frs(1 + values.below(1 << depth));
    MerkleTree tree = tree(depth, leaves);
    Fr root = tree.root();
    Set<Integer> indices = new TreeSet<>();
    int single = 0;
    for (int i = 0; i <= values.below(leaves.size()); i++) {
      indices.add(values.below(leaves.size()));
    }
    for (int index : indices) {
      single += tree.prove(index).siblings().size();
    }
    MerkleMultiProof proof = tree.prove(indices);
    assertTrue(proof.verify(root, depth));
    assertTrue(proof.siblings().size() <= single - (indices.size() - 1));
    assertEquals(indices.size(), proof.leaves().size());
    for (int index : indices) {
      assertEquals(leaves.get(index), proof.leaves().get((long) index));
      Map<Long, Fr> changed = new HashMap<>(proof.leaves());
      changed.put((long) index, leaves.get(index).plus(Fr.ONE));
      assertFalse(new MerkleMultiProof(depth, changed, proof.siblings()).verify(root, depth));
    }
    for (int i = 0; i < proof.siblings().size(); i++) {
      List<Fr> changed = new ArrayList<>(proof.siblings());
      changed.set(i, changed.get(i).plus(Fr.ONE));
      assertFalse(new MerkleMultiProof(depth, proof.leaves(), changed).verify(root, depth));
    }
    List<Fr> more = new ArrayList<>(proof.siblings());
    more.add(Fr.ONE);
    assertThrows(
        IllegalArgumentException.class, () -> new MerkleMultiProof(depth, proof.leaves(), more));
  }

  @Test
  void aProofOfAllLeavesNeedsNoSibling() {
    MerkleTree tree = tree(3, new Values(2).frs(8));
    MerkleMultiProof proof = tree.prove(List.of(7, 1, 2, 3, 4, 5, 6, 0, 0));
    assertEquals(List.of(), proof.siblings());
    assertTrue(proof.verify(tree.root(), 3));
    assertEquals(3, tree.prove(List.of(4)).siblings().size());
  }

  @Test
  void manyLeavesInParallelAreAsOneByOne() {
    List<Fr> leaves = new Values(9).frs(2500);
    MerkleTree tree = MerkleTree.ofDepth(MerkleTree.MAX_DEPTH);
    MerkleFrontier frontier = MerkleFrontier.ofDepth(MerkleTree.MAX_DEPTH);
    tree.appendAll(leaves, Execution.defaults().withParallelism(4));
    leaves.forEach(frontier::append);
    assertEquals(frontier.root(), tree.root());
    assertTrue(tree.prove(2499).verify(frontier.root(), MerkleTree.MAX_DEPTH));
  }

  @Test
  void aCancelledAppendLeavesTheTreeAsItWas() {
    List<Fr> leaves = new Values(10).frs(2200);
    for (int size : new int[] {0, 1, 7}) {
      MerkleTree tree = tree(12, leaves.subList(0, size));
      Fr root = tree.root();
      CancellationToken token = new CancellationToken();
      // Once the level above the leaves is made.
      Execution execution =
          Execution.defaults()
              .withParallelism(2)
              .withCancellation(token)
              .withExecutor(
                  task -> {
                    task.run();
                    token.cancel();
                  });
      assertThrows(CancellationException.class, () -> tree.appendAll(leaves, execution));
      assertEquals(size, tree.size());
      assertEquals(root, tree.root());
      tree.append(leaves.get(size));
      assertEquals(naiveRoot(12, leaves.subList(0, size + 1), EMPTY_LEAF), tree.root());
    }
  }

  @Test
  void misuseIsRefused() {
    for (int depth : new int[] {-1, 0, 33}) {
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> MerkleTree.ofDepth(depth));
      assertEquals("a tree of depth " + depth + ", which is 1 to 32", e.getMessage());
      assertThrows(IllegalArgumentException.class, () -> MerkleFrontier.ofDepth(depth));
      Map<Long, Fr> leaf = Map.of(0L, Fr.ONE);
      assertThrows(
          IllegalArgumentException.class, () -> new MerkleMultiProof(depth, leaf, List.of()));
      List<Fr> siblings = Collections.nCopies(Math.max(depth, 0), Fr.ONE);
      assertThrows(IllegalArgumentException.class, () -> new MerkleProof(0, Fr.ONE, siblings));
    }
    MerkleTree tree = tree(2, Arrays.asList(Fr.ONE, Fr.ONE));
    List<Fr> three = Collections.nCopies(3, Fr.ONE);
    IllegalStateException full =
        assertThrows(
            IllegalStateException.class, () -> tree.appendAll(three, Execution.sequential()));
    assertEquals("3 leaves for a tree that has 2 of 4", full.getMessage());
    assertEquals(2, tree.size());
    for (int index : new int[] {-1, 2, 4}) {
      assertThrows(IndexOutOfBoundsException.class, () -> tree.leaf(index));
      assertThrows(IndexOutOfBoundsException.class, () -> tree.set(index, Fr.ONE));
      assertThrows(IndexOutOfBoundsException.class, () -> tree.prove(index));
      assertThrows(IndexOutOfBoundsException.class, () -> tree.prove(List.of(0, index)));
    }
    assertThrows(IllegalArgumentException.class, () -> tree.prove(List.of()));
    List<Fr> two = Collections.nCopies(2, Fr.ONE);
    for (long index : new long[] {-1, 4, 1L << 32}) {
      assertThrows(IllegalArgumentException.class, () -> new MerkleProof(index, Fr.ONE, two));
      Map<Long, Fr> leaf = Map.of(index, Fr.ONE);
      assertThrows(IllegalArgumentException.class, () -> new MerkleMultiProof(2, leaf, two));
    }
    Map<Long, Fr> leaf = Map.of(3L, Fr.ONE);
    assertThrows(IllegalArgumentException.class, () -> new MerkleMultiProof(2, leaf, List.of()));
  }
}
