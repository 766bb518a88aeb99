package zk4j.vector;

import static zk4j.vector.Lanes.LANES;
import static zk4j.vector.Lanes.LIMBS;
import static zk4j.vector.Lanes.slot;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import zk4j.core.internal.curve.CurveKernels;
import zk4j.core.internal.field.FqKernels;
import zk4j.core.internal.msm.AffinePoints;
import zk4j.core.internal.msm.RunOrder;
import zk4j.core.internal.spi.Curve;

/**
 * Sums of affine points, a batch at a time: coordinates are in lanes, each step of the chord's
 * formulas is a pass over the batch, and one inversion serves it all. Six multiplications an
 * addition over Fq, and 17 over Fq2.
 *
 * <p>Sums that are special are found by their limbs, reduced coordinates being equal in all limbs
 * or in none: equal points take the tangent's slope, 3x^2/2y, in the same batch; what opposite
 * points and infinity give is known. There are values next to p/2, and limbs at the ends of their
 * range, that have two reduced forms. Those make the product of the batch's denominators 0, or are
 * neither equal nor opposite, and then the whole batch is left to the scalar kernels.
 */
final class VectorAffinePoints implements AffinePoints<double[]> {
  /** Points that are fetched from memory together. */
  private static final int AHEAD = 256;

  /** Doubles in a cache line. */
  private static final int LINE = 8;

  private final CurveKernels kernels;
  private final int degree;

  /** Limbs of a point. */
  private final int stride;

  /** Sums of a batch; what is at hand for one fits in a second-level cache. */
  private final int batch;

  private final Arithmetic field;
  private final BatchInversion inversion;
  private final Bridge bridge = new Bridge();
  private final double[][] x1;
  private final double[][] y1;
  private final double[][] x2;
  private final double[][] y2;
  private final double[][] difference;
  private final double[][] slope;
  private final double[][] result;

  /** Entries of the batch: what x2 and y2 are gathered from. */
  private final int[] added;

  /** Of each sum of the batch, where it goes, or its next entry. */
  private final int[] places;

  /** Lanes of two equal points. */
  private final int[] tangents;

  private int tangentCount;

  /** Lanes whose sums are known, and these. */
  private final int[] known;

  private final double[] knownSums;
  private int knownCount;

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
    this.slope = Arithmetic.elements(degree, blocks);
    this.result = Arithmetic.elements(degree, blocks);
    this.added = new int[batch];
    this.places = new int[batch];
    this.tangents = new int[batch];
    this.known = new int[batch];
    this.knownSums = new double[batch * stride];
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
  public boolean isInfinity(double[] points, int i) {
    return points[i * stride] == 0 && isZero(points, i * stride, 1, stride);
  }

  @Override
  public void addPairs(double[] out, int outAt, double[] in, int[] pairs, int count) {
    int size = 0;
    boolean scattered = count > 0 && Math.abs((long) pairs[2 * count - 2] - pairs[0]) > 8L * count;
    for (int k = 0; k < count; k++) {
      if (scattered && k % (AHEAD / 2) == 0) {
        touch(in, pairs, 2 * k, 2 * Math.min(k + AHEAD / 2, count));
      }
      int left = pairs[2 * k];
      int right = pairs[2 * k + 1];
      if (right == NONE || isInfinity(in, right >> 1)) {
        copy(out, outAt + k, in, left);
      } else if (isInfinity(in, left >> 1)) {
        copy(out, outAt + k, in, right);
      } else {
        places[size] = outAt + k;
        gather(x1, y1, size, in, left);
        gather(x2, y2, size, in, right);
        if (++size == batch) {
          add(size);
          scatter(out, 0, size);
          size = 0;
        }
      }
    }
    add(size);
    scatter(out, 0, size);
  }

