package zk4j.core.internal.msm;

import zk4j.core.internal.curve.CurveKernels;

/**
 * Arithmetic on affine points of one curve in arrays of type A, whose layout is the provider's. An
 * instance owns its scratch space and is for one thread.
 */
public interface AffinePoints<A> {
  /** In a pair, the absence of a second point. */
  int NONE = CurveKernels.NONE;

  /** An array for so many points. */
  A allocate(int count);

  /** How many points an array can hold. */
  int capacity(A points);

  /**
   * Sums of pairs of points: point outAt + k of out = left + right, where left = pairs[2k] and
   * right = pairs[2k + 1] are 2 * index into in + (1 for the negated point), or right is {@link
   * #NONE}. Every case is handled: infinity, equal and opposite points. out must not be in.
   */
  void addPairs(A out, int outAt, A in, int[] pairs, int count);

  /** Whether a point is infinity. For any thread. */
  boolean isInfinity(A points, int i);

  /**
   * Sums of runs of entries, side by side, an addition each at a time: point k of out = the sum of
   * the entries starts[k] to starts[k + 1] - 1, which are 2 * index into in + (1 for the negated
   * point), at least one. Every case is handled. out must not be in.
   */
  void sumRuns(A out, A in, int[] entries, int[] starts, int runs);

  /** Point i = an affine point of CurveKernels. */
  void set(A points, int i, long[] p, int po);

  /** An affine point of CurveKernels = point i. */
  void get(long[] p, int po, A points, int i);

  /** Jacobian z (of CurveKernels) = point i. */
  void toJacobian(long[] z, int zo, A points, int i);
}
