package zk4j.babyjubjub.internal;

import java.math.BigInteger;
import java.util.Optional;
import zk4j.bn254.Fr;

/** Square roots in the scalar field, by Tonelli and Shanks. Take time that depends on the value. */
public final class SquareRoots {
  /** r - 1 = 2^28 times an odd number. */
  private static final int TWOS = 28;

  private static final BigInteger ODD = Fr.MODULUS.shiftRight(TWOS);

  /** Of order 2^28, as 5 generates the multiplicative group. */
  private static final Fr ROOT_OF_UNITY = Fr.of(5).pow(ODD);

  private SquareRoots() {}

  /** A number whose square is x, if there is one. */
  public static Optional<Fr> of(Fr x) {
    if (x.isZero()) {
      return Optional.of(x);
    }
    // Throughout, root^2 = x * rest, and rest is a power of generator^2, which has order 2^(twos-1)
    // unless x is no square.
    Fr power = x.pow(ODD.shiftRight(1));
    Fr root = x.times(power);
    Fr rest = root.times(power);
    Fr generator = ROOT_OF_UNITY;
    int twos = TWOS;
    while (!rest.isOne()) {
      int order = 0;
      for (Fr square = rest; !square.isOne(); square = square.square()) {
        order++;
      }
      if (order == twos) {
        return Optional.empty();
      }
      for (int i = order + 1; i < twos; i++) {
        generator = generator.square();
      }
      root = root.times(generator);
      generator = generator.square();
      rest = rest.times(generator);
      twos = order;
    }
    return Optional.of(root);
  }
}
