package zk4j.circomcompat;

import java.math.BigInteger;
import java.util.List;
import zk4j.bn254.EvaluationDomain;
import zk4j.bn254.Fr;

/**
 * Roots of unity that fflonk keys record for verifiers which interpolate. They follow from the
 * domain: any others are refused.
 */
final class FflonkRoots {
  static final List<String> NAMES = List.of("w3", "w4", "w8", "wr");

  private static final BigInteger THREE = BigInteger.valueOf(3);

  /** Of order 3: the square of the generator 5's power of (r - 1) / 3. */
  private static final Fr W3 =
      Fr.of(5).pow(Fr.MODULUS.subtract(BigInteger.ONE).divide(THREE)).square();

  private FflonkRoots() {}

  /** The roots of order 3, 4 and 8, and the cube root of the domain's generator in the domain. */
  static List<Fr> of(int domainSize) {
    EvaluationDomain domain = EvaluationDomain.ofSize(domainSize);
    BigInteger third = THREE.modInverse(BigInteger.valueOf(domainSize));
    return List.of(
        W3,
        EvaluationDomain.rootOfUnity(2),
        EvaluationDomain.rootOfUnity(3),
        domain.generator().pow(third));
  }
}
