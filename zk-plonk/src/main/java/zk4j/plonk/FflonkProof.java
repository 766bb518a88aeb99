package zk4j.plonk;

import zk4j.bn254.Fr;
import zk4j.bn254.G1;

/**
 * An fflonk proof: four points and sixteen numbers, 768 bytes. Its identity is its statement's,
 * never its bytes.
 *
 * @param c1 commitment to the wires and the gates' quotient, combined
 * @param c2 commitment to the permutation's running product and its quotients, combined
 * @param w1 commitment to the quotient that shows all values
 * @param w2 the opening at the point y
 * @param evaluations the values
 * @param inv 1 over the product of what verifiers divide by, which spares those in contracts the
 *     division
 */
public record FflonkProof(G1 c1, G1 c2, G1 w1, G1 w2, FflonkEvaluations evaluations, Fr inv) {}
