package zk4j.groth16;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import zk4j.bn254.Fr;
import zk4j.bn254.G1;
import zk4j.bn254.G2;
import zk4j.groth16.Groth16Verifier.Claim;

/** The verifier with keys of any number of signals, and proofs made from their secrets. */
class VerifierTest {
  private final Random random = new Random(18);
  private final Fr alpha = scalar();
  private final Fr beta = scalar();
  private final Fr gamma = scalar();
  private final Fr delta = scalar();

  private VerifyingKey key(List<Fr> ic) throws UnsafeKeyException {
    return VerifyingKey.of(
        G1.GENERATOR.times(alpha),
        G2.GENERATOR.times(beta),
        G2.GENERATOR.times(gamma),
        G2.GENERATOR.times(delta),
        ic.stream().map(G1.GENERATOR::times).toList());
  }

  /** c from a b = alpha beta + l gamma + c delta, by the secrets. */
  private Claim claim(List<Fr> ic, List<Fr> signals) {
    Fr l = ic.get(0);
    for (int i = 0; i < signals.size(); i++) {
      l = l.plus(signals.get(i).times(ic.get(i + 1)));
    }
    Fr a = scalar();
    Fr b = scalar();
    Fr c = a.times(b).minus(alpha.times(beta)).minus(l.times(gamma)).times(delta.inverse());
    return new Claim(
        new Proof(G1.GENERATOR.times(a), G2.GENERATOR.times(b), G1.GENERATOR.times(c)), signals);
  }

  private Fr scalar() {
    return Fr.of(new BigInteger(320, random).mod(Fr.MODULUS));
  }

  private List<Fr> random(int count) {
    List<Fr> list = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      list.add(scalar());
    }
    return list;
  }

  /** 32 signals are the most that are summed with tables. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4, 32, 33})
  void everySignalCounts(int publics) throws Exception {
    List<Fr> ic = random(publics + 1);
    Groth16Verifier verifier = Groth16Verifier.of(key(ic));
    List<Claim> claims = new ArrayList<>();
    for (int n = 0; n < 3; n++) {
      claims.add(claim(ic, random(publics)));
      assertTrue(verifier.verify(claims.get(n).proof(), claims.get(n).publicSignals()));
    }
    List<Fr> zeros = random(publics).stream().map(x -> Fr.ZERO).toList();
    claims.add(claim(ic, zeros));
    assertTrue(verifier.verify(claims.get(3).proof(), zeros));
    assertTrue(verifier.verifyBatch(claims));

    for (int i = 0; i < publics; i++) {
      List<Fr> changed = new ArrayList<>(claims.get(0).publicSignals());
      changed.set(i, changed.get(i).plus(Fr.ONE));
      assertFalse(verifier.verify(claims.get(0).proof(), changed));
    }
    if (publics > 0) {
      List<Fr> changed = new ArrayList<>(claims.get(1).publicSignals());
      changed.set(publics - 1, changed.get(publics - 1).minus(Fr.ONE));
      claims.set(1, new Claim(claims.get(1).proof(), changed));
      assertFalse(verifier.verifyBatch(claims));
      assertEquals(List.of(1), verifier.findInvalid(claims));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 5})
  void proofsOfOneAnotherDoNotPassABatch(int size) throws Exception {
    List<Fr> ic = random(2);
    Groth16Verifier verifier = Groth16Verifier.of(key(ic));
    List<Claim> claims = new ArrayList<>();
    for (int n = 0; n < size; n++) {
      claims.add(claim(ic, random(1)));
    }
    assertTrue(verifier.verifyBatch(claims));
    Claim first = claims.get(0);
    Claim second = claims.get(1);
    claims.set(0, new Claim(first.proof(), second.publicSignals()));
    claims.set(1, new Claim(second.proof(), first.publicSignals()));
    assertFalse(verifier.verifyBatch(claims));
    assertEquals(List.of(0, 1), verifier.findInvalid(claims));
  }
}
