/** Poseidon's parameters and its permutation on slots of long arrays. */
@NullMarked
package zk4j.poseidon.internal;

import org.jspecify.annotations.NullMarked;
