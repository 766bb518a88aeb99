/**
 * Circuits written in Java: signals and gadgets over a builder, which gives the constraint system
 * and the witness calculator from one definition.
 */
@NullMarked
package zk4j.circuit;

import org.jspecify.annotations.NullMarked;
