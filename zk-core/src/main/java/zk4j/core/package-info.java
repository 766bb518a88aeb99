/** What every module shares: how long operations are run, and how bytes from outside are read. */
@NullMarked
package zk4j.core;

import org.jspecify.annotations.NullMarked;
