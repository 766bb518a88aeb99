/** Whether a constraint system leaves its outputs no choice. */
@NullMarked
package zk4j.r1cs.audit;

import org.jspecify.annotations.NullMarked;
