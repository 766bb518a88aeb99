package zk4j.bn254;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** G2's subgroup check against multiplication by r. */
class SubgroupTest {
  private static final BigInteger R = Fr.MODULUS;

  /** The primes of the cofactor of G2 in its curve. */
  private static final List<BigInteger> PRIMES =
      Stream.of(
              "10069",
              "5864401",
              "1875725156269",
              "197620364512881247228717050342013327560683201906968909")
          .map(BigInteger::new)
          .toList();

  private static final BigInteger COFACTOR = Fq.MODULUS.shiftLeft(1).subtract(R);

  private static G2 times(G2 p, BigInteger n) {
    return GroupUnderTest.G2S.naiveTimes(p, n);
  }

  private static void assertAgrees(boolean inside, G2 p) {
    assertEquals(inside, times(p, R).isInfinity());
    assertEquals(inside, p.isInSubgroup());
  }

  @Test
  void pointsOfTheSubgroupAreInIt() {
    assertAgrees(true, G2.INFINITY);
    assertAgrees(true, G2.GENERATOR);
    assertAgrees(true, new Samples(16).g2());
    for (G2 p : offTheSubgroup(3)) {
      assertAgrees(true, times(p, COFACTOR));
    }
  }

  /**
   * What passes is a group that contains G2, so that one larger than G2 contains a point of one of
   * these orders; and for each of them there is but one group, since each divides the curve's order
   * once.
   */
  @Test
  void pointsOfEveryOtherPrimeOrderAreNotInIt() {
    assertEquals(COFACTOR, PRIMES.stream().reduce(BigInteger.ONE, BigInteger::multiply));
    for (BigInteger prime : PRIMES) {
      assertTrue(prime.isProbablePrime(100));
      for (G2 p : offTheSubgroup(2)) {
        G2 torsion = times(times(p, R), COFACTOR.divide(prime));
        assertNotEquals(G2.INFINITY, torsion);
        assertEquals(G2.INFINITY, times(torsion, prime));
        assertAgrees(false, torsion);
        assertAgrees(false, torsion.plus(G2.GENERATOR));
      }
    }
  }

  @Test
  void otherPointsOfTheCurveAreNotInIt() {
    for (G2 p : offTheSubgroup(10)) {
      assertAgrees(false, p);
      assertFalse(p.plus(G2.GENERATOR).isInSubgroup());
      assertFalse(times(p, R).isInSubgroup());
    }
  }

  private static List<G2> offTheSubgroup(int count) {
    return G2Twist.offTheSubgroup(count).stream().map(G2Twist.Point::unchecked).toList();
  }
}
