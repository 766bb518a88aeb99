package zk4j.stream.verify;

import java.time.Instant;
import zk4j.bn254.Fr;

/** What the signals of a proof say, as far as the verifier's memory is concerned. */
record Claim(String policy, boolean holds, Fr challenge, Fr pseudonym, Fr nullifier, Instant end) {}
