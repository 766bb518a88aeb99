/**
 * Fields, curves and pairing of BN254, vectors of them, and bounded reading of bytes from outside.
 */
module zk4j.core {
  requires static transitive org.jspecify;

  exports zk4j.bn254;
  exports zk4j.core;

  uses zk4j.core.internal.spi.Kernels;
}
