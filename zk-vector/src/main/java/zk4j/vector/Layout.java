package zk4j.vector;

import static zk4j.vector.Lanes.BLOCK;

import java.math.BigInteger;
import zk4j.core.internal.field.Words;

/** One field: its passes, and the factors that enter and leave its form. */
final class Layout {
  static final Layout FQ = new Layout(Moduli.Q);
  static final Layout FR = new Layout(Moduli.R);

  /** Blocks converted at a time. */
  private static final int CHUNK = 32;

  final WatchedPasses passes;
  final long[] modulus;

  // A product with one of them takes x, or x * 2^256, to x * 2^255, and back.
  private final double[] enter;
  private final double[] from256;
  private final double[] leave;
  private final double[] to256;

  private Layout(BigInteger p) {
    this.passes = new WatchedPasses(new VectorPasses(p), new ScalarPasses(p), p);
    this.modulus = Words.of(p);
    this.enter = factor(510, p);
    this.from256 = factor(254, p);
    this.leave = factor(0, p);
    this.to256 = factor(256, p);
  }

  private static double[] factor(int exponent, BigInteger p) {
    return Limbs.block(BigInteger.ONE.shiftLeft(exponent), p);
  }

  /** Whether the number in words[wo..wo+4) is below the modulus. */
  boolean inRange(long[] words, int wo) {
    for (int i = Words.COUNT - 1; i >= 0; i--) {
      int order = Long.compareUnsigned(words[wo + i], modulus[i]);
      if (order != 0) {
        return order < 0;
      }
    }
    return false;
  }

  /**
   * Blocks of numbers below p (limbs up to 2^51) become reduced elements.
   *
   * @param montgomery whether a number is the element times 2^256
   */
  void enter(double[] z, int zo, int blocks, boolean montgomery) {
    passes.multiply(z, zo, z, zo, montgomery ? from256 : enter, 0, 0, blocks);
    passes.reduce(z, zo, blocks);
  }

  /** Blocks z of numbers, congruent to the elements x or to them times 2^256. */
  void leave(double[] z, int zo, double[] x, int xo, int blocks, boolean montgomery) {
    passes.multiply(z, zo, x, xo, montgomery ? to256 : leave, 0, 0, blocks);
  }

  /** Scratch for conversions, in whole blocks. */
  static double[] scratch() {
    return new double[CHUNK * BLOCK];
  }

  /** Elements that fit in it. */
  static int scratchElements() {
    return CHUNK * Lanes.LANES;
  }
}
