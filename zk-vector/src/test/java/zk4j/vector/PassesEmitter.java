package zk4j.vector;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes {@code FqPasses} and {@code FrPasses}: straight-line text with one multiplication a method
 * and all values in locals, which is what C2 turns into vector instructions without boxes. Run
 * {@link #main} after a change here; {@code PassesEmitterTest} fails while the sources that are
 * checked in differ from what this class writes.
 */
final class PassesEmitter {
  static final Path SOURCES = Path.of("src/main/java/zk4j/vector");

  private static final int LIMBS = 5;
  private static final int BITS = 51;
  private static final BigInteger RADIX = BigInteger.ONE.shiftLeft(BITS);

  // Splitters: x * y + C has its last bit at 2^51, and what is left of the product fits above D.
  private static final double C = 3 * 0x1p102;
  private static final double D = 3 * 0x1p51;
  private static final long C_BITS = Double.doubleToRawLongBits(C);
  private static final long D_BITS = Double.doubleToRawLongBits(D);

  /** Keeps columns positive, so that logical shifts do (AVX2 has no others for longs). */
  private static final long BIAS = 1L << 61;

  /** Columns of a product before the last, whose rows are reduced by -1 mod 2^51. */
  private static final int FRIENDLY_ROWS = 4;

  private final String name;
  private final String field;
  private final BigInteger p;
  private final StringBuilder out = new StringBuilder();

  private PassesEmitter(String name, String field, BigInteger p) {
    this.name = name;
    this.field = field;
    this.p = p;
  }

  /** The source of the base field's passes. */
  static String fq() {
    return new PassesEmitter("FqPasses", "BN254's base field (p = q)", Moduli.Q).emit();
  }

  /** The source of the scalar field's passes. */
  static String fr() {
    return new PassesEmitter("FrPasses", "BN254's scalar field (p = r)", Moduli.R).emit();
  }

  /** Writes both sources; run in the module's folder. */
  public static void main(String[] arguments) throws IOException {
    Files.writeString(SOURCES.resolve("FqPasses.java"), fq());
    Files.writeString(SOURCES.resolve("FrPasses.java"), fr());
  }

  private String emit() {
    out.append(
        """
        package zk4j.vector;

        import static jdk.incubator.vector.VectorOperators.LSHR;
        import static jdk.incubator.vector.VectorOperators.XOR;
        import static zk4j.vector.Lanes.BLOCK;
        import static zk4j.vector.Lanes.DOUBLES;
        import static zk4j.vector.Lanes.LANES;
        import static zk4j.vector.Lanes.LONGS;

        import jdk.incubator.vector.DoubleVector;
        import jdk.incubator.vector.LongVector;

        /**
         * Passes over blocks of elements of %s; see {@link Lanes} for the layout
         * and the bounds, {@link FieldPasses} for what the passes do, and PassesEmitter, which wrote this.
         */
        final class %s implements FieldPasses {
        """
            .formatted(field, name));
    constants();
    pass(
        "multiply",
        "double[] z, int zo, double[] x, int xo, double[] y, int yo, int yStep, int blocks",
        true,
        this::multiply);
    pass("reduce", "double[] z, int zo, int blocks", false, this::reduce);
    line("}");
    return out.toString();
  }

  private void constants() {
    for (int j = 0; j < LIMBS; j++) {
      line("  private static final double P%d = %s;", j, exact(limbs(p)[j]));
    }
    line("");
    line("  /** (k p + 1) / 2^51, where k p = -1 mod 2^51. */");
    BigInteger k = centred(p.modInverse(RADIX).negate());
    long[] friendly = limbs(k.multiply(p).add(BigInteger.ONE).shiftRight(BITS));
    for (int j = 0; j < LIMBS; j++) {
      line("  private static final double F%d = %s;", j, exact(friendly[j]));
      if (j == 0) {
        line("");
      }
    }
    line("");
    line("  /** k, which is -1/p mod 2^51. */");
    line("  private static final double K = %s;", exact(k.longValueExact()));
    line("");
    line("  /** 2^204 / p: estimates quotients by p from the top limb. */");
    line("  private static final double TOP = %s;", Double.toHexString(0x1p204 / p.doubleValue()));
    line("");
    line("  // What columns begin with: minus the bits of all splitters that are added to them.");
    for (int column = 0; column < 2 * LIMBS; column++) {
      line("  private static final long T%d = %s;", column, hex(columnStart(column)));
    }
  }

  /** Column by column, minus the splitters' bits, plus the bias and minus its carry from below. */
  private static long columnStart(int column) {
    int low = 0;
    int high = 0;
    for (int row = 0; row < LIMBS; row++) {
      for (int j = 0; j < LIMBS; j++) {
        int reduced = row + j + (row < FRIENDLY_ROWS ? 1 : 0);
        low += (row + j == column ? 1 : 0) + (reduced == column ? 1 : 0);
        high += (row + j + 1 == column ? 1 : 0) + (reduced + 1 == column ? 1 : 0);
      }
    }
    return BIAS - (column > 0 ? BIAS >> BITS : 0) - low * D_BITS - high * C_BITS;
  }

  private void pass(String method, String parameters, boolean product, Runnable body) {
    line("");
    line("  @Override");
    String head = "  public void %s(%s) {".formatted(method, parameters);
    if (head.length() <= 100) {
      line("%s", head);
    } else if (parameters.length() + 8 + 3 <= 100) {
      line("  public void %s(", method);
      line("      %s) {", parameters);
    } else {
      throw new IllegalStateException(head);
    }
    for (int j = 0; j < LIMBS; j++) {
      line("    DoubleVector p%d = DoubleVector.broadcast(DOUBLES, P%d);", j, j);
    }
    line("    DoubleVector d = DoubleVector.broadcast(DOUBLES, Lanes.D);");
    if (!product) {
      line("    DoubleVector top = DoubleVector.broadcast(DOUBLES, TOP);");
      line("    DoubleVector down = DoubleVector.broadcast(DOUBLES, 0x1.0p-51);");
      line("    DoubleVector up = DoubleVector.broadcast(DOUBLES, -0x1.0p51);");
    }
    if (product) {
      for (int j = 0; j < LIMBS; j++) {
        line("    DoubleVector f%d = DoubleVector.broadcast(DOUBLES, F%d);", j, j);
      }
      line("    DoubleVector k = DoubleVector.broadcast(DOUBLES, K);");
      line("    DoubleVector c = DoubleVector.broadcast(DOUBLES, Lanes.C);");
      line("    DoubleVector cd = DoubleVector.broadcast(DOUBLES, Lanes.C + Lanes.D);");
      line("    DoubleVector e = DoubleVector.broadcast(DOUBLES, Lanes.E);");
      line("    LongVector mask = LongVector.broadcast(LONGS, Lanes.MASK);");
      line("    LongVector half = LongVector.broadcast(LONGS, Lanes.HALF);");
      line("    LongVector centre = LongVector.broadcast(LONGS, Lanes.CENTRE);");
      line("    LongVector last = LongVector.broadcast(LONGS, Lanes.LAST);");
      for (int column = 0; column < 2 * LIMBS; column++) {
        line("    LongVector c%d = LongVector.broadcast(LONGS, T%d);", column, column);
      }
    }
    line("    for (int i = 0; i < blocks; i++) {");
    body.run();
    line("    }");
    line("  }");
  }

  private void multiply() {
    line("      int ax = xo + i * BLOCK;");
    line("      int ay = yo + i * yStep;");
    load("a", "x", "ax");
    load("b", "y", "ay");
    product();
    line("      int az = zo + i * BLOCK;");
    store("z", "z", "az");
  }

  /** Subtracts the nearest multiple of p, and carries. */
  private void reduce() {
    line("      int az = zo + i * BLOCK;");
    load("z", "z", "az");
    line("      DoubleVector q = d.sub(z4.fma(top, d));");
    for (int j = 0; j < LIMBS; j++) {
      line("      z%d = q.fma(p%d, z%d);", j, j, j);
    }
    for (int j = 0; j < LIMBS - 1; j++) {
      line("      q = z%d.fma(down, d).sub(d);", j);
      line("      z%d = q.fma(up, z%d);", j, j);
      line("      z%d = z%d.add(q);", j + 1, j + 1);
    }
    store("z", "z", "az");
  }

  /** z0..z4 = the product of a0..a4 and b0..b4, row by row, each row reduced when it is there. */
  private void product() {
    for (int column = 0; column < 2 * LIMBS; column++) {
      line("      LongVector t%d = c%d;", column, column);
    }
    line("      DoubleVector h;");
    for (int row = 0; row < LIMBS; row++) {
      for (int j = 0; j < LIMBS; j++) {
        partialProduct("a" + j, "b" + row, row + j);
      }
      value("m" + row, residue(row), "e");
      if (row < FRIENDLY_ROWS) {
        line("      t%d = t%d.add(t%d.add(half).lanewise(LSHR, 51));", row + 1, row + 1, row);
        for (int j = 0; j < LIMBS; j++) {
          partialProduct("m" + row, "f" + j, row + j + 1);
        }
      } else {
        line("      h = m%d.fma(k, c);", row);
        line("      m%d = m%d.fma(k, cd.sub(h)).sub(d);", row, row);
        for (int j = 0; j < LIMBS; j++) {
          partialProduct("m" + row, "p" + j, row + j);
        }
        line("      t%d = t%d.add(t%d.lanewise(LSHR, 51));", row + 1, row + 1, row);
      }
    }
    for (int j = 0; j < LIMBS - 1; j++) {
      int t = LIMBS + j;
      value("z" + j, residue(t), "e");
      line("      t%d = t%d.add(t%d.add(half).lanewise(LSHR, 51));", t + 1, t + 1, t);
    }
    value("z4", "t9.add(last)", "d");
  }

  private void partialProduct(String x, String y, int column) {
    line("      h = %s.fma(%s, c);", x, y);
    line("      t%d = t%d.add(%s.fma(%s, cd.sub(h)).reinterpretAsLongs());", column, column, x, y);
    line("      t%d = t%d.add(h.reinterpretAsLongs());", column + 1, column + 1);
  }

  /**
   * x = the double of these bits minus a bias. Not by reinterpretAsDoubles: C2 of JDK 17 makes
   * vector instructions of that only if the profile of one method deep within is ripe. Nor by way
   * of a local variable, which now and then keeps C2 busy for seconds.
   */
  private void value(String x, String bits, String bias) {
    String head = "      DoubleVector %s =".formatted(x);
    String tail = "((DoubleVector) %s.reinterpretShape(DOUBLES, 0)).sub(%s);".formatted(bits, bias);
    if (head.length() + 1 + tail.length() <= 100) {
      line("%s %s", head, tail);
    } else {
      line("%s", head);
      line("          %s", tail);
    }
  }

  /** The bits, less those of E, of a column's residue mod 2^51 in [-2^50, 2^50). */
  private static String residue(int column) {
    return "t%d.and(mask).lanewise(XOR, centre)".formatted(column);
  }

  private void load(String v, String array, String at) {
    for (int j = 0; j < LIMBS; j++) {
      line(
          "      DoubleVector %s%d = DoubleVector.fromArray(DOUBLES, %s, %s);",
          v, j, array, slot(at, j));
    }
  }

  private void store(String v, String array, String at) {
    for (int j = 0; j < LIMBS; j++) {
      line("      %s%d.intoArray(%s, %s);", v, j, array, slot(at, j));
    }
  }

  private static String slot(String at, int limb) {
    return limb == 0 ? at : limb == 1 ? at + " + LANES" : at + " + " + limb + " * LANES";
  }

  private void line(String format, Object... values) {
    out.append(format.formatted(values)).append('\n');
  }

  private static long[] limbs(BigInteger value) {
    long[] limbs = new long[LIMBS];
    for (int j = 0; j < LIMBS - 1; j++) {
      BigInteger limb = centred(value);
      limbs[j] = limb.longValueExact();
      value = value.subtract(limb).shiftRight(BITS);
    }
    limbs[LIMBS - 1] = value.longValueExact();
    return limbs;
  }

  private static BigInteger centred(BigInteger value) {
    BigInteger residue = value.mod(RADIX);
    return residue.testBit(BITS - 1) ? residue.subtract(RADIX) : residue;
  }

  private static String exact(long value) {
    return Double.toHexString(value);
  }

  private static String hex(long value) {
    return "0x" + Long.toHexString(value) + "L";
  }
}
