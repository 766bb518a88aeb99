package zk4j.bn254;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The laws of a group of order r, for each group. */
class GroupLawsTest {
  private static final List<Fr> SCALARS = FieldUnderTest.FR.elements();

  @Retention(RetentionPolicy.RUNTIME)
  @ParameterizedTest(name = "{0}")
  @MethodSource("groups")
  private @interface ForEveryGroup {}

  static Stream<GroupUnderTest<?>> groups() {
    return Stream.of(GroupUnderTest.G1S, GroupUnderTest.G2S, GroupUnderTest.GTS);
  }

  @ForEveryGroup
  <P> void sumsAreAssociativeAndCommute(GroupUnderTest<P> g) {
    for (P p : g.elements()) {
      for (P q : g.elements()) {
        P sum = g.plus().apply(p, q);
        assertEquals(sum, g.plus().apply(q, p));
        for (P s : g.elements()) {
          assertEquals(g.plus().apply(sum, s), g.plus().apply(p, g.plus().apply(q, s)));
        }
      }
    }
  }

  @ForEveryGroup
  <P> void theNeutralElementIsNeutral(GroupUnderTest<P> g) {
    for (P p : g.elements()) {
      assertEquals(p, g.plus().apply(p, g.neutral()));
      assertEquals(g.neutral(), g.times().apply(p, Fr.ZERO));
    }
    assertEquals(g.neutral(), g.negate().apply(g.neutral()));
    assertNotEquals(g.neutral(), g.generator());
  }

  @ForEveryGroup
  <P> void differencesAndOppositesUndoSums(GroupUnderTest<P> g) {
    for (P p : g.elements()) {
      assertEquals(g.neutral(), g.plus().apply(p, g.negate().apply(p)));
      assertEquals(g.times().apply(p, Fr.ONE.negate()), g.negate().apply(p));
      for (P q : g.elements()) {
        assertEquals(p, g.minus().apply(g.plus().apply(p, q), q));
      }
    }
  }

  @ForEveryGroup
  <P> void twiceIsPlusItself(GroupUnderTest<P> g) {
    for (P p : g.elements()) {
      assertEquals(g.plus().apply(p, p), g.twice().apply(p));
    }
  }

  @ForEveryGroup
  <P> void multiplesAreRepeatedSums(GroupUnderTest<P> g) {
    for (P p : g.elements()) {
      P sum = g.neutral();
      for (int n = 0; n < 40; n++) {
        assertEquals(sum, g.times().apply(p, Fr.of(n)));
        sum = g.plus().apply(sum, p);
      }
    }
    for (Fr scalar : SCALARS) {
      assertEquals(
          g.naiveTimes(g.generator(), scalar.toBigInteger()),
          g.times().apply(g.generator(), scalar));
    }
  }

  @ForEveryGroup
  <P> void scalarsDistribute(GroupUnderTest<P> g) {
    List<P> points = List.of(g.generator(), g.elements().get(4));
    for (Fr a : SCALARS) {
      Fr b = SCALARS.get((SCALARS.indexOf(a) + 5) % SCALARS.size());
      P p = points.get(0);
      P q = points.get(1);
      P ap = g.times().apply(p, a);
      assertEquals(g.times().apply(p, a.plus(b)), g.plus().apply(ap, g.times().apply(p, b)));
      assertEquals(g.times().apply(p, a.times(b)), g.times().apply(ap, b));
      assertEquals(
          g.times().apply(g.plus().apply(p, q), a), g.plus().apply(ap, g.times().apply(q, a)));
    }
  }

  @ForEveryGroup
  <P> void theOrderIsR(GroupUnderTest<P> g) {
    for (P p : g.elements()) {
      assertEquals(g.neutral(), g.naiveTimes(p, Fr.MODULUS));
    }
    assertNotEquals(g.neutral(), g.naiveTimes(g.generator(), Fr.MODULUS.add(BigInteger.ONE)));
  }

  @ForEveryGroup
  <P> void equalElementsHaveEqualHashCodes(GroupUnderTest<P> g) {
    for (P p : g.elements()) {
      P same = g.minus().apply(g.plus().apply(p, g.generator()), g.generator());
      assertEquals(p.hashCode(), same.hashCode());
      assertEquals(p.toString(), same.toString());
      assertNotEquals(p, g.plus().apply(p, g.generator()));
    }
  }
}
