package zk4j.vector;

import static zk4j.vector.Lanes.BLOCK;
import static zk4j.vector.Lanes.LANES;
import static zk4j.vector.Lanes.LIMBS;
import static zk4j.vector.Lanes.slot;

import java.math.BigInteger;
import java.util.Arrays;
import zk4j.core.internal.spi.Curve;

/** Whether points in blocks satisfy y^2 = x^3 + b. One thread. */
final class CurveEquation {
  /** b of G1; of G2 it is 3/(9 + u) = 3 (9 - u)/82. */
  private static final BigInteger B = BigInteger.valueOf(3);

  private static final BigInteger NORM = BigInteger.valueOf(82).modInverse(Moduli.Q);

  private final Arithmetic field;
  private final double[][] b;
  private final double[][] cube;
  private final double[][] square;

  CurveEquation(Curve curve) {
    int degree = VectorPointStore.coordinates(curve) / 2;
    int blocks = Lanes.blocks(Layout.scratchElements());
    this.field = Arithmetic.of(degree, blocks);
    this.cube = Arithmetic.elements(degree, blocks);
    this.square = Arithmetic.elements(degree, blocks);
    BigInteger unit = BigInteger.ONE.shiftLeft(255);
    BigInteger[] constants =
        degree == 1
            ? new BigInteger[] {B}
            : new BigInteger[] {
              BigInteger.valueOf(27).multiply(NORM), BigInteger.valueOf(-3).multiply(NORM)
            };
    this.b = new double[degree][];
    for (int k = 0; k < degree; k++) {
      b[k] = Limbs.block(constants[k].multiply(unit), Moduli.Q);
    }
  }

  /** The first of count points, x and y each c0 (and c1), that is not on the curve, or count. */
  int firstNotSatisfied(double[][] points, int count) {
    int degree = b.length;
    double[][] x = Arrays.copyOfRange(points, 0, degree);
    double[][] y = Arrays.copyOfRange(points, degree, 2 * degree);
    int blocks = Lanes.blocks(count);
    field.square(square, x, blocks);
    field.multiply(cube, square, x, blocks);
    field.square(square, y, blocks);
    for (int k = 0; k < degree; k++) {
      Planes.subtract(square[k], square[k], cube[k], blocks);
      for (int i = 0; i < blocks; i++) {
        for (int j = 0; j < BLOCK; j++) {
          square[k][i * BLOCK + j] -= b[k][j];
        }
      }
      Layout.FQ.passes.reduce(square[k], 0, blocks);
    }
    for (int i = 0; i < count; i++) {
      if (!isZero(square, i) && !(isZero(x, i) && isZero(y, i))) {
        return i;
      }
    }
    return count;
  }

  /** Whether all coordinates of reduced element i are 0, which is so if all limbs are. */
  private static boolean isZero(double[][] element, int i) {
    for (double[] coordinate : element) {
      for (int j = 0; j < LIMBS; j++) {
        if (coordinate[slot(i) + j * LANES] != 0) {
          return false;
        }
      }
    }
    return true;
  }
}
