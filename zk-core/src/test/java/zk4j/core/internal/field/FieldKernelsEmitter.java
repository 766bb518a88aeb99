package zk4j.core.internal.field;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes {@code FqKernels} and {@code FrKernels}: the same straight-line text for two moduli, since
 * a modulus in constants is faster than one in memory, and unrolled limbs in locals are faster than
 * loops over arrays. Run {@link #main} after a change here; {@code FieldKernelsEmitterTest} fails
 * while the sources that are checked in differ from what this class writes.
 */
class FieldKernelsEmitter {
  static final Path SOURCES = Path.of("src/main/java/zk4j/core/internal/field");

  static final int LIMBS = 5;
  static final BigInteger Q =
      new BigInteger(
          "21888242871839275222246405745257275088696311157297823662689037894645226208583");

  private static final int BITS = 52;
  private static final BigInteger R = BigInteger.ONE.shiftLeft(LIMBS * BITS);

  private final String name;
  private final String what;
  private final BigInteger p;
  private final StringBuilder out = new StringBuilder();
  private boolean sumOfProducts;

  FieldKernelsEmitter(String name, String what, BigInteger p) {
    this.name = name;
    this.what = what;
    this.p = p;
  }

  private FieldKernelsEmitter withSumOfProducts() {
    sumOfProducts = true;
    return this;
  }

  /** The source of the base field's kernels. */
  static String fq() {
    return new FieldKernelsEmitter("FqKernels", "BN254's base field (p = q)", Q).emit();
  }

  /** The source of the scalar field's kernels. */
  static String fr() {
    BigInteger r =
        new BigInteger(
            "21888242871839275222246405745257275088548364400416034343698204186575808495617");
    return new FieldKernelsEmitter("FrKernels", "BN254's scalar field (p = r)", r)
        .withSumOfProducts()
        .emit();
  }

  /** The source of the products in Fq2. */
  static String fq2() {
    return new Fq2ProductsEmitter().emit();
  }

  /** Writes the sources; run in the module's folder. */
  public static void main(String[] arguments) throws IOException {
    Files.writeString(SOURCES.resolve("Fq2Products.java"), fq2());
    Files.writeString(SOURCES.resolve("FqKernels.java"), fq());
    Files.writeString(SOURCES.resolve("FrKernels.java"), fr());
  }

  String emit() {
    text(
        """
        package zk4j.core.internal.field;

        import java.util.Arrays;

        /**
         * Arithmetic in %s on slots of long arrays; see FieldKernelsEmitter.
         *
         * <p>An element x takes five limbs of 52 bits, least significant first, that hold x * 2^260
         * (Montgomery form). Limbs are signed and bounds are loose, so that sums and differences need no
         * carries:
         *
         * <ul>
         *   <li><i>canonical</i>: in [0, p), limbs in [0, 2^52): what is stored and compared;
         *   <li><i>tight</i>: in (-p, 2p), limbs 0..3 in [0, 2^52): what a product is;
         *   <li><i>loose</i>: in (-9p, 9p), limbs in (-2^55, 2^55): what a product takes. A sum or
         *       difference of four tight elements is loose.
         * </ul>
         *
         * <p>The high half of a limb product is {@code multiplyHigh(x << 8, y << 4)}, the floor of x * y /
         * 2^52; the low half is {@code (x * y) & MASK}; both hold for signed limbs. A column sums at most
         * 10 high halves below 2^58 and 10 low halves below 2^52: below 2^62.
         */
        public final class %s {
        """
            .formatted(what, name));
    constants();
    product();
    square();
    if (sumOfProducts) {
      sumOfProducts();
    }
    rest();
    line("}");
    return source();
  }

  private void constants() {
    line("  /** Longs an element takes. */");
    line("  public static final int LIMBS = 5;");
    line("");
    modulus();
    line("  /** p in four words, least significant first. */");
    array("WORDS", p, 4, 64);
    table("1: 2^260 mod p.", "ONE", R.mod(p));
    table("2^520 mod p: a product with it enters Montgomery form.", "ENTER", R.multiply(R).mod(p));
    line("  /** 2^520 / (x * 2^260) = 1/x * 2^260. */");
    line(
        "  private static final Inversion INVERSION = new Inversion(new long[] {P0, P1, P2, P3, P4},"
            + " ENTER);");
    line("");
    table(
        "1, not in Montgomery form: a product with it leaves Montgomery form.",
        "LEAVE",
        BigInteger.ONE);
    BigInteger r256 = BigInteger.ONE.shiftLeft(256);
    table(
        "2^264 mod p: a product with it takes x * 2^256 to x * 2^260.",
        "FROM_256",
        BigInteger.ONE.shiftLeft(264).mod(p));
    table("2^256 mod p: a product with it takes x * 2^260 to x * 2^256.", "TO_256", r256.mod(p));
    line("  private %s() {}", name);
  }

  /** p in limbs, and what reduction needs. */
  final void modulus() {
    line("  private static final long MASK = (1L << 52) - 1;");
    for (int i = 0; i < LIMBS; i++) {
      line("  private static final long P%d = %s;", i, limb(p, i));
    }
    for (int i = 0; i < LIMBS; i++) {
      line("  private static final long H%d = P%d << 8;", i, i);
    }
    line("");
    line("  /** -1/p mod 2^52. */");
    BigInteger word = BigInteger.ONE.shiftLeft(BITS);
    line("  private static final long N0 = %s;", hex(p.modInverse(word).negate().mod(word)));
    line("");
    line("  /** 2^57 / (p / 2^208), rounded down: estimates quotients by p from the top limb. */");
    line(
        "  private static final long TOP = %s;", hex(BigInteger.ONE.shiftLeft(57 + 208).divide(p)));
    line("");
  }

  private void table(String comment, String constant, BigInteger value) {
    line("  /** %s */", comment);
    array(constant, value, LIMBS, BITS);
  }

  /** An array of parts of a number, least significant first, laid out as the formatter does. */
  private void array(String constant, BigInteger value, int parts, int bits) {
    String values =
        IntStream.range(0, parts)
            .mapToObj(i -> hex(part(value, i, bits)))
            .collect(Collectors.joining(", "));
    String start = "  private static final long[] " + constant + " = {";
    if (start.length() + values.length() + 2 <= 100) {
      line("%s%s};", start, values);
    } else {
      line("%s", start);
      line("    %s", values);
      line("  };");
    }
    line("");
  }

  private void product() {
    line("");
    line("  /** z = x * y. Loose to tight; z may be x or y. */");
    line("  public static void mul(long[] z, int zo, long[] x, int xo, long[] y, int yo) {");
    load("x", "x", "xo", 8);
    columns();
    for (int i = 0; i < LIMBS; i++) {
      line("");
      line("    long b%d = y[yo%s];", i, plus(i));
      row("x", "b" + i, i);
      reduceRow(i);
    }
    carryOut();
  }

  private void square() {
    line("");
    line("  /** z = x * x. Loose to tight; z may be x. */");
    line("  public static void sqr(long[] z, int zo, long[] x, int xo) {");
    load("x", "x", "xo", 8);
    for (int i = 1; i < LIMBS; i++) {
      line("    long d%d = x%d << 1;", i, i);
      line("    long e%d = x%d << 5;", i, i);
    }
    columns();
    line("");
    for (int i = 0; i < LIMBS; i++) {
      for (int j = i; j < LIMBS; j++) {
        String other = i == j ? "x" + i : "d" + j;
        String high = i == j ? "x" + i + " << 4" : "e" + j;
        line("    t%d += (x%d * %s) & MASK;", i + j, i, other);
        line("    t%d += Math.multiplyHigh(hx%d, %s);", i + j + 1, i, high);
      }
    }
    for (int i = 0; i < LIMBS; i++) {
      line("");
      reduceRow(i);
    }
    carryOut();
  }

  /**
   * With x and y as stated, a column sums at most 33 * 5 high halves below 2^53 and as many low
   * ones below 2^52, and the sum is in (-33 p^2, 132 p^2), which p < 2^260/84 brings to (-0.4p,
   * 1.6p) before a multiple of p below p is added.
   */
  private void sumOfProducts() {
    text(
        """

          /**
           * z = x_0 * y_0 + .. + x_(n-1) * y_(n-1), elements following each other, reduced once; n is at
           * most 48. From x in (-p, 5p) with limbs 0..3 in [0, 2^53), and y canonical, to z in (-p, 4p)
           * with limbs 0..3 in [0, 2^52). z may be one of x or y.
           */
          public static void sumOfProducts(long[] z, int zo, long[] x, int xo, long[] y, int yo, int n) {
        """);
    columns();
    line("    int end = xo + n * LIMBS;");
    line("    for (int i = xo, j = yo; i < end; i += LIMBS, j += LIMBS) {");
    int body = out.length();
    load("x", "x", "i", 8);
    for (int i = 0; i < LIMBS; i++) {
      line("    long b%d = y[j%s];", i, plus(i));
      row("x", "b" + i, i);
    }
    String unindented = out.substring(body);
    out.setLength(body);
    text(unindented.indent(2));
    line("    }");
    for (int i = 0; i < LIMBS; i++) {
      line("");
      reduceRow(i);
    }
    carryOut();
  }

  private void load(String local, String array, String offset, int shift) {
    for (int i = 0; i < LIMBS; i++) {
      line("    long %s%d = %s[%s%s];", local, i, array, offset, plus(i));
      line("    long h%s%d = %s%d << %d;", local, i, local, i, shift);
    }
  }

  private void columns() {
    for (int i = 0; i < 2 * LIMBS; i++) {
      line("    long t%d = 0;", i);
    }
  }

  /** Adds x * y to the columns from i on, y being one limb. */
  private void row(String x, String y, int i) {
    line("    long h%s = %s << 4;", y, y);
    for (int j = 0; j < LIMBS; j++) {
      line("    t%d += (%s%d * %s) & MASK;", i + j, x, j, y);
      line("    t%d += Math.multiplyHigh(h%s%d, h%s);", i + j + 1, x, j, y);
    }
  }

  /** Adds the multiple of p that makes column i a multiple of 2^52, and carries it on. */
  private void reduceRow(int i) {
    line("    long m%d = (t%d * N0) & MASK;", i, i);
    line("    long hm%d = m%d << 4;", i, i);
    for (int j = 0; j < LIMBS; j++) {
      line("    t%d += (m%d * P%d) & MASK;", i + j, i, j);
      line("    t%d += Math.multiplyHigh(H%d, hm%d);", i + j + 1, j, i);
    }
    line("    t%d += t%d >> 52;", i + 1, i);
  }

  private void carryOut() {
    line("");
    for (int i = 0; i < LIMBS - 1; i++) {
      line("    t%d += t%d >> 52;", LIMBS + i + 1, LIMBS + i);
      line("    z[zo%s] = t%d & MASK;", plus(i), LIMBS + i);
    }
    line("    z[zo + 4] = t9;");
    line("  }");
  }

  /** What needs no unrolling by a program. */
  private void rest() {
    text(
        """

          /** z = x + y, limb by limb: bounds add up. */
          public static void add(long[] z, int zo, long[] x, int xo, long[] y, int yo) {
            z[zo] = x[xo] + y[yo];
            z[zo + 1] = x[xo + 1] + y[yo + 1];
            z[zo + 2] = x[xo + 2] + y[yo + 2];
            z[zo + 3] = x[xo + 3] + y[yo + 3];
            z[zo + 4] = x[xo + 4] + y[yo + 4];
          }

          /** z = x - y, limb by limb: bounds add up. */
          public static void sub(long[] z, int zo, long[] x, int xo, long[] y, int yo) {
            z[zo] = x[xo] - y[yo];
            z[zo + 1] = x[xo + 1] - y[yo + 1];
            z[zo + 2] = x[xo + 2] - y[yo + 2];
            z[zo + 3] = x[xo + 3] - y[yo + 3];
            z[zo + 4] = x[xo + 4] - y[yo + 4];
          }

          /** z = -x, limb by limb. */
          public static void neg(long[] z, int zo, long[] x, int xo) {
            z[zo] = -x[xo];
            z[zo + 1] = -x[xo + 1];
            z[zo + 2] = -x[xo + 2];
            z[zo + 3] = -x[xo + 3];
            z[zo + 4] = -x[xo + 4];
          }

          /**
           * z = x, brought into (-p/64, 65p/64) with limbs 0..3 in [0, 2^52), from (-32p, 32p) and limbs
           * below 2^60. The top limb, below 2^51, misses x/2^208 by less than 1, and TOP misses 2^265/p by
           * less than 1, so the quotient before rounding down is wrong by less than 2^-6. z may be x.
           */
          public static void tighten(long[] z, int zo, long[] x, int xo) {
            long t0 = x[xo];
            long t1 = x[xo + 1] + (t0 >> 52);
            long t2 = x[xo + 2] + (t1 >> 52);
            long t3 = x[xo + 3] + (t2 >> 52);
            long t4 = x[xo + 4] + (t3 >> 52);
            long q = (t4 * TOP) >> 57;
            t0 = (t0 & MASK) - q * P0;
            t1 = (t1 & MASK) - q * P1 + (t0 >> 52);
            t2 = (t2 & MASK) - q * P2 + (t1 >> 52);
            t3 = (t3 & MASK) - q * P3 + (t2 >> 52);
            z[zo] = t0 & MASK;
            z[zo + 1] = t1 & MASK;
            z[zo + 2] = t2 & MASK;
            z[zo + 3] = t3 & MASK;
            z[zo + 4] = t4 - q * P4 + (t3 >> 52);
          }

          /** z = x mod p, canonical, from what {@link #tighten} takes. z may be x. */
          public static void canonical(long[] z, int zo, long[] x, int xo) {
            tighten(z, zo, x, xo);
            if (z[zo + 4] < 0) {
              addMultipleOfP(z, zo, 1);
            } else if (z[zo + 4] >= P4) { // hardly ever true of a value below p
              addMultipleOfP(z, zo, -1);
              if (z[zo + 4] < 0) {
                addMultipleOfP(z, zo, 1);
              }
            }
          }

          private static void addMultipleOfP(long[] z, int zo, long k) {
            long t0 = z[zo] + k * P0;
            long t1 = z[zo + 1] + k * P1 + (t0 >> 52);
            long t2 = z[zo + 2] + k * P2 + (t1 >> 52);
            long t3 = z[zo + 3] + k * P3 + (t2 >> 52);
            z[zo] = t0 & MASK;
            z[zo + 1] = t1 & MASK;
            z[zo + 2] = t2 & MASK;
            z[zo + 3] = t3 & MASK;
            z[zo + 4] += k * P4 + (t3 >> 52);
          }

          /** Whether a canonical x is 0. */
          public static boolean isZero(long[] x, int xo) {
            return (x[xo] | x[xo + 1] | x[xo + 2] | x[xo + 3] | x[xo + 4]) == 0;
          }

          /** Whether canonical x and y are equal. */
          public static boolean equal(long[] x, int xo, long[] y, int yo) {
            return ((x[xo] ^ y[yo])
                    | (x[xo + 1] ^ y[yo + 1])
                    | (x[xo + 2] ^ y[yo + 2])
                    | (x[xo + 3] ^ y[yo + 3])
                    | (x[xo + 4] ^ y[yo + 4]))
                == 0;
          }

          /** z = x. */
          public static void copy(long[] z, int zo, long[] x, int xo) {
            System.arraycopy(x, xo, z, zo, LIMBS);
          }

          /** z = 0. */
          public static void setZero(long[] z, int zo) {
            Arrays.fill(z, zo, zo + LIMBS, 0);
          }

          /** z = 1, canonical. */
          public static void setOne(long[] z, int zo) {
            copy(z, zo, ONE, 0);
          }

          /**
           * z = x to the power of an exponent in words, least significant first. Loose to tight; z may be
           * x. Takes time that depends on the exponent.
           */
          public static void pow(long[] z, int zo, long[] x, int xo, long[] exponent) {
            long[] table = new long[17 * LIMBS]; // x^0..x^15, then the accumulator
            setOne(table, 0);
            for (int i = 1; i < 16; i++) {
              mul(table, i * LIMBS, table, (i - 1) * LIMBS, x, xo);
            }
            int acc = 16 * LIMBS;
            setOne(table, acc);
            for (int i = 16 * exponent.length - 1; i >= 0; i--) {
              for (int k = 0; k < 4; k++) {
                sqr(table, acc, table, acc);
              }
              int digit = (int) (exponent[i >> 4] >>> (4 * (i & 15))) & 15;
              if (digit != 0) {
                mul(table, acc, table, acc, table, digit * LIMBS);
              }
            }
            copy(z, zo, table, acc);
          }

          /** z = 1/x, or 0 for 0. Loose to canonical; z may be x. Takes time that depends on x. */
          public static void inv(long[] z, int zo, long[] x, int xo) {
            canonical(z, zo, x, xo);
            INVERSION.divide(z, zo, z, zo);
          }

          /** Whether four words, least significant first, are below p. */
          public static boolean inRange(long[] words, int wo) {
            for (int i = 3; i >= 0; i--) {
              int order = Long.compareUnsigned(words[wo + i], WORDS[i]);
              if (order != 0) {
                return order < 0;
              }
            }
            return false;
          }

          /** z = the number in four words, canonical. */
          public static void fromWords(long[] z, int zo, long[] words, int wo) {
            split(z, zo, words, wo);
            mul(z, zo, z, zo, ENTER, 0);
            canonical(z, zo, z, zo);
          }

          /** The number of a loose x in four words. */
          public static void toWords(long[] words, int wo, long[] x, int xo) {
            join(words, wo, x, xo, LEAVE);
          }

          /** z = w / 2^256 for the number w in four words, canonical. */
          public static void fromMontgomery256(long[] z, int zo, long[] words, int wo) {
            split(z, zo, words, wo);
            mul(z, zo, z, zo, FROM_256, 0);
            canonical(z, zo, z, zo);
          }

          /** The number x * 2^256 mod p of a loose x in four words. */
          public static void toMontgomery256(long[] words, int wo, long[] x, int xo) {
            join(words, wo, x, xo, TO_256);
          }

          private static void split(long[] z, int zo, long[] words, int wo) {
            long w0 = words[wo];
            long w1 = words[wo + 1];
            long w2 = words[wo + 2];
            long w3 = words[wo + 3];
            z[zo] = w0 & MASK;
            z[zo + 1] = ((w0 >>> 52) | (w1 << 12)) & MASK;
            z[zo + 2] = ((w1 >>> 40) | (w2 << 24)) & MASK;
            z[zo + 3] = ((w2 >>> 28) | (w3 << 36)) & MASK;
            z[zo + 4] = w3 >>> 16;
          }

          private static void join(long[] words, int wo, long[] x, int xo, long[] factor) {
            long[] t = new long[LIMBS];
            mul(t, 0, x, xo, factor, 0);
            canonical(t, 0, t, 0);
            words[wo] = t[0] | (t[1] << 52);
            words[wo + 1] = (t[1] >>> 12) | (t[2] << 40);
            words[wo + 2] = (t[2] >>> 24) | (t[3] << 28);
            words[wo + 3] = (t[3] >>> 36) | (t[4] << 16);
          }
        """);
  }

  final String source() {
    return out.toString();
  }

  final void text(String lines) {
    out.append(lines);
  }

  final void line(String format, Object... values) {
    out.append(values.length == 0 ? format : String.format(format, values)).append('\n');
  }

  static String plus(int i) {
    return i == 0 ? "" : " + " + i;
  }

  private static String limb(BigInteger value, int i) {
    return hex(part(value, i, BITS));
  }

  private static BigInteger part(BigInteger value, int i, int bits) {
    return value.shiftRight(bits * i).mod(BigInteger.ONE.shiftLeft(bits));
  }

  private static String hex(BigInteger value) {
    return "0x" + value.toString(16) + "L";
  }
}
