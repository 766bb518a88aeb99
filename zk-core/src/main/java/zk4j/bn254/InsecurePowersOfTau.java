package zk4j.bn254;

import java.math.BigInteger;
import java.security.SecureRandom;
import zk4j.core.Execution;

/**
 * Powers of a tau that one party knows, who can prove anything with keys made of them: for tests
 * and development alone. Each point is a multiple of a generator by a known scalar, so that they
 * take seconds where preparing a ceremony's takes hours.
 */
public final class InsecurePowersOfTau implements PowersOfTau {
  /** As many as the domains of keys need. */
  private static final int MAX_POWER = 26;

  private final int power;
  private final Fr tau;
  private final Fr alpha;
  private final Fr beta;

  private InsecurePowersOfTau(int power, Fr tau, Fr alpha, Fr beta) {
    this.power = power;
    this.tau = tau;
    this.alpha = alpha;
    this.beta = beta;
  }

  /**
   * Powers of random secrets, which are forgotten with this object.
   *
   * @param power 1 to 26
   */
  public static InsecurePowersOfTau random(int power, SecureRandom random) {
    return of(power, Fr.randomNonZero(random), Fr.randomNonZero(random), Fr.randomNonZero(random));
  }

  /**
   * Powers of secrets that are known.
   *
   * @param power 1 to 26
   */
  public static InsecurePowersOfTau of(int power, Fr tau, Fr alpha, Fr beta) {
    if (power < 1 || power > MAX_POWER) {
      throw new IllegalArgumentException("powers of tau up to 2^" + power + ", not 2^1 to 2^26");
    }
    return new InsecurePowersOfTau(power, tau, alpha, beta);
  }

  @Override
  public int power() {
    return power;
  }

  @Override
  public G1Vector powersG1(Factor factor, int from, int to, Execution execution) {
    return G1Vector.multiples(G1.GENERATOR, powers(factor, from, to), execution);
  }

  @Override
  public G2Vector powersG2(int from, int to, Execution execution) {
    return G2Vector.multiples(G2.GENERATOR, powers(Factor.ONE, from, to), execution);
  }

  @Override
  public G2 betaG2() {
    return G2.GENERATOR.times(beta);
  }

  @Override
  public G1Vector lagrangeG1(Factor factor, int logSize, int from, int to, Execution execution) {
    FrVector scalars = lagrange(factor, logSize, from, to, execution);
    return G1Vector.multiples(G1.GENERATOR, scalars, execution);
  }

  @Override
  public G2Vector lagrangeG2(int logSize, int from, int to, Execution execution) {
    FrVector scalars = lagrange(Factor.ONE, logSize, from, to, execution);
    return G2Vector.multiples(G2.GENERATOR, scalars, execution);
  }

  private FrVector powers(Factor factor, int from, int to) {
    int count = factor == Factor.ONE ? 2 * (1 << power) - 1 : 1 << power;
    if (from < 0 || to < from || to > count) {
      throw new IllegalArgumentException("powers " + from + " to " + to + " of " + count);
    }
    FrVector powers = FrVector.zeros(to - from);
    Fr next = tau.pow(BigInteger.valueOf(from)).times(value(factor));
    for (int i = from; i < to; i++) {
      powers.set(i - from, next);
      next = next.times(tau);
    }
    return powers;
  }

  private Fr value(Factor factor) {
    return switch (factor) {
      case ONE -> Fr.ONE;
      case ALPHA -> alpha;
      case BETA -> beta;
    };
  }

  private FrVector lagrange(Factor factor, int logSize, int from, int to, Execution execution) {
    if (logSize < 0 || logSize > (factor == Factor.ONE ? power + 1 : power)) {
      throw new IllegalArgumentException("no basis of 2^" + logSize + " at powers of 2^" + power);
    }
    int size = 1 << logSize;
    FrVector values = powers(factor, 0, logSize > power ? size - 1 : size).padded(size);
    EvaluationDomain.ofSize(size).inverse(values, execution);
    return values.slice(from, to);
  }
}
