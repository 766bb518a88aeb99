/** Who asks: policies, challenges, and the verification of proofs about windows. */
@NullMarked
package zk4j.stream.verify;

import org.jspecify.annotations.NullMarked;
