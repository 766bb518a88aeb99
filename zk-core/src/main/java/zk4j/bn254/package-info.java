/**
 * The curve BN254: its fields, groups and pairing as values, vectors of them, and sums and
 * transforms over vectors.
 */
@NullMarked
package zk4j.bn254;

import org.jspecify.annotations.NullMarked;
