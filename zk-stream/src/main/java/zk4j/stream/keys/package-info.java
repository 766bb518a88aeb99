/** Keys that encrypt keys: kept under a passphrase, rotated, recovered from shares. */
@NullMarked
package zk4j.stream.keys;

import org.jspecify.annotations.NullMarked;
