/** From readings as they come, in files or batches, to sealed windows, across restarts. */
@NullMarked
package zk4j.stream.ingest;

import org.jspecify.annotations.NullMarked;
