package zk4j.plonk;

import zk4j.bn254.Fr;
import zk4j.bn254.G1;

/**
 * A PLONK proof: nine points and six numbers, 768 bytes. Its identity is its statement's, never its
 * bytes.
 *
 * @param a commitment to the first wires
 * @param b commitment to the second wires
 * @param c commitment to the third wires
 * @param z commitment to the permutation's running product
 * @param t1 commitment to the quotient's lowest part
 * @param t2 commitment to its middle part
 * @param t3 commitment to its highest part
 * @param evalA a at the point xi
 * @param evalB b at xi
 * @param evalC c at xi
 * @param evalS1 the first permutation polynomial at xi
 * @param evalS2 the second one at xi
 * @param evalZw z at xi times the domain's generator
 * @param wXi the opening at xi
 * @param wXiw the opening at xi times the generator
 */
public record PlonkProof(
    G1 a,
    G1 b,
    G1 c,
    G1 z,
    G1 t1,
    G1 t2,
    G1 t3,
    Fr evalA,
    Fr evalB,
    Fr evalC,
    Fr evalS1,
    Fr evalS2,
    Fr evalZw,
    G1 wXi,
    G1 wXiw) {}
