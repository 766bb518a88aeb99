package zk4j.poseidon;

import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import zk4j.bn254.Fr;

/** Values for tests, the same in every run. */
public final class Values {
  private final Random random;

  public Values(long seed) {
    random = new Random(seed);
  }

  public BigInteger below(BigInteger bound) {
    return new BigInteger(bound.bitLength() + 64, random).mod(bound);
  }

  public int below(int bound) {
    return random.nextInt(bound);
  }

  /** Often a value at an end of the field. */
  public Fr fr() {
    return switch (random.nextInt(8)) {
      case 0 -> Fr.of(random.nextInt(3) - 1);
      case 1 -> Fr.of(BigInteger.ONE.shiftLeft(random.nextInt(254))).minus(Fr.of(below(2)));
      default -> Fr.of(below(Fr.MODULUS));
    };
  }

  public List<Fr> frs(int count) {
    return Stream.generate(this::fr).limit(count).toList();
  }

  public byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}
