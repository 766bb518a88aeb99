/**
 * Fields, curves and pairing of BN254, vectors of them, and bounded reading of bytes from outside.
 */
@SuppressWarnings("module") // the modules that it exports to are built after this one
module zk4j.core {
  requires static transitive org.jspecify;

  exports zk4j.bn254;
  exports zk4j.core;
  // For providers of kernels, and field arithmetic for what computes much in it.
  exports zk4j.core.internal.curve to
      zk4j.vector;
  exports zk4j.core.internal.field to
      zk4j.poseidon,
      zk4j.r1cs,
      zk4j.vector;
  exports zk4j.core.internal.msm to
      zk4j.vector;
  exports zk4j.core.internal.scalar to
      zk4j.vector;
  exports zk4j.core.internal.spi to
      zk4j.vector;

  uses zk4j.core.internal.spi.Kernels;
}
