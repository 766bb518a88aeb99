package zk4j.core.internal.spi;

import java.nio.ByteBuffer;
import zk4j.core.Execution;

/** A mutable array of affine points of one curve, infinity among them as all zeros. */
public interface PointStore {
  /** Which group. */
  Curve curve();

  /** How many. */
  int size();

  /** words = point i in standard form. */
  void get(int i, long[] words);

  /** Point i = the point in words, whose coordinates are below q. */
  void set(int i, long[] words);

  /** A copy of points from..to-1. */
  PointStore copy(int from, int to);

  /** Whether curve, size and points agree. */
  boolean contentEquals(PointStore other);

  /**
   * Points at, at+1, ... = the source's, in Montgomery form (2^256), little-endian.
   *
   * @param onCurve whether to check that they are on the curve
   * @return the first of the count points that has a coordinate not below q or fails the check, or
   *     -1
   */
  int decode(int at, ByteBuffer source, int count, boolean onCurve);

  /** The inverse of {@link #decode}, for points from..to-1. */
  void encode(ByteBuffer target, int from, int to);

  /** Point i = element i of scalars times the point in words. Takes time that depends on both. */
  void setMultiples(long[] words, FrStore scalars, Execution execution);

  /**
   * Point i += the sum over starts[i] <= e < starts[i + 1] of element scalar[e] of scalars times
   * point index[e] of points, which are not this. Takes time that depends on all.
   */
  void addCombinations(
      PointStore points,
      int[] starts,
      int[] index,
      int[] scalar,
      FrStore scalars,
      Execution execution);

  /** Point i = element i of scalars times point i. Takes time that depends on both. */
  void multiply(FrStore scalars, Execution execution);

  /** sum = the sum of scalars[i] * point i, in standard form. Takes time that depends on both. */
  void multiScalarSum(long[] sum, FrStore scalars, Execution execution);
}
