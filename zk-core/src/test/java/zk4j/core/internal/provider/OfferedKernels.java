package zk4j.core.internal.provider;

import zk4j.core.internal.scalar.ScalarKernels;
import zk4j.core.internal.spi.Curve;
import zk4j.core.internal.spi.FrStore;
import zk4j.core.internal.spi.Kernels;
import zk4j.core.internal.spi.NttPlan;
import zk4j.core.internal.spi.PointStore;

/** Kernels that a test offers: the scalar ones under another name. */
public class OfferedKernels implements Kernels {
  private final Kernels scalar = new ScalarKernels();

  /** For the service loader. */
  public OfferedKernels() {}

  /** Kernels for a machine that lacks what they need. */
  public static final class Broken extends OfferedKernels {
    /** Fails as kernels do whose module is absent. */
    public Broken() {
      throw new NoClassDefFoundError("jdk/incubator/vector/LongVector");
    }
  }

  @Override
  public String name() {
    return "offered";
  }

  @Override
  public FrStore scalars(int size) {
    return scalar.scalars(size);
  }

  @Override
  public PointStore points(Curve curve, int size) {
    return scalar.points(curve, size);
  }

  @Override
  public NttPlan transforms(int logSize) {
    return scalar.transforms(logSize);
  }
}
