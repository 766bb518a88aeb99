package zk4j.groth16;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import zk4j.bn254.G1;
import zk4j.bn254.G2;
import zk4j.bn254.Gt;
import zk4j.bn254.Pairing;
import zk4j.bn254.PointEncoding;

/** A Groth16 verification key: public, immutable. Its points are checked when it is made. */
public final class VerifyingKey {
  private final G1 alpha;
  private final G2 beta;
  private final G2 gamma;
  private final G2 delta;
  private final List<G1> ic;

  private VerifyingKey(G1 alpha, G2 beta, G2 gamma, G2 delta, List<G1> ic) {
    if (ic.isEmpty()) {
      throw new IllegalArgumentException("a verification key has at least one point of IC");
    }
    this.alpha = alpha;
    this.beta = beta;
    this.gamma = gamma;
    this.delta = delta;
    this.ic = List.copyOf(ic);
  }

  /**
   * Makes a key.
   *
   * @param ic one point for the constant 1 and one for each public signal
   * @throws UnsafeKeyException if no ceremony has touched the key (delta = gamma, or delta the
   *     generator: then anyone can prove anything), or a point is infinity (a public signal whose
   *     point of IC is infinity is bound to nothing)
   */
  public static VerifyingKey of(G1 alpha, G2 beta, G2 gamma, G2 delta, List<G1> ic)
      throws UnsafeKeyException {
    VerifyingKey key = new VerifyingKey(alpha, beta, gamma, delta, ic);
    String problem = key.problem();
    if (!problem.isEmpty()) {
      throw new UnsafeKeyException(problem);
    }
    return key;
  }

  /**
   * Makes a key without the checks of {@link #of}: for development alone, since anyone may be able
   * to prove anything.
   */
  public static VerifyingKey ofInsecureDevelopmentKey(
      G1 alpha, G2 beta, G2 gamma, G2 delta, List<G1> ic) {
    return new VerifyingKey(alpha, beta, gamma, delta, ic);
  }

  private String problem() {
    if (alpha.isInfinity() || beta.isInfinity() || gamma.isInfinity() || delta.isInfinity()) {
      return "one of alpha, beta, gamma and delta is infinity";
    }
    if (delta.equals(gamma)) {
      return "delta equals gamma: nobody has contributed to phase 2, and anyone can forge proofs";
    }
    if (delta.equals(G2.GENERATOR)) {
      return "delta is the generator: nobody has contributed to phase 2, and anyone can forge proofs";
    }
    for (int i = 0; i < ic.size(); i++) {
      if (ic.get(i).isInfinity()) {
        return "IC["
            + i
            + "] is infinity"
            + (i == 0 ? "" : ": public signal " + (i - 1) + " is bound to nothing");
      }
    }
    return "";
  }

  /** alpha, in G1. */
  public G1 alpha() {
    return alpha;
  }

  /** beta, in G2. */
  public G2 beta() {
    return beta;
  }

  /** gamma, in G2. */
  public G2 gamma() {
    return gamma;
  }

  /** delta, in G2. */
  public G2 delta() {
    return delta;
  }

  /** The points of the constant 1 and of each public signal. Immutable. */
  public List<G1> ic() {
    return ic;
  }

  /** How many public signals a statement has. */
  public int publicSignals() {
    return ic.size() - 1;
  }

  /** e(alpha, beta). Computed anew by each call. */
  public Gt alphaBeta() {
    return Pairing.pairing(alpha, beta);
  }

  /**
   * The SHA-256 of the number of points of IC (4 bytes, most significant first), then alpha, beta,
   * gamma, delta and IC in Ethereum's encoding: what a verifier should pin.
   */
  public byte[] fingerprint() {
    MessageDigest digest = sha256();
    for (int shift = 24; shift >= 0; shift -= 8) {
      digest.update((byte) (ic.size() >> shift));
    }
    digest.update(alpha.encode(PointEncoding.EVM));
    digest.update(beta.encode(PointEncoding.EVM));
    digest.update(gamma.encode(PointEncoding.EVM));
    digest.update(delta.encode(PointEncoding.EVM));
    ic.forEach(point -> digest.update(point.encode(PointEncoding.EVM)));
    return digest.digest();
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VerifyingKey that
        && alpha.equals(that.alpha)
        && beta.equals(that.beta)
        && gamma.equals(that.gamma)
        && delta.equals(that.delta)
        && ic.equals(that.ic);
  }

  @Override
  public int hashCode() {
    return ic.hashCode() * 31 + delta.hashCode();
  }

  @Override
  public String toString() {
    return "Groth16 verification key for " + publicSignals() + " public signals";
  }
}
