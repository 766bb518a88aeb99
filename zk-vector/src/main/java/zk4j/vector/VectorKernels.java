package zk4j.vector;

import java.util.concurrent.locks.LockSupport;
import zk4j.core.internal.spi.Curve;
import zk4j.core.internal.spi.FrStore;
import zk4j.core.internal.spi.Kernels;
import zk4j.core.internal.spi.NttPlan;
import zk4j.core.internal.spi.PointStore;

/** Kernels on the Vector API, for machines with vectors of 256 bits or more. */
public final class VectorKernels implements Kernels {
  /** Tries of a warm-up at most, and nanoseconds between them: some ten seconds. */
  private static final int MOST_TRIES = 1 << 13;

  private static final long PAUSE = 1_000_000;

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

  /** Tries the passes of both fields, with pauses, for the compiler needs the processors too. */
  @Override
  public void warmUp() {
    boolean open = true;
    for (int i = 0; open && i < MOST_TRIES; i++) {
      open = Layout.FQ.passes.tryOnce() | Layout.FR.passes.tryOnce();
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
