package zk4j.merkle;

import static zk4j.core.internal.field.FrKernels.LIMBS;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import zk4j.bn254.Fr;
import zk4j.bn254.FrVector;
import zk4j.core.Execution;
import zk4j.poseidon.Poseidon;
import zk4j.poseidon.internal.Slots;

/**
 * A Merkle tree of fixed depth whose leaves are in order. A node is {@link Poseidon#hash} of its
 * children; leaves are not hashed; leaves that were not appended are an empty one. All nodes are
 * kept, 80 bytes a leaf. Mutable; serves one thread at a time.
 */
public final class MerkleTree {
  /** The largest depth. */
  public static final int MAX_DEPTH = 32;

  /** The most leaves, however deep the tree is: an array holds no more. */
  public static final int MAX_LEAVES = 1 << 28;

  /** Nodes that a task hashes: as many as are hashed at once. */
  private static final int BLOCK = 512;

  private final int depth;
  private final int capacity;

  /** By level, the roots of subtrees without leaves. */
  private final List<Fr> empty;

  /** By level, as slots. */
  private final long[] emptySlots;

  /** By level, leaves first: nodes of subtrees that have leaves, canonical. */
  private final long[][] levels;

  private int size;

  private MerkleTree(int depth, Fr emptyLeaf) {
    this.depth = depth;
    this.empty = Pairs.emptyRoots(depth, emptyLeaf);
    this.capacity = (int) Math.min(MAX_LEAVES, 1L << depth);
    this.emptySlots = Slots.of(empty.toArray(Fr[]::new));
    this.levels = new long[depth + 1][0];
  }

  /**
   * An empty tree for 2^depth leaves, those absent being 0.
   *
   * @throws IllegalArgumentException unless the depth is 1 to {@value #MAX_DEPTH}
   */
  public static MerkleTree ofDepth(int depth) {
    return ofDepth(depth, Fr.ZERO);
  }

  /**
   * An empty tree for 2^depth leaves, but no more than {@value #MAX_LEAVES}.
   *
   * @param emptyLeaf stands for each leaf that was not appended yet
   * @throws IllegalArgumentException unless the depth is 1 to {@value #MAX_DEPTH}
   */
  public static MerkleTree ofDepth(int depth, Fr emptyLeaf) {
    return new MerkleTree(depth, emptyLeaf);
  }

  /** Levels between the root and the leaves. */
  public int depth() {
    return depth;
  }

  /** Leaves that were appended. */
  public int size() {
    return size;
  }

  /** The root. */
  public Fr root() {
    return node(depth, 0);
  }

  /**
   * The leaf at an index.
   *
   * @throws IndexOutOfBoundsException unless it was appended
   */
  public Fr leaf(int index) {
    return node(0, Objects.checkIndex(index, size));
  }

  private Fr node(int level, int index) {
    return index < nodes(level, size) ? Slots.get(levels[level], index * LIMBS) : empty.get(level);
  }

  /** Nodes of a level above so many leaves. */
  private static int nodes(int level, int leaves) {
    return (int) ((leaves + (1L << level) - 1) >> level);
  }

  /**
   * Puts a leaf after the last one.
   *
   * @return its index
   * @throws IllegalStateException if the tree is full
   */
  public int append(Fr leaf) {
    appendAll(List.of(leaf), Execution.sequential());
    return size - 1;
  }

