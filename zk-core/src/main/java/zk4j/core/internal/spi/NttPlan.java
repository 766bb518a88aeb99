package zk4j.core.internal.spi;

import zk4j.core.Execution;

/** The transforms of one size n, with their tables. Immutable. Vectors are in natural order. */
public interface NttPlan {
  /** Coefficients to values at w^0..w^(n-1), in place. */
  void forward(FrStore vector, Execution execution);

  /** Values at w^0..w^(n-1) to coefficients, in place. */
  void inverse(FrStore vector, Execution execution);

  /** The same on the coset {shift * w^i}; shift in words, not 0. */
  CosetPlan coset(long[] shift);

  /** Transforms on a coset. */
  interface CosetPlan {
    /** Coefficients to values at shift * w^i, in place. */
    void forward(FrStore vector, Execution execution);

    /** Values at shift * w^i to coefficients, in place. */
    void inverse(FrStore vector, Execution execution);

    /** Values at w^i to values at shift * w^i of the same polynomial, in place. */
    void extend(FrStore vector, Execution execution);
  }
}
