package zk4j.vector;

import static zk4j.vector.Lanes.LANES;
import static zk4j.vector.Lanes.LIMBS;

import java.math.BigInteger;
import zk4j.core.internal.field.FqKernels;
import zk4j.core.internal.field.Words;

/** Single elements of Fq between this layout and the scalar kernels'. One thread. */
final class Bridge {
  private static final BigInteger UNIT = BigInteger.ONE.shiftLeft(255).mod(Moduli.Q);
  private static final long[] ENTER = scalar(UNIT);
  private static final long[] LEAVE = scalar(UNIT.modInverse(Moduli.Q));

  private final long[] words = new long[Words.COUNT];
  private final long[] t = new long[FqKernels.LIMBS];
  private final double[] block = new double[Lanes.BLOCK];

  private static long[] scalar(BigInteger value) {
    long[] limbs = new long[FqKernels.LIMBS];
    FqKernels.fromWords(limbs, 0, Words.of(value), 0);
    return limbs;
  }

  /** Canonical z = the element whose limbs are at xo, xo + 1... */
  void toScalar(long[] z, int zo, double[] x, int xo) {
    Limbs.toWords(words, 0, x, xo, 1, Layout.FQ.modulus);
    FqKernels.fromWords(t, 0, words, 0);
    FqKernels.mul(t, 0, t, 0, LEAVE, 0);
    FqKernels.canonical(z, zo, t, 0);
  }

  /** Reduced limbs at zo, zo + 1... = x. */
  void fromScalar(double[] z, int zo, long[] x, int xo) {
    FqKernels.mul(t, 0, x, xo, ENTER, 0);
    FqKernels.toWords(words, 0, t, 0);
    Limbs.fromWords(block, 0, LANES, words, 0);
    Layout.FQ.passes.reduce(block, 0, 1);
    for (int j = 0; j < LIMBS; j++) {
      z[zo + j] = block[j * LANES];
    }
  }
}
