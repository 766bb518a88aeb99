package zk4j.vector;

import static zk4j.vector.Lanes.LANES;
import static zk4j.vector.Lanes.LIMBS;
import static zk4j.vector.Lanes.slot;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import zk4j.core.internal.curve.CurveKernels;
import zk4j.core.internal.field.FqKernels;
import zk4j.core.internal.msm.AffinePoints;
import zk4j.core.internal.spi.Curve;

/**
 * Sums of pairs of affine points, a batch at a time: the coordinates are gathered into lanes, each
 * step of the chord's formulas is a pass over the batch, and one inversion serves it all. Six
 * multiplications a pair over Fq, and 17 over Fq2.
 *
 * <p>A point that is paired with itself takes the tangent's slope, 3x^2/2y, in the same batch.
 * Other pairs of equal or opposite points are left to the scalar kernels. They are found by their
 * limbs, reduced x coordinates being equal in all limbs or in none; but for values next to p/2,
 * which are two reduced elements. Those make the product of the batch's denominators 0, and then
 * the whole batch is left to the scalar kernels.
 */
final class VectorAffinePoints implements AffinePoints<double[]> {
  /** Pairs whose points are fetched from memory together. */
  private static final int AHEAD = 256;

  /** Doubles in a cache line. */
  private static final int LINE = 8;

  private final CurveKernels kernels;
  private final int degree;

  /** Limbs of a point. */
  private final int stride;

  /** Pairs of a batch; what is at hand for one fits in a second-level cache. */
  private final int batch;

  private final Arithmetic field;
  private final BatchInversion inversion;
  private final Bridge bridge = new Bridge();
  private final double[][] x1;
  private final double[][] y1;
  private final double[][] x2;
  private final double[][] y2;
  private final double[][] difference;
  private final double[][] inverse;
  private final double[][] slope;
  private final double[][] result;

  /** Of each pair of the batch, its place among all pairs. */
  private final int[] places;

  /** Pairs of the batch that are a point and itself. */
  private final int[] tangents;

  private int tangentCount;

  private int[] special = new int[16];
  private int specials;

  /** Keeps the compiler from dropping reads. */
  private double touched;

  VectorAffinePoints(Curve curve) {
    this.kernels = CurveKernels.of(curve);
    this.degree = VectorPointStore.coordinates(curve) / 2;
    this.stride = 2 * degree * LIMBS;
    this.batch = 1024 / degree;
    int blocks = batch / LANES;
    this.field = Arithmetic.of(degree, blocks);
    this.inversion = new BatchInversion(blocks);
    this.x1 = Arithmetic.elements(degree, blocks);
    this.y1 = Arithmetic.elements(degree, blocks);
    this.x2 = Arithmetic.elements(degree, blocks);
    this.y2 = Arithmetic.elements(degree, blocks);
    this.difference = Arithmetic.elements(degree, blocks);
    this.inverse = Arithmetic.elements(degree, blocks);
    this.slope = Arithmetic.elements(degree, blocks);
    this.result = Arithmetic.elements(degree, blocks);
    this.places = new int[batch];
    this.tangents = new int[batch];
  }

  @Override
  public double[] allocate(int count) {
    return new double[count * stride];
  }

  @Override
  public int capacity(double[] points) {
    return points.length / stride;
  }

  @Override
  public void set(double[] points, int i, long[] p, int po) {
    for (int k = 0; k < 2 * degree; k++) {
      bridge.fromScalar(points, i * stride + k * LIMBS, p, po + k * FqKernels.LIMBS);
    }
  }

  @Override
  public void toJacobian(long[] z, int zo, double[] points, int i) {
    long[] affine = new long[kernels.affine()];
    get(affine, 0, points, i);
    kernels.toJacobian(z, zo, affine, 0);
  }

  @Override
  public void get(long[] p, int po, double[] points, int i) {
    for (int k = 0; k < 2 * degree; k++) {
      bridge.toScalar(p, po + k * FqKernels.LIMBS, points, i * stride + k * LIMBS);
    }
  }

