/** Sealed windows, encrypted and addressed by their content, until they are erased. */
@NullMarked
package zk4j.stream.store;

import org.jspecify.annotations.NullMarked;
