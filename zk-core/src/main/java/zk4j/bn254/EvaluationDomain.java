package zk4j.bn254;

import java.math.BigInteger;
import zk4j.core.Execution;
import zk4j.core.internal.provider.Provider;
import zk4j.core.internal.spi.NttPlan;

/**
 * The n-th roots of unity {1, w, ..., w^(n-1)} in the scalar field, n a power of two, with the
 * number-theoretic transforms between the coefficients of a polynomial of degree below n and its
 * values there. All vectors are in natural order and of size n. Immutable; holds 80 bytes of tables
 * for each element.
 *
 * <p>w = 5^((r-1)/n), as in circom's and snarkjs's files.
 */
public final class EvaluationDomain {
  /** r - 1 is divisible by 2^28 and not by 2^29. */
  public static final int MAX_LOG_SIZE = 28;

  private final int size;
  private final Fr generator;
  private final NttPlan plan;

  private EvaluationDomain(int logSize) {
    this.size = 1 << logSize;
    this.generator = rootOfUnity(logSize);
    this.plan = Provider.kernels().transforms(logSize);
  }

  /**
   * The smallest domain of at least so many elements.
   *
   * @throws IllegalArgumentException unless that is from 1 to 2^28
   */
  public static EvaluationDomain ofSize(int atLeast) {
    if (atLeast < 1 || atLeast > 1 << MAX_LOG_SIZE) {
      throw new IllegalArgumentException(
          "a domain of " + atLeast + " elements, not 1 to 2^" + MAX_LOG_SIZE);
    }
    return new EvaluationDomain(32 - Integer.numberOfLeadingZeros(atLeast - 1));
  }

  /** The generator 5^((r-1)/2^logSize) of the 2^logSize-th roots of unity; logSize is 0 to 28. */
  public static Fr rootOfUnity(int logSize) {
    if (logSize < 0 || logSize > MAX_LOG_SIZE) {
      throw new IllegalArgumentException("no root of unity of order 2^" + logSize);
    }
    return Fr.of(5).pow(Fr.MODULUS.subtract(BigInteger.ONE).shiftRight(logSize));
  }

  /** n. */
  public int size() {
    return size;
  }

  /** w. */
  public Fr generator() {
    return generator;
  }

  /** w^i, for any i. */
  public Fr element(int i) {
    return generator.pow(BigInteger.valueOf(Math.floorMod(i, size)));
  }

  /** x^n - 1, which is 0 on the domain alone. */
  public Fr vanishing(Fr x) {
    return x.pow(BigInteger.valueOf(size)).minus(Fr.ONE);
  }

  /** Coefficients to values, in place. */
  public void forward(FrVector vector, Execution execution) {
    plan.forward(vector.store(), execution);
  }

  /** Values to coefficients, in place. */
  public void inverse(FrVector vector, Execution execution) {
    plan.inverse(vector.store(), execution);
  }

  /**
   * The coset {shift * w^i}.
   *
   * @throws IllegalArgumentException for a shift of 0
   */
  public Coset coset(Fr shift) {
    if (shift.isZero()) {
      throw new IllegalArgumentException("a coset's shift is not 0");
    }
    return new Coset(plan.coset(shift.toWords()));
  }

  /**
   * The elements of a domain, each times the same shift. Immutable; holds 120 bytes of tables for
   * each element.
   */
  public static final class Coset {
    private final NttPlan.CosetPlan plan;

    private Coset(NttPlan.CosetPlan plan) {
      this.plan = plan;
    }

    /** Coefficients to values on the coset, in place. */
    public void forward(FrVector vector, Execution execution) {
      plan.forward(vector.store(), execution);
    }

    /** Values on the coset to coefficients, in place. */
    public void inverse(FrVector vector, Execution execution) {
      plan.inverse(vector.store(), execution);
    }

    /** Values on the domain to values of the same polynomial on the coset, in place. */
    public void extend(FrVector vector, Execution execution) {
      plan.extend(vector.store(), execution);
    }
  }
}