  @Override
  public void addPairs(double[] out, int outAt, double[] in, int[] pairs, int count) {
    int size = 0;
    specials = 0;
    boolean scattered = count > 0 && Math.abs((long) pairs[2 * count - 2] - pairs[0]) > 8L * count;
    for (int k = 0; k < count; k++) {
      if (scattered && k % AHEAD == 0) {
        touch(in, pairs, 2 * k, 2 * Math.min(k + AHEAD, count));
      }
      int left = pairs[2 * k];
      int right = pairs[2 * k + 1];
      int p = (left >> 1) * stride;
      int q = (right >> 1) * stride;
      if (right == NONE || (in[q] == 0 && isInfinity(in, q))) {
        copy(out, (outAt + k) * stride, in, p, left);
      } else if (in[p] == 0 && isInfinity(in, p)) {
        copy(out, (outAt + k) * stride, in, q, right);
      } else if (left != right
          && in[p] == in[q]
          && Arrays.equals(in, p, p + stride / 2, in, q, q + stride / 2)) {
        leaveToScalar(k);
      } else {
        if (left == right) {
          tangents[tangentCount++] = size;
        }
        places[size] = k;
        gather(x1, y1, size, in, p, left);
        gather(x2, y2, size, in, q, right);
        if (++size == batch) {
          addBatch(out, outAt, size);
          size = 0;
        }
      }
    }
    if (size > 0) {
      addBatch(out, outAt, size);
    }
    if (specials > 0) {
      addSpecials(out, outAt, in, pairs);
    }
  }

