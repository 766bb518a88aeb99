package zk4j.babyjubjub.internal;

import static zk4j.core.internal.field.FrKernels.LIMBS;

import java.math.BigInteger;
import zk4j.bn254.Fr;
import zk4j.core.internal.field.FrKernels;
import zk4j.core.internal.field.Words;
import zk4j.poseidon.internal.Slots;

/**
 * BabyJubJub's points. The curve a x^2 + y^2 = 1 + d x^2 y^2 is -x'^2 + y^2 = 1 + d' x'^2 y^2 for
 * x' = x sqrt(-a) and d' = -d/a. There a point takes four slots X, Y, Z, T, tight: x' = X/Z, y =
 * Y/Z, x' y = T/Z (Hisil, Wong, Carter and Dawson, "Twisted Edwards curves revisited", ASIACRYPT
 * 2008). As a is a square and d is none, the formulas hold for all points, equal and neutral ones
 * too.
 *
 * <p>A summand takes four slots Y - X, Y + X, 2 d' T, 2 Z, loose. With Z = 1 it is affine, and
 * takes the first three.
 *
 * <p>Nothing here takes time that depends on the operands, unless it says so.
 */
public final class Edwards {
  /** a. */
  public static final Fr A = Fr.of(168700);

  /** d. */
  public static final Fr D = Fr.of(168696);

  /** Longs a point takes, and a summand. */
  static final int POINT = 4 * LIMBS;

  /** Longs an affine summand takes. */
  static final int AFFINE = 3 * LIMBS;

  /** Longs of scratch. */
  static final int SCRATCH = 8 * LIMBS;

  private static final int X = 0;
  private static final int Y = LIMBS;
  private static final int Z = 2 * LIMBS;
  private static final int T = 3 * LIMBS;

  private static final Fr SCALE = SquareRoots.of(A.negate()).orElseThrow();
  private static final long[] TO_SCALED = Slots.of(SCALE);
  private static final long[] FROM_SCALED = Slots.of(SCALE.inverse());
  private static final long[] TWICE_D = Slots.of(D.times(A.inverse()).times(Fr.of(-2)));
  private static final long[] INVERSE_EXPONENT = Words.of(Fr.MODULUS.subtract(BigInteger.TWO));

  private Edwards() {}

  /** z = the point (x, y). */
  public static void put(long[] z, int zo, Fr x, Fr y) {
    Slots.put(z, zo + X, x);
    FrKernels.mul(z, zo + X, z, zo + X, TO_SCALED, 0);
    Slots.put(z, zo + Y, y);
    FrKernels.setOne(z, zo + Z);
    FrKernels.mul(z, zo + T, z, zo + X, z, zo + Y);
  }

  /** z = (0, 1). */
  static void setIdentity(long[] z, int zo) {
    FrKernels.setZero(z, zo + X);
    FrKernels.setOne(z, zo + Y);
    FrKernels.setOne(z, zo + Z);
    FrKernels.setZero(z, zo + T);
  }

  /** Slots x, y = the point's coordinates, tight. */
  public static void toAffine(long[] xy, long[] p, int po) {
    long[] inverse = new long[LIMBS];
    FrKernels.pow(inverse, 0, p, po + Z, INVERSE_EXPONENT);
    divide(xy, p, po, inverse);
  }

  /** As {@link #toAffine}, faster, in time that depends on the point. */
  public static void toAffineVartime(long[] xy, long[] p, int po) {
    long[] inverse = new long[LIMBS];
    FrKernels.inv(inverse, 0, p, po + Z);
    divide(xy, p, po, inverse);
  }

  private static void divide(long[] xy, long[] p, int po, long[] inverse) {
    FrKernels.mul(xy, Y, p, po + Y, inverse, 0);
    FrKernels.mul(inverse, 0, inverse, 0, FROM_SCALED, 0);
    FrKernels.mul(xy, X, p, po + X, inverse, 0);
  }

  /** Whether p and q are the same point. Takes time that depends on them. */
  public static boolean equalVartime(long[] p, int po, long[] q, int qo) {
    long[] t = new long[2 * LIMBS];
    for (int c = X; c <= Y; c += LIMBS) {
      FrKernels.mul(t, 0, p, po + c, q, qo + Z);
      FrKernels.mul(t, LIMBS, q, qo + c, p, po + Z);
      FrKernels.sub(t, 0, t, 0, t, LIMBS);
      FrKernels.canonical(t, 0, t, 0);
      if (!FrKernels.isZero(t, 0)) {
        return false;
      }
    }
    return true;
  }

