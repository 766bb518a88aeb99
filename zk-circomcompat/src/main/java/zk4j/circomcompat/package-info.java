/** Files and JSON of circom and snarkjs, read and written. */
@NullMarked
package zk4j.circomcompat;

import org.jspecify.annotations.NullMarked;
