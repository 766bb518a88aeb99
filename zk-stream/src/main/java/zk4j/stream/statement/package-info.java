/** Statements about windows, as circuits. */
@NullMarked
package zk4j.stream.statement;

import org.jspecify.annotations.NullMarked;
