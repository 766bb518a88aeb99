package zk4j.bn254;

/**
 * An element c0 + c1 v + c2 v^2 of Fq6 = Fq2[v]/(v^3 - xi), xi = 9 + u. Immutable.
 *
 * @param c0 the part without v
 * @param c1 the factor of v
 * @param c2 the factor of v^2
 */
public record Fq6(Fq2 c0, Fq2 c1, Fq2 c2) {
  /** 0. */
  public static final Fq6 ZERO = new Fq6(Fq2.ZERO, Fq2.ZERO, Fq2.ZERO);

  /** 1. */
  public static final Fq6 ONE = new Fq6(Fq2.ONE, Fq2.ZERO, Fq2.ZERO);

  /** this + other. */
  public Fq6 plus(Fq6 other) {
    return new Fq6(c0.plus(other.c0), c1.plus(other.c1), c2.plus(other.c2));
  }

  /** this - other. */
  public Fq6 minus(Fq6 other) {
    return new Fq6(c0.minus(other.c0), c1.minus(other.c1), c2.minus(other.c2));
  }

  /** -this. */
  public Fq6 negate() {
    return new Fq6(c0.negate(), c1.negate(), c2.negate());
  }

  /** this * other, with 6 products in Fq2 (Karatsuba). */
  public Fq6 times(Fq6 other) {
    Fq2 v0 = c0.times(other.c0);
    Fq2 v1 = c1.times(other.c1);
    Fq2 v2 = c2.times(other.c2);
    Fq2 s12 = c1.plus(c2).times(other.c1.plus(other.c2)).minus(v1).minus(v2);
    Fq2 s01 = c0.plus(c1).times(other.c0.plus(other.c1)).minus(v0).minus(v1);
    Fq2 s02 = c0.plus(c2).times(other.c0.plus(other.c2)).minus(v0).minus(v2);
    return new Fq6(v0.plus(s12.timesXi()), s01.plus(v2.timesXi()), s02.plus(v1));
  }

  /** this * factor. */
  Fq6 times(Fq2 factor) {
    return new Fq6(c0.times(factor), c1.times(factor), c2.times(factor));
  }

  /** this * this. */
  public Fq6 square() {
    return times(this);
  }

  /** v * this. */
  Fq6 timesV() {
    return new Fq6(c2.timesXi(), c0, c1);
  }

  /**
   * 1 / this, from the adjugate of multiplication by this.
   *
   * @throws ArithmeticException if this is 0
   */
  public Fq6 inverse() {
    Fq2 t0 = c0.square().minus(c1.times(c2).timesXi());
    Fq2 t1 = c2.square().timesXi().minus(c0.times(c1));
    Fq2 t2 = c1.square().minus(c0.times(c2));
    Fq2 norm = c0.times(t0).plus(c2.times(t1).plus(c1.times(t2)).timesXi());
    return new Fq6(t0, t1, t2).times(norm.inverse());
  }

  /** Whether this is 0. */
  public boolean isZero() {
    return c0.isZero() && c1.isZero() && c2.isZero();
  }
}
