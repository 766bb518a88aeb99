/** An append-only log of what was proven, accepted and erased. */
@NullMarked
package zk4j.stream.ledger;

import org.jspecify.annotations.NullMarked;
