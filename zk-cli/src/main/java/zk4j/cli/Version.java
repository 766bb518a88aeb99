package zk4j.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;
import zk4j.bn254.KernelChoice;

/** The version that the build wrote into {@code version.properties}, and what it runs on. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() throws IOException {
    Properties properties = new Properties();
    try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
      if (in == null) {
        throw new IOException("version.properties is missing beside " + Version.class.getName());
      }
      properties.load(in);
    }
    return new String[] {
      "zk " + properties.getProperty("version"),
      "kernels: " + KernelChoice.name(),
      "java: " + java()
    };
  }

  /** The Java platform and the machine. */
  static String java() {
    return System.getProperty("java.vm.name")
        + " "
        + Runtime.version()
        + ", "
        + System.getProperty("os.name")
        + " "
        + System.getProperty("os.arch")
        + ", "
        + Runtime.getRuntime().availableProcessors()
        + " processors";
  }
}
