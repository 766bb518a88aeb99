package zk4j.core.internal.field;

/** Writes {@code Fq2Products}; see {@link FieldKernelsEmitter}. */
final class Fq2ProductsEmitter extends FieldKernelsEmitter {
  private static final int COLUMNS = 2 * LIMBS;

  Fq2ProductsEmitter() {
    super("Fq2Products", "BN254's quadratic field", Q);
  }

  @Override
  String emit() {
    text(
        """
        package zk4j.core.internal.field;

        /**
         * Products in Fq2 = Fq[u]/(u^2 + 1), and sums of products that are reduced once, on slots of long
         * arrays; see Fq2ProductsEmitter. Elements are as in {@link Fq2Kernels}.
         *
         * <p>A <i>wide</i> element holds x * 2^520, where an element holds x * 2^260: ten columns for c0,
         * then ten for c1, column k counting 2^(52 k). Columns are signed and loose, so that sums and
         * differences need no carries. In units of U = 2^52, they are at most
         *
         * <ul>
         *   <li>10ab + 5 in c0 and 30ab + 10 in c1 of a product of elements with limbs of at most a and b;
         *   <li>11 in c0, and from -11 to 26 in c1, if limbs 0..3 of both are in [0, 1), as tight ones are;
         *   <li>20aa + 5 in c0 and 10aa + 5 in c1 of the square of an element with limbs of at most a;
         *   <li>from -11 to 16 in c0 and from -1 to 16 in c1, if limbs 0..3 are in [0, 1),
         * </ul>
         *
         * <p>since of each product of limbs x and y, the column takes the low half, in [0, U), and the next
         * column the high half, the floor of xy/U; see {@link FqKernels}. A column has five of each.
         */
        public final class Fq2Products {
          /** Longs a wide element takes. */
          public static final int WIDE = 20;

        """);
    modulus();
    line("  private Fq2Products() {}");
    line("");
    line("  /**");
    line(
        "   * z = x * y. To tight, from limbs below 4U, while |x||y| < 42 p^2 for the larger of |c0| and");
    line("   * |c1|; z may be x or y.");
    line("   */");
    line("  public static void mul(long[] z, int zo, long[] x, int xo, long[] y, int yo) {");
    product(false);
    line("");
    line(
        "  /** z = x * x. To tight, from limbs below 4U, while |c0| and |c1| < 4.5 p; z may be x. */");
    line("  public static void sqr(long[] z, int zo, long[] x, int xo) {");
    square(false);
    line("");
    line("  /** Wide t = x * y. From limbs below 4U. */");
    line("  public static void mulWide(long[] t, int to, long[] x, int xo, long[] y, int yo) {");
    product(true);
    line("");
    line("  /** Wide t = x * x. From limbs below 4U. */");
    line("  public static void sqrWide(long[] t, int to, long[] x, int xo) {");
    square(true);
    sums();
    reduce();
    line("}");
    return source();
  }

  /** (a + bu)(c + du) = (ac - bd) + (ac + bd - (a - b)(c - d)) u. */
  private void product(boolean wide) {
    shifted("a", "x", "xo", 0, 8);
    shifted("b", "x", "xo", LIMBS, 8);
    shifted("c", "y", "yo", 0, 4);
    shifted("d", "y", "yo", LIMBS, 4);
    for (int i = 0; i < LIMBS; i++) {
      line("    long e%d = a%d - b%d;", i, i, i);
    }
    for (int i = 0; i < LIMBS; i++) {
      line("    long f%d = c%d - d%d;", i, i, i);
    }
    columns(wide, "u - v", "u + v - w", "uac", "vbd", "wef");
  }

  /** (a + bu)^2 = (a + b)(a - b) + a (2b) u. */
  private void square(boolean wide) {
    for (int i = 0; i < LIMBS; i++) {
      line("    long a%d = x[xo%s];", i, plus(i));
      line("    long b%d = x[xo + %d];", i, LIMBS + i);
      line("    long c%d = (a%d + b%d) << 8;", i, i, i);
      line("    long d%d = (a%d - b%d) << 4;", i, i, i);
      line("    a%d <<= 8;", i);
      line("    b%d <<= 5;", i);
    }
    columns(wide, "u", "v", "ucd", "vab");
  }

