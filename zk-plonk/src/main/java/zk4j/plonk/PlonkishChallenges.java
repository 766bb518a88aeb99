package zk4j.plonk;

import java.util.List;
import zk4j.bn254.Fr;
import zk4j.bn254.G1;

/** The verifier's challenges, each drawn when the messages before it are there. */
final class PlonkishChallenges {
  static final String PROTOCOL = "zk4j plonkish 1";

  private final Transcript transcript = new Transcript(PROTOCOL);

  Fr beta = Fr.ZERO;
  Fr gamma = Fr.ZERO;
  Fr lambda = Fr.ZERO;
  Fr alpha = Fr.ZERO;
  Fr zeta = Fr.ZERO;
  Fr v = Fr.ZERO;
  Fr u = Fr.ZERO;

  /** For a prover, who draws them one after the other. */
  PlonkishChallenges(PlonkishVerifyingKey key, List<Fr> publicSignals) {
    transcript.bytes("key", PlonkishCodec.encode(key));
    transcript.numbers("public", publicSignals);
  }

  /** All of a proof. */
  static PlonkishChallenges of(
      PlonkishVerifyingKey key, List<Fr> publicSignals, PlonkishProof proof) {
    PlonkishChallenges challenges = new PlonkishChallenges(key, publicSignals);
    challenges.afterColumns(proof.columns());
    challenges.afterRunning(proof.running());
    challenges.afterQuotient(proof.quotient());
    challenges.afterEvaluations(proof.evaluations());
    challenges.afterOpenings(proof.openings());
    return challenges;
  }

  void afterColumns(List<G1> commitments) {
    transcript.points("columns", commitments);
    beta = transcript.challenge("beta");
    gamma = transcript.challenge("gamma");
    lambda = transcript.challenge("lambda");
  }

  void afterRunning(List<G1> commitments) {
    transcript.points("running", commitments);
    alpha = transcript.challenge("alpha");
  }

  void afterQuotient(List<G1> commitments) {
    transcript.points("quotient", commitments);
    zeta = transcript.challenge("zeta");
  }

  void afterEvaluations(PlonkishEvaluations evaluations) {
    transcript.numbers("at zeta", evaluations.atZeta());
    transcript.numbers("at next", evaluations.atNext());
    v = transcript.challenge("v");
  }

  void afterOpenings(List<G1> commitments) {
    transcript.points("openings", commitments);
    u = transcript.challenge("u");
  }
}
