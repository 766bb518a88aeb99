/** Files that are replaced as a whole, and HTTP within bounds. */
@NullMarked
package zk4j.io;

import org.jspecify.annotations.NullMarked;