  private void shifted(String local, String array, String offset, int from, int shift) {
    for (int i = 0; i < LIMBS; i++) {
      line("    long %s%d = %s[%s%s] << %d;", local, i, array, offset, plus(from + i), shift);
    }
  }

  /** Columns of c0 and c1 out of products of shifted limbs, each named by a sum and its factors. */
  private void columns(boolean wide, String c0, String c1, String... products) {
    for (String product : products) {
      line("    long %c = 0;", product.charAt(0));
    }
    for (String product : products) {
      line("    long %cHigh;", product.charAt(0));
    }
    for (int k = 0; k < COLUMNS; k++) {
      if (k < COLUMNS - 1) {
        line("");
        for (String product : products) {
          column(product.charAt(0), product.charAt(1), product.charAt(2), k);
        }
      }
      if (wide) {
        line("    t[to%s] = %s;", plus(k), c0);
        line("    t[to + %d] = %s;", COLUMNS + k, c1);
      } else {
        line("    long s%d = %s;", k, c0);
        line("    long t%d = %s;", k, c1);
      }
      if (k < COLUMNS - 1) {
        for (String product : products) {
          line("    %c = %cHigh;", product.charAt(0), product.charAt(0));
        }
      }
    }
    if (!wide) {
      line("    long m;");
      line("    long h;");
      reduceColumns("s");
      carryOut("s", 0);
      reduceColumns("t");
      carryOut("t", LIMBS);
    }
    line("  }");
  }

  /** Adds column k of x * y, whose high halves are the next column's. */
  private void column(char sum, char x, char y, int k) {
    boolean first = true;
    for (int i = Math.max(0, k - LIMBS + 1); i <= Math.min(k, LIMBS - 1); i++) {
      line("    %c += (%c%d * %c%d) >>> 12;", sum, x, i, y, k - i);
      line("    %cHigh %s Math.multiplyHigh(%c%d, %c%d);", sum, first ? "=" : "+=", x, i, y, k - i);
      first = false;
    }
  }

  /**
   * Adds the multiples of p that make columns 0..4 multiples of 2^52, and carries them on. The low
   * half of m P0 is what the column lacks, so its carry is the column / 2^52, rounded up.
   */
  private void reduceColumns(String t) {
    for (int i = 0; i < LIMBS; i++) {
      line("");
      line("    m = (%s%d * N0) & MASK;", t, i);
      line("    h = m << 4;");
      line("    %s%d += ((%s%d + MASK) >> 52) + Math.multiplyHigh(H0, h);", t, i + 1, t, i);
      for (int j = 1; j < LIMBS; j++) {
        line("    %s%d += (m * P%d) & MASK;", t, i + j, j);
        line("    %s%d += Math.multiplyHigh(H%d, h);", t, i + j + 1, j);
      }
    }
    line("");
  }

  private void carryOut(String t, int to) {
    for (int i = 0; i < LIMBS - 1; i++) {
      line("    %s%d += %s%d >> 52;", t, LIMBS + i + 1, t, LIMBS + i);
      line("    z[zo%s] = %s%d & MASK;", plus(to + i), t, LIMBS + i);
    }
    line("    z[zo + %d] = %s9;", to + LIMBS - 1, t);
  }

