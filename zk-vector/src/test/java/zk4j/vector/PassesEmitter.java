package zk4j.vector;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes {@code VectorPasses}: one multiplication a method and all values in locals, which is what
 * C2 turns into vector instructions without boxes. Run {@link #main} after a change here; {@code
 * PassesEmitterTest} fails while the source that is checked in differs from what this class writes.
 *
 * <p>How a product is written decides what C2 makes of it. A loop of rows is a third of the code of
 * five rows one after the other, and as much sooner compiled. The store of m in each row, and loads
 * of y and f in each, keep C2 from moving all partial products to the front, and their values to
 * the stack. Constants from fields, which C2 does not know, stay in registers; those it knows it
 * loads each time.
 */
final class PassesEmitter {
  static final Path SOURCE = Path.of("src/main/java/zk4j/vector/VectorPasses.java");

  private static final int LIMBS = 5;
  private static final int BITS = 51;

  // Splitters: x * y + C has its last bit at 2^51, and what is left of the product fits above D.
  private static final double C = 3 * 0x1p102;
  private static final double D = 3 * 0x1p51;
  private static final long C_BITS = Double.doubleToRawLongBits(C);
  private static final long D_BITS = Double.doubleToRawLongBits(D);

  /** Keeps columns positive, so that logical shifts do (AVX2 has no others for longs). */
  private static final long BIAS = 1L << 61;

  /** Columns of a product before the last, whose rows are reduced by -1 mod 2^51. */
  private static final int FRIENDLY_ROWS = 4;

  private final StringBuilder out = new StringBuilder();

  private PassesEmitter() {}

  /** The source of the passes. */
  static String source() {
    PassesEmitter emitter = new PassesEmitter();
    emitter.head();
    emitter.multiply();
    emitter.reduce();
    emitter.line("}");
    return emitter.out.toString();
  }

  /** Writes the source; run in the module's folder. */
  public static void main(String[] arguments) throws IOException {
    Files.writeString(SOURCE, source());
  }

  private void head() {
    lines(
        """
        package zk4j.vector;

        import static jdk.incubator.vector.VectorOperators.LSHR;
        import static jdk.incubator.vector.VectorOperators.XOR;
        import static zk4j.vector.Lanes.BLOCK;
        import static zk4j.vector.Lanes.DOUBLES;
        import static zk4j.vector.Lanes.LANES;
        import static zk4j.vector.Lanes.LONGS;

        import java.math.BigInteger;
        import jdk.incubator.vector.DoubleVector;
        import jdk.incubator.vector.LongVector;

        /**
         * Passes over blocks of elements of a prime field. One class serves all fields, its objects holding
         * their primes, so that each pass is compiled once. See {@link Lanes} for the layout and the
         * bounds, {@link FieldPasses} for what the passes do, and PassesEmitter, which wrote this.
         */
        final class VectorPasses implements FieldPasses {
          // What columns begin with: minus the bits of all splitters that are added to them.
        """);
    for (int column = 0; column <= LIMBS; column++) {
      line("  private static final long T%d = %s;", column, columnStart(column));
    }
    line("  private static final long[] LATER_STARTS = {");
    line(
        "    %s",
        IntStream.range(LIMBS + 1, 2 * LIMBS)
            .mapToObj(PassesEmitter::columnStart)
            .collect(Collectors.joining(", ")));
    lines(
        """
          };

          private final double[] p;

          /** (k p + 1) / 2^51, where k p = -1 mod 2^51. */
          private final double[] f;

          private final double k;

          /** 2^204 / p: estimates quotients by p from the top limb. */
          private final double top;

          // Fields, since the compiler keeps what it does not know in registers.
          private final double splitter;
          private final double splitters;

          VectorPasses(BigInteger modulus) {
            BigInteger factor = Limbs.centred(modulus.negate().modInverse(Limbs.RADIX));
            this.p = Limbs.split(modulus);
            this.f = Limbs.split(factor.multiply(modulus).add(BigInteger.ONE).shiftRight(51));
            this.k = factor.doubleValue();
            this.top = 0x1p204 / modulus.doubleValue();
            this.splitter = Lanes.C;
            this.splitters = Lanes.C + Lanes.D;
          }
        """);
  }

  /** Column by column, minus the splitters' bits, plus the bias and minus its carry from below. */
  private static String columnStart(int column) {
    int low = 0;
    int high = 0;
    for (int row = 0; row < LIMBS; row++) {
      for (int j = 0; j < LIMBS; j++) {
        int reduced = row + j + (row < FRIENDLY_ROWS ? 1 : 0);
        low += (row + j == column ? 1 : 0) + (reduced == column ? 1 : 0);
        high += (row + j + 1 == column ? 1 : 0) + (reduced + 1 == column ? 1 : 0);
      }
    }
    long start = BIAS - (column > 0 ? BIAS >> BITS : 0) - low * D_BITS - high * C_BITS;
    return "0x" + Long.toHexString(start) + "L";
  }

