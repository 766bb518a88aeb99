package zk4j.groth16;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import zk4j.bn254.Fr;
import zk4j.bn254.G1;
import zk4j.bn254.G1Vector;
import zk4j.bn254.G2;
import zk4j.bn254.G2Vector;
import zk4j.bn254.InsecurePowersOfTau;
import zk4j.bn254.PowersOfTau;
import zk4j.bn254.PowersOfTau.Factor;
import zk4j.core.Execution;

class Groth16SetupTest {
  private static final Fr TAU = Fr.of(1001);
  private static final Fr ALPHA = Fr.of(1002);
  private static final Fr BETA = Fr.of(1003);
  private static final Execution EXECUTION = Execution.defaults();

  private static PowersOfTau powers(int power) {
    return InsecurePowersOfTau.of(power, TAU, ALPHA, BETA);
  }

  /** From points what {@link InsecureSetup} makes of the secrets, with more powers than needed. */
  @ParameterizedTest
  @ValueSource(ints = {4, 5, 7})
  void aKeyFromPointsIsTheKeyFromSecrets(int power) throws Exception {
    ProvingKey expected =
        new InsecureSetup(TAU, ALPHA, BETA, Fr.ONE, Fr.ONE).provingKey(Cubic.CIRCUIT, EXECUTION);
    ProvingKey key = Groth16Setup.provingKey(Cubic.CIRCUIT, powers(power), EXECUTION);

    assertEquals(expected.verifyingKey(), key.verifyingKey());
    assertEquals(expected.beta1(), key.beta1());
    assertEquals(expected.delta1(), key.delta1());
    assertTrue(expected.aQuery().contentEquals(key.aQuery()));
    assertTrue(expected.b1Query().contentEquals(key.b1Query()));
    assertTrue(expected.b2Query().contentEquals(key.b2Query()));
    assertTrue(expected.cQuery().contentEquals(key.cQuery()));
    assertTrue(expected.hQuery().contentEquals(key.hQuery()));
  }

  /** The basis of the double domain then lacks its highest power; what is proved is the same. */
  @Test
  void asManyPowersAsNeededWillDo() throws Exception {
    int power = Groth16Setup.requiredPower(Cubic.CIRCUIT);
    assertEquals(3, power);
    ProvingKey key = Groth16Setup.provingKey(Cubic.CIRCUIT, powers(power), EXECUTION);
    Groth16Verifier verifier = Groth16Verifier.of(key.verifyingKey());
    Proof proof = Groth16Prover.of(key).prove(Cubic.witness(3, 9));
    assertTrue(verifier.verify(proof, Cubic.signals(3, 9)));
    assertFalse(verifier.verify(proof, Cubic.signals(3, 8)));
    ProvingKey other = Groth16Setup.provingKey(Cubic.CIRCUIT, powers(power + 1), EXECUTION);
    assertFalse(other.hQuery().contentEquals(key.hQuery()));
    assertTrue(other.cQuery().contentEquals(key.cQuery()));
  }

  @Test
  void nobodyHasContributedYet() throws Exception {
    VerifyingKey key = Groth16Setup.provingKey(Cubic.CIRCUIT, powers(3), EXECUTION).verifyingKey();
    assertThrows(
        UnsafeKeyException.class,
        () -> VerifyingKey.of(key.alpha(), key.beta(), key.gamma(), key.delta(), key.ic()));
  }

  @Test
  void tooFewPowersAreRefused() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> Groth16Setup.provingKey(Cubic.CIRCUIT, powers(2), EXECUTION));
    assertEquals("the circuit needs powers of tau up to 2^3, not 2^2", refused.getMessage());
  }

  @Test
  void insecurePowersAreThoseOfTheirSecrets() throws Exception {
    PowersOfTau powers = powers(2);
    G1Vector g1 = powers.powersG1(Factor.ALPHA, 1, 4, EXECUTION);
    G2Vector g2 = powers.powersG2(2, 4, EXECUTION);
    assertEquals(3, g1.size());
    assertEquals(G1.GENERATOR.times(ALPHA.times(TAU.square())), g1.get(1));
    assertEquals(G2.GENERATOR.times(TAU.square().times(TAU)), g2.get(1));
    assertEquals(G2.GENERATOR.times(BETA), powers.betaG2());
    // L_i(x) = (x^2 - 1) / 2 * w^i / (x - w^i), in the domain of w = -1
    Fr last = TAU.minus(Fr.ONE).times(Fr.of(2).inverse()).negate();
    assertEquals(
        G1.GENERATOR.times(last.times(BETA)),
        powers.lagrangeG1(Factor.BETA, 1, 1, 2, EXECUTION).get(0));
    assertEquals(G2.GENERATOR.times(last), powers.lagrangeG2(1, 0, 2, EXECUTION).get(1));
    assertEquals(7, powers.powersG1(Factor.ONE, 0, 7, EXECUTION).size());

    assertThrows(
        IllegalArgumentException.class, () -> powers.powersG1(Factor.ONE, 0, 8, EXECUTION));
    assertThrows(
        IllegalArgumentException.class, () -> powers.powersG1(Factor.BETA, 0, 5, EXECUTION));
    assertThrows(
        IllegalArgumentException.class, () -> powers.lagrangeG1(Factor.BETA, 3, 0, 1, EXECUTION));
    assertThrows(
        IllegalArgumentException.class, () -> powers.lagrangeG1(Factor.ONE, 4, 0, 1, EXECUTION));
  }

  @Test
  void randomPowersDiffer() {
    SecureRandom random = new SecureRandom();
    InsecurePowersOfTau one = InsecurePowersOfTau.random(1, random);
    InsecurePowersOfTau two = InsecurePowersOfTau.random(1, random);
    assertEquals(1, one.power());
    assertFalse(one.betaG2().equals(two.betaG2()));
    assertFalse(
        one.powersG1(Factor.ONE, 1, 2, EXECUTION)
            .contentEquals(two.powersG1(Factor.ONE, 1, 2, EXECUTION)));
    assertThrows(IllegalArgumentException.class, () -> InsecurePowersOfTau.random(0, random));
    assertThrows(IllegalArgumentException.class, () -> InsecurePowersOfTau.random(27, random));
  }
}
