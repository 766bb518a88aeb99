package zk4j.evm;

import java.math.BigInteger;
import java.util.List;
import zk4j.bn254.Fq2;
import zk4j.bn254.G1;
import zk4j.bn254.G2;

/** Points as the precompiles of EIP-196 and EIP-197 take them; infinity is zeros. */
final class Words {
  private Words() {}

  /** x and y. */
  static List<BigInteger> of(G1 point) {
    return point.isInfinity()
        ? List.of(BigInteger.ZERO, BigInteger.ZERO)
        : List.of(point.x().toBigInteger(), point.y().toBigInteger());
  }

  /** The parts of x and of y, the imaginary one first. */
  static List<BigInteger> of(G2 point) {
    if (point.isInfinity()) {
      return List.of(BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO);
    }
    Fq2 x = point.x();
    Fq2 y = point.y();
    return List.of(
        x.c1().toBigInteger(), x.c0().toBigInteger(), y.c1().toBigInteger(), y.c0().toBigInteger());
  }
}
