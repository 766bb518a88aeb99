package zk4j.vector;

import static zk4j.vector.Lanes.BLOCK;
import static zk4j.vector.Lanes.LANES;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import zk4j.core.internal.field.FqKernels;
import zk4j.core.internal.field.Words;

/**
 * Inverts blocks of elements of Fq with one inversion: a tree of products up, and of inverses down
 * (three multiplications an element). One thread.
 */
final class BatchInversion {
  /** A product with it takes the plain inverse of x * 2^255 to the inverse of x times 2^255. */
  private static final long[] ENTER = new long[FqKernels.LIMBS];

  static {
    FqKernels.fromWords(ENTER, 0, Words.of(BigInteger.ONE.shiftLeft(510).mod(Moduli.Q)), 0);
  }

  private final double[] tree;
  private final double[] inverses;
  private final long[] t = new long[(2 * LANES + 3) * FqKernels.LIMBS];
  private final long[] words = new long[Words.COUNT];

  BatchInversion(int maxBlocks) {
    int nodes = 2 * maxBlocks + 32; // a level of odd size passes its last block on
    this.tree = new double[nodes * BLOCK];
    this.inverses = new double[nodes * BLOCK];
  }

  /**
   * The inverses of blocks of products or sums of two products, each a product.
   *
   * @return an array that the next call changes, or null if an element is 0
   */
  double @Nullable [] invert(double[] x, int blocks) {
    FieldPasses fq = Arithmetic.FQ;
    System.arraycopy(x, 0, tree, 0, blocks * BLOCK);
    int at = 0;
    int size = blocks;
    while (size > 1) {
      int half = size / 2;
      int up = at + size;
      fq.multiply(tree, up * BLOCK, tree, at * BLOCK, tree, (at + half) * BLOCK, BLOCK, half);
      if (size % 2 == 1) {
        System.arraycopy(tree, (up - 1) * BLOCK, tree, (up + half) * BLOCK, BLOCK);
      }
      at = up;
      size = half + size % 2;
    }
    if (!invertLanes(at * BLOCK)) {
      return null;
    }
    while (size < blocks) {
      int below = sizeBelow(blocks, size);
      int half = below / 2;
      int down = at - below;
      int z = down * BLOCK;
      int middle = (down + half) * BLOCK;
      fq.multiply(inverses, z, inverses, at * BLOCK, tree, middle, BLOCK, half);
      fq.multiply(inverses, middle, inverses, at * BLOCK, tree, z, BLOCK, half);
      if (below % 2 == 1) {
        int last = (at - 1) * BLOCK;
        System.arraycopy(inverses, (at + half) * BLOCK, inverses, last, BLOCK);
      }
      at = down;
      size = below;
    }
    return inverses;
  }

  /** The size of the level below the one of a size, in the tree over so many blocks. */
  private static int sizeBelow(int blocks, int size) {
    int below = blocks;
    while ((below + 1) / 2 != size) {
      below = (below + 1) / 2;
    }
    return below;
  }

  /** The root's lanes, inverted together in scalar arithmetic; whether none is 0. */
  private boolean invertLanes(int root) {
    int f = FqKernels.LIMBS;
    int prefix = LANES * f; // prefix + l * f: the product of lanes 0..l-1
    FqKernels.setOne(t, prefix);
    for (int lane = 0; lane < LANES; lane++) {
      Limbs.toWords(words, 0, tree, root + lane, LANES, Layout.FQ.modulus);
      FqKernels.fromWords(t, lane * f, words, 0);
      FqKernels.mul(t, prefix + (lane + 1) * f, t, prefix + lane * f, t, lane * f);
    }
    int product = prefix + LANES * f;
    FqKernels.canonical(t, product, t, product);
    if (FqKernels.isZero(t, product)) {
      return false;
    }
    FqKernels.inv(t, product, t, product);
    FqKernels.mul(t, product, t, product, ENTER, 0);
    int inverse = prefix + (LANES + 1) * f;
    for (int lane = LANES - 1; lane >= 0; lane--) {
      FqKernels.mul(t, inverse, t, product, t, prefix + lane * f);
      FqKernels.toWords(words, 0, t, inverse);
      Limbs.fromWords(inverses, root + lane, LANES, words, 0);
      FqKernels.mul(t, product, t, product, t, lane * f);
    }
    Arithmetic.FQ.reduce(inverses, root, 1);
    return true;
  }
}
