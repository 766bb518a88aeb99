/** Rank-1 constraint systems, witnesses, and the check of one against the other. */
@NullMarked
package zk4j.r1cs;

import org.jspecify.annotations.NullMarked;
