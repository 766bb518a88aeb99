package zk4j.core.internal.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
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
    assertEquals(ScalarKernels.class.getName(), chosen(List.of(), location(OfferedKernels.class)));
  }

  @Test
  void thoseOffered() throws Exception {
    assertEquals(OfferedKernels.class.getName(), chosen(OfferedKernels.class.getName()));
  }

  @Test
  void theScalarOnesWhereThoseOfferedFailOrAreAbsent() throws Exception {
    assertEquals(ScalarKernels.class.getName(), chosen(OfferedKernels.Broken.class.getName()));
    assertEquals(ScalarKernels.class.getName(), chosen("zk4j.absent.Kernels"));
  }

  /** The kernels' class file is there, but not the class that it extends. */
  @Test
  void theScalarOnesWhereThoseOfferedCannotBeLinked() throws Exception {
    String name = OfferedKernels.Broken.class.getName();
    String file = name.replace('.', '/') + ".class";
    Path copy = folder.resolve(file);
    Files.createDirectories(copy.getParent());
    Files.copy(Path.of(location(OfferedKernels.class).toURI()).resolve(file), copy);
    assertEquals(ScalarKernels.class.getName(), chosen(List.of(name), folder.toUri().toURL()));
  }

  @Test
  void theScalarOnesWhereThePropertyForcesThem() throws Exception {
    System.setProperty(FORCE, "scalar");
    assertEquals(ScalarKernels.class.getName(), chosen(OfferedKernels.class.getName()));
  }

  @Test
  void noneWhereThePropertyForcesVectorsThatCannotRun() throws Exception {
    System.setProperty(FORCE, "vector");
    assertEquals(OfferedKernels.class.getName(), chosen(OfferedKernels.class.getName()));
    InvocationTargetException thrown =
        assertThrows(
            InvocationTargetException.class, () -> chosen(OfferedKernels.Broken.class.getName()));
    String message = String.valueOf(thrown.getCause());
    assertTrue(
        message.startsWith("java.lang.IllegalStateException: zk4j.kernels demands"), message);
    assertTrue(message.contains("jdk/incubator/vector"), message);
  }

  private String chosen(String offered) throws Exception {
    return chosen(List.of(offered), location(OfferedKernels.class));
  }

  /** The class that a fresh class loader chooses of those offered, whose classes are at a place. */
  private String chosen(List<String> offered, URL place) throws Exception {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.write(services.resolve(Kernels.class.getName()), offered);
    URL[] urls = {folder.toUri().toURL(), location(Provider.class), place};
    try (URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
      Class<?> provider = loader.loadClass(Provider.class.getName());
      return provider.getMethod("kernels").invoke(null).getClass().getName();
    }
  }

  private static URL location(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation();
  }
}
