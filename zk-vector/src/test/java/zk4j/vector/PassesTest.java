package zk4j.vector;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Emitted and scalar passes against BigInteger, at the edges of their bounds. */
class PassesTest {
  private static final BigInteger UNIT = BigInteger.ONE.shiftLeft(255);

  private record Passes(String name, FieldPasses passes, BigInteger p) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Passes> all() {
    return Stream.of(
        new Passes("vector Fq", new VectorPasses(Moduli.Q), Moduli.Q),
        new Passes("vector Fr", new VectorPasses(Moduli.R), Moduli.R),
        new Passes("scalar Fq", new ScalarPasses(Moduli.Q), Moduli.Q),
        new Passes("scalar Fr", new ScalarPasses(Moduli.R), Moduli.R));
  }

  /** Elements given by limbs; the top one keeps them within B p. */
  private static List<long[]> operands(BigInteger p, double b, long limb, Random random) {
    long top = (long) (b * p.doubleValue() / 0x1p204) - 4;
    List<long[]> all = new ArrayList<>();
    long[] edges = {0, 1, -1, limb, -limb, limb - 1, 1 - limb, limb / 2, -limb / 2};
    for (long low : edges) {
      for (long high : new long[] {0, top, -top, 1, -1}) {
        all.add(new long[] {low, low, low, low, high});
        all.add(new long[] {low, -low, low, -low, high});
        all.add(new long[] {0, 0, 0, low, high});
        all.add(new long[] {low, 0, 0, 0, high});
      }
    }
    for (int i = 0; i < 300; i++) {
      long[] limbs = new long[5];
      for (int j = 0; j < 5; j++) {
        limbs[j] =
            Math.floorMod(random.nextLong(), 2 * (j == 4 ? top : limb)) - (j == 4 ? top : limb);
      }
      all.add(limbs);
    }
    return all;
  }

  private static double[] blocks(List<long[]> elements) {
    double[] blocks = new double[Lanes.blocks(elements.size()) * Lanes.BLOCK];
    for (int i = 0; i < elements.size(); i++) {
      for (int j = 0; j < 5; j++) {
        blocks[Lanes.slot(i) + j * Lanes.LANES] = elements.get(i)[j];
      }
    }
    return blocks;
  }

  private static BigInteger element(double[] blocks, int i) {
    return Limbs.join(blocks, Lanes.slot(i), Lanes.LANES);
  }

  /** Differences of two products, times each other: what the bounds allow. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  void productsAreRightAndBounded(Passes under) {
    Random random = new Random(7);
    BigInteger p = under.p();
    List<long[]> operands = operands(p, 1.02, 1L << 51, random);
    List<long[]> left = new ArrayList<>();
    List<long[]> right = new ArrayList<>();
    for (int i = 0; i < operands.size(); i++) {
      for (int k = 0; k < 60; k++) {
        left.add(operands.get(i));
        right.add(operands.get((i * 7 + k * 11) % operands.size()));
      }
    }
    double[] x = blocks(left);
    double[] y = blocks(right);
    double[] z = new double[x.length];
    under.passes().multiply(z, 0, x, 0, y, 0, Lanes.BLOCK, Lanes.blocks(left.size()));
    BigInteger inverse = UNIT.modInverse(p);
    double bound = 1.03 * p.doubleValue();
    for (int i = 0; i < left.size(); i++) {
      BigInteger product = element(x, i).multiply(element(y, i)).multiply(inverse).mod(p);
      BigInteger found = element(z, i);
      assertEquals(product, found.mod(p));
      assertTrue(Math.abs(found.doubleValue()) <= bound, () -> found + " is too large");
      for (int j = 0; j < 4; j++) {
        assertTrue(Math.abs(z[Lanes.slot(i) + j * Lanes.LANES]) <= 0x1p50);
      }
    }
    under.passes().multiply(x, 0, x, 0, y, 0, Lanes.BLOCK, Lanes.blocks(left.size()));
    assertArrayEquals(z, x, "in the place of x");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  void reducingKeepsElementsAndBoundsThem(Passes under) {
    BigInteger p = under.p();
    List<long[]> operands = operands(p, 4.9, 5L << 50, new Random(8));
    double[] z = blocks(operands);
    double[] x = z.clone();
    under.passes().reduce(z, 0, Lanes.blocks(operands.size()));
    double bound = 0.5001 * p.doubleValue();
    for (int i = 0; i < operands.size(); i++) {
      BigInteger found = element(z, i);
      assertEquals(element(x, i).mod(p), found.mod(p));
      assertTrue(Math.abs(found.doubleValue()) <= bound, () -> found + " is too large");
      for (int j = 0; j < 4; j++) {
        assertTrue(Math.abs(z[Lanes.slot(i) + j * Lanes.LANES]) <= 0x1p50);
      }
    }
  }

  /** One block of y for all blocks of x, and z in the place of x. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  void oneFactorForAllInPlace(Passes under) {
    List<long[]> operands = operands(under.p(), 1.0, 1L << 50, new Random(9));
    int blocks = Lanes.blocks(operands.size());
    double[] x = blocks(operands);
    double[] y = Limbs.block(BigInteger.valueOf(12345).multiply(UNIT), under.p());
    double[] z = x.clone();
    under.passes().multiply(z, 0, z, 0, y, 0, 0, blocks);
    for (int i = 0; i < operands.size(); i++) {
      BigInteger expected = element(x, i).multiply(BigInteger.valueOf(12345));
      assertEquals(expected.mod(under.p()), element(z, i).mod(under.p()));
    }
  }
}
