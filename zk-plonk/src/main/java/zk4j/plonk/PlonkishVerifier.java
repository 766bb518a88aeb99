package zk4j.plonk;

import java.util.ArrayList;
import java.util.List;
import zk4j.bn254.Fr;
import zk4j.bn254.G1;
import zk4j.core.VerificationResult;

/**
 * Verifies proofs about gates with lookups. Immutable and thread-safe.
 *
 * <p>Never throws on proofs and signals, whatever their values: their types keep out points off the
 * curve and numbers of r or more.
 */
public final class PlonkishVerifier {
  /**
   * A statement with its proof.
   *
   * @param proof to be verified
   * @param publicSignals outputs first, then public inputs
   */
  public record Claim(PlonkishProof proof, List<Fr> publicSignals) {
    /** Copies the signals. */
    public Claim {
      publicSignals = List.copyOf(publicSignals);
    }
  }

  private final PlonkishVerifyingKey key;
  private final Opening.Check openings;

  private PlonkishVerifier(PlonkishVerifyingKey key) {
    this.key = key;
    this.openings = new Opening.Check(key.tau2());
  }

  /** A verifier for a key; worth keeping, since it prepares the key's point for pairings. */
  public static PlonkishVerifier of(PlonkishVerifyingKey key) {
    return new PlonkishVerifier(key);
  }

  /** Whether a proof of a statement holds. */
  public boolean verify(PlonkishProof proof, List<Fr> publicSignals) {
    return check(proof, publicSignals).valid();
  }

  /** Whether a proof of a statement holds, and why not. */
  public VerificationResult check(PlonkishProof proof, List<Fr> publicSignals) {
    return check(List.of(new Claim(proof, publicSignals)));
  }

  /**
   * Whether all claims hold, by one product of two pairings of a random linear combination; a batch
   * with an invalid proof is accepted with a chance of 1/r.
   */
  public boolean verifyBatch(List<Claim> claims) {
    return check(claims).valid();
  }

  private VerificationResult check(List<Claim> claims) {
    List<Opening> found = new ArrayList<>();
    for (Claim claim : claims) {
      List<Fr> signals = claim.publicSignals();
      if (signals.size() != key.publicSignals()) {
        return KeyRules.otherSignals(signals, key.publicSignals());
      }
      PlonkishChallenges challenges = PlonkishChallenges.of(key, signals, claim.proof());
      if (key.domain().vanishing(challenges.zeta).isZero()) {
        return VerificationResult.invalid("the challenge zeta is in the domain");
      }
      found.add(opening(claim.proof(), signals, challenges));
    }
    return openings.check(found);
  }

  /**
   * Both openings: W + u Wnext, and zeta W + u w zeta Wnext + F - E, where F combines commitments,
   * with powers of v, and u for those at the next point, and E their values alike.
   */
  private Opening opening(PlonkishProof proof, List<Fr> signals, PlonkishChallenges challenges) {
    PlonkishEvaluations at = proof.evaluations();
    PlonkishLinearisation linear = PlonkishLinearisation.of(key, challenges, signals, at);
    List<G1> points = new ArrayList<>(key.columns().subList(0, PlonkishColumns.QS));
    List<Fr> factors = new ArrayList<>(linear.columns());
    points.addAll(List.of(key.columns().get(PlonkishColumns.S3), proof.m()));
    factors.addAll(List.of(linear.s3(), linear.m()));
    points.addAll(proof.running());
    factors.addAll(linear.running());
    points.addAll(proof.quotient());
    factors.addAll(linear.quotient());

    Fr value = linear.constant().negate();
    List<G1> atZeta =
        List.of(
            proof.a(),
            proof.b(),
            proof.c(),
            proof.d(),
            key.columns().get(PlonkishColumns.S1),
            key.columns().get(PlonkishColumns.S2),
            key.columns().get(PlonkishColumns.QS),
            key.columns().get(PlonkishColumns.TABLE));
    Fr power = Fr.ONE;
    for (int i = 0; i < atZeta.size(); i++) {
      power = power.times(challenges.v);
      points.add(atZeta.get(i));
      factors.add(power);
      value = value.plus(power.times(at.atZeta().get(i)));
    }
    List<G1> atNext = List.of(proof.z(), proof.phi(), proof.d());
    power = challenges.u;
    for (int i = 0; i < atNext.size(); i++) {
      points.add(atNext.get(i));
      factors.add(power);
      value = value.plus(power.times(at.atNext().get(i)));
      power = power.times(challenges.v);
    }
    Fr zetaNext = challenges.zeta.times(key.domain().generator());
    points.addAll(List.of(G1.GENERATOR, proof.w(), proof.wNext()));
    factors.addAll(List.of(value.negate(), challenges.zeta, challenges.u.times(zetaNext)));
    return new Opening(
        proof.w().plus(proof.wNext().times(challenges.u)), G1.sumOfProducts(points, factors));
  }
}
