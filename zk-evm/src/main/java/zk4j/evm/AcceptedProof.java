package zk4j.evm;

import java.math.BigInteger;
import java.time.Instant;
import zk4j.bn254.Fr;

/**
 * A proof that a {@code ProofRegistry} has accepted: its event {@code Accepted}. A registry accepts
 * a nullifier once, and so that is what an event is known by.
 *
 * @param policy the number of the policy that it was accepted for
 * @param nullifier by which the statement about its window is known
 * @param pseudonym what the policy's audience knows the person by
 * @param windowEnd when the window was over
 * @param sender the address that handed it in, as {@code 0x} and 40 hexadecimal digits, small
 * @param block the number of the block that it is in
 * @param transaction the hash of its transaction, as {@code 0x} and 64 hexadecimal digits, small
 */
public record AcceptedProof(
    BigInteger policy,
    Fr nullifier,
    Fr pseudonym,
    Instant windowEnd,
    String sender,
    long block,
    String transaction) {}
