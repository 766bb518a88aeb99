package zk4j.plonk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import zk4j.bn254.EvaluationDomain;
import zk4j.bn254.Fr;
import zk4j.bn254.FrVector;
import zk4j.bn254.G1;
import zk4j.bn254.G2;
import zk4j.bn254.InsecurePowersOfTau;
import zk4j.bn254.Polynomial;
import zk4j.bn254.PowersOfTau.Factor;
import zk4j.core.Execution;

class KzgTest {
  private static final Execution EXECUTION = Execution.defaults();
  private static final Fr TAU = Fr.of(1234567);
  private static final int POWER = 4;
  private static final int SIZE = 1 << POWER;
  private static final InsecurePowersOfTau POWERS =
      InsecurePowersOfTau.of(POWER, TAU, Fr.of(2), Fr.of(3));
  private static final KzgVerifier VERIFIER = KzgVerifier.of(G2.GENERATOR.times(TAU));

  private static final SecureRandom RANDOM = new SecureRandom();

  private static Kzg kzg() throws Exception {
    return Kzg.of(POWERS, SIZE, EXECUTION);
  }

  private static Polynomial random(int coefficients) {
    return Polynomial.of(
        FrVector.copyOf(Stream.generate(() -> Fr.random(RANDOM)).limit(coefficients).toList()));
  }

  @Test
  void commitmentsAreValuesAtTau() throws Exception {
    for (Polynomial p : List.of(Polynomial.ZERO, Polynomial.of(Fr.ONE), random(5), random(SIZE))) {
      assertEquals(G1.GENERATOR.times(p.evaluate(TAU)), kzg().commit(p, EXECUTION));
      FrVector values = p.coefficients(SIZE);
      EvaluationDomain.ofSize(SIZE).forward(values, EXECUTION);
      assertEquals(
          kzg().commit(p, EXECUTION),
          Kzg.commit(values, POWERS.lagrangeG1(Factor.ONE, POWER, 0, SIZE, EXECUTION), EXECUTION));
    }
    Polynomial large = random(SIZE + 1);
    Kzg kzg = kzg();
    assertEquals(SIZE, kzg.size());
    assertThrows(IllegalArgumentException.class, () -> kzg.commit(large, EXECUTION));
  }

  @Test
  void openings() throws Exception {
    Kzg kzg = kzg();
    for (int coefficients : new int[] {0, 1, 2, 7, SIZE}) {
      Polynomial p = random(coefficients);
      G1 commitment = kzg.commit(p, EXECUTION);
      for (Fr point : List.of(Fr.ZERO, Fr.ONE, TAU, Fr.random(RANDOM))) {
        KzgOpening opening = kzg.open(p, point, EXECUTION);
        assertEquals(p.evaluate(point), opening.value());
        assertTrue(VERIFIER.verify(commitment, opening));
        Fr other = opening.value().plus(Fr.ONE);
        assertFalse(VERIFIER.verify(commitment, new KzgOpening(point, other, opening.proof())));
        assertFalse(VERIFIER.verify(commitment.plus(G1.GENERATOR), opening));
        G1 proof = opening.proof().plus(G1.GENERATOR);
        // At tau itself every proof will do: (tau - z) is 0.
        assertEquals(
            point.equals(TAU),
            VERIFIER.verify(commitment, new KzgOpening(point, opening.value(), proof)));
      }
    }
  }

  @Test
  void severalPolynomialsAtAPoint() throws Exception {
    Kzg kzg = kzg();
    List<Polynomial> polynomials = List.of(random(3), random(SIZE), random(9));
    List<G1> commitments = polynomials.stream().map(p -> kzg.commit(p, EXECUTION)).toList();
    Fr point = Fr.random(RANDOM);
    Fr factor = Fr.random(RANDOM);
    List<Fr> values = polynomials.stream().map(p -> p.evaluate(point)).toList();
    KzgOpening opening = kzg.open(polynomials, factor, point, EXECUTION);
    assertTrue(VERIFIER.verify(commitments, values, factor, opening));
    assertFalse(VERIFIER.verify(commitments, values, factor.plus(Fr.ONE), opening));
    List<Fr> swapped = List.of(values.get(1), values.get(0), values.get(2));
    assertFalse(VERIFIER.verify(commitments, swapped, factor, opening));
    assertThrows(
        IllegalArgumentException.class,
        () -> VERIFIER.verify(commitments, values.subList(0, 2), factor, opening));
  }

  @Test
  void severalPoints() throws Exception {
    Kzg kzg = kzg();
    List<Polynomial> polynomials = List.of(random(3), random(SIZE), random(9));
    List<G1> commitments = polynomials.stream().map(p -> kzg.commit(p, EXECUTION)).toList();
    List<KzgOpening> openings =
        polynomials.stream().map(p -> kzg.open(p, Fr.random(RANDOM), EXECUTION)).toList();
    assertTrue(VERIFIER.verify(commitments, openings));
    assertTrue(VERIFIER.verify(List.of(), List.of()));
    // Errors that cancel where nothing is random.
    KzgOpening first = openings.get(0);
    KzgOpening second = openings.get(1);
    List<KzgOpening> wrong =
        List.of(
            new KzgOpening(first.point(), first.value().plus(Fr.ONE), first.proof()),
            new KzgOpening(second.point(), second.value().minus(Fr.ONE), second.proof()),
            openings.get(2));
    assertFalse(VERIFIER.verify(commitments, wrong));
    assertThrows(
        IllegalArgumentException.class, () -> VERIFIER.verify(commitments, wrong.subList(0, 2)));
  }

  @Test
  void degrees() throws Exception {
    Kzg kzg = kzg();
    Polynomial p = random(6);
    G1 commitment = kzg.commit(p, EXECUTION);
    for (int bound : new int[] {6, 7, SIZE}) {
      G2 shift = POWERS.powersG2(SIZE - bound, SIZE - bound + 1, EXECUTION).get(0);
      G1 proof = kzg.proveDegreeBelow(p, bound, EXECUTION);
      assertTrue(VERIFIER.verifyDegree(commitment, shift, proof));
      assertFalse(VERIFIER.verifyDegree(commitment.plus(G1.GENERATOR), shift, proof));
      assertFalse(VERIFIER.verifyDegree(commitment, shift, proof.plus(G1.GENERATOR)));
    }
    assertThrows(IllegalArgumentException.class, () -> kzg.proveDegreeBelow(p, 5, EXECUTION));
    assertThrows(
        IllegalArgumentException.class, () -> kzg.proveDegreeBelow(p, SIZE + 1, EXECUTION));
  }

  @Test
  void aTauThatAnyoneKnowsIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> KzgVerifier.of(G2.GENERATOR));
    assertThrows(IllegalArgumentException.class, () -> KzgVerifier.of(G2.INFINITY));
  }
}
