/** Arithmetic modulo the order of BabyJubJub's subgroup. */
@NullMarked
package zk4j.eddsa.internal;

import org.jspecify.annotations.NullMarked;
