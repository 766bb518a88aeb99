/** The kernels of {@code zk4j.core} on the Vector API, found by its service loader. */
module zk4j.vector {
  requires jdk.incubator.vector;
  requires static org.jspecify;
  requires zk4j.core;

  provides zk4j.core.internal.spi.Kernels with
      zk4j.vector.VectorKernels;
}
