package zk4j.circomcompat;

import java.util.List;
import zk4j.bn254.G1;
import zk4j.bn254.G2;
import zk4j.groth16.VerifyingKey;

/**
 * {@link VerifyingKey#of} or {@link VerifyingKey#ofInsecureDevelopmentKey}.
 *
 * @param <E> what it throws
 */
interface KeyFactory<E extends Exception> {
  VerifyingKey of(G1 alpha, G2 beta, G2 gamma, G2 delta, List<G1> ic) throws E;
}
