/** The command {@code zk}, with the verbs and argument order of snarkjs. */
@NullMarked
package zk4j.cli;

import org.jspecify.annotations.NullMarked;
