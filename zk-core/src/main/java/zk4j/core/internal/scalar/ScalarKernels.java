package zk4j.core.internal.scalar;

import java.math.BigInteger;
import zk4j.core.internal.spi.Curve;
import zk4j.core.internal.spi.FrStore;
import zk4j.core.internal.spi.Kernels;
import zk4j.core.internal.spi.NttPlan;
import zk4j.core.internal.spi.PointStore;

/** Kernels in 64-bit integer arithmetic, for every machine. */
public final class ScalarKernels implements Kernels {
  static final BigInteger R =
      new BigInteger(
          "21888242871839275222246405745257275088548364400416034343698204186575808495617");

  @Override
  public String name() {
    return "scalar (5x52 bits)";
  }

  @Override
  public FrStore scalars(int size) {
    return new ScalarFrStore(size);
  }

  @Override
  public PointStore points(Curve curve, int size) {
    return new ScalarPointStore(curve, size);
  }

  @Override
  public NttPlan transforms(int logSize) {
    return new ScalarNttPlan(logSize);
  }

  /** A store of this provider as what it is. */
  static ScalarFrStore own(FrStore store) {
    if (store instanceof ScalarFrStore own) {
      return own;
    }
    throw new IllegalArgumentException("a vector of another provider: " + store.getClass());
  }
}
