/** Assertions and arbitraries for tests of circuits. */
@NullMarked
package zk4j.testing;

import org.jspecify.annotations.NullMarked;
