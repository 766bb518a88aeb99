package zk4j.plonk;

import java.math.BigInteger;
import zk4j.bn254.EvaluationDomain;
import zk4j.bn254.Fr;

/**
 * A domain without the tables for transforms: what verifiers need of it takes no time or room that
 * grows with its size, which is a number in a key.
 *
 * @param size a power of two from 1 to 2^28
 */
record RootsOfUnity(int size) {
  /** w. */
  Fr generator() {
    return EvaluationDomain.rootOfUnity(Integer.numberOfTrailingZeros(size));
  }

  /** w^i, for i from 0 on. */
  Fr element(int i) {
    return generator().pow(BigInteger.valueOf(i));
  }

  /** x^n - 1, which is 0 on the domain alone. */
  Fr vanishing(Fr x) {
    return x.pow(BigInteger.valueOf(size)).minus(Fr.ONE);
  }
}
