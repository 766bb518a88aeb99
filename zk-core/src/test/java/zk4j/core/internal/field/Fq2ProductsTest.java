package zk4j.core.internal.field;

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

/** Wide products against BigInteger, with operands and columns at the ends of what they may be. */
class Fq2ProductsTest {
  private static final BigInteger Q = Fq.MODULUS;
  private static final int COLUMNS = Fq2Products.WIDE / 2;
  private static final long U = 1L << 52;

  private final Samples samples = new Samples(14);

  /** The number in columns c0 or c1 of a wide element. */
  private static BigInteger wide(long[] t, int part) {
    BigInteger value = BigInteger.ZERO;
    for (int k = COLUMNS - 1; k >= 0; k--) {
      value = value.shiftLeft(52).add(BigInteger.valueOf(t[part * COLUMNS + k]));
    }
    return value;
  }

  private static BigInteger part(long[] x, int part) {
    long[] limbs = new long[FqKernels.LIMBS];
    FqKernels.copy(limbs, 0, x, part * FqKernels.LIMBS);
    return Limbs.value(limbs);
  }

  private static long[] element(long[] c0, long[] c1) {
    long[] x = new long[Fq2Kernels.LIMBS];
    FqKernels.copy(x, 0, c0, 0);
    FqKernels.copy(x, FqKernels.LIMBS, c1, 0);
    return x;
  }

