package zk4j.bn254;

import zk4j.core.internal.provider.Provider;

/** Which implementation of the kernels the vectors of this process use. */
public final class KernelChoice {
  private KernelChoice() {}

  /** The name of the implementation, for people. */
  public static String name() {
    return Provider.kernels().name();
  }
}
