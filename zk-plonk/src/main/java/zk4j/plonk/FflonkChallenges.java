package zk4j.plonk;

import java.math.BigInteger;
import java.util.List;
import zk4j.bn254.Fr;
import zk4j.bn254.G1;

/** The verifier's challenges of fflonk, each drawn when the messages before it are there. */
final class FflonkChallenges {
  /** xi is this power of a challenge, so that it has roots of order 8, 4 and 3. */
  private static final BigInteger XI_POWER = BigInteger.valueOf(24);

  Fr beta = Fr.ZERO;
  Fr gamma = Fr.ZERO;
  private Fr xiSeed = Fr.ZERO;
  Fr xi = Fr.ZERO;
  Fr alpha = Fr.ZERO;
  Fr y = Fr.ZERO;

  /** All of a proof. */
  static FflonkChallenges of(FflonkVerifyingKey key, List<Fr> publicSignals, FflonkProof proof) {
    FflonkChallenges challenges = new FflonkChallenges();
    challenges.drawBetaAndGamma(key, publicSignals, proof.c1());
    challenges.drawXi(proof.c2());
    challenges.drawAlpha(proof.evaluations());
    challenges.drawY(proof.w1());
    return challenges;
  }

  void drawBetaAndGamma(FflonkVerifyingKey key, List<Fr> publicSignals, G1 c1) {
    KeccakTranscript transcript = new KeccakTranscript();
    transcript.add(key.c0()).add(publicSignals.toArray(new Fr[0])).add(c1);
    beta = transcript.challenge();
    gamma = transcript.add(beta).challenge();
  }

  void drawXi(G1 c2) {
    xiSeed = new KeccakTranscript().add(gamma).add(c2).challenge();
    xi = xiSeed.pow(XI_POWER);
  }

  void drawAlpha(FflonkEvaluations evaluations) {
    Fr[] values = evaluations.toList().toArray(new Fr[0]);
    alpha = new KeccakTranscript().add(xiSeed).add(values).challenge();
  }

  void drawY(G1 w1) {
    y = new KeccakTranscript().add(alpha).add(w1).challenge();
  }
}
