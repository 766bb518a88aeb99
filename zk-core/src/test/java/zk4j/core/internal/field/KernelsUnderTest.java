package zk4j.core.internal.field;

import java.math.BigInteger;
import java.util.stream.Stream;
import zk4j.bn254.Fq;
import zk4j.bn254.Fr;

/** The kernels of a prime field, so that tests of both are written once. */
record KernelsUnderTest(
    String name,
    BigInteger p,
    Unary sqr,
    Unary neg,
    Unary tighten,
    Unary canonical,
    Unary inv,
    Binary mul,
    Binary add,
    Binary sub,
    Binary pow,
    Unary fromWords,
    Unary toWords,
    Unary fromMontgomery256,
    Unary toMontgomery256,
    Test inRange) {
  static final BigInteger R = BigInteger.ONE.shiftLeft(260);

  private static final KernelsUnderTest FQ =
      new KernelsUnderTest(
          "Fq",
          Fq.MODULUS,
          FqKernels::sqr,
          FqKernels::neg,
          FqKernels::tighten,
          FqKernels::canonical,
          FqKernels::inv,
          FqKernels::mul,
          FqKernels::add,
          FqKernels::sub,
          (z, zo, x, xo, y, yo) -> FqKernels.pow(z, zo, x, xo, y),
          FqKernels::fromWords,
          FqKernels::toWords,
          FqKernels::fromMontgomery256,
          FqKernels::toMontgomery256,
          FqKernels::inRange);

  private static final KernelsUnderTest FR =
      new KernelsUnderTest(
          "Fr",
          Fr.MODULUS,
          FrKernels::sqr,
          FrKernels::neg,
          FrKernels::tighten,
          FrKernels::canonical,
          FrKernels::inv,
          FrKernels::mul,
          FrKernels::add,
          FrKernels::sub,
          (z, zo, x, xo, y, yo) -> FrKernels.pow(z, zo, x, xo, y),
          FrKernels::fromWords,
          FrKernels::toWords,
          FrKernels::fromMontgomery256,
          FrKernels::toMontgomery256,
          FrKernels::inRange);

  static Stream<KernelsUnderTest> both() {
    return Stream.of(FQ, FR);
  }

  interface Unary {
    void apply(long[] z, int zo, long[] x, int xo);

    default long[] of(long[] x) {
      long[] z = new long[5];
      apply(z, 0, x, 0);
      return z;
    }
  }

  interface Binary {
    void apply(long[] z, int zo, long[] x, int xo, long[] y, int yo);

    default long[] of(long[] x, long[] y) {
      long[] z = new long[5];
      apply(z, 0, x, 0, y, 0);
      return z;
    }
  }

  interface Test {
    boolean apply(long[] words, int wo);
  }

  /** A multiple of p. */
  BigInteger p(long factor) {
    return p.multiply(BigInteger.valueOf(factor));
  }

  @Override
  public String toString() {
    return name;
  }
}
