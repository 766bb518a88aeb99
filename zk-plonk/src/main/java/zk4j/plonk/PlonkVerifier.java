package zk4j.plonk;

import java.util.ArrayList;
import java.util.List;
import zk4j.bn254.Fr;
import zk4j.bn254.G1;
import zk4j.core.VerificationResult;

/**
 * Verifies PLONK proofs (ePrint 2019/953, section 8.4). Immutable and thread-safe.
 *
 * <p>Never throws on proofs and signals, whatever their values: their types keep out points off the
 * curve and numbers of r or more.
 */
public final class PlonkVerifier {
  /**
   * A statement with its proof.
   *
   * @param proof to be verified
   * @param publicSignals outputs first, then public inputs
   */
  public record Claim(PlonkProof proof, List<Fr> publicSignals) {
    /** Copies the signals. */
    public Claim {
      publicSignals = List.copyOf(publicSignals);
    }
  }

  private final PlonkVerifyingKey key;
  private final Opening.Check openings;
  private final Fr generator;

  private PlonkVerifier(PlonkVerifyingKey key) {
    this.key = key;
    this.openings = new Opening.Check(key.tau2());
    this.generator = new RootsOfUnity(key.domainSize()).generator();
  }

  /** A verifier for a key; worth keeping, since it prepares the key's point for pairings. */
  public static PlonkVerifier of(PlonkVerifyingKey key) {
    return new PlonkVerifier(key);
  }

  /** Whether a proof of a statement holds. */
  public boolean verify(PlonkProof proof, List<Fr> publicSignals) {
    return check(proof, publicSignals).valid();
  }

  /** Whether a proof of a statement holds, and why not. */
  public VerificationResult check(PlonkProof proof, List<Fr> publicSignals) {
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
      List<Fr> signals = claim.publicSignals();
      if (signals.size() != key.publicSignals()) {
        return KeyRules.otherSignals(signals, key.publicSignals());
      }
      Challenges challenges = Challenges.of(key, signals, claim.proof());
      if (isInDomain(challenges.xi)) {
        return VerificationResult.invalid("the challenge xi is in the domain");
      }
      found.add(opening(claim.proof(), signals, challenges));
    }
    return openings.check(found);
  }

  private boolean isInDomain(Fr x) {
    return new RootsOfUnity(key.domainSize()).vanishing(x).isZero();
  }

  /** Wxi + u Wxiw, and xi Wxi + u xi w Wxiw + F - E. */
  private Opening opening(PlonkProof proof, List<Fr> publicSignals, Challenges challenges) {
    Fr a = proof.evalA();
    Fr b = proof.evalB();
    Fr c = proof.evalC();
    Linearisation linear =
        Linearisation.of(
            key,
            challenges,
            publicSignals,
            a,
            b,
            c,
            proof.evalS1(),
            proof.evalS2(),
            proof.evalZw());
    Fr u = challenges.u;
    Fr xi = challenges.xi;
    Fr zh = linear.zh().negate();
    List<G1> points = new ArrayList<>(key.selectors());
    List<Fr> factors = new ArrayList<>(List.of(a.times(b), a, b, c, Fr.ONE));
    points.addAll(List.of(proof.z(), key.permutation().get(2)));
    factors.addAll(List.of(linear.zFactor().plus(u), linear.s3Factor().negate()));
    points.addAll(List.of(proof.t1(), proof.t2(), proof.t3()));
    factors.addAll(List.of(zh, zh.times(linear.xiN()), zh.times(linear.xiN()).times(linear.xiN())));
    List<G1> opened =
        List.of(
            proof.a(), proof.b(), proof.c(), key.permutation().get(0), key.permutation().get(1));
    List<Fr> values = List.of(a, b, c, proof.evalS1(), proof.evalS2());
    Fr e = u.times(proof.evalZw()).minus(linear.r0());
    Fr power = Fr.ONE;
    for (int i = 0; i < opened.size(); i++) {
      power = power.times(challenges.v);
      points.add(opened.get(i));
      factors.add(power);
      e = e.plus(power.times(values.get(i)));
    }
    points.addAll(List.of(G1.GENERATOR, proof.wXi(), proof.wXiw()));
    factors.addAll(List.of(e.negate(), xi, u.times(xi).times(generator)));
    return new Opening(proof.wXi().plus(proof.wXiw().times(u)), G1.sumOfProducts(points, factors));
  }
}
