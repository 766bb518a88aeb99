package zk4j.vector;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The layout of elements in vectors, and the constants of their arithmetic.
 *
 * <p>An element x takes five limbs of 51 bits, least significant first, that hold x * 2^255
 * (Montgomery form) as integers in doubles. Limbs and elements are signed. A block holds as many
 * elements as a vector has lanes: limb 0 of all of them, limb 1 of all of them, and so on.
 *
 * <p>A product of two limbs is split into multiples of 2^51 and the rest, both exact: h = fma(x, y,
 * C) has its last bit at 2^51, and l = fma(x, y, (C + D) - h) is what h rounded away plus D. The
 * bits of h and l, as integers, count in units of 2^51 and of 1 from the bits of C and of D: the
 * columns of a product add up bits in 64-bit integers, and begin with minus the splitters' bits.
 *
 * <p>Montgomery's reduction adds a multiple of p to clear the columns 0 to 4. For columns 0 to 3
 * the multiple is m * k * p with k * p = -1 mod 2^51: then m is the column's residue itself, no
 * product with -1/p waits, and the column's carry is known before any product with m; with |m| <=
 * 2^50 and |k| below 0.51 * 2^50, column 3 adds at most 0.13 p to the result, the ones before it
 * nothing that counts. Column 4 takes m = -residue/p mod 2^51 and p, and adds at most p/2.
 *
 * <p>Bounds, as |x| <= B p. A <i>product</i> has B <= B1 * B2 / 2.64 + 0.63 (2^255 = 2.64 p) and
 * limbs 0 to 3 in [-2^50, 2^50); what is <i>reduced</i> has B <= 0.51 and limbs 0 to 3 in [-2^50,
 * 2^50]. Partial products must stay within 2^102, the last bit of C's range: sums and differences
 * of two products or reduced elements may be multiplied by each other (limbs to 2^51). B is at most
 * 1.03 for a product of such differences of reduced elements, and of such products; a column then
 * adds up at most 20 numbers below 2^51.01, far from the 2^61 that columns begin with. What is
 * reduced may be the sum of at most five such elements, B up to 5: the quotient is at most 5, limbs
 * 0 to 3 of p are below 2^49.5, and so all limbs stay below 2^53 and all steps are exact.
 *
 * <p>This form of arithmetic: N. Emmart, F. Zheng, C. Weems, "Faster modular exponentiation using
 * double precision floating point arithmetic on the GPU" (ARITH 2018).
 */
final class Lanes {
  /** The machine's, of 512 bits at most; the property {@code zk4j.vector.bits} overrules it. */
  static final VectorSpecies<Double> DOUBLES = species();

  static final VectorSpecies<Long> LONGS = VectorSpecies.of(long.class, DOUBLES.vectorShape());

  /** Elements of a block. */
  static final int LANES = DOUBLES.length();

  static final int LIMBS = 5;

  /** Doubles of a block. */
  static final int BLOCK = LIMBS * LANES;

  /** 1.5 * 2^103. */
  static final double C = 3 * 0x1p102;

  /** 1.5 * 2^52. */
  static final double D = 3 * 0x1p51;

  /** 2^52 + 2^50. */
  static final double E = 0x1p52 + 0x1p50;

  static final long MASK = (1L << 51) - 1;

  static final long HALF = 1L << 50;

  /** Turns a residue r in [0, 2^51) into the bits of E + (r centred). */
  static final long CENTRE = Double.doubleToRawLongBits(0x1p52) ^ HALF;

  /** Takes the top column to the bits of D + its value: its bias, which is below 2^62, goes. */
  static final long LAST = Double.doubleToRawLongBits(D) - (1L << 61);

  private Lanes() {}

  private static VectorSpecies<Double> species() {
    int widest = DoubleVector.SPECIES_PREFERRED.vectorBitSize();
    int bits = Integer.getInteger("zk4j.vector.bits", Math.min(widest, 512));
    if (bits != 256 && bits != 512) {
      throw new UnsupportedOperationException(
          "vectors of " + bits + " bits; 256 or 512 are needed");
    }
    return VectorSpecies.of(double.class, VectorShape.forBitSize(bits));
  }

  /** Blocks that hold so many elements. */
  static int blocks(int elements) {
    return (elements + LANES - 1) / LANES;
  }

  /** Where limb 0 of element i is. */
  static int slot(int i) {
    return i / LANES * BLOCK + i % LANES;
  }
}
