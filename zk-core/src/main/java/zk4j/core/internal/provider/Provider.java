package zk4j.core.internal.provider;

import java.lang.System.Logger.Level;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import zk4j.core.internal.scalar.ScalarKernels;
import zk4j.core.internal.spi.Kernels;

/**
 * The provider of kernels that all vectors use: the first one that the service loader offers, if
 * the machine can run it, else the scalar one. The system property {@code zk4j.kernels} forces
 * either: {@code scalar}, or {@code vector} for an error where none can run. Chosen and logged
 * once.
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
    String forced = System.getProperty("zk4j.kernels");
    Kernels scalar = new ScalarKernels();
    if ("scalar".equals(forced)) {
      logger.log(Level.DEBUG, "kernels: {0}, as zk4j.kernels demands", scalar.name());
      return scalar;
    }
    Level level = Level.DEBUG;
    String reason = "no others are offered";
    try {
      for (Kernels offered : ServiceLoader.load(Kernels.class, Kernels.class.getClassLoader())) {
        logger.log(Level.DEBUG, "kernels: {0}", offered.name());
        return offered;
      }
    } catch (ServiceConfigurationError | LinkageError cannotRun) {
      level = Level.INFO;
      Throwable cause = cannotRun.getCause();
      reason = String.valueOf(cause == null ? cannotRun : cause);
    }
    if ("vector".equals(forced)) {
      throw new IllegalStateException("zk4j.kernels demands vector kernels, but: " + reason);
    }
    logger.log(level, "kernels: {0}; {1}", scalar.name(), reason);
    return scalar;
  }
}
