/** The hash function Poseidon over BN254's scalar field, with circomlib's parameters. */
@NullMarked
package zk4j.poseidon;

import org.jspecify.annotations.NullMarked;
