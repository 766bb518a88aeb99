/** Groth16 over BN254: keys, proofs, proving and verification. */
@NullMarked
package zk4j.groth16;

import org.jspecify.annotations.NullMarked;
