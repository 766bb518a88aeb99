/** What the packages of this module share. */
@NullMarked
package zk4j.stream.internal;

import org.jspecify.annotations.NullMarked;
