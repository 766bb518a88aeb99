package zk4j.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;
import zk4j.bn254.Fr;
import zk4j.circuit.Inputs;

class CircuitTesterTest {
  private static final CircuitTester LESS =
      CircuitTester.of(c -> c.output("less", c.input("x", 64).isLessThan(c.input("y", 64))));

  /** The output is whatever the prover likes. */
  private static final CircuitTester FREE =
      CircuitTester.of(
          c -> {
            c.input("x", 1);
            c.output("y", c.hint(operands -> List.of(Fr.of(5)), 1).get(0));
          });

  private static void fails(String message, Runnable assertion) {
    AssertionFailedError e = assertThrows(AssertionFailedError.class, assertion::run);
    assertTrue(String.valueOf(e.getMessage()).contains(message), e.getMessage());
  }

  @Test
  void passesWhatIsTrue() {
    LESS.accepts(Inputs.of("x", 1).and("y", 2), 1)
        .accepts(Inputs.of("x", 2).and("y", 2), 0)
        .refuses(Inputs.of("x", Fr.ONE.negate()).and("y", 2))
        .hasConstraints(64 + 64 + 65)
        .isDetermined();
    FREE.accepts(Inputs.of("x", 1), 5);
    CircuitTester.assertDeterministic(c -> c.output("y", c.input("x").isZero()));
  }

  @Test
  void failsWhatIsNot() {
    fails("instead of [0]", () -> LESS.accepts(Inputs.of("x", 1).and("y", 2), 0));
    fails("instead of []", () -> LESS.accepts(Inputs.of("x", 1).and("y", 2), new long[0]));
    fails("refused", () -> LESS.accepts(Inputs.of("x", -1).and("y", 2), 1));
    fails("accepted", () -> LESS.refuses(Inputs.of("x", 1).and("y", 2)));
    fails("193 constraints", () -> LESS.hasConstraints(5));
    fails("y may be", FREE::isDetermined);
  }

  @Provide
  Arbitrary<Fr> numbers() {
    return FieldArbitraries.bits(64);
  }

  @Property(tries = 100, seed = "1")
  void comparesAsNumbersDo(@ForAll("numbers") Fr x, @ForAll("numbers") Fr y) {
    int order = x.toBigInteger().compareTo(y.toBigInteger());
    LESS.accepts(Inputs.of("x", x).and("y", y), order < 0 ? 1 : 0);
  }

  @Property(tries = 100, seed = "2")
  void elementsAreBelowTheModulus(@ForAll("elements") Fr x) {
    assertTrue(x.toBigInteger().compareTo(Fr.MODULUS) < 0);
  }

  @Provide
  Arbitrary<Fr> elements() {
    return FieldArbitraries.elements();
  }

  @Test
  void numbersHaveBitsThatFit() {
    assertThrows(IllegalArgumentException.class, () -> FieldArbitraries.bits(0));
    assertThrows(IllegalArgumentException.class, () -> FieldArbitraries.bits(254));
    assertEquals(1, FieldArbitraries.bits(1).sample().toBigInteger().or(BigInteger.ONE).intValue());
  }
}