  /**
   * Puts leaves after the last one. If the execution is cancelled, the tree is as before.
   *
   * @throws IllegalStateException if the tree has no room for them; none is appended then
   */
  public void appendAll(List<Fr> leaves, Execution execution) {
    if (leaves.size() > capacity - size) {
      throw new IllegalStateException(
          leaves.size() + " leaves for a tree that has " + size + " of " + capacity);
    }
    if (leaves.isEmpty()) {
      return;
    }
    int to = size + leaves.size();
    for (int level = 0; level <= depth; level++) {
      int needed = nodes(level, to) * LIMBS;
      if (levels[level].length < needed) {
        int doubled = (int) Math.min(2L * levels[level].length, (long) capacity * LIMBS);
        levels[level] = Arrays.copyOf(levels[level], Math.max(needed, doubled));
      }
    }
    for (int i = 0; i < leaves.size(); i++) {
      Slots.put(levels[0], (size + i) * LIMBS, leaves.get(i));
    }
    try {
      hashAbove(size, to, to, execution);
    } catch (RuntimeException | Error e) {
      if (size > 0) {
        hashAbove(size - 1, size, size, Execution.sequential()); // what the old leaves say
      }
      throw e;
    }
    size = to;
  }

  /**
   * Replaces a leaf.
   *
   * @throws IndexOutOfBoundsException unless one was appended at that index
   */
  public void set(int index, Fr leaf) {
    Slots.put(levels[0], Objects.checkIndex(index, size) * LIMBS, leaf);
    hashAbove(index, index + 1, size, Execution.sequential());
  }

  /** Makes the nodes above leaves from..to-1 anew, in a tree of so many leaves. */
  private void hashAbove(int from, int to, int leaves, Execution execution) {
    int first = from;
    int last = to - 1;
    for (int level = 0; level < depth; level++) {
      first >>= 1;
      last >>= 1;
      hashLevel(level, first, last + 1, nodes(level, leaves), execution);
    }
  }

  /** Makes nodes from..to-1 above a level that has so many nodes. */
  private void hashLevel(int level, int from, int to, int below, Execution execution) {
    long[] children = levels[level];
    long[] parents = levels[level + 1];
    execution.forEach(
        (to - from + BLOCK - 1) / BLOCK,
        block -> {
          int start = from + block * BLOCK;
          int end = Math.min(to, start + BLOCK);
          if (end - start == BLOCK && 2 * end <= below) {
            FrVector nodes = Slots.vector(children, 2 * start * LIMBS, 2 * BLOCK);
            FrVector hashes = Poseidon.hashEach(nodes, 2, Execution.sequential());
            Slots.put(parents, start * LIMBS, hashes);
            return;
          }
          Pairs pairs = new Pairs();
          for (int i = start; i < end; i++) {
            int left = 2 * i * LIMBS;
            boolean full = 2 * i + 1 < below;
            long[] rights = full ? children : emptySlots;
            int right = full ? left + LIMBS : level * LIMBS;
            pairs.hash(parents, i * LIMBS, children, left, rights, right);
          }
        });
  }

  /**
   * A proof that the tree has its leaf at an index.
   *
   * @throws IndexOutOfBoundsException unless one was appended there
   */
  public MerkleProof prove(int index) {
    Fr leaf = leaf(index);
    List<Fr> siblings = new ArrayList<>();
    for (int level = 0; level < depth; level++) {
      siblings.add(node(level, (index >> level) ^ 1));
    }
    return new MerkleProof(index, leaf, siblings);
  }

  /**
   * One proof that the tree has its leaves at some indices. It is shorter than one each, since it
   * leaves out what follows from the others.
   *
   * @throws IllegalArgumentException if there is no index
   * @throws IndexOutOfBoundsException unless leaves were appended at all of them
   */
  public MerkleMultiProof prove(Collection<Integer> indices) {
    NavigableMap<Long, Fr> leaves = new TreeMap<>();
    for (int index : indices) {
      leaves.put((long) index, leaf(index));
    }
    List<Fr> siblings = new ArrayList<>();
    TreeSet<Integer> known = new TreeSet<>(indices);
    for (int level = 0; level < depth; level++) {
      TreeSet<Integer> parents = new TreeSet<>();
      for (int index : known) {
        if (!known.contains(index ^ 1)) {
          siblings.add(node(level, index ^ 1));
        }
        parents.add(index >> 1);
      }
      known = parents;
    }
    return new MerkleMultiProof(depth, leaves, siblings);
  }
}
