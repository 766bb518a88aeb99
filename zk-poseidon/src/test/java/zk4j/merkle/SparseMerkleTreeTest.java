package zk4j.merkle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import zk4j.bn254.Fr;
import zk4j.poseidon.Poseidon;
import zk4j.poseidon.Values;
import zk4j.poseidon.Vectors;

class SparseMerkleTreeTest {
  private static final int DEPTH = 40;

  @Test
  void rootsAreCircomlibs() {
    Vectors vectors = Vectors.resource("smt.csv");
    assertEquals(58, vectors.rows().size());
    SparseMerkleTree tree = SparseMerkleTree.ofDepth(SparseMerkleTree.MAX_DEPTH);
    for (List<String> row : vectors.rows()) {
      Fr key = vectors.fr(row, "key");
      boolean delete = vectors.text(row, "operation").equals("delete");
      tree = delete ? tree.without(key) : tree.with(key, vectors.fr(row, "value"));
      assertEquals(vectors.fr(row, "root"), tree.root());
    }
    assertEquals(0, tree.size());
  }

  /** From the entries at once, as the class's description says. */
  private static Fr naiveRoot(Map<Fr, Fr> entries, int level) {
    if (entries.isEmpty()) {
      return Fr.ZERO;
    }
    if (entries.size() == 1) {
      Map.Entry<Fr, Fr> entry = entries.entrySet().iterator().next();
      return Poseidon.hash(entry.getKey(), entry.getValue(), Fr.ONE);
    }
    List<Map<Fr, Fr>> halves = List.of(new HashMap<>(), new HashMap<>());
    entries.forEach(
        (key, value) -> halves.get(key.toBigInteger().testBit(level) ? 1 : 0).put(key, value));
    return Poseidon.hash(naiveRoot(halves.get(0), level + 1), naiveRoot(halves.get(1), level + 1));
  }

  /** Keys often share their lowest bits, and are often asked for again. */
  private static Fr key(Values values) {
    BigInteger low = BigInteger.valueOf(values.below(6));
    return Fr.of(low.add(BigInteger.valueOf(values.below(3)).shiftLeft(5 + values.below(20))));
  }

  @Property(tries = 20)
  void treesAreMaps(@ForAll long seed) {
    Values values = new Values(seed);
    Map<Fr, Fr> expected = new HashMap<>();
    SparseMerkleTree tree = SparseMerkleTree.ofDepth(DEPTH);
    for (int step = 0; step < 20; step++) {
      Fr key = key(values);
      SparseMerkleTree before = tree;
      Fr rootBefore = before.root();
      if (values.below(3) == 0) {
        tree = tree.without(key);
        expected.remove(key);
      } else {
        Fr value = values.fr();
        tree = tree.with(key, value);
        expected.put(key, value);
      }
      assertEquals(rootBefore, before.root(), "trees do not change");
      assertEquals(expected.size(), tree.size());
      assertEquals(Optional.ofNullable(expected.get(key)), tree.get(key));
    }
    assertEquals(naiveRoot(expected, 0), tree.root());
    for (int i = 0; i < 10; i++) {
      checkProof(tree, expected, key(values));
    }
    List<Fr> keys = new ArrayList<>(expected.keySet());
    Collections.shuffle(keys, new Random(seed));
    for (Fr key : keys) {
      checkProof(tree, expected, key);
      tree = tree.without(key);
    }
    assertEquals(Fr.ZERO, tree.root());
  }