  /** Elements with limbs 0..3 of -limb, 0 and limb, and with c0 and c1 below the bound. */
  private List<long[]> elements(BigInteger bound, long limb, int count) {
    List<long[]> parts = Limbs.edges(bound, limb, samples);
    List<long[]> elements = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      elements.add(
          element(parts.get(samples.below(parts.size())), parts.get(samples.below(parts.size()))));
    }
    // The longest of either sign, together.
    long[] longest = {limb, limb, limb, limb, 0};
    long[] negated = {-limb, -limb, -limb, -limb, 0};
    elements.add(element(longest, longest));
    elements.add(element(longest, negated));
    elements.add(element(negated, longest));
    elements.add(element(negated, negated));
    return elements;
  }

  private static void assertColumns(long[] t, int part, long least, long most) {
    for (int k = 0; k < COLUMNS; k++) {
      long column = t[part * COLUMNS + k];
      assertTrue(column >= least * U && column <= most * U, () -> column + " in c" + part);
    }
  }

  private static void assertReduced(BigInteger c0, BigInteger c1, long[] z) {
    BigInteger[] expected = {c0, c1};
    for (int i = 0; i < 2; i++) {
      BigInteger value = part(z, i);
      assertEquals(0, value.multiply(R).subtract(expected[i]).mod(Q).signum());
      BigInteger scaled = value.shiftLeft(6);
      assertTrue(scaled.add(Q).signum() > 0);
      assertTrue(scaled.subtract(Q.multiply(BigInteger.valueOf(65))).signum() < 0);
      for (int k = 0; k < 4; k++) {
        assertEquals(0, z[5 * i + k] >>> 52);
      }
    }
  }

  private void checkProducts(List<long[]> xs, List<long[]> ys, long ab) {
    long[] t = new long[Fq2Products.WIDE];
    long[] z = new long[Fq2Kernels.LIMBS];
    for (long[] x : xs) {
      BigInteger a = part(x, 0);
      BigInteger b = part(x, 1);
      for (long[] y : ys) {
        BigInteger c = part(y, 0);
        BigInteger d = part(y, 1);
        Fq2Products.mulWide(t, 0, x, 0, y, 0);
        assertEquals(a.multiply(c).subtract(b.multiply(d)), wide(t, 0));
        assertEquals(a.multiply(d).add(b.multiply(c)), wide(t, 1));
        assertColumns(t, 0, -10 * ab - 5, 10 * ab + 5);
        assertColumns(t, 1, -30 * ab - 10, 30 * ab + 10);
        Fq2Products.reduce(z, 0, t, 0);
        assertReduced(wide(t, 0), wide(t, 1), z);
      }
    }
  }

  @Test
  void productsAgreeWithTheirDefinition() {
    checkProducts(elements(Q.shiftLeft(4), 4 * U - 1, 60), elements(Q, 4 * U - 1, 60), 16);
    checkProducts(elements(Q.shiftLeft(1), 2 * U, 40), elements(Q.shiftLeft(1), U, 40), 2);
  }

  @Test
  void squaresAgreeWithTheirDefinition() {
    long[] t = new long[Fq2Products.WIDE];
    long[] z = new long[Fq2Kernels.LIMBS];
    for (long limb : new long[] {1, 2, 4}) {
      for (long[] x : elements(Q.shiftLeft(2), limb * U - 1, 500)) {
        BigInteger a = part(x, 0);
        BigInteger b = part(x, 1);
        Fq2Products.sqrWide(t, 0, x, 0);
        assertEquals(a.pow(2).subtract(b.pow(2)), wide(t, 0));
        assertEquals(a.multiply(b).shiftLeft(1), wide(t, 1));
        assertColumns(t, 0, -20 * limb * limb - 5, 20 * limb * limb + 5);
        assertColumns(t, 1, -10 * limb * limb - 5, 10 * limb * limb + 5);
        Fq2Products.reduce(z, 0, t, 0);
        assertReduced(wide(t, 0), wide(t, 1), z);
      }
    }
  }

  @Test
  void columnsOfProductsOfTightElementsAreShort() {
    List<long[]> tight = new ArrayList<>();
    for (BigInteger c0 : Limbs.tightEnds()) {
      for (BigInteger c1 : Limbs.tightEnds()) {
        tight.add(element(Limbs.of(c0), Limbs.of(c1)));
      }
    }
    long[] t = new long[Fq2Products.WIDE];
    for (long[] x : tight) {
      Fq2Products.sqrWide(t, 0, x, 0);
      assertColumns(t, 0, -11, 16);
      assertColumns(t, 1, -1, 16);
      for (long[] y : tight) {
        Fq2Products.mulWide(t, 0, x, 0, y, 0);
        assertColumns(t, 0, -11, 11);
        assertColumns(t, 1, -11, 26);
      }
    }
  }

  /** Columns of +-2030U and c0, c1 up to 2000 q^2. */
  @Test
  void reductionTakesColumnsUpToItsBounds() {
    BigInteger bound = Q.pow(2).multiply(BigInteger.valueOf(2000));
    long[] t = new long[Fq2Products.WIDE];
    long[] z = new long[Fq2Kernels.LIMBS];
    for (int n = 0; n < 3000; n++) {
      for (int part = 0; part < 2; part++) {
        int at = part * COLUMNS;
        for (int k = 0; k < COLUMNS - 1; k++) {
          t[at + k] = (samples.below(3) - 1) * (2030 * U - samples.below(2));
        }
        t[at + COLUMNS - 1] = 0;
        int end = n % 3 - 1; // the lower end of the range, 0, the upper end
        BigInteger missing = bound.multiply(BigInteger.valueOf(end)).subtract(wide(t, part));
        BigInteger top = missing.shiftRight(52 * (COLUMNS - 1));
        t[at + COLUMNS - 1] = (end < 0 ? top.add(BigInteger.ONE) : top).longValueExact();
      }
      Fq2Products.reduce(z, 0, t, 0);
      assertReduced(wide(t, 0), wide(t, 1), z);
    }
  }

  @Test
  void sumsAreColumnByColumn() {
    long[] s = new long[2 * Fq2Products.WIDE];
    for (int k = 0; k < s.length; k++) {
      s[k] = samples.below(1 << 30) - (1L << 29);
    }
    long[] x = Arrays.copyOf(s, Fq2Products.WIDE);
    long[] y = Arrays.copyOfRange(s, Fq2Products.WIDE, s.length);
    long[] z = new long[Fq2Products.WIDE];
    BigInteger nine = BigInteger.valueOf(9);
    for (int part = 0; part < 2; part++) {
      Fq2Products.addWide(z, 0, x, 0, y, 0);
      assertEquals(wide(x, part).add(wide(y, part)), wide(z, part));
      Fq2Products.subWide(z, 0, x, 0, y, 0);
      assertEquals(wide(x, part).subtract(wide(y, part)), wide(z, part));
      Fq2Products.addXiWide(z, 0, x, 0, y, 0);
      BigInteger other = part == 0 ? wide(y, 1).negate() : wide(y, 0);
      assertEquals(wide(x, part).add(wide(y, part).multiply(nine)).add(other), wide(z, part));
      Fq2Products.addBothWide(z, 0, x, 0, y, 0);
      assertEquals(
          wide(x, part)
              .multiply(BigInteger.TWO)
              .add(wide(y, part).multiply(BigInteger.TEN))
              .add(other),
          wide(z, part));
      Fq2Products.triple(z, 0, x, 0, -2, y, 0);
      assertEquals(
          wide(x, part)
              .multiply(BigInteger.valueOf(3))
              .subtract(part(y, part).multiply(R).multiply(BigInteger.TWO)),
          wide(z, part));
      long[] t = x.clone();
      Fq2Products.addElement(t, 0, y, 0);
      assertEquals(wide(x, part).add(part(y, part).multiply(R)), wide(t, part));
    }
  }
}
