package zk4j.groth16;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import zk4j.bn254.FieldEncoding;
import zk4j.bn254.Fr;
import zk4j.bn254.FrVector;
import zk4j.bn254.G1;
import zk4j.bn254.G1Table;
import zk4j.bn254.G1Vector;
import zk4j.bn254.Gt;
import zk4j.bn254.Msm;
import zk4j.bn254.Pairing;
import zk4j.bn254.PreparedG2;
import zk4j.core.Execution;
import zk4j.core.VerificationResult;

/**
 * Verifies Groth16 proofs: e(A, B) = e(alpha, beta) e(L, gamma) e(C, delta), L = IC[0] + the sum of
 * x[i] IC[i + 1]. Immutable and thread-safe.
 *
 * <p>Never throws on proofs and signals, whatever their values: their types keep out points off the
 * curve or the subgroup and numbers of r or more.
 */
public final class Groth16Verifier {
  /**
   * Bits of k and l of a batch's random factors k + l LAMBDA, no two of which are equal mod r: a
   * batch with an invalid proof is accepted with chance 2^-128.
   */
  private static final int FACTOR_BITS = 64;

  /**
   * A cube root of 1: {@link G1#sumOfProducts} takes half as long for k + l LAMBDA with k and l
   * short.
   */
  private static final Fr LAMBDA =
      Fr.of(new BigInteger("4407920970296243842393367215006156084916469457145843978461"));

  /** The most points of IC that get tables, of 20 KB each. */
  private static final int TABLES = 33;

  private static final byte[] STATEMENT_TAG =
      "zk4j groth16 bn254 statement 1".getBytes(StandardCharsets.US_ASCII);

  /**
   * A statement with its proof.
   *
   * @param proof to be verified
   * @param publicSignals outputs first, then public inputs
   */
  public record Claim(Proof proof, List<Fr> publicSignals) {
    /** Copies the signals. */
    public Claim {
      publicSignals = List.copyOf(publicSignals);
    }
  }

  private final VerifyingKey key;
  private final PreparedG2 gamma;
  private final PreparedG2 delta;
  private final Gt alphaBeta;
  private final Function<List<Fr>, G1> statement;
  private final SecureRandom random = new SecureRandom();

  private Groth16Verifier(VerifyingKey key) {
    this.key = key;
    this.gamma = PreparedG2.of(key.gamma());
    this.delta = PreparedG2.of(key.delta());
    this.alphaBeta = key.alphaBeta();
    if (key.ic().size() <= TABLES) {
      this.statement = G1Table.of(key.ic())::sum;
    } else {
      G1Vector ic = G1Vector.copyOf(key.ic());
      this.statement = x -> Msm.sum(ic, FrVector.copyOf(x), Execution.sequential());
    }
  }

  /** A verifier for a key; worth keeping, since it prepares the key's points for pairings. */
  public static Groth16Verifier of(VerifyingKey key) {
    return new Groth16Verifier(key);
  }

  /** Whether a proof of a statement holds. */
  public boolean verify(Proof proof, List<Fr> publicSignals) {
    return check(proof, publicSignals).valid();
  }

  /** Whether a proof of a statement holds, and why not. */
  public VerificationResult check(Proof proof, List<Fr> publicSignals) {
    return check(List.of(new Claim(proof, publicSignals)));
  }

  /**
   * Whether all claims hold, by one product of pairings of a random linear combination: faster by
   * far than one after the other.
   */
  public boolean verifyBatch(List<Claim> claims) {
    return check(claims).valid();
  }

  /** The indices of the claims that do not hold, in order, found by bisection of the batch. */
  public List<Integer> findInvalid(List<Claim> claims) {
    List<Integer> invalid = new ArrayList<>();
    findInvalid(claims, 0, invalid);
    return invalid;
  }

  private void findInvalid(List<Claim> claims, int offset, List<Integer> invalid) {
    if (check(claims).valid()) {
      return;
    }
    if (claims.size() == 1) {
      invalid.add(offset);
      return;
    }
    int half = claims.size() / 2;
    findInvalid(claims.subList(0, half), offset, invalid);
    findInvalid(claims.subList(half, claims.size()), offset + half, invalid);
  }

  /**
   * The product of e(rho A, B) of all claims, e(-sum rho L, gamma) and e(-sum rho C, delta) is
   * e(alpha, beta) to the power of the sum of rho.
   */
  private VerificationResult check(List<Claim> claims) {
    List<G1> left = new ArrayList<>();
    List<PreparedG2> right = new ArrayList<>();
    Fr[] signals = new Fr[key.ic().size()];
    Arrays.fill(signals, Fr.ZERO);
    boolean alone = claims.size() == 1;
    List<G1> c = new ArrayList<>();
    List<Fr> factors = new ArrayList<>();
    for (Claim claim : claims) {
      List<Fr> x = claim.publicSignals();
      if (x.size() != key.publicSignals()) {
        return VerificationResult.invalid(
            x.size() + " public signals, but the key is for " + key.publicSignals());
      }
      Fr rho = alone ? Fr.ONE : randomFactor();
      left.add(alone ? claim.proof().a() : claim.proof().a().times(rho));
      right.add(PreparedG2.once(claim.proof().b()));
      c.add(claim.proof().c());
      factors.add(rho);
      signals[0] = signals[0].plus(rho);
      for (int i = 0; i < x.size(); i++) {
        signals[i + 1] = signals[i + 1].plus(rho.times(x.get(i)));
      }
    }
    left.add(statement.apply(List.of(signals)).negate());
    right.add(gamma);
    left.add((alone ? c.get(0) : G1.sumOfProducts(c, factors)).negate());
    right.add(delta);
    Gt target = alone ? alphaBeta : alphaBeta.pow(signals[0]);
    return Pairing.product(left, right).equals(target)
        ? VerificationResult.VALID
        : VerificationResult.invalid("the pairing equation does not hold");
  }

  private Fr randomFactor() {
    Fr k = Fr.of(new BigInteger(FACTOR_BITS, random));
    Fr l = Fr.of(new BigInteger(FACTOR_BITS, random));
    return k.plus(l.times(LAMBDA));
  }

  /**
   * What identifies a statement and every proof of it: the SHA-256 of a tag, the key's {@linkplain
   * VerifyingKey#fingerprint fingerprint} and the public signals, 32 bytes each, most significant
   * byte first. Deduplicate on this (or on a nullifier among the signals), never on a proof's
   * bytes: anyone can make other proofs out of one.
   *
   * @throws IllegalArgumentException unless there are as many signals as the key has
   */
  public byte[] statementId(List<Fr> publicSignals) {
    if (publicSignals.size() != key.publicSignals()) {
      throw new IllegalArgumentException(
          publicSignals.size() + " public signals, but the key is for " + key.publicSignals());
    }
    MessageDigest digest = VerifyingKey.sha256();
    digest.update(STATEMENT_TAG);
    digest.update(key.fingerprint());
    publicSignals.forEach(signal -> digest.update(signal.encode(FieldEncoding.BIG_ENDIAN)));
    return digest.digest();
  }
}
