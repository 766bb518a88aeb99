package zk4j.core.internal.provider;

import java.lang.System.Logger.Level;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import zk4j.core.internal.scalar.ScalarKernels;
import zk4j.core.internal.spi.Kernels;

/**
 * The provider of kernels that all vectors use: the first one that the service loader offers, if
 * the machine can run it, else the scalar one. The system property {@code zk4j.kernels} forces
 * either: {@code scalar}, or {@code vector} for an error where none can run. Chosen and logged
 * once.
 */
public final class Provider {
  private static final Choice CHOICE = choose();

  private Provider() {}

  /** The provider, or why there is none. */
  private record Choice(@Nullable Kernels kernels, String refusal) {
    Choice(Kernels kernels) {
      this(kernels, "");
    }
  }

  /**
   * The provider.
   *
   * @throws IllegalStateException if vector kernels are demanded, and cannot run
   */
  public static Kernels kernels() {
    Kernels kernels = CHOICE.kernels;
    if (kernels == null) {
      throw new IllegalStateException(CHOICE.refusal);
    }
    return kernels;
  }

  private static Choice choose() {
    System.Logger logger = System.getLogger("zk4j");
    String forced = System.getProperty("zk4j.kernels");
    Kernels scalar = new ScalarKernels();
    if ("scalar".equals(forced)) {
      logger.log(Level.DEBUG, "kernels: {0}, as zk4j.kernels demands", scalar.name());
      return new Choice(scalar);
    }
    Level level = Level.DEBUG;
    String reason = "no others are offered";
    try {
      for (Kernels offered : ServiceLoader.load(Kernels.class, Kernels.class.getClassLoader())) {
        logger.log(Level.DEBUG, "kernels: {0}", offered.name());
        return new Choice(offered);
      }
    } catch (ServiceConfigurationError | LinkageError cannotRun) {
      level = Level.INFO;
      Throwable cause = cannotRun.getCause();
      reason = String.valueOf(cause == null ? cannotRun : cause);
    }
    if ("vector".equals(forced)) {
      return new Choice(null, "zk4j.kernels demands vector kernels, but: " + reason);
    }
    logger.log(level, "kernels: {0}; {1}", scalar.name(), reason);
    return new Choice(scalar);
  }
}
