/** Windows of a device's readings: their format, commitment, chain and signature. */
@NullMarked
package zk4j.stream;

import org.jspecify.annotations.NullMarked;
