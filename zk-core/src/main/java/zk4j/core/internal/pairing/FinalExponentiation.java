package zk4j.core.internal.pairing;

import zk4j.core.internal.curve.SignedDigits;

/**
 * The power m (q^12 - 1)/r for m = 2x(6x^2 + 3x + 1), which is prime to r (Fuentes-Castañeda, Knapp
 * and Rodríguez-Henríquez, "Faster hashing to G2", SAC 2011, section 5).
 */
public final class FinalExponentiation {
  private static final int SIZE = Fq12Kernels.LIMBS;
  private static final SignedDigits X = SignedDigits.of(MillerLoop.X, 4);

  private FinalExponentiation() {}

  /** f = f to the power. */
  public static void power(long[] f, int fo, Fq12Kernels kernels) {
    long[] t = new long[5 * SIZE];
    int easy = 0;
    int f2x = SIZE; // easy^2x, and so on
    int f6x = 2 * SIZE;
    int a = 3 * SIZE;
    int u = 4 * SIZE;

    kernels.inv(t, u, f, fo);
    kernels.conj(t, easy, f, fo);
    kernels.mul(t, u, t, easy, t, u);
    kernels.frobenius(t, easy, t, u, 2);
    kernels.mul(t, easy, t, easy, t, u);

    kernels.cyclotomicPow(t, u, t, easy, X);
    kernels.cyclotomicSqr(t, f2x, t, u);
    kernels.cyclotomicSqr(t, f6x, t, f2x);
    kernels.mul(t, f6x, t, f6x, t, f2x);
    kernels.cyclotomicPow(t, u, t, f6x, X); // easy^6x^2
    kernels.cyclotomicSqr(t, a, t, u);
    kernels.cyclotomicPow(t, a, t, a, X);
    kernels.mul(t, a, t, a, t, u);
    kernels.mul(t, a, t, a, t, f6x); // easy^(12x^3 + 6x^2 + 6x)

    // a^(1 + q^2) easy^6x^2 easy b^q (b/easy)^(q^3) for b = a/easy^2x
    kernels.mul(t, u, t, u, t, easy);
    kernels.mul(f, fo, t, a, t, u);
    kernels.frobenius(t, u, t, a, 2);
    kernels.mul(f, fo, f, fo, t, u);
    kernels.conj(t, f2x, t, f2x);
    kernels.mul(t, a, t, a, t, f2x);
    kernels.frobenius(t, u, t, a, 1);
    kernels.mul(f, fo, f, fo, t, u);
    kernels.conj(t, easy, t, easy);
    kernels.mul(t, a, t, a, t, easy);
    kernels.frobenius(t, u, t, a, 3);
    kernels.mul(f, fo, f, fo, t, u);
  }
}
