/** Arithmetic of BabyJubJub's points on slots of long arrays. */
@NullMarked
package zk4j.babyjubjub.internal;

import org.jspecify.annotations.NullMarked;
