/**
 * Batch arithmetic in 256-bit or 512-bit vectors of doubles. {@code VectorPasses} is emitted; what
 * moves data between layouts, and what runs once a batch, is plain Java.
 */
@NullMarked
package zk4j.vector;

import org.jspecify.annotations.NullMarked;