  /**
   * Row by row, a limb of x times y, each row reduced when it is there: t0..t5 are the columns from
   * the row's first one up.
   */
  private void multiply() {
    lines(
        """

          @Override
          public void multiply(
              double[] z, int zo, double[] x, int xo, double[] y, int yo, int yStep, int blocks) {
            DoubleVector d = DoubleVector.broadcast(DOUBLES, Lanes.D);
            DoubleVector k = DoubleVector.broadcast(DOUBLES, this.k);
            DoubleVector c = DoubleVector.broadcast(DOUBLES, splitter);
            DoubleVector cd = DoubleVector.broadcast(DOUBLES, splitters);
            DoubleVector e = DoubleVector.broadcast(DOUBLES, Lanes.E);
            LongVector mask = LongVector.broadcast(LONGS, Lanes.MASK);
            LongVector half = LongVector.broadcast(LONGS, Lanes.HALF);
            LongVector centre = LongVector.broadcast(LONGS, Lanes.CENTRE);
            LongVector last = LongVector.broadcast(LONGS, Lanes.LAST);
            for (int i = 0; i < blocks; i++) {
              int ax = xo + i * BLOCK;
              int ay = yo + i * yStep;
              int az = zo + i * BLOCK;
        """);
    for (int column = 0; column <= LIMBS; column++) {
      line("      LongVector t%d = LongVector.broadcast(LONGS, T%d);", column, column);
    }
    lines(
        """
              DoubleVector a;
              DoubleVector h;
              DoubleVector m;
              for (int row = 0; ; row++) {
                DoubleVector b = DoubleVector.fromArray(DOUBLES, x, ax + row * LANES);
        """);
    for (int j = 0; j < LIMBS; j++) {
      line("        a = DoubleVector.fromArray(DOUBLES, y, %s);", slot("ay", j));
      partialProduct("        ", "a", "b", j);
    }
    lines(
        """
                m = ((DoubleVector) t0.and(mask).lanewise(XOR, centre).reinterpretShape(DOUBLES, 0)).sub(e);
                if (row == %d) {
                  break;
                }
                m.intoArray(z, az + row * LANES);
                t1 = t1.add(t0.add(half).lanewise(LSHR, 51));
                LongVector t6 = LongVector.broadcast(LONGS, LATER_STARTS[row]);
        """
            .formatted(FRIENDLY_ROWS));
    for (int j = 0; j < LIMBS; j++) {
      line("        a = DoubleVector.broadcast(DOUBLES, f[%d]);", j);
      partialProduct("        ", "m", "a", j + 1);
    }
    for (int column = 0; column <= LIMBS; column++) {
      line("        t%d = t%d;", column, column + 1);
    }
    lines(
        """
              }
              h = m.fma(k, c);
              m = m.fma(k, cd.sub(h)).sub(d);
        """);
    for (int j = 0; j < LIMBS; j++) {
      line("      a = DoubleVector.broadcast(DOUBLES, p[%d]);", j);
      partialProduct("      ", "m", "a", j);
    }
    line("      t1 = t1.add(t0.lanewise(LSHR, 51));");
    for (int j = 0; j < LIMBS - 1; j++) {
      line("      DoubleVector z%d =", j);
      line(
          "          ((DoubleVector) t%d.and(mask).lanewise(XOR, centre).reinterpretShape(DOUBLES, 0)).sub(e);",
          j + 1);
      line("      t%d = t%d.add(t%d.add(half).lanewise(LSHR, 51));", j + 2, j + 2, j + 1);
    }
    line(
        "      DoubleVector z4 = ((DoubleVector) t5.add(last).reinterpretShape(DOUBLES, 0)).sub(d);");
    store();
  }

  /** Subtracts the nearest multiple of p, and carries. */
  private void reduce() {
    lines(
        """

          @Override
          public void reduce(double[] z, int zo, int blocks) {
        """);
    for (int j = 0; j < LIMBS; j++) {
      line("    DoubleVector p%d = DoubleVector.broadcast(DOUBLES, p[%d]);", j, j);
    }
    lines(
        """
            DoubleVector d = DoubleVector.broadcast(DOUBLES, Lanes.D);
            DoubleVector top = DoubleVector.broadcast(DOUBLES, this.top);
            DoubleVector down = DoubleVector.broadcast(DOUBLES, 0x1.0p-51);
            DoubleVector up = DoubleVector.broadcast(DOUBLES, -0x1.0p51);
            for (int i = 0; i < blocks; i++) {
              int az = zo + i * BLOCK;
        """);
    for (int j = 0; j < LIMBS; j++) {
      line("      DoubleVector z%d = DoubleVector.fromArray(DOUBLES, z, %s);", j, slot("az", j));
    }
    line("      DoubleVector q = d.sub(z4.fma(top, d));");
    for (int j = 0; j < LIMBS; j++) {
      line("      z%d = q.fma(p%d, z%d);", j, j, j);
    }
    for (int j = 0; j < LIMBS - 1; j++) {
      line("      q = z%d.fma(down, d).sub(d);", j);
      line("      z%d = q.fma(up, z%d);", j, j);
      line("      z%d = z%d.add(q);", j + 1, j + 1);
    }
    store();
  }

  /** What ends a pass: its block is stored. */
  private void store() {
    for (int j = 0; j < LIMBS; j++) {
      line("      z%d.intoArray(z, %s);", j, slot("az", j));
    }
    line("    }");
    line("  }");
  }

  private void partialProduct(String indent, String x, String y, int column) {
    line("%sh = %s.fma(%s, c);", indent, x, y);
    line(
        "%st%d = t%d.add(%s.fma(%s, cd.sub(h)).reinterpretAsLongs());",
        indent, column, column, x, y);
    line("%st%d = t%d.add(h.reinterpretAsLongs());", indent, column + 1, column + 1);
  }

  private static String slot(String at, int limb) {
    return limb == 0 ? at : limb == 1 ? at + " + LANES" : at + " + " + limb + " * LANES";
  }

  private void lines(String text) {
    out.append(text);
  }

  private void line(String format, Object... values) {
    out.append(format.formatted(values)).append('\n');
  }
}
