package zk4j.vector;

import java.util.concurrent.locks.LockSupport;
import zk4j.core.internal.spi.Curve;
import zk4j.core.internal.spi.FrStore;
import zk4j.core.internal.spi.Kernels;
import zk4j.core.internal.spi.NttPlan;
import zk4j.core.internal.spi.PointStore;

/** Kernels on the Vector API, for machines with vectors of 256 bits or more. */
public final class VectorKernels implements Kernels {
  /** Nanoseconds between the tries of a warm-up, and in all. */
  private static final long PAUSE = 1_000_000;

  private static final long LONGEST = 10_000_000_000L;

  private final int bits;

  /**
   * For the service loader.
   *
   * @throws UnsupportedOperationException if the machine's vectors are too short, or the module
   *     jdk.incubator.vector was not added
   */
  public VectorKernels() {
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      throw new UnsupportedOperationException(
          "vector kernels need the JVM's option --add-modules jdk.incubator.vector");
    }
    this.bits = Lanes.DOUBLES.vectorBitSize();
  }

  @Override
  public String name() {
    return "vector (" + bits + " bits)";
  }

  @Override
  public int lanes() {
    return Lanes.LANES;
  }

  /** Tries the passes of both fields, with pauses, for the compiler needs the processors too. */
  @Override
  public void warmUp() {
    long begin = System.nanoTime();
    while ((Layout.FQ.passes.tryOnce() | Layout.FR.passes.tryOnce())
        && System.nanoTime() - begin < LONGEST) {
      LockSupport.parkNanos(PAUSE);
    }
  }

  @Override
  public FrStore scalars(int size) {
    return new VectorFrStore(size);
  }

  @Override
  public PointStore points(Curve curve, int size) {
    return new VectorPointStore(curve, size);
  }

  @Override
  public NttPlan transforms(int logSize) {
    return VectorNttPlan.of(logSize);
  }
}
