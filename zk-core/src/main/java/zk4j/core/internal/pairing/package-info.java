/** Fq6, Fq12 and the pairing's two parts on slots of long arrays. */
@NullMarked
package zk4j.core.internal.pairing;

import org.jspecify.annotations.NullMarked;
