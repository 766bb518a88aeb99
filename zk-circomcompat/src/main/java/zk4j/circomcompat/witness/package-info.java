/** Witnesses calculated by the WebAssembly that circom makes of a circuit. */
@NullMarked
package zk4j.circomcompat.witness;

import org.jspecify.annotations.NullMarked;
