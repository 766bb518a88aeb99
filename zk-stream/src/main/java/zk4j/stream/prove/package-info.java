/** Who answers: proofs about windows. */
@NullMarked
package zk4j.stream.prove;

import org.jspecify.annotations.NullMarked;
