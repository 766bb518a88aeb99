/** What the packages of this module share. */
@NullMarked
package zk4j.circomcompat.internal;

import org.jspecify.annotations.NullMarked;
