/** Chooses a provider of kernels. */
@NullMarked
package zk4j.core.internal.provider;

import org.jspecify.annotations.NullMarked;
