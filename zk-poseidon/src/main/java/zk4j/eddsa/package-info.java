/** Signatures that circuits verify: EdDSA on BabyJubJub with Poseidon, as circomlib has it. */
@NullMarked
package zk4j.eddsa;

import org.jspecify.annotations.NullMarked;