  /**
   * Reads a limb in each cache line of entries' points: a loop so short that many reads are under
   * way at once, which those of a gathering loop are not.
   */
  private void touch(double[] in, int[] entries, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      if (entries[i] != NONE) {
        int p = (entries[i] >> 1) * stride;
        for (int j = 0; j < stride; j += LINE) {
          sum += in[p + j];
        }
        sum += in[p + stride - 1];
      }
    }
    touched = sum;
  }

  /** A point that is not infinity has a coordinate, and so a limb, that is not 0. */
  private boolean isInfinity(double[] points, int at) {
    for (int j = 0; j < stride; j++) {
      if (points[at + j] != 0) {
        return false;
      }
    }
    return true;
  }

  private void copy(double[] out, int to, double[] in, int from, int entry) {
    System.arraycopy(in, from, out, to, stride);
    if ((entry & 1) != 0) {
      for (int j = stride / 2; j < stride; j++) {
        out[to + j] = 0 - out[to + j]; // and never -0
      }
    }
  }

  private void gather(double[][] x, double[][] y, int i, double[] in, int from, int entry) {
    double sign = 1 - 2 * (entry & 1);
    int to = slot(i);
    int at = from;
    for (int k = 0; k < degree; k++) {
      double[] plane = x[k];
      plane[to] = in[at];
      plane[to + LANES] = in[at + 1];
      plane[to + 2 * LANES] = in[at + 2];
      plane[to + 3 * LANES] = in[at + 3];
      plane[to + 4 * LANES] = in[at + 4];
      at += LIMBS;
    }
    for (int k = 0; k < degree; k++) {
      double[] plane = y[k];
      plane[to] = sign * in[at];
      plane[to + LANES] = sign * in[at + 1];
      plane[to + 2 * LANES] = sign * in[at + 2];
      plane[to + 3 * LANES] = sign * in[at + 3];
      plane[to + 4 * LANES] = sign * in[at + 4];
      at += LIMBS;
    }
  }

  /** Sums of the first pairs that were gathered. */
  private void addBatch(double[] out, int outAt, int size) {
    int blocks = Lanes.blocks(size);
    for (int i = size;
        i % LANES != 0;
        i++) { // lanes without a pair get a denominator that is not 0
      for (int k = 0; k < degree; k++) {
        for (int j = 0; j < LIMBS; j++) {
          x1[k][slot(i) + j * LANES] = 0;
          x2[k][slot(i) + j * LANES] = j == 0 ? 1 : 0;
        }
      }
    }
    for (int k = 0; k < degree; k++) {
      Planes.subtract(difference[k], x2[k], x1[k], blocks);
    }
    for (int t = 0; t < tangentCount; t++) {
      for (int k = 0; k < degree; k++) {
        for (int j = 0, at = slot(tangents[t]); j < LIMBS; j++, at += LANES) {
          difference[k][at] = y1[k][at] + y1[k][at];
        }
      }
    }
    double @Nullable [] norms = inversion.invert(field.norm(difference, blocks), blocks);
    if (norms == null) {
      for (int i = 0; i < size; i++) {
        leaveToScalar(places[i]);
      }
      tangentCount = 0;
      return;
    }
    field.inverse(inverse, difference, norms, blocks);
    for (int k = 0; k < degree; k++) {
      Planes.subtract(difference[k], y2[k], y1[k], blocks);
    }
    if (tangentCount > 0) {
      setTangents(blocks);
    }
    field.multiply(slope, difference, inverse, blocks);
    field.square(result, slope, blocks);
    for (int k = 0; k < degree; k++) {
      Planes.subtract(result[k], result[k], x1[k], blocks);
      Planes.subtract(result[k], result[k], x2[k], blocks);
      Arithmetic.FQ.reduce(result[k], 0, blocks);
      Planes.subtract(difference[k], x1[k], result[k], blocks);
    }
    scatter(out, outAt, 0, result, size);
    field.multiply(result, slope, difference, blocks);
    for (int k = 0; k < degree; k++) {
      Planes.subtract(result[k], result[k], y1[k], blocks);
      Arithmetic.FQ.reduce(result[k], 0, blocks);
    }
    scatter(out, outAt, degree * LIMBS, result, size);
  }

  /** The slopes' numerators of tangents: 3x^2, a sum of three products. */
  private void setTangents(int blocks) {
    field.square(result, x1, blocks);
    for (int k = 0; k < degree; k++) {
      Planes.add(slope[k], result[k], result[k], blocks);
      Planes.add(slope[k], slope[k], result[k], blocks);
      Arithmetic.FQ.reduce(slope[k], 0, blocks);
      for (int t = 0; t < tangentCount; t++) {
        for (int j = 0, at = slot(tangents[t]); j < LIMBS; j++, at += LANES) {
          difference[k][at] = slope[k][at];
        }
      }
    }
    tangentCount = 0;
  }

  private void scatter(double[] out, int outAt, int offset, double[][] coordinate, int size) {
    for (int i = 0; i < size; i++) {
      int to = (outAt + places[i]) * stride + offset;
      int from = slot(i);
      for (int k = 0; k < degree; k++) {
        double[] plane = coordinate[k];
        out[to] = plane[from];
        out[to + 1] = plane[from + LANES];
        out[to + 2] = plane[from + 2 * LANES];
        out[to + 3] = plane[from + 3 * LANES];
        out[to + 4] = plane[from + 4 * LANES];
        to += LIMBS;
      }
    }
  }

  private void leaveToScalar(int pair) {
    if (specials == special.length) {
      special = Arrays.copyOf(special, 2 * specials);
    }
    special[specials++] = pair;
  }

  private void addSpecials(double[] out, int outAt, double[] in, int[] pairs) {
    long[] points = new long[2 * specials * kernels.affine()];
    int[] scalarPairs = new int[2 * specials];
    for (int i = 0; i < 2 * specials; i++) {
      int entry = pairs[2 * special[i / 2] + i % 2];
      get(points, i * kernels.affine(), in, entry >> 1);
      scalarPairs[i] = 2 * i | (entry & 1);
    }
    long[] sums = new long[specials * kernels.affine()];
    kernels.addPairs(sums, 0, points, scalarPairs, specials);
    for (int i = 0; i < specials; i++) {
      set(out, outAt + special[i], sums, i * kernels.affine());
    }
  }
}
