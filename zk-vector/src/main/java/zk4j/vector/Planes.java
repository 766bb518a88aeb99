package zk4j.vector;

import static zk4j.vector.Lanes.BLOCK;

/** Sums of blocks of elements, limb by limb, with no carries: loops that C2 makes vectors of. */
final class Planes {
  private Planes() {}

  /** z = x + y. */
  static void add(double[] z, double[] x, double[] y, int blocks) {
    for (int i = 0; i < blocks * BLOCK; i++) {
      z[i] = x[i] + y[i];
    }
  }

  /** The blocks of z at zo += the first ones of x. */
  static void accumulate(double[] z, int zo, double[] x, int blocks) {
    for (int i = 0; i < blocks * BLOCK; i++) {
      z[zo + i] += x[i];
    }
  }

  /** z = x - y. */
  static void subtract(double[] z, double[] x, double[] y, int blocks) {
    for (int i = 0; i < blocks * BLOCK; i++) {
      z[i] = x[i] - y[i];
    }
  }

  /** z -= x + y. */
  static void subtractBoth(double[] z, double[] x, double[] y, int blocks) {
    for (int i = 0; i < blocks * BLOCK; i++) {
      z[i] = z[i] - x[i] - y[i];
    }
  }

  /** (x, y) = (z, x - z). */
  static void replace(double[] x, double[] y, double[] z, int blocks) {
    for (int i = 0; i < blocks * BLOCK; i++) {
      double next = z[i];
      y[i] = x[i] - next;
      x[i] = next;
    }
  }

  /** z = -x. */
  static void negate(double[] z, double[] x, int blocks) {
    for (int i = 0; i < blocks * BLOCK; i++) {
      z[i] = -x[i];
    }
  }

  /** (x, y) = (x + y, x - y) for the blocks at xo and at yo. */
  static void butterflies(double[] a, int xo, int yo, int blocks) {
    for (int i = 0; i < blocks * BLOCK; i++) {
      double x = a[xo + i];
      double y = a[yo + i];
      a[xo + i] = x + y;
      a[yo + i] = x - y;
    }
  }
}
