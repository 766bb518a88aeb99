/** The seam between vectors and the providers of kernels. */
@NullMarked
package zk4j.core.internal.spi;

import org.jspecify.annotations.NullMarked;
