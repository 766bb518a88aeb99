package zk4j.bn254;

import zk4j.core.Execution;
import zk4j.core.MalformedDataException;

/**
 * Powers of a secret tau times the generators, as a ceremony of several parties makes them: the
 * first phase of setups, the same for all circuits. With N = 2^{@link #power}, and as prepared for
 * the second phase, with the Lagrange bases of all domains up to N.
 *
 * <p>Implementations read ranges of points when asked for them, since all of them take a thousand
 * bytes for each element of N.
 */
public interface PowersOfTau {
  /** What the powers and Lagrange bases in G1 are multiplied by. */
  enum Factor {
    /** 1: there are 2N - 1 powers. */
    ONE,
    /** The secret alpha: there are N powers. */
    ALPHA,
    /** The secret beta: there are N powers. */
    BETA
  }

  /** The logarithm of N. */
  int power();

  /** factor * tau^i in G1, for i in from..to-1. */
  G1Vector powersG1(Factor factor, int from, int to, Execution execution)
      throws MalformedDataException;

  /** tau^i in G2, for i in from..to-1. There are N of them. */
  G2Vector powersG2(int from, int to, Execution execution) throws MalformedDataException;

  /** beta in G2. */
  G2 betaG2() throws MalformedDataException;

  /**
   * factor * L_i(tau) in G1, for i in from..to-1, of the Lagrange basis of the domain of size
   * 2^logSize: L_i(x) is 1 for x = w^i and 0 on the rest of it.
   *
   * @param logSize up to {@link #power}; for the factor 1 one more, in which basis the highest
   *     power of tau, for which there is no point, counts as 0
   */
  G1Vector lagrangeG1(Factor factor, int logSize, int from, int to, Execution execution)
      throws MalformedDataException;

  /** L_i(tau) in G2, for i in from..to-1, of the domain of size 2^logSize. */
  G2Vector lagrangeG2(int logSize, int from, int to, Execution execution)
      throws MalformedDataException;
}
