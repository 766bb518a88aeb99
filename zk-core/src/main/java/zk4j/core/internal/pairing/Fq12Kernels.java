package zk4j.core.internal.pairing;

import java.math.BigInteger;
import java.util.Arrays;
import zk4j.core.internal.curve.SignedDigits;
import zk4j.core.internal.field.Fq2Kernels;
import zk4j.core.internal.field.Fq2Products;
import zk4j.core.internal.field.FqKernels;
import zk4j.core.internal.field.Words;

/**
 * Arithmetic in Fq12 = Fq6[w]/(w^2 - v) on slots of long arrays: c0, then c1, each as in {@link
 * Fq6Kernels}. Elements are tight; destinations may be operands. An instance owns its scratch space
 * and is for one thread.
 */
public final class Fq12Kernels {
  /** Longs an element takes. */
  public static final int LIMBS = 2 * Fq6Kernels.LIMBS;

  private static final int C1 = Fq6Kernels.LIMBS;
  private static final int F = Fq2Kernels.LIMBS;
  private static final int W = Fq2Products.WIDE;

  /** The power of w that each coefficient goes with. */
  private static final int[] POWER_OF_W = {0, 2, 4, 1, 3, 5};

  /** xi^(i (q^n - 1)/6) for n = 1..3, at n - 1, of the coefficients in their order in a slot. */
  private static final long[][] FROBENIUS = frobeniusFactors();

  // In s, behind what Fq6Kernels uses: wide elements of Fq6, then elements of Fq6.
  private static final int T = Fq6Kernels.SCRATCH;
  private static final int T2 = T + Fq6Kernels.WIDE;
  private static final int T3 = T2 + Fq6Kernels.WIDE;
  private static final int D = T3 + Fq6Kernels.WIDE;
  private static final int E = D + C1;
  private static final int V = E + C1;
  private static final int X = V + C1;

  private final long[] s = new long[X + C1];

  /** Kernels for one thread. */
  public Fq12Kernels() {}

  /** z = x * y: 18 products in Fq2 (Karatsuba), 18 reductions. */
  public void mul(long[] z, int zo, long[] x, int xo, long[] y, int yo) {
    Fq6Kernels.mulWide(s, T, x, xo + C1, y, yo + C1, s);
    Fq6Kernels.reduce(s, X, s, T); // x1 y1
    Fq6Kernels.mulV(s, V, s, X);
    Fq6Kernels.mulWide(s, T, x, xo, y, yo, s);
    Fq6Kernels.addElement(s, T, s, V);
    Fq6Kernels.sub(s, D, x, xo, x, xo + C1);
    Fq6Kernels.sub(s, E, y, yo + C1, y, yo);
    Fq6Kernels.reduce(z, zo, s, T); // x0 y0 + v x1 y1
    Fq6Kernels.sub(s, X, s, X, s, V);
    Fq6Kernels.add(s, X, s, X, z, zo); // x0 y0 + x1 y1
    Fq6Kernels.mulWide(s, T, s, D, s, E, s);
    Fq6Kernels.addElement(s, T, s, X);
    Fq6Kernels.reduce(z, zo + C1, s, T);
  }

  /** z = x * x: 12 products in Fq2, of x0 x1 and of (x0 - x1)(x0 - v x1). */
  public void sqr(long[] z, int zo, long[] x, int xo) {
    Fq6Kernels.mulV(s, V, x, xo + C1);
    Fq6Kernels.sub(s, E, x, xo, s, V);
    Fq2Kernels.tighten(s, E, s, E);
    Fq6Kernels.sub(s, D, x, xo, x, xo + C1);
    Fq6Kernels.mulWide(s, T, x, xo, x, xo + C1, s);
    Fq6Kernels.reduce(s, X, s, T);
    Fq6Kernels.mulWide(s, T, s, D, s, E, s);
    Fq6Kernels.mulV(s, V, s, X);
    Fq6Kernels.addElement(s, T, s, X);
    Fq6Kernels.addElement(s, T, s, V);
    Fq6Kernels.reduce(z, zo, s, T);
    Fq6Kernels.add(s, X, s, X, s, X);
    Fq6Kernels.tighten(z, zo + C1, s, X);
  }

  /**
   * z = x * x for an x whose order divides q^4 - q^2 + 1: 9 squares in Fq2 (Granger and Scott,
   * ePrint 2009/565, section 3.2).
   */
  public void cyclotomicSqr(long[] z, int zo, long[] x, int xo) {
    int a = xo;
    int b = xo + C1;
    squareInFq4(T, x, a, b + F);
    squareInFq4(T2, x, b, a + 2 * F);
    squareInFq4(T3, x, a + F, b + 2 * F);
    // Three times a part of a square in Fq4, plus or minus twice the coefficient.
    tripled(z, zo, x, a, -2, T);
    tripled(z, zo + F, x, a + F, -2, T2);
    tripled(z, zo + 2 * F, x, a + 2 * F, -2, T3);
    Arrays.fill(s, T, T + W, 0);
    Fq2Products.addXiWide(s, T, s, T, s, T3 + W);
    tripled(z, zo + C1, x, b, 2, T);
    tripled(z, zo + C1 + F, x, b + F, 2, T + W);
    tripled(z, zo + C1 + 2 * F, x, b + 2 * F, 2, T2 + W);
  }

