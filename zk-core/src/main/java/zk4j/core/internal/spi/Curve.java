package zk4j.core.internal.spi;

/** The two groups of BN254's pairing. */
public enum Curve {
  /** y^2 = x^3 + 3 over Fq. */
  G1(1),
  /** y^2 = x^3 + 3/(9 + u) over Fq2. */
  G2(2);

  private final int degree;

  Curve(int degree) {
    this.degree = degree;
  }

  /** Words of an affine point in standard form: x, y, each c0 (and c1). */
  public int words() {
    return 8 * degree;
  }

  /** Bytes of an affine point. */
  public int bytes() {
    return 64 * degree;
  }
}
