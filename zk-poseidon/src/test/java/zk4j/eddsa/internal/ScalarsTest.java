package zk4j.eddsa.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import zk4j.babyjubjub.Point;
import zk4j.poseidon.Values;

/** Arithmetic modulo l against BigInteger. */
class ScalarsTest {
  private static final BigInteger L = Point.ORDER;
  private static final BigInteger EIGHT = BigInteger.valueOf(8);

  private final Values values = new Values(31);

  private static byte[] littleEndian(BigInteger number, int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = number.shiftRight(8 * i).byteValue();
    }
    return bytes;
  }

  /** Ends of [0, bound), those about multiples of l and powers of two, and random numbers. */
  private List<BigInteger> below(BigInteger bound) {
    List<BigInteger> numbers = new ArrayList<>();
    for (BigInteger about :
        List.of(
            BigInteger.ZERO,
            L,
            L.shiftLeft(1),
            BigInteger.ONE.shiftLeft(32),
            BigInteger.ONE.shiftLeft(255),
            BigInteger.ONE.shiftLeft(256),
            L.shiftLeft(256),
            bound)) {
      for (int i = -2; i <= 2; i++) {
        numbers.add(about.add(BigInteger.valueOf(i)));
      }
    }
    for (int i = 0; i < 20; i++) {
      numbers.add(values.below(bound));
    }
    numbers.removeIf(number -> number.signum() < 0 || number.compareTo(bound) >= 0);
    return numbers;
  }

  @Test
  void remainders() {
    for (BigInteger number : below(BigInteger.ONE.shiftLeft(512))) {
      assertArrayEquals(littleEndian(number.mod(L), 32), Scalars.reduce(littleEndian(number, 64)));
    }
  }

  @Test
  void responses() {
    for (BigInteger h : below(BigInteger.ONE.shiftLeft(256))) {
      for (BigInteger k : below(L)) {
        for (BigInteger r : List.of(BigInteger.ZERO, L.subtract(BigInteger.ONE), values.below(L))) {
          BigInteger expected = r.add(EIGHT.multiply(h).multiply(k)).mod(L);
          byte[] s =
              Scalars.addEightfoldProduct(
                  littleEndian(r, 32), littleEndian(h, 32), littleEndian(k, 32));
          assertArrayEquals(littleEndian(expected, 32), s);
        }
      }
    }
  }

  @Test
  void ranges() {
    for (BigInteger number : below(BigInteger.ONE.shiftLeft(256))) {
      boolean inRange = number.signum() > 0 && number.compareTo(L) < 0;
      assertEquals(inRange, Scalars.isInRange(littleEndian(number, 32)), number::toString);
    }
  }
}
