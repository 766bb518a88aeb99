package zk4j.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code zk stream}. What the commands work with is on the module path for them alone. */
@Command(name = "stream", description = "Private statements about streams of readings.")
final class StreamCommands {
  private final Main main;

  StreamCommands(Main main) {
    this.main = main;
  }

  /** Whether what the commands work with is there: not so with {@code java -jar zk.jar}. */
  static boolean areAvailable() {
    try {
      Class.forName("zk4j.stream.server.VerifierServer");
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  static final String UNAVAILABLE =
      "the libraries for streams, in the folder stream beside zk.jar, are not on the module path:"
          + " start the command by ./zk";

  @Command(
      name = "demo",
      description = {
        "Replay a day of heart rates and glucose, prove statements about it, and verify them.",
        "Everything is on this machine: a device, a gateway that seals windows, a prover, a"
            + " verifier over HTTP, its ledger, and a page to look at."
      },
      footer = {
        "",
        "Examples:",
        "  zk stream demo           then look at the page; Ctrl-C ends it",
        "  zk stream demo --once    ends when the day is proven"
      })
  int demo(
      @Option(names = "--once", description = "End when the day is proven.") boolean once,
      @Option(
              names = "--port",
              paramLabel = "<port>",
              defaultValue = "0",
              description = "The port of the page on this machine (default: a free one).")
          int port,
      @Option(
              names = "--snarkjs",
              paramLabel = "<snarkjs.min.js>",
              description = {
                "The script by which the page verifies in the browser:",
                "node_modules/snarkjs/build/snarkjs.min.js after npm install snarkjs."
              })
          @Nullable Path snarkjs)
      throws Exception {
    if (port < 0 || port > 65535) {
      throw new CommandException(ExitCodes.ERROR, "--port must be 0 to 65535, not " + port);
    }
    if (!areAvailable()) {
      throw new CommandException(ExitCodes.ERROR, UNAVAILABLE);
    }
    Output output = main.output();
    Map<String, Object> fields =
        new StreamDemo(output, main.execution()).run(0, 24, once, port, snarkjs);
    output.result(List.of(), fields);
    return ExitCodes.OK;
  }
}
