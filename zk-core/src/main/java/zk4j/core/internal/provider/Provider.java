package zk4j.core.internal.provider;

import java.lang.System.Logger.Level;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import zk4j.core.internal.scalar.ScalarKernels;
import zk4j.core.internal.spi.Kernels;

/**
 * The provider of kernels that all vectors use: the first one that the service loader offers, if
 * the machine can run it, else the scalar one. The system property {@code zk4j.kernels} set to
 * {@code scalar} forces the latter. Chosen and logged once.
 */
public final class Provider {
  private static final Kernels CHOSEN = choose();

  private Provider() {}

  /** The provider. */
  public static Kernels kernels() {
    return CHOSEN;
  }

  private static Kernels choose() {
    System.Logger logger = System.getLogger("zk4j");
    Kernels scalar = new ScalarKernels();
    if ("scalar".equals(System.getProperty("zk4j.kernels"))) {
      logger.log(Level.DEBUG, "kernels: {0}, as zk4j.kernels demands", scalar.name());
      return scalar;
    }
    try {
      for (Kernels offered : ServiceLoader.load(Kernels.class, Kernels.class.getClassLoader())) {
        logger.log(Level.DEBUG, "kernels: {0}", offered.name());
        return offered;
      }
      logger.log(Level.DEBUG, "kernels: {0}, no others being offered", scalar.name());
    } catch (ServiceConfigurationError | LinkageError cannotRun) {
      logger.log(Level.INFO, "kernels: {0}, since {1}", scalar.name(), cannotRun);
    }
    return scalar;
  }
}
