package zk4j.plonk;

import java.util.List;
import zk4j.bn254.Fr;
import zk4j.bn254.G1;

/** The verifier's challenges, each drawn when the messages before it are there. */
final class Challenges {
  private final PlonkVerifyingKey key;

  Fr beta = Fr.ZERO;
  Fr gamma = Fr.ZERO;
  Fr alpha = Fr.ZERO;
  Fr xi = Fr.ZERO;
  Fr v = Fr.ZERO;
  Fr u = Fr.ZERO;

  private Challenges(PlonkVerifyingKey key) {
    this.key = key;
  }

  /** For a prover, who draws them one after the other. */
  static Challenges of(PlonkVerifyingKey key) {
    return new Challenges(key);
  }

  /** All of a proof. */
  static Challenges of(PlonkVerifyingKey key, List<Fr> publicSignals, PlonkProof proof) {
    Challenges challenges = new Challenges(key);
    challenges.drawBetaAndGamma(publicSignals, proof.a(), proof.b(), proof.c());
    challenges.drawAlpha(proof.z());
    challenges.drawXi(proof.t1(), proof.t2(), proof.t3());
    challenges.drawV(
        proof.evalA(),
        proof.evalB(),
        proof.evalC(),
        proof.evalS1(),
        proof.evalS2(),
        proof.evalZw());
    challenges.u = new KeccakTranscript().add(proof.wXi(), proof.wXiw()).challenge();
    return challenges;
  }

  void drawBetaAndGamma(List<Fr> publicSignals, G1 a, G1 b, G1 c) {
    KeccakTranscript transcript = new KeccakTranscript();
    transcript.add(key.selectors().toArray(new G1[0]));
    transcript.add(key.permutation().toArray(new G1[0]));
    transcript.add(publicSignals.toArray(new Fr[0]));
    beta = transcript.add(a, b, c).challenge();
    gamma = transcript.add(beta).challenge();
  }

  void drawAlpha(G1 z) {
    alpha = new KeccakTranscript().add(beta, gamma).add(z).challenge();
  }

  void drawXi(G1 t1, G1 t2, G1 t3) {
    xi = new KeccakTranscript().add(alpha).add(t1, t2, t3).challenge();
  }

  void drawV(Fr a, Fr b, Fr c, Fr s1, Fr s2, Fr zw) {
    v = new KeccakTranscript().add(xi).add(a, b, c, s1, s2, zw).challenge();
  }
}