  /**
   * Wide t, in s: (f + g r)^2 for r^2 = xi, the part without r and the factor of r.
   *
   * <p>In units of 2^52, with f and g tight, columns of f^2 + xi g^2 are below 180, those of 2fg =
   * f^2 + g^2 - (f - g)^2 below 60; three times xi times the latter below 1800.
   */
  private void squareInFq4(int t, long[] x, int f, int g) {
    Fq2Products.sqrWide(s, 0, x, f);
    Fq2Products.sqrWide(s, W, x, g);
    Fq2Kernels.sub(s, D, x, f, x, g);
    Fq2Products.sqrWide(s, t + 2 * W, s, D);
    Fq2Products.addXiWide(s, t, s, 0, s, W);
    Fq2Products.addWide(s, t + W, s, 0, s, W);
    Fq2Products.subWide(s, t + W, s, t + W, s, t + 2 * W);
  }

  /** z = 3t + k x; t is in s, and lost. */
  private void tripled(long[] z, int zo, long[] x, int xo, int k, int t) {
    Fq2Products.triple(s, t, s, t, k, x, xo);
    Fq2Products.reduce(z, zo, s, t);
  }

  /** z = x * (1 + (b + c v) w) for a line's b, c: 10 products in Fq2. */
  public void mulLine(long[] z, int zo, long[] x, int xo, long[] line, int lo) {
    Fq6Kernels.mulSparseWide(s, T, x, xo + C1, line, lo, s);
    Fq6Kernels.mulSparseWide(s, T2, x, xo, line, lo, s);
    Arrays.fill(s, T3, T3 + W, 0);
    Fq2Products.addXiWide(s, T3, s, T3, s, T + 2 * W);
    System.arraycopy(s, T, s, T3 + W, 2 * W); // v x1 (b + c v)
    Fq6Kernels.addElement(s, T3, x, xo);
    Fq6Kernels.addElement(s, T2, x, xo + C1);
    Fq6Kernels.reduce(z, zo, s, T3);
    Fq6Kernels.reduce(z, zo + C1, s, T2);
  }

  /**
   * z = x * (a + (b + c v) w) for a line's a, b, c: 13 products in Fq2, the last 5 of (x0 - x1)((b
   * - a) + c v).
   */
  public void mulFullLine(long[] z, int zo, long[] x, int xo, long[] line, int lo) {
    Fq6Kernels.mulFq2Wide(s, T, x, xo, line, lo);
    Fq6Kernels.mulSparseWide(s, T2, x, xo + C1, line, lo + F, s);
    Fq6Kernels.sub(s, D, x, xo, x, xo + C1);
    Fq2Kernels.sub(s, E, line, lo + F, line, lo);
    Fq2Kernels.copy(s, E + F, line, lo + 2 * F);
    Fq6Kernels.mulSparseWide(s, T3, s, D, s, E, s);
    Fq6Kernels.addWide(s, T3, s, T3, s, T);
    Fq6Kernels.addWide(s, T3, s, T3, s, T2);
    Fq2Products.addXiWide(s, T, s, T, s, T2 + 2 * W);
    Fq2Products.addWide(s, T + W, s, T + W, s, T2);
    Fq2Products.addWide(s, T + 2 * W, s, T + 2 * W, s, T2 + W);
    Fq6Kernels.reduce(z, zo, s, T);
    Fq6Kernels.reduce(z, zo + C1, s, T3);
  }

  /** z = x0 - x1 w, x to the power of q^6: 1/x for an x of the cyclotomic subgroup. */
  public void conj(long[] z, int zo, long[] x, int xo) {
    System.arraycopy(x, xo, z, zo, C1);
    Fq6Kernels.neg(z, zo + C1, x, xo + C1);
    Fq6Kernels.tighten(z, zo + C1, z, zo + C1);
  }

  /** z = x to the power of q^n, for n = 1..3. */
  public void frobenius(long[] z, int zo, long[] x, int xo, int n) {
    for (int i = 0; i < 6; i++) {
      int at = i * F;
      Fq2Kernels.copy(s, D, x, xo + at);
      if (n % 2 == 1) {
        Fq2Kernels.conj(s, D, s, D);
      }
      Fq2Kernels.mul(z, zo + at, s, D, FROBENIUS[n - 1], at);
    }
  }

