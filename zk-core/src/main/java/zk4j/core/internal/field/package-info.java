/** Scalar arithmetic in BN254's fields, on slots of long arrays. */
@NullMarked
package zk4j.core.internal.field;

import org.jspecify.annotations.NullMarked;
