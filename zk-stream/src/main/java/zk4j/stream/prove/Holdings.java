package zk4j.stream.prove;

import java.io.IOException;
import java.util.Optional;
import zk4j.bn254.Fr;
import zk4j.eddsa.EddsaPublicKey;
import zk4j.merkle.MerkleProof;
import zk4j.stream.SealedWindow;
import zk4j.stream.SubjectSecret;

/**
 * What a prover has: secret windows, the secrets of the people whose they are, and the tree of
 * devices. Thread-safe. An {@code IOException} is taken for a passing failure; what is not there is
 * empty.
 */
public interface Holdings {
  /** The window whose header has a hash. */
  Optional<SealedWindow> window(Fr header) throws IOException;

  /** The secret of a person. */
  Optional<SubjectSecret> secret(Fr subject) throws IOException;

  /** Where a device is in the tree of devices. */
  Optional<MerkleProof> enrolment(EddsaPublicKey device, Fr subject) throws IOException;
}
