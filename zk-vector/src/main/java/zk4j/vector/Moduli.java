package zk4j.vector;

import java.math.BigInteger;

/** BN254's primes. */
final class Moduli {
  /** Of the base field. */
  static final BigInteger Q =
      new BigInteger(
          "21888242871839275222246405745257275088696311157297823662689037894645226208583");

  /** Of the scalar field, the order of the groups. */
  static final BigInteger R =
      new BigInteger(
          "21888242871839275222246405745257275088548364400416034343698204186575808495617");

  private Moduli() {}
}