  /** z = 2 p, t being scratch. 4M + 4S; z may be p. */
  static void twice(long[] z, int zo, long[] p, int po, long[] t) {
    int a = 0;
    int b = LIMBS;
    int f = 2 * LIMBS;
    int e = 3 * LIMBS;
    int g = 4 * LIMBS;
    int h = 5 * LIMBS;
    FrKernels.sqr(t, a, p, po + X);
    FrKernels.sqr(t, b, p, po + Y);
    FrKernels.sqr(t, f, p, po + Z);
    FrKernels.add(t, e, p, po + X, p, po + Y);
    FrKernels.sqr(t, e, t, e);
    FrKernels.add(t, h, t, a, t, b);
    FrKernels.sub(t, e, t, e, t, h); // (X + Y)^2 - X^2 - Y^2
    FrKernels.neg(t, h, t, h); // -X^2 - Y^2
    FrKernels.sub(t, g, t, b, t, a); // Y^2 - X^2
    FrKernels.add(t, f, t, f, t, f);
    FrKernels.sub(t, f, t, g, t, f); // Y^2 - X^2 - 2 Z^2
    products(z, zo, t, e, f, g, h);
  }

  /** z = p + q, q being a summand and t scratch. 8M; z may be p. */
  static void add(long[] z, int zo, long[] p, int po, long[] q, int qo, long[] t) {
    FrKernels.mul(t, 3 * LIMBS, p, po + Z, q, qo + 3 * LIMBS);
    addRest(z, zo, p, po, q, qo, t);
  }

  /** z = p + q, q being an affine summand and t scratch. 7M; z may be p. */
  static void addAffine(long[] z, int zo, long[] p, int po, long[] q, int qo, long[] t) {
    FrKernels.add(t, 3 * LIMBS, p, po + Z, p, po + Z);
    addRest(z, zo, p, po, q, qo, t);
  }

  /** What is left once slot 3 of t is 2 Z_p Z_q. */
  private static void addRest(long[] z, int zo, long[] p, int po, long[] q, int qo, long[] t) {
    int a = 0;
    int b = LIMBS;
    int c = 2 * LIMBS;
    int d = 3 * LIMBS;
    int e = 4 * LIMBS;
    int f = 5 * LIMBS;
    int g = 6 * LIMBS;
    int h = 7 * LIMBS;
    FrKernels.sub(t, a, p, po + Y, p, po + X);
    FrKernels.mul(t, a, t, a, q, qo);
    FrKernels.add(t, b, p, po + Y, p, po + X);
    FrKernels.mul(t, b, t, b, q, qo + LIMBS);
    FrKernels.mul(t, c, p, po + T, q, qo + 2 * LIMBS);
    FrKernels.sub(t, e, t, b, t, a);
    FrKernels.sub(t, f, t, d, t, c);
    FrKernels.add(t, g, t, d, t, c);
    FrKernels.add(t, h, t, b, t, a);
    products(z, zo, t, e, f, g, h);
  }

  private static void products(long[] z, int zo, long[] t, int e, int f, int g, int h) {
    FrKernels.mul(z, zo + X, t, e, t, f);
    FrKernels.mul(z, zo + Y, t, g, t, h);
    FrKernels.mul(z, zo + Z, t, f, t, g);
    FrKernels.mul(z, zo + T, t, e, t, h);
  }

  /** Summand z = p, or its first three slots if p has Z = 1 and z is to be affine. */
  static void toSummand(long[] z, int zo, long[] p, int po, boolean affine) {
    FrKernels.sub(z, zo, p, po + Y, p, po + X);
    FrKernels.add(z, zo + LIMBS, p, po + Y, p, po + X);
    FrKernels.mul(z, zo + 2 * LIMBS, p, po + T, TWICE_D, 0);
    if (!affine) {
      FrKernels.add(z, zo + 3 * LIMBS, p, po + Z, p, po + Z);
    }
  }

  /** Summand z = -q, of four slots; z is not q. */
  static void negateSummand(long[] z, int zo, long[] q, int qo) {
    FrKernels.copy(z, zo, q, qo + LIMBS);
    FrKernels.copy(z, zo + LIMBS, q, qo);
    FrKernels.neg(z, zo + 2 * LIMBS, q, qo + 2 * LIMBS);
    FrKernels.copy(z, zo + 3 * LIMBS, q, qo + 3 * LIMBS);
  }

  /** p with Z = 1, the same point. Takes time that depends on it. */
  static void normalizeVartime(long[] p, int po) {
    FrKernels.inv(p, po + Z, p, po + Z);
    FrKernels.mul(p, po + X, p, po + X, p, po + Z);
    FrKernels.mul(p, po + Y, p, po + Y, p, po + Z);
    FrKernels.setOne(p, po + Z);
    FrKernels.mul(p, po + T, p, po + X, p, po + Y);
  }
}
