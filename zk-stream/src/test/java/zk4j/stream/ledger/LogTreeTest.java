package zk4j.stream.ledger;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LogTreeTest {
  private static final int LARGEST = 40;

  private static final List<byte[]> LEAVES =
      IntStream.range(0, LARGEST).mapToObj(i -> LogTree.leaf(new byte[] {(byte) i})).toList();

  private static LogTree tree(List<byte[]> leaves) {
    LogTree tree = new LogTree();
    leaves.forEach(tree::append);
    return tree;
  }

  /** The definition of RFC 9162, section 2.1.1. */
  private static byte[] root(List<byte[]> leaves) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    if (leaves.size() == 1) {
      return leaves.get(0);
    }
    if (!leaves.isEmpty()) {
      int k = Integer.highestOneBit(leaves.size() - 1);
      digest.update((byte) 1);
      digest.update(root(leaves.subList(0, k)));
      digest.update(root(leaves.subList(k, leaves.size())));
    }
    return digest.digest();
  }

  @Test
  void rootsAreTheDefinitions() throws Exception {
    LogTree tree = tree(LEAVES);
    for (int size = 0; size <= LARGEST; size++) {
      assertArrayEquals(root(LEAVES.subList(0, size)), tree.root(size), "size " + size);
    }
    assertEquals(LARGEST, tree.size());
    assertArrayEquals(tree.root(LARGEST), tree.root());
  }

  /** The test data of Certificate Transparency. */
  @Test
  void rootsAreThoseOfOthers() {
    List<String> entries =
        List.of(
            "",
            "00",
            "10",
            "2021",
            "3031",
            "40414243",
            "5051525354555657",
            "606162636465666768696a6b6c6d6e6f");
    LogTree tree = tree(entries.stream().map(HexFormat.of()::parseHex).map(LogTree::leaf).toList());
    List<String> roots =
        List.of(
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
    for (int size = 0; size <= entries.size(); size++) {
      assertEquals(roots.get(size), HexFormat.of().formatHex(tree.root(size)), "size " + size);
    }
  }

  @Test
  void eachEntryIsIncludedAndNoOther() {
    LogTree tree = tree(LEAVES);
    for (int size = 1; size <= LARGEST; size++) {
      byte[] root = tree.root(size);
      for (int i = 0; i < size; i++) {
        List<byte[]> path = tree.inclusion(i, size);
        assertTrue(LogTree.isIncluded(LEAVES.get(i), i, size, path, root), i + " of " + size);
        byte[] other = LEAVES.get((i + 1) % LARGEST);
        assertFalse(LogTree.isIncluded(other, i, size, path, root));
        assertFalse(LogTree.isIncluded(LEAVES.get(i), size, size, path, root));
        assertFalse(LogTree.isIncluded(LEAVES.get(i), -1, size, path, root));
        List<byte[]> longer = new ArrayList<>(path);
        longer.add(root);
        assertFalse(LogTree.isIncluded(LEAVES.get(i), i, size, longer, root));
        for (int changed = 0; changed < path.size(); changed++) {
          List<byte[]> wrong = new ArrayList<>(path);
          wrong.set(changed, root);
          assertFalse(LogTree.isIncluded(LEAVES.get(i), i, size, wrong, root));
        }
      }
    }
    assertThrows(IndexOutOfBoundsException.class, () -> tree.inclusion(3, 3));
    assertThrows(IndexOutOfBoundsException.class, () -> tree.inclusion(3, LARGEST + 1));
  }

  @Test
  void aTreeThatHasGrownIsConsistentAndNoOther() {
    LogTree tree = tree(LEAVES);
    List<byte[]> forged = new ArrayList<>(LEAVES);
    forged.set(0, LEAVES.get(1));
    LogTree other = tree(forged);
    for (int size = 1; size <= LARGEST; size++) {
      for (int earlier = 1; earlier <= size; earlier++) {
        byte[] before = tree.root(earlier);
        byte[] now = tree.root(size);
        List<byte[]> path = tree.consistency(earlier, size);
        assertTrue(LogTree.isConsistent(earlier, before, size, now, path), earlier + " to " + size);
        assertFalse(LogTree.isConsistent(earlier, other.root(earlier), size, now, path));
        assertFalse(LogTree.isConsistent(earlier, before, size, other.root(size), path));
        assertFalse(
            LogTree.isConsistent(
                earlier, before, size, other.root(size), other.consistency(earlier, size)));
        List<byte[]> longer = new ArrayList<>(path);
        longer.add(now);
        assertFalse(LogTree.isConsistent(earlier, before, size, now, longer));
        assertFalse(LogTree.isConsistent(size + 1, before, size, now, path));
        assertFalse(LogTree.isConsistent(0, before, size, now, path));
      }
    }
  }
}
