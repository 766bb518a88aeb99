package zk4j.bn254;

import zk4j.core.internal.provider.Provider;

/** Which implementation of the kernels the vectors of this process use. */
public final class KernelChoice {
  private KernelChoice() {}

  /**
   * Has the kernels compiled, which takes a second or two, in the caller's thread: for short-lived
   * programs that have something else to wait for meanwhile, such as files. Nothing else changes;
   * kernels that are not warmed up are compiled while they work.
   */
  public static void warmUp() {
    Provider.kernels().warmUp();
  }

  /** How many elements an operation on a vector handles at a time: 1, or a machine vector's. */
  public static int lanes() {
    return Provider.kernels().lanes();
  }

  /** The name of the implementation, for people. */
  public static String name() {
    return Provider.kernels().name();
  }
}
