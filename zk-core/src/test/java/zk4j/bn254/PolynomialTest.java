package zk4j.bn254;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import zk4j.core.Execution;

class PolynomialTest {
  private static final Execution EXECUTION = Execution.sequential();

  /** Some short, some long enough for products by transforms, leading zeros among them. */
  @Provide
  Arbitrary<Polynomial> polynomials() {
    return scalars()
        .list()
        .ofMaxSize(150)
        .map(coefficients -> Polynomial.of(FrVector.copyOf(coefficients)));
  }

  @Provide
  Arbitrary<Fr> scalars() {
    return Arbitraries.oneOf(
        Arbitraries.of(FieldUnderTest.FR.elements()),
        Arbitraries.longs().map(seed -> new Samples(seed).fr()));
  }

  @Property(tries = 200)
  void evaluationIsAHomomorphism(
      @ForAll("polynomials") Polynomial p,
      @ForAll("polynomials") Polynomial q,
      @ForAll("scalars") Fr x) {
    assertEquals(p.evaluate(x).plus(q.evaluate(x)), p.plus(q).evaluate(x));
    assertEquals(p.evaluate(x).minus(q.evaluate(x)), p.minus(q).evaluate(x));
    assertEquals(p.evaluate(x).times(q.evaluate(x)), p.times(q, EXECUTION).evaluate(x));
    assertEquals(p.evaluate(x).times(x), p.times(x).evaluate(x));
  }

  @Property(tries = 200)
  void degreesAreThoseOfTheLeadingTerms(
      @ForAll("polynomials") Polynomial p, @ForAll("polynomials") Polynomial q) {
    Polynomial product = p.times(q, EXECUTION);
    boolean zero = p.degree() < 0 || q.degree() < 0;
    assertEquals(zero ? -1 : p.degree() + q.degree(), product.degree());
    assertEquals(Polynomial.ZERO, p.minus(p));
    assertEquals(-1, p.minus(p).degree());
    assertEquals(p, p.plus(q).minus(q));
    assertEquals(p.hashCode(), p.plus(q).minus(q).hashCode());
  }

  @Property(tries = 200)
  void divisionByALinearFactorUndoesTheProductWithIt(
      @ForAll("polynomials") Polynomial p, @ForAll("scalars") Fr root) {
    Polynomial multiple = p.times(Polynomial.of(root.negate(), Fr.ONE), EXECUTION);
    assertEquals(p, multiple.divideByLinear(root));
    Polynomial off = multiple.plus(Polynomial.of(Fr.ONE));
    assertThrows(ArithmeticException.class, () -> off.divideByLinear(root));
  }

  @Test
  void coefficientsAreKeptFromTheConstantOneUp() {
    Polynomial p = Polynomial.of(Fr.of(3), Fr.ZERO, Fr.of(5), Fr.ZERO);
    assertEquals(2, p.degree());
    assertEquals(Fr.of(5), p.coefficient(2));
    assertEquals(Fr.ZERO, p.coefficient(7));
    assertEquals(
        List.of(Fr.of(3), Fr.ZERO, Fr.of(5), Fr.ZERO, Fr.ZERO), Samples.list(p.coefficients(5)));
    assertThrows(IllegalArgumentException.class, () -> p.coefficients(2));
    assertEquals(Fr.of(3 + 5 * 49), p.evaluate(Fr.of(7)));
  }

  /** Of more coefficients than are converted at a time. */
  @Test
  void longPolynomialsAreEvaluatedAndDivided() {
    Samples samples = new Samples(12);
    Polynomial p = Polynomial.of(samples.frs(2500));
    Fr x = samples.fr();
    Fr value = Fr.ZERO;
    for (int i = p.degree(); i >= 0; i--) {
      value = value.times(x).plus(p.coefficient(i));
    }
    assertEquals(value, p.evaluate(x));
    Polynomial multiple = p.times(Polynomial.of(x.negate(), Fr.ONE), EXECUTION);
    assertEquals(p, multiple.divideByLinear(x));
    assertEquals(Fr.ZERO, multiple.evaluate(x));
  }

  /** The two ways of multiplying, on both sides of the length from which transforms pay. */
  @Test
  void longProductsAgreeWithSumsOfShiftedOnes() {
    Samples samples = new Samples(8);
    for (int size : new int[] {64, 65, 66, 100}) {
      FrVector factor = samples.frs(size);
      Polynomial p = Polynomial.of(samples.frs(80));
      Polynomial expected = Polynomial.ZERO;
      for (int i = 0; i < size; i++) {
        FrVector shifted = FrVector.zeros(80 + i);
        for (int k = 0; k < 80; k++) {
          shifted.set(k + i, p.coefficient(k).times(factor.get(i)));
        }
        expected = expected.plus(Polynomial.of(shifted));
      }
      assertEquals(expected, p.times(Polynomial.of(factor), EXECUTION));
    }
  }
}
