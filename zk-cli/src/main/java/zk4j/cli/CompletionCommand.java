package zk4j.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code zk generate-completion}. */
@Command(
    name = "generate-completion",
    description = {
      "Print a script that completes this command in bash and zsh.",
      "To have it in every new shell, write it to a file, such as ~/.zk-completion,",
      "and add the line \"source ~/.zk-completion\" to ~/.bashrc or ~/.zshrc."
    },
    footer = {"", "Example:", "  source <(zk generate-completion)"})
final class CompletionCommand implements Callable<Integer> {
  private final Supplier<CommandLine> root;
  private final PrintWriter out;

  CompletionCommand(Supplier<CommandLine> root, PrintWriter out) {
    this.root = root;
    this.out = out;
  }

  @Override
  public Integer call() {
    CommandLine line = root.get();
    out.print(AutoComplete.bash(line.getCommandName(), line));
    out.flush();
    return ExitCodes.OK;
  }
}