  private static void checkProof(SparseMerkleTree tree, Map<Fr, Fr> expected, Fr key) {
    Fr root = tree.root();
    SparseMerkleProof proof = tree.prove(key);
    assertTrue(proof.verify(root));
    assertEquals(Optional.ofNullable(expected.get(key)), proof.value());
    assertFalse(proof.verify(root.plus(Fr.ONE)));
    for (int i = 0; i < proof.siblings().size(); i++) {
      List<Fr> changed = new ArrayList<>(proof.siblings());
      changed.set(i, changed.get(i).plus(Fr.ONE));
      assertFalse(new SparseMerkleProof(key, changed, proof.end()).verify(root));
    }
    // Another value, a value where there is none, and none where there is one.
    Fr wrong = expected.getOrDefault(key, Fr.ZERO).plus(Fr.ONE);
    Optional<SparseMerkleProof.Entry> claimed =
        Optional.of(new SparseMerkleProof.Entry(key, wrong));
    assertFalse(new SparseMerkleProof(key, proof.siblings(), claimed).verify(root));
    if (proof.end().isPresent()) {
      assertFalse(new SparseMerkleProof(key, proof.siblings(), Optional.empty()).verify(root));
    }
  }

  /** That a leaf of another key is on its own path does not show that a key is missing. */
  @Test
  void absenceIsNotShownByALeafElsewhere() {
    SparseMerkleTree tree = SparseMerkleTree.ofDepth(DEPTH);
    for (int i = 0; i < 8; i++) {
      tree = tree.with(Fr.of(i), Fr.of(100 + i));
    }
    SparseMerkleProof ofTwo = tree.prove(Fr.of(2));
    for (int i = 0; i < 16; i++) {
      SparseMerkleProof borrowed = new SparseMerkleProof(Fr.of(i), ofTwo.siblings(), ofTwo.end());
      assertEquals(i % 8 == 2, borrowed.verify(tree.root()));
      assertEquals(i == 2, borrowed.value().isPresent());
    }
    // With all siblings equal, the root would be the same for any path.
    SparseMerkleTree two = SparseMerkleTree.ofDepth(DEPTH).with(Fr.ZERO, Fr.ONE);
    SparseMerkleProof zero = two.prove(Fr.ONE);
    assertTrue(zero.verify(two.root()));
    assertEquals(Optional.empty(), zero.value());
  }

  @Test
  void aNodeIsNoLeaf() {
    SparseMerkleTree tree =
        SparseMerkleTree.ofDepth(DEPTH).with(Fr.ZERO, Fr.ONE).with(Fr.ONE, Fr.ONE);
    SparseMerkleProof cut =
        new SparseMerkleProof(
            Fr.ZERO,
            List.of(),
            Optional.of(
                new SparseMerkleProof.Entry(
                    tree.prove(Fr.ONE).siblings().get(0), tree.prove(Fr.ZERO).siblings().get(0))));
    assertFalse(cut.verify(tree.root()));
  }

  @Test
  void emptyTreesHaveNothing() {
    SparseMerkleTree tree = SparseMerkleTree.ofDepth(1);
    assertEquals(1, tree.depth());
    assertEquals(Fr.ZERO, tree.root());
    assertSame(tree, tree.without(Fr.ONE));
    SparseMerkleProof proof = tree.prove(Fr.ONE);
    assertTrue(proof.verify(Fr.ZERO));
    assertEquals(Optional.empty(), proof.value());
  }

  @Test
  void misuseIsRefused() {
    for (int depth : new int[] {-1, 0, 255}) {
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> SparseMerkleTree.ofDepth(depth));
      assertEquals("a tree of depth " + depth + ", which is 1 to 254", e.getMessage());
    }
    SparseMerkleTree tree = SparseMerkleTree.ofDepth(3).with(Fr.of(1), Fr.ONE);
    assertEquals(2, tree.with(Fr.of(5), Fr.ONE).size(), "bit 2 tells them apart");
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> tree.with(Fr.of(9), Fr.ONE));
    assertEquals("keys 1 and 9 have the same lowest 3 bits", e.getMessage());
    List<Fr> many = Collections.nCopies(255, Fr.ONE);
    assertThrows(
        IllegalArgumentException.class,
        () -> new SparseMerkleProof(Fr.ONE, many, Optional.empty()));
  }
}
