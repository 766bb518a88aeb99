/**
 * PLONK (ePrint 2019/953) and fflonk (ePrint 2021/1167) over BN254: setup, prover and verifier,
 * with the arithmetisation, the transcript and the keys of snarkjs.
 */
@NullMarked
package zk4j.plonk;

import org.jspecify.annotations.NullMarked;
