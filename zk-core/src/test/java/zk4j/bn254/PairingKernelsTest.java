package zk4j.bn254;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import zk4j.core.internal.curve.SignedDigits;
import zk4j.core.internal.field.Fq2Kernels;
import zk4j.core.internal.field.FqKernels;
import zk4j.core.internal.field.Limbs;
import zk4j.core.internal.pairing.Fq12Kernels;

/** Fq12's kernels against its values, with coefficients at the ends of what is tight. */
class PairingKernelsTest {
  private static final int SIZE = Fq12Kernels.LIMBS;
  private static final BigInteger Q = Fq.MODULUS;

  private final Samples samples = new Samples(15);
  private final Fq12Kernels kernels = new Fq12Kernels();

  /** Operands: each coefficient the same end, ends at random, and random elements. */
  private List<long[]> elements(int size) {
    List<BigInteger> ends = Limbs.tightEnds();
    List<long[]> elements = new ArrayList<>();
    for (int n = 0; n < ends.size() + 40; n++) {
      long[] x = new long[size];
      for (int at = 0; at < size; at += FqKernels.LIMBS) {
        BigInteger c =
            n < ends.size()
                ? ends.get(n)
                : n % 4 == 0 ? samples.below(Q) : ends.get(samples.below(ends.size()));
        FqKernels.copy(x, at, Limbs.of(c), 0);
      }
      elements.add(x);
    }
    return elements;
  }

  private static Fq12 value(long[] x) {
    return Fq12.fromLimbs(x);
  }

  private static Fq2 fq2(long[] x, int i) {
    return Fq2.canonical(Arrays.copyOfRange(x, i * Fq2Kernels.LIMBS, (i + 1) * Fq2Kernels.LIMBS));
  }

  /** The result is the element, and tight. */
  private static void assertElement(Fq12 expected, long[] z) {
    assertEquals(expected, value(z));
    for (int at = 0; at < SIZE; at += FqKernels.LIMBS) {
      long[] c = Arrays.copyOfRange(z, at, at + FqKernels.LIMBS);
      BigInteger number = Limbs.value(c);
      assertTrue(number.compareTo(Q.negate()) > 0 && number.compareTo(Q.shiftLeft(1)) < 0);
      for (int i = 0; i < 4; i++) {
        assertEquals(0, c[i] >>> 52);
      }
    }
  }

  @Test
  void productsAgreeWithValues() {
    for (long[] x : elements(SIZE)) {
      for (long[] y : elements(SIZE)) {
        long[] z = new long[SIZE];
        kernels.mul(z, 0, x, 0, y, 0);
        assertElement(value(x).times(value(y)), z);
      }
    }
  }

  @Test
  void squaresConjugatesInversesAndFrobeniusImagesAgreeWithValues() {
    for (long[] x : elements(SIZE)) {
      long[] z = new long[SIZE];
      kernels.sqr(z, 0, x, 0);
      assertElement(value(x).square(), z);
      kernels.conj(z, 0, x, 0);
      assertElement(value(x).conjugate(), z);
      kernels.inv(z, 0, x, 0);
      assertElement(value(x).isZero() ? Fq12.ZERO : value(x).inverse(), z);
      Fq12 image = value(x);
      for (int n = 1; n <= 3; n++) {
        image = image.frobenius();
        kernels.frobenius(z, 0, x, 0, n);
        assertElement(image, z);
      }
    }
  }

  @Test
  void productsWithLinesAgreeWithValues() {
    for (long[] x : elements(SIZE)) {
      for (long[] line : elements(3 * Fq2Kernels.LIMBS)) {
        long[] z = new long[SIZE];
        Fq6 bc = new Fq6(fq2(line, 1), fq2(line, 2), Fq2.ZERO);
        Fq12 full = new Fq12(new Fq6(fq2(line, 0), Fq2.ZERO, Fq2.ZERO), bc);
        kernels.mulFullLine(z, 0, x, 0, line, 0);
        assertElement(value(x).times(full), z);
        kernels.mulLine(z, 0, x, 0, line, Fq2Kernels.LIMBS);
        assertElement(value(x).times(new Fq12(Fq6.ONE, bc)), z);
      }
    }
  }

  /** An element whose order divides q^4 - q^2 + 1, but not only r. */
  private Fq12 cyclotomic() {
    Fq12 f = samples.fq12();
    Fq12 easy = f.conjugate().times(f.inverse());
    return easy.frobenius().frobenius().times(easy);
  }

