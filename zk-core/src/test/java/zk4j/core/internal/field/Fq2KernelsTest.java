package zk4j.core.internal.field;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static zk4j.core.internal.field.KernelsUnderTest.R;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import zk4j.bn254.Fq;
import zk4j.bn254.Samples;

/**
 * Products over Fq2 of what they are documented to take: sums and differences of tight elements.
 */
class Fq2KernelsTest {
  private static final BigInteger Q = Fq.MODULUS;

  /**
   * Pairs of c0 and c1 among the ends of tight, of sums (-2q, 4q), and of differences (-3q, 3q).
   */
  private static List<long[]> operands() {
    List<BigInteger> ends = new ArrayList<>();
    ends.add(BigInteger.ZERO);
    ends.add(Q);
    ends.add(new Samples(11).below(Q));
    for (int multiple : new int[] {-3, -2, -1}) {
      ends.add(Q.multiply(BigInteger.valueOf(multiple)).add(BigInteger.TWO));
    }
    for (int multiple : new int[] {2, 3, 4}) {
      ends.add(Q.multiply(BigInteger.valueOf(multiple)).subtract(BigInteger.TWO));
    }
    List<long[]> operands = new ArrayList<>();
    for (BigInteger c0 : ends) {
      for (BigInteger c1 : ends) {
        long[] x = new long[Fq2Kernels.LIMBS];
        FqKernels.copy(x, 0, Limbs.of(c0), 0);
        FqKernels.copy(x, FqKernels.LIMBS, Limbs.of(c1), 0);
        operands.add(x);
      }
    }
    return operands;
  }

  private static BigInteger part(long[] x, int i) {
    long[] limbs = new long[FqKernels.LIMBS];
    FqKernels.copy(limbs, 0, x, i * FqKernels.LIMBS);
    return Limbs.value(limbs);
  }

  /** Congruent to (c0 + c1 u)/2^260, and tight. */
  private static void assertTight(BigInteger c0, BigInteger c1, long[] z) {
    BigInteger[] expected = {c0, c1};
    for (int i = 0; i < 2; i++) {
      BigInteger value = part(z, i);
      assertTrue(value.compareTo(Q.negate()) > 0 && value.compareTo(Q.shiftLeft(1)) < 0);
      assertEquals(0, value.multiply(R).subtract(expected[i]).mod(Q).signum());
    }
  }

  @Test
  void productsAgreeWithTheirDefinition() {
    long[] z = new long[Fq2Kernels.LIMBS];
    for (long[] x : operands()) {
      BigInteger a = part(x, 0);
      BigInteger b = part(x, 1);
      Fq2Kernels.sqr(z, 0, x, 0);
      assertTight(a.pow(2).subtract(b.pow(2)), a.multiply(b).shiftLeft(1), z);
      for (long[] y : operands()) {
        BigInteger c = part(y, 0);
        BigInteger d = part(y, 1);
        Fq2Kernels.mul(z, 0, x, 0, y, 0);
        assertTight(a.multiply(c).subtract(b.multiply(d)), a.multiply(d).add(b.multiply(c)), z);
      }
    }
  }

  @Test
  void destinationsOfProductsMayBeOperands() {
    int size = Fq2Kernels.LIMBS;
    List<long[]> operands = operands();
    for (long[] x : operands) {
      long[] y = operands.get(operands.size() - 1);
      long[] expected = new long[size];
      Fq2Kernels.mul(expected, 0, x, 0, y, 0);
      for (int z : new int[] {0, size}) {
        long[] slots = Arrays.copyOf(x, 2 * size);
        Fq2Kernels.copy(slots, size, y, 0);
        Fq2Kernels.mul(slots, z, slots, 0, slots, size);
        assertArrayEquals(expected, Arrays.copyOfRange(slots, z, z + size));
      }
      Fq2Kernels.sqr(expected, 0, x, 0);
      long[] slot = x.clone();
      Fq2Kernels.sqr(slot, 0, slot, 0);
      assertArrayEquals(expected, slot);
    }
  }

  @Test
  void inversesUndoProductsAndThatOfZeroIsZero() {
    long[] inverse = new long[Fq2Kernels.LIMBS];
    long[] one = new long[Fq2Kernels.LIMBS];
    Fq2Kernels.setOne(one, 0);
    for (long[] x : operands()) {
      Fq2Kernels.inv(inverse, 0, x, 0);
      long[] product = new long[Fq2Kernels.LIMBS];
      Fq2Kernels.mul(product, 0, x, 0, inverse, 0);
      Fq2Kernels.canonical(product, 0, product, 0);
      boolean zero = part(x, 0).mod(Q).signum() == 0 && part(x, 1).mod(Q).signum() == 0;
      assertArrayEquals(zero ? new long[Fq2Kernels.LIMBS] : one, product);
    }
  }
}
