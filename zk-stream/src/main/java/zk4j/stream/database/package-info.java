/** Databases for what must outlive a process. */
@NullMarked
package zk4j.stream.database;

import org.jspecify.annotations.NullMarked;
