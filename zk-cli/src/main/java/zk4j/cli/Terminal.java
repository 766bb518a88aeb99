package zk4j.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a person is watching. */
final class Terminal {
  private Terminal() {}

  /** Whether the standard input, output and, where the system tells, error are a terminal. */
  @SuppressWarnings(
      "SystemConsoleNull") // null means no terminal before JDK 22, and isTerminal after
  static boolean isInteractive() {
    Console console = System.console();
    return console != null && isTerminal(console) && errorMayBeTerminal();
  }

  /** Since JDK 22 there may be a console without a terminal, and a method that tells. */
  private static boolean isTerminal(Console console) {
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }

  /** Java does not tell this of the standard error; Linux does. */
  private static boolean errorMayBeTerminal() {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException e) {
      return true;
    }
  }
}
