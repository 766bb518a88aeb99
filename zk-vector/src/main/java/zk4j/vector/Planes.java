package zk4j.vector;

import static zk4j.vector.Lanes.BLOCK;
import static zk4j.vector.Lanes.DOUBLES;

import jdk.incubator.vector.DoubleVector;

/** Sums of whole arrays of blocks, limb by limb, with no carries. */
final class Planes {
  private Planes() {}

  /** z = x + y. */
  static void add(double[] z, double[] x, double[] y, int blocks) {
    for (int i = 0; i < blocks * BLOCK; i += DOUBLES.length()) {
      DoubleVector a = DoubleVector.fromArray(DOUBLES, x, i);
      a.add(DoubleVector.fromArray(DOUBLES, y, i)).intoArray(z, i);
    }
  }

  /** z = x - y. */
  static void subtract(double[] z, double[] x, double[] y, int blocks) {
    for (int i = 0; i < blocks * BLOCK; i += DOUBLES.length()) {
      DoubleVector a = DoubleVector.fromArray(DOUBLES, x, i);
      a.sub(DoubleVector.fromArray(DOUBLES, y, i)).intoArray(z, i);
    }
  }
}
