package zk4j.vector;

import static zk4j.vector.Lanes.BLOCK;
import static zk4j.vector.Lanes.LANES;
import static zk4j.vector.Lanes.LIMBS;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * The passes, lane by lane and in loops: what the emitted ones are tested against, and what takes
 * their place on a machine that turns out not to compile them well.
 */
final class ScalarPasses implements FieldPasses {
  private final double[] p;
  private final long[] modulus;
  private final long factor; // -1/p mod 2^51
  private final double top;

  ScalarPasses(BigInteger modulus) {
    this.p = Limbs.split(modulus);
    this.modulus = new long[LIMBS];
    for (int j = 0; j < LIMBS; j++) {
      this.modulus[j] = (long) p[j];
    }
    this.factor = modulus.negate().modInverse(Limbs.RADIX).longValueExact();
    this.top = 0x1p204 / modulus.doubleValue();
  }

  @Override
  public void multiply(
      double[] z, int zo, double[] x, int xo, double[] y, int yo, int yStep, int blocks) {
    double[] product = new double[LIMBS];
    long[] columns = new long[2 * LIMBS];
    for (int i = 0; i < blocks; i++) {
      for (int lane = 0; lane < LANES; lane++) {
        int at = i * BLOCK + lane;
        product(product, x, xo + at, y, yo + i * yStep + lane, columns);
        put(z, zo + at, product);
      }
    }
  }

  @Override
  public void reduce(double[] z, int zo, int blocks) {
    for (int i = 0; i < blocks; i++) {
      for (int lane = 0; lane < LANES; lane++) {
        reduceElement(z, zo + i * BLOCK + lane);
      }
    }
  }

  private static void put(double[] z, int zo, double[] value) {
    for (int j = 0; j < LIMBS; j++) {
      z[zo + j * LANES] = value[j];
    }
  }

  /** Montgomery's product in columns of integers: the same sum as the emitted one, reduced by p. */
  private void product(double[] z, double[] x, int xo, double[] y, int yo, long[] columns) {
    Arrays.fill(columns, 0);
    for (int row = 0; row < LIMBS; row++) {
      long b = (long) y[yo + row * LANES];
      for (int j = 0; j < LIMBS; j++) {
        addProduct(columns, row + j, (long) x[xo + j * LANES], b);
      }
    }
    for (int row = 0; row < LIMBS; row++) {
      long m = centred((columns[row] & Lanes.MASK) * factor);
      for (int j = 0; j < LIMBS; j++) {
        addProduct(columns, row + j, m, modulus[j]);
      }
      columns[row + 1] += columns[row] >> 51;
    }
    for (int j = LIMBS; j < 2 * LIMBS - 1; j++) {
      long limb = centred(columns[j]);
      columns[j + 1] += (columns[j] - limb) >> 51;
      z[j - LIMBS] = limb;
    }
    z[LIMBS - 1] = columns[2 * LIMBS - 1];
  }

  /** Adds the low half, mod 2^51 and centred, and the high half of x * y to two columns. */
  private static void addProduct(long[] columns, int at, long x, long y) {
    assert Math.abs((double) x * y) <= 0x1p102 : x + " * " + y;
    long low = centred(x * y);
    long high = Math.multiplyHigh(x, y) << 13 | (x * y) >>> 51;
    columns[at] += low;
    columns[at + 1] += low < 0 ? high + 1 : high;
  }

  /** The residue mod 2^51 in [-2^50, 2^50). */
  private static long centred(long x) {
    return (x << 13) >> 13;
  }

  /** The limbs at o, o + LANES...: the nearest multiple of p subtracted, and carried. */
  private void reduceElement(double[] v, int o) {
    double q = Math.rint(v[o + (LIMBS - 1) * LANES] * top);
    for (int j = 0; j < LIMBS; j++) {
      assert Math.abs(v[o + j * LANES]) + Math.abs(q * p[j]) <= 0x1p53 : v[o + j * LANES];
      v[o + j * LANES] -= q * p[j];
    }
    for (int j = 0; j < LIMBS - 1; j++) {
      double carry = Math.rint(v[o + j * LANES] * 0x1p-51);
      v[o + j * LANES] -= carry * 0x1p51;
      v[o + (j + 1) * LANES] += carry;
    }
  }
}
