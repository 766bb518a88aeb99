/** Verification of statements about streams over HTTP, metrics, and the local page. */
@NullMarked
package zk4j.stream.server;

import org.jspecify.annotations.NullMarked;
