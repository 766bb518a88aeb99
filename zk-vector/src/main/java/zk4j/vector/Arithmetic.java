package zk4j.vector;

import static zk4j.vector.Lanes.BLOCK;

/**
 * Arithmetic in Fq or Fq2 on blocks of elements: each coordinate has an array of its own. Operands
 * are reduced or sums of two reduced elements, unless said otherwise. Owns scratch space: one
 * thread.
 */
abstract class Arithmetic {
  static final FieldPasses FQ = Layout.FQ.passes;

  /** The field of q^degree elements, in arrays of so many blocks. */
  static Arithmetic of(int degree, int blocks) {
    return degree == 1 ? new Base() : new Quadratic(blocks);
  }

  static double[][] elements(int degree, int blocks) {
    return new double[degree][blocks * BLOCK];
  }

  /** z = x * y, a product or reduced; z is neither x nor y. */
  abstract void multiply(double[][] z, double[][] x, double[][] y, int blocks);

  /** z = x^2, a product; z is not x; x is reduced or a product. */
  abstract void square(double[][] z, double[][] x, int blocks);

  /** The norm to Fq of a difference of two reduced elements, no larger than that. */
  abstract double[] norm(double[][] x, int blocks);

  /** z = 1/x, a product, for the inverse of its norm; z is not x. */
  abstract void inverse(double[][] z, double[][] x, double[] normInverse, int blocks);

  private static final class Base extends Arithmetic {
    @Override
    void multiply(double[][] z, double[][] x, double[][] y, int blocks) {
      FQ.multiply(z[0], 0, x[0], 0, y[0], 0, BLOCK, blocks);
    }

    @Override
    void square(double[][] z, double[][] x, int blocks) {
      FQ.multiply(z[0], 0, x[0], 0, x[0], 0, BLOCK, blocks);
    }

    @Override
    double[] norm(double[][] x, int blocks) {
      return x[0];
    }

    @Override
    void inverse(double[][] z, double[][] x, double[] normInverse, int blocks) {
      System.arraycopy(normInverse, 0, z[0], 0, blocks * BLOCK);
    }
  }

  /** Fq[u]/(u^2 + 1), of c0 + c1 u. */
  private static final class Quadratic extends Arithmetic {
    private final double[] s;
    private final double[] t;
    private final double[] v;

    Quadratic(int blocks) {
      s = new double[blocks * BLOCK];
      t = new double[blocks * BLOCK];
      v = new double[blocks * BLOCK];
    }

    /** Karatsuba's three products; sums of operands are reduced to be operands. */
    @Override
    void multiply(double[][] z, double[][] x, double[][] y, int blocks) {
      sum(s, x, blocks);
      sum(t, y, blocks);
      FQ.multiply(z[1], 0, s, 0, t, 0, BLOCK, blocks);
      FQ.multiply(s, 0, x[0], 0, y[0], 0, BLOCK, blocks);
      FQ.multiply(t, 0, x[1], 0, y[1], 0, BLOCK, blocks);
      Planes.subtract(z[0], s, t, blocks);
      FQ.reduce(z[0], 0, blocks);
      Planes.subtractBoth(z[1], s, t, blocks);
      FQ.reduce(z[1], 0, blocks);
    }

    private static void sum(double[] z, double[][] x, int blocks) {
      Planes.add(z, x[0], x[1], blocks);
      FQ.reduce(z, 0, blocks);
    }

    /** (c0 + c1)(c0 - c1) and 2 c0 c1. */
    @Override
    void square(double[][] z, double[][] x, int blocks) {
      Planes.add(s, x[0], x[1], blocks);
      Planes.subtract(t, x[0], x[1], blocks);
      Planes.add(v, x[0], x[0], blocks);
      FQ.multiply(z[0], 0, s, 0, t, 0, BLOCK, blocks);
      FQ.multiply(z[1], 0, v, 0, x[1], 0, BLOCK, blocks);
    }

    /** c0^2 + c1^2. */
    @Override
    double[] norm(double[][] x, int blocks) {
      FQ.multiply(s, 0, x[0], 0, x[0], 0, BLOCK, blocks);
      FQ.multiply(t, 0, x[1], 0, x[1], 0, BLOCK, blocks);
      Planes.add(v, s, t, blocks);
      FQ.reduce(v, 0, blocks);
      return v;
    }

    /** The conjugate over the norm. */
    @Override
    void inverse(double[][] z, double[][] x, double[] normInverse, int blocks) {
      FQ.multiply(z[0], 0, x[0], 0, normInverse, 0, BLOCK, blocks);
      Planes.negate(s, x[1], blocks);
      FQ.multiply(z[1], 0, s, 0, normInverse, 0, BLOCK, blocks);
    }
  }
}
