package zk4j.cli;

import java.io.Serial;

/** A command ends, with a message for its user and an exit code. */
final class CommandException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  private final int exitCode;

  CommandException(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  int exitCode() {
    return exitCode;
  }
}
