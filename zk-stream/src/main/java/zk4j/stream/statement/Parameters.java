package zk4j.stream.statement;

import zk4j.circuit.Bounded;

/** Where a statement declares its parameters: public inputs, which a combination may rename. */
@FunctionalInterface
public interface Parameters {
  /** A parameter of at most so many bits. */
  Bounded declare(String name, int bits);
}
