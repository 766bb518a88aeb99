/** Sums of scalars times points, whatever the layout of the points. */
@NullMarked
package zk4j.core.internal.msm;

import org.jspecify.annotations.NullMarked;
