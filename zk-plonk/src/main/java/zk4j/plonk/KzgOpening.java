package zk4j.plonk;

import zk4j.bn254.Fr;
import zk4j.bn254.G1;

/**
 * A polynomial's value at a point, with its proof.
 *
 * @param point where
 * @param value what the polynomial is there
 * @param proof that it is
 */
public record KzgOpening(Fr point, Fr value, G1 proof) {}
