package zk4j.bn254;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import zk4j.core.Execution;

/** Transforms against evaluation at each point. */
class EvaluationDomainTest {
  private static final Fr SHIFT = Fr.of(7);
  private static final int[] PARALLELISM = {1, 2, 7};

  private static FrVector naive(FrVector coefficients, IntFunction<Fr> point) {
    Polynomial polynomial = Polynomial.of(coefficients);
    return FrVector.copyOf(
        IntStream.range(0, coefficients.size())
            .mapToObj(i -> polynomial.evaluate(point.apply(i)))
            .toList());
  }

  private static void check(
      FrVector expected, FrVector input, BiConsumer<FrVector, Execution> transform) {
    for (int parallelism : PARALLELISM) {
      FrVector vector = input.copy();
      transform.accept(vector, Execution.defaults().withParallelism(parallelism));
      assertTrue(
          expected.contentEquals(vector),
          () -> "size " + input.size() + ", parallelism " + parallelism);
    }
  }

  @ParameterizedTest(name = "2^{0}")
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void transformsAgreeWithEvaluation(int logSize) {
    EvaluationDomain domain = EvaluationDomain.ofSize(1 << logSize);
    EvaluationDomain.Coset coset = domain.coset(SHIFT);
    FrVector random = new Samples(logSize).frs(domain.size());
    FrVector edges = random.copy();
    for (int i = 0; i < domain.size(); i++) {
      edges.set(i, FieldUnderTest.FR.elements().get(i % FieldUnderTest.FR.elements().size()));
    }
    Fr[] elements = IntStream.range(0, domain.size()).mapToObj(domain::element).toArray(Fr[]::new);
    for (FrVector coefficients : logSize > 7 ? List.of(random) : List.of(random, edges)) {
      FrVector values = naive(coefficients, i -> elements[i]);
      FrVector cosetValues = naive(coefficients, i -> SHIFT.times(elements[i]));
      check(values, coefficients, domain::forward);
      check(coefficients, values, domain::inverse);
      check(cosetValues, coefficients, coset::forward);
      check(coefficients, cosetValues, coset::inverse);
      check(cosetValues, values, coset::extend);
    }
  }

  /** Sizes at which layers and blocks are shared out unevenly. */
  @ParameterizedTest(name = "2^{0}")
  @ValueSource(ints = {13, 15})
  void largeTransformsAgreeWithEvaluationAtSomePoints(int logSize) {
    Samples samples = new Samples(logSize);
    EvaluationDomain domain = EvaluationDomain.ofSize(1 << logSize);
    EvaluationDomain.Coset coset = domain.coset(SHIFT);
    FrVector coefficients = samples.frs(domain.size());
    Polynomial polynomial = Polynomial.of(coefficients);
    for (int parallelism : PARALLELISM) {
      Execution execution = Execution.defaults().withParallelism(parallelism);
      FrVector values = coefficients.copy();
      domain.forward(values, execution);
      FrVector cosetValues = coefficients.copy();
      coset.forward(cosetValues, execution);
      for (int k = 0; k < 5; k++) {
        int i = samples.below(domain.size());
        Fr x = domain.element(i);
        assertEquals(polynomial.evaluate(x), values.get(i));
        assertEquals(polynomial.evaluate(SHIFT.times(x)), cosetValues.get(i));
      }
      check(coefficients, values, domain::inverse);
      check(coefficients, cosetValues, coset::inverse);
      check(cosetValues, values, coset::extend);
    }
  }

  @Test
  void theGeneratorHasTheDomainsOrder() {
    for (int logSize = 0; logSize <= EvaluationDomain.MAX_LOG_SIZE; logSize++) {
      Fr root = EvaluationDomain.rootOfUnity(logSize);
      assertTrue(root.pow(BigInteger.ONE.shiftLeft(logSize)).isOne());
      assertTrue(logSize == 0 || !root.pow(BigInteger.ONE.shiftLeft(logSize - 1)).isOne());
    }
    assertEquals(EvaluationDomain.rootOfUnity(5), EvaluationDomain.ofSize(32).generator());
    assertThrows(IllegalArgumentException.class, () -> EvaluationDomain.rootOfUnity(29));
    assertThrows(IllegalArgumentException.class, () -> EvaluationDomain.rootOfUnity(-1));
  }

  @Test
  void elementsArePowersForAnyIndex() {
    EvaluationDomain domain = EvaluationDomain.ofSize(8);
    assertEquals(Fr.ONE, domain.element(0));
    assertEquals(domain.generator(), domain.element(9));
    assertEquals(domain.generator().inverse(), domain.element(-1));
  }

  @Test
  void theVanishingPolynomialIsZeroOnTheDomainAlone() {
    EvaluationDomain domain = EvaluationDomain.ofSize(8);
    for (int i = 0; i < 8; i++) {
      assertTrue(domain.vanishing(domain.element(i)).isZero());
      assertFalse(domain.vanishing(SHIFT.times(domain.element(i))).isZero());
    }
    assertEquals(Fr.of(255), domain.vanishing(Fr.of(2)));
  }

  @Test
  void sizesAreTheNextPowersOfTwo() {
    int[][] sizes = {{1, 1}, {2, 2}, {3, 4}, {4, 4}, {5, 8}, {1000, 1024}, {1024, 1024}};
    for (int[] size : sizes) {
      assertEquals(size[1], EvaluationDomain.ofSize(size[0]).size());
    }
    for (int refused : new int[] {0, -1, Integer.MIN_VALUE, (1 << 28) + 1}) {
      assertThrows(IllegalArgumentException.class, () -> EvaluationDomain.ofSize(refused));
    }
  }

  @Test
  void vectorsOfAnotherSizeAndShiftsOfZeroAreRefused() {
    EvaluationDomain domain = EvaluationDomain.ofSize(8);
    assertThrows(
        IllegalArgumentException.class,
        () -> domain.forward(FrVector.zeros(4), Execution.sequential()));
    assertThrows(IllegalArgumentException.class, () -> domain.coset(Fr.ZERO));
  }
}
