/** The provider of kernels in plain 64-bit arithmetic. */
@NullMarked
package zk4j.core.internal.scalar;

import org.jspecify.annotations.NullMarked;
