package zk4j.groth16;

import zk4j.bn254.G1;
import zk4j.bn254.G2;

/**
 * A Groth16 proof (ePrint 2016/260): three points, checked to be in their groups when they were
 * made.
 *
 * <p>Proofs are malleable: whoever has one can make others of the same statement, such as (-a, -b,
 * c), all of them valid. What identifies a proof is its statement, never its points: see {@link
 * Groth16Verifier#statementId}.
 *
 * @param a in G1
 * @param b in G2
 * @param c in G1
 */
public record Proof(G1 a, G2 b, G1 c) {}
