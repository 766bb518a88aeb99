package zk4j.poseidon;

import zk4j.bn254.Fr;

/**
 * Nullifiers: a number that a secret gives in a scope, always the same one, by which a verifier
 * notices that something is done a second time. It does not tell the secret, nor can nullifiers of
 * one secret in two scopes be told to belong together. Poseidon of the scope and the secret, as in
 * Semaphore 4.
 */
public final class Nullifier {
  private Nullifier() {}

  /**
   * The nullifier of a secret in a scope.
   *
   * @param secret with at least 128 bits that nobody can guess: others could try all of fewer
   * @param scope what may be done once, such as a hash of the verifier and the period
   */
  public static Fr of(Fr secret, Fr scope) {
    return Poseidon.hash(scope, secret);
  }
}
