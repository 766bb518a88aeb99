/** Scalar arithmetic in BN254's groups, on slots of long arrays. */
@NullMarked
package zk4j.core.internal.curve;

import org.jspecify.annotations.NullMarked;
