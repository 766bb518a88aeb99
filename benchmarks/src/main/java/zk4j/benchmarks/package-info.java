/** Benchmarks of zk4j's parts. */
@NullMarked
package zk4j.benchmarks;

import org.jspecify.annotations.NullMarked;