  @Override
  public void sumRuns(double[] out, double[] in, int[] entries, int[] starts, int runs) {
    RunOrder order = new RunOrder(starts, runs);
    for (int from = 0; from < runs; from += batch) {
      int active = Math.min(batch, runs - from);
      for (int k = 0; k < active; k++) {
        places[k] = starts[order.run(from + k)];
      }
      gatherNext(x1, y1, in, entries, active);
      for (int step = 1; active > 0; step++) {
        int growing = active;
        while (growing > 0 && order.length(from + growing - 1) == step) {
          growing--;
          places[growing] = order.run(from + growing);
        }
        scatter(out, growing, active);
        active = growing;
        gatherNext(x2, y2, in, entries, active);
        add(active);
      }
    }
  }

  /** Gathers the next entry of each of the first runs. */
  private void gatherNext(double[][] x, double[][] y, double[] in, int[] entries, int active) {
    for (int k = 0; k < active; k++) {
      added[k] = entries[places[k]++];
    }
    for (int from = 0; from < active; from += AHEAD) {
      int to = Math.min(from + AHEAD, active);
      touch(in, added, from, to);
      for (int k = from; k < to; k++) {
        gather(x, y, k, in, added[k]);
      }
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

  private void copy(double[] out, int to, double[] in, int entry) {
    System.arraycopy(in, (entry >> 1) * stride, out, to * stride, stride);
    if ((entry & 1) != 0) {
      for (int j = stride / 2; j < stride; j++) {
        out[to * stride + j] = -out[to * stride + j];
      }
    }
  }

  private void gather(double[][] x, double[][] y, int i, double[] in, int entry) {
    double sign = 1 - 2 * (entry & 1);
    int to = slot(i);
    int at = (entry >> 1) * stride;
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

  /** Sums from..to-1 of the batch go to their places. */
  private void scatter(double[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      scatter(out, places[i], x1, y1, i);
    }
  }

  private void scatter(double[] out, int place, double[][] x, double[][] y, int i) {
    int from = slot(i);
    int to = place * stride;
    for (int k = 0; k < 2 * degree; k++) {
      double[] plane = k < degree ? x[k] : y[k - degree];
      out[to] = plane[from];
      out[to + 1] = plane[from + LANES];
      out[to + 2] = plane[from + 2 * LANES];
      out[to + 3] = plane[from + 3 * LANES];
      out[to + 4] = plane[from + 4 * LANES];
      to += LIMBS;
    }
  }

  /** (x1, y1) += (x2, y2), for the first points of the batch. */
  private void add(int size) {
    if (size == 0) {
      return;
    }
    boolean done = setSpecialAside(size) && addChords(Lanes.blocks(size));
    if (!done) {
      addByScalarKernels(size);
    }
    for (int i = 0; i < knownCount; i++) {
      gather(x1, y1, known[i], knownSums, 2 * i);
    }
  }

  /**
   * Finds lanes of equal points; puts those aside whose sum is known, and gives them, and lanes
   * that have no pair, two points with different x. False if a lane's points have the same x and
   * are neither equal nor opposite, by their limbs.
   */
  private boolean setSpecialAside(int size) {
    knownCount = 0;
    tangentCount = 0;
    boolean clear = true;
    double[] left = x1[0];
    double[] right = x2[0];
    for (int i = 0; i < size; i++) {
      int at = slot(i);
      if (left[at] == right[at] || left[at] == 0 || right[at] == 0) {
        clear &= setAside(i);
      }
    }
    for (int i = size; i % LANES != 0; i++) {
      setDummy(i);
    }
    return clear;
  }

  private boolean setAside(int i) {
    if (isZero(x2, i) && isZero(y2, i)) {
      know(i, x1, y1);
    } else if (isZero(x1, i) && isZero(y1, i)) {
      know(i, x2, y2);
    } else if (areEqual(x1, x2, i, 1)) {
      if (areEqual(y1, y2, i, 1)) {
        tangents[tangentCount++] = i;
      } else if (areEqual(y1, y2, i, -1)) {
        Arrays.fill(knownSums, knownCount * stride, (knownCount + 1) * stride, 0);
        known[knownCount++] = i;
        setDummy(i);
      } else {
        return false;
      }
    }
    return true;
  }

  private void know(int i, double[][] x, double[][] y) {
    scatter(knownSums, knownCount, x, y, i);
    known[knownCount++] = i;
    setDummy(i);
  }

  private void setDummy(int i) {
    for (int k = 0; k < degree; k++) {
      for (int j = 0, at = slot(i); j < LIMBS; j++, at += LANES) {
        x1[k][at] = 0;
        x2[k][at] = j == 0 ? 1 : 0;
      }
    }
  }

  private static boolean isZero(double[] limbs, int at, int step, int count) {
    for (int j = 0; j < count; j++) {
      if (limbs[at + j * step] != 0) {
        return false;
      }
    }
    return true;
  }

  private boolean isZero(double[][] element, int i) {
    for (double[] plane : element) {
      if (!isZero(plane, slot(i), LANES, LIMBS)) {
        return false;
      }
    }
    return true;
  }

  private boolean areEqual(double[][] x, double[][] y, int i, int sign) {
    for (int k = 0; k < degree; k++) {
      for (int j = 0, at = slot(i); j < LIMBS; j++, at += LANES) {
        if (x[k][at] != sign * y[k][at]) {
          return false;
        }
      }
    }
    return true;
  }

  /** By chords and tangents; false, and nothing is changed, if a denominator is 0. */
  private boolean addChords(int blocks) {
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
      return false;
    }
    field.inverse(result, difference, norms, blocks);
    for (int k = 0; k < degree; k++) {
      Planes.subtract(difference[k], y2[k], y1[k], blocks);
    }
    if (tangentCount > 0) {
      setTangents(blocks);
    }
    field.multiply(slope, difference, result, blocks);
    field.square(result, slope, blocks);
    for (int k = 0; k < degree; k++) {
      Planes.subtractBoth(result[k], x1[k], x2[k], blocks);
      Arithmetic.FQ.reduce(result[k], 0, blocks);
      Planes.replace(x1[k], difference[k], result[k], blocks);
    }
    field.multiply(result, slope, difference, blocks);
    for (int k = 0; k < degree; k++) {
      Planes.subtract(y1[k], result[k], y1[k], blocks);
      Arithmetic.FQ.reduce(y1[k], 0, blocks);
    }
    return true;
  }

  /** The slopes' numerators of tangents: 3x^2, a sum of three products. */
  private void setTangents(int blocks) {
    field.square(slope, x1, blocks);
    for (int k = 0; k < degree; k++) {
      for (int t = 0; t < tangentCount; t++) {
        for (int j = 0, at = slot(tangents[t]); j < LIMBS; j++, at += LANES) {
          slope[k][at] = 3 * slope[k][at];
        }
      }
      Arithmetic.FQ.reduce(slope[k], 0, blocks);
      for (int t = 0; t < tangentCount; t++) {
        for (int j = 0, at = slot(tangents[t]); j < LIMBS; j++, at += LANES) {
          difference[k][at] = slope[k][at];
        }
      }
    }
  }

  private void addByScalarKernels(int size) {
    long[] points = new long[2 * size * kernels.affine()];
    double[] point = new double[stride];
    int[] pairs = new int[2 * size];
    for (int i = 0; i < size; i++) {
      scatter(point, 0, x1, y1, i);
      get(points, 2 * i * kernels.affine(), point, 0);
      scatter(point, 0, x2, y2, i);
      get(points, (2 * i + 1) * kernels.affine(), point, 0);
      pairs[2 * i] = 4 * i;
      pairs[2 * i + 1] = 4 * i + 2;
    }
    long[] sums = new long[size * kernels.affine()];
    kernels.addPairs(sums, 0, points, pairs, size);
    for (int i = 0; i < size; i++) {
      set(point, 0, sums, i * kernels.affine());
      gather(x1, y1, i, point, 0);
    }
  }
}
