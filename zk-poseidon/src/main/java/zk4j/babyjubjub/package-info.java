/** The curve BabyJubJub, whose points have coordinates in BN254's scalar field. */
@NullMarked
package zk4j.babyjubjub;

import org.jspecify.annotations.NullMarked;
