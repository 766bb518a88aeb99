package zk4j.stream;

import java.security.SecureRandom;
import zk4j.bn254.Fr;
import zk4j.poseidon.Nullifier;
import zk4j.poseidon.Poseidon;

/**
 * What makes a person's windows and proofs theirs, and unlinkable for everybody else: a uniform
 * element of the field. Whoever has it can tell which proofs are about that person.
 *
 * @param value the secret
 */
public record SubjectSecret(Fr value) {
  /** A fresh secret. */
  public static SubjectSecret generate(SecureRandom random) {
    return new SubjectSecret(Fr.random(random));
  }

  /** What headers name the person by. */
  public Fr subject() {
    return Poseidon.hash(Tag.SUBJECT, value);
  }

  /** What an audience knows the person by: another name for each audience. */
  public Fr pseudonym(Fr audience) {
    return Poseidon.hash(Tag.PSEUDONYM, value, audience);
  }

  /** What is the same for two proofs of one scope, and tells nothing else. */
  public Fr nullifier(Fr scope) {
    return Nullifier.of(value, scope);
  }

  /** Not the secret. */
  @Override
  public String toString() {
    return "secret of a subject";
  }
}
