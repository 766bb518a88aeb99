package zk4j.core.internal.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zk4j.core.internal.scalar.ScalarKernels;
import zk4j.core.internal.spi.Kernels;

/** The choice of kernels, which is made once a class loader. */
class ProviderTest {
  private static final String FORCE = "zk4j.kernels";

  private final Path folder;

  ProviderTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @AfterEach
  void forceNothing() {
    System.clearProperty(FORCE);
  }

  @Test
  void theScalarOnesWhereNoOthersAreOffered() throws Exception {
    assertEquals(ScalarKernels.class.getName(), chosen());
  }

  @Test
  void thoseOffered() throws Exception {
    assertEquals(OfferedKernels.class.getName(), chosen(OfferedKernels.class.getName()));
  }

  @Test
  void theScalarOnesWhereThoseOfferedCannotRun() throws Exception {
    assertEquals(ScalarKernels.class.getName(), chosen(OfferedKernels.Broken.class.getName()));
    assertEquals(ScalarKernels.class.getName(), chosen("zk4j.absent.Kernels"));
  }

  @Test
  void theScalarOnesWhereThePropertyForcesThem() throws Exception {
    System.setProperty(FORCE, "scalar");
    assertEquals(ScalarKernels.class.getName(), chosen(OfferedKernels.class.getName()));
  }

  /** The class that a fresh class loader chooses where these are offered. */
  private String chosen(String... offered) throws Exception {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.write(services.resolve(Kernels.class.getName()), List.of(offered));
    URL[] urls = {folder.toUri().toURL(), location(Provider.class), location(OfferedKernels.class)};
    ClassLoader parent = ClassLoader.getPlatformClassLoader();
    try (URLClassLoader loader = new URLClassLoader(urls, parent)) {
      Class<?> provider = loader.loadClass(Provider.class.getName());
      return provider.getMethod("kernels").invoke(null).getClass().getName();
    }
  }

  private static URL location(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation();
  }
}