  /** The limbs of an element with some coefficients increased or decreased by q. */
  private long[] otherLimbs(Fq12 x) {
    long[] limbs = x.toLimbs();
    for (int at = 0; at < SIZE; at += FqKernels.LIMBS) {
      BigInteger c = Limbs.value(Arrays.copyOfRange(limbs, at, at + FqKernels.LIMBS));
      BigInteger shift = Q.multiply(BigInteger.valueOf(samples.below(3) - 1));
      if (c.signum() != 0) { // -q would be too small
        FqKernels.copy(limbs, at, Limbs.of(c.add(shift)), 0);
      }
    }
    return limbs;
  }

  @Test
  void cyclotomicSquaresAreSquares() {
    List<Fq12> elements = new ArrayList<>();
    GroupUnderTest.GTS.elements().forEach(g -> elements.add(g.value()));
    for (int n = 0; n < 20; n++) {
      elements.add(cyclotomic());
    }
    for (Fq12 x : elements) {
      long[] z = new long[SIZE];
      kernels.cyclotomicSqr(z, 0, otherLimbs(x), 0);
      assertElement(x.square(), z);
    }
  }

  @Test
  void cyclotomicPowersArePowers() {
    Fq12 x = cyclotomic();
    List<BigInteger> exponents = new ArrayList<>(Samples.edges(Fr.MODULUS));
    exponents.add(samples.below(Fr.MODULUS));
    for (BigInteger exponent : exponents) {
      for (int width : new int[] {2, 4}) {
        long[] z = otherLimbs(x);
        kernels.cyclotomicPow(z, 0, z, 0, SignedDigits.of(exponent, width));
        assertElement(x.pow(exponent), z);
      }
    }
  }

  @Test
  void destinationsMayBeOperands() {
    long[] x = samples.fq12().toLimbs();
    long[] y = samples.fq12().toLimbs();
    Fq12 xv = value(x);
    Fq12 yv = value(y);
    long[] z = x.clone();
    kernels.mul(z, 0, z, 0, y, 0);
    assertElement(xv.times(yv), z);
    z = y.clone();
    kernels.mul(z, 0, x, 0, z, 0);
    assertElement(xv.times(yv), z);
    z = x.clone();
    kernels.mul(z, 0, z, 0, z, 0);
    assertElement(xv.square(), z);
    z = x.clone();
    kernels.sqr(z, 0, z, 0);
    assertElement(xv.square(), z);
    z = x.clone();
    kernels.inv(z, 0, z, 0);
    assertElement(xv.inverse(), z);
    z = x.clone();
    kernels.conj(z, 0, z, 0);
    assertElement(xv.conjugate(), z);
    z = x.clone();
    kernels.frobenius(z, 0, z, 0, 1);
    assertElement(xv.frobenius(), z);
    Fq12 c = cyclotomic();
    z = c.toLimbs();
    kernels.cyclotomicSqr(z, 0, z, 0);
    assertElement(c.square(), z);
    long[] line = Arrays.copyOf(y, 3 * Fq2Kernels.LIMBS);
    long[] expected = new long[SIZE];
    kernels.mulLine(expected, 0, x, 0, line, 0);
    z = x.clone();
    kernels.mulLine(z, 0, z, 0, line, 0);
    assertElement(value(expected), z);
    kernels.mulFullLine(expected, 0, x, 0, line, 0);
    z = x.clone();
    kernels.mulFullLine(z, 0, z, 0, line, 0);
    assertElement(value(expected), z);
  }

  @Test
  void signedDigitsAddUpAndAreSparse() {
    List<BigInteger> numbers = new ArrayList<>(Samples.edges(Fr.MODULUS));
    numbers.add(samples.below(Fr.MODULUS));
    numbers.addAll(numbers.stream().map(BigInteger::negate).toList());
    for (BigInteger number : numbers) {
      for (int width = 2; width <= 8; width++) {
        SignedDigits digits = SignedDigits.of(number, width);
        BigInteger sum = BigInteger.ZERO;
        int last = digits.length();
        for (int i = digits.length() - 1; i >= 0; i--) {
          int digit = digits.digit(i);
          sum = sum.shiftLeft(1).add(BigInteger.valueOf(digit));
          if (digit != 0) {
            assertTrue(digit % 2 != 0 && Math.abs(digit) < 2 * digits.odd());
            assertTrue(last == digits.length() || last - i >= width);
            last = i;
          }
        }
        assertEquals(number, sum);
      }
    }
  }
}
