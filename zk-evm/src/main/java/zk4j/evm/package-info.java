/** Verifiers in Solidity, and the data of calls to them. */
@NullMarked
package zk4j.evm;

import org.jspecify.annotations.NullMarked;