  /** The factor of w^i in c w^i to the power of q, for the conjugate of c: xi^(i (q - 1)/6). */
  static void frobeniusFactor(long[] z, int zo, int i) {
    int at = 0;
    while (POWER_OF_W[at] != i) {
      at++;
    }
    Fq2Kernels.copy(z, zo, FROBENIUS[0], at * F);
  }

  private static long[][] frobeniusFactors() {
    long[] minusOne = new long[FqKernels.LIMBS];
    FqKernels.setOne(minusOne, 0);
    FqKernels.neg(minusOne, 0, minusOne, 0);
    long[] words = new long[Words.COUNT];
    FqKernels.toWords(words, 0, minusOne, 0);
    BigInteger sixth = Words.toBigInteger(words, 0).divide(BigInteger.valueOf(6));
    long[] powers = new long[6 * F]; // of xi^((q - 1)/6)
    Fq2Kernels.setOne(powers, 0);
    Fq2Kernels.mulXi(powers, F, powers, 0);
    Fq2Kernels.tighten(powers, F, powers, F);
    long[] gamma = new long[F];
    Fq2Kernels.setOne(gamma, 0);
    for (int i = sixth.bitLength() - 1; i >= 0; i--) {
      Fq2Kernels.sqr(gamma, 0, gamma, 0);
      if (sixth.testBit(i)) {
        Fq2Kernels.mul(gamma, 0, gamma, 0, powers, F);
      }
    }
    for (int i = 1; i < 6; i++) {
      Fq2Kernels.mul(powers, i * F, powers, (i - 1) * F, gamma, 0);
    }
    // The factors c(n) of x^(q^n): c(1), c(2) = c(1) conj(c(1)), which is in Fq, c(3) = c(2) c(1).
    long[][] factors = new long[3][6 * F];
    for (int i = 0; i < 6; i++) {
      int at = i * F;
      Fq2Kernels.canonical(factors[0], at, powers, POWER_OF_W[i] * F);
      Fq2Kernels.conj(gamma, 0, factors[0], at);
      Fq2Kernels.mul(factors[1], at, gamma, 0, factors[0], at);
      Fq2Kernels.mul(factors[2], at, factors[1], at, factors[0], at);
    }
    return factors;
  }

  /** z = 1/x = (x0 - x1 w)/(x0^2 - v x1^2), or 0 for 0. */
  public void inv(long[] z, int zo, long[] x, int xo) {
    Fq6Kernels.neg(s, D, x, xo + C1);
    Fq6Kernels.mulWide(s, T, s, D, x, xo + C1, s);
    Fq6Kernels.reduce(s, X, s, T);
    Fq6Kernels.mulV(s, V, s, X);
    Fq6Kernels.mulWide(s, T, x, xo, x, xo, s);
    Fq6Kernels.addElement(s, T, s, V);
    Fq6Kernels.reduce(s, X, s, T);
    Fq6Kernels.inv(s, V, s, X, s);
    Fq6Kernels.mulWide(s, T, x, xo, s, V, s);
    Fq6Kernels.mulWide(s, T2, s, D, s, V, s);
    Fq6Kernels.reduce(z, zo, s, T);
    Fq6Kernels.reduce(z, zo + C1, s, T2);
  }

  /**
   * z = x to the power of an exponent in digits of {@link SignedDigits}, for an x of the cyclotomic
   * subgroup.
   */
  public void cyclotomicPow(long[] z, int zo, long[] x, int xo, SignedDigits exponent) {
    long[] table = new long[(exponent.odd() + 2) * LIMBS]; // x, x^3, ...; the result; an inverse
    int result = exponent.odd() * LIMBS;
    int inverse = result + LIMBS;
    System.arraycopy(x, xo, table, 0, LIMBS);
    cyclotomicSqr(table, result, x, xo);
    for (int i = 1; i < exponent.odd(); i++) {
      mul(table, i * LIMBS, table, (i - 1) * LIMBS, table, result);
    }
    setOne(table, result);
    for (int i = exponent.length() - 1; i >= 0; i--) {
      cyclotomicSqr(table, result, table, result);
      int digit = exponent.digit(i);
      if (digit > 0) {
        mul(table, result, table, result, table, (digit >> 1) * LIMBS);
      } else if (digit < 0) {
        conj(table, inverse, table, (-digit >> 1) * LIMBS);
        mul(table, result, table, result, table, inverse);
      }
    }
    System.arraycopy(table, result, z, zo, LIMBS);
  }

  /** z = 1. */
  public static void setOne(long[] z, int zo) {
    Arrays.fill(z, zo, zo + LIMBS, 0);
    FqKernels.setOne(z, zo);
  }
}
