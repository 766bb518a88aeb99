package zk4j.plonk;

import java.util.ArrayList;
import java.util.List;
import zk4j.bn254.Fr;
import zk4j.bn254.G1;
import zk4j.core.VerificationResult;

/**
 * Verifies fflonk proofs (ePrint 2021/1167). Immutable and thread-safe.
 *
 * <p>Never throws on proofs and signals, whatever their values: their types keep out points off the
 * curve and numbers of r or more.
 */
public final class FflonkVerifier {
  /**
   * A statement with its proof.
   *
   * @param proof to be verified
   * @param publicSignals outputs first, then public inputs
   */
  public record Claim(FflonkProof proof, List<Fr> publicSignals) {
    /** Copies the signals. */
    public Claim {
      publicSignals = List.copyOf(publicSignals);
    }
  }

  private final FflonkVerifyingKey key;
  private final Opening.Check openings;

  private FflonkVerifier(FflonkVerifyingKey key) {
    this.key = key;
    this.openings = new Opening.Check(key.tau2());
  }

  /** A verifier for a key; worth keeping, since it prepares the key's point for pairings. */
  public static FflonkVerifier of(FflonkVerifyingKey key) {
    return new FflonkVerifier(key);
  }

  /** Whether a proof of a statement holds. */
  public boolean verify(FflonkProof proof, List<Fr> publicSignals) {
    return check(proof, publicSignals).valid();
  }

  /** Whether a proof of a statement holds, and why not. */
  public VerificationResult check(FflonkProof proof, List<Fr> publicSignals) {
    return check(List.of(new Claim(proof, publicSignals)));
  }

  /**
   * Whether all claims hold, by one pairing of a random linear combination; a batch with an invalid
   * proof is accepted with a chance of 1/r.
   */
  public boolean verifyBatch(List<Claim> claims) {
    return check(claims).valid();
  }

  private VerificationResult check(List<Claim> claims) {
    List<Opening> found = new ArrayList<>();
    for (Claim claim : claims) {
      FflonkProof proof = claim.proof();
      List<Fr> signals = claim.publicSignals();
      if (signals.size() != key.publicSignals()) {
        return KeyRules.otherSignals(signals, key.publicSignals());
      }
      FflonkChallenges challenges = FflonkChallenges.of(key, signals, proof);
      Fr denominators = FflonkLinearisation.denominators(key, challenges);
      if (denominators.isZero()) {
        return VerificationResult.invalid("the challenge xi is in the domain, or y a root of it");
      }
      if (!proof.inv().times(denominators).isOne()) {
        return VerificationResult.invalid("inv is not the inverse of the denominators");
      }
      found.add(opening(proof, signals, challenges));
    }
    return openings.check(found);
  }

  /** W2, and C0 + factor1 C1 + factor2 C2 - z0 W1 - value + y W2. */
  private Opening opening(FflonkProof proof, List<Fr> signals, FflonkChallenges challenges) {
    FflonkLinearisation linear =
        FflonkLinearisation.of(key, challenges, signals, proof.evaluations());
    List<G1> points =
        List.of(key.c0(), proof.c1(), proof.c2(), proof.w1(), G1.GENERATOR, proof.w2());
    List<Fr> factors =
        List.of(
            Fr.ONE,
            linear.factor1(),
            linear.factor2(),
            linear.z0().negate(),
            linear.value().negate(),
            challenges.y);
    return new Opening(proof.w2(), G1.sumOfProducts(points, factors));
  }
}