  private void sums() {
    line("");
    line("  /** Wide z = x + y. z may be x or y. */");
    line("  public static void addWide(long[] z, int zo, long[] x, int xo, long[] y, int yo) {");
    everyColumn("x[xo%1$s] + y[yo%1$s]");
    line("");
    line("  /** Wide z = z + x + y. */");
    line(
        "  public static void addBothWide(long[] z, int zo, long[] x, int xo, long[] y, int yo) {");
    everyColumn("z[zo%1$s] + x[xo%1$s] + y[yo%1$s]");
    line("");
    line("  /** Wide z = x - y. z may be x or y. */");
    line("  public static void subWide(long[] z, int zo, long[] x, int xo, long[] y, int yo) {");
    everyColumn("x[xo%1$s] - y[yo%1$s]");
    line("");
    line("  /** Wide z = x + (9 + u) y. z may be x. */");
    line("  public static void addXiWide(long[] z, int zo, long[] x, int xo, long[] y, int yo) {");
    for (int k = 0; k < COLUMNS; k++) {
      String y0 = "y[yo" + plus(k) + "]";
      String y1 = "y[yo" + plus(COLUMNS + k) + "]";
      line("    z[zo%s] = x[xo%s] + 9 * %s - %s;", plus(k), plus(k), y0, y1);
    }
    for (int k = 0; k < COLUMNS; k++) {
      String y0 = "y[yo" + plus(k) + "]";
      String y1 = "y[yo" + plus(COLUMNS + k) + "]";
      String at = plus(COLUMNS + k);
      line("    z[zo%s] = x[xo%s] + 9 * %s + %s;", at, at, y1, y0);
    }
    line("  }");
    line("");
    line("  /** Wide z = 3x + k y, for an element y. z may be x. */");
    line(
        "  public static void triple(long[] z, int zo, long[] x, int xo, long k, long[] y, int yo) {");
    for (int k = 0; k < 2 * COLUMNS; k++) {
      int i = k % COLUMNS - LIMBS;
      String element = i < 0 ? "" : " + k * y[yo" + plus(i + k / COLUMNS * LIMBS) + "]";
      line("    z[zo%s] = 3 * x[xo%s]%s;", plus(k), plus(k), element);
    }
    line("  }");
    line("");
    line("  /** Wide t = t + x, for an element x. */");
    line("  public static void addElement(long[] t, int to, long[] x, int xo) {");
    for (int i = 0; i < COLUMNS; i++) {
      line("    t[to + %d] += x[xo%s];", i < LIMBS ? LIMBS + i : COLUMNS + i, plus(i));
    }
    line("  }");
  }

  private void everyColumn(String value) {
    for (int k = 0; k < 2 * COLUMNS; k++) {
      line("    z[zo%s] = %s;", plus(k), String.format(value, plus(k)));
    }
    line("  }");
  }

  private void reduce() {
    line("");
    line("  /**");
    line(
        "   * z = t, as {@link FqKernels#tighten}. From columns below 2030U, while c0 and c1 are below 2000");
    line("   * p^2: 2^260 is 84 p, so that less than 25 p is left to tighten.");
    line("   */");
    line("  public static void reduce(long[] z, int zo, long[] t, int to) {");
    line("    reduceHalf(z, zo, t, to);");
    line("    reduceHalf(z, zo + %d, t, to + %d);", LIMBS, COLUMNS);
    line("  }");
    line("");
    line("  private static void reduceHalf(long[] z, int zo, long[] t, int to) {");
    for (int k = 0; k < COLUMNS; k++) {
      line("    long t%d = t[to%s];", k, plus(k));
    }
    line("    long m;");
    line("    long h;");
    reduceColumns("t");
    for (int k = LIMBS; k < COLUMNS - 1; k++) {
      line("    t%d += t%d >> 52;", k + 1, k);
    }
    line("    long q = (t9 * TOP) >> 57;");
    line("    t5 = (t5 & MASK) - q * P0;");
    for (int k = 1; k < LIMBS - 1; k++) {
      int at = LIMBS + k;
      line("    t%d = (t%d & MASK) - q * P%d + (t%d >> 52);", at, at, k, at - 1);
    }
    for (int k = 0; k < LIMBS - 1; k++) {
      line("    z[zo%s] = t%d & MASK;", plus(k), LIMBS + k);
    }
    line("    z[zo + 4] = t9 - q * P4 + (t8 >> 52);");
    line("  }");
  }
}
