package zk4j.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import zk4j.core.Execution;

/** The command {@code zk}: the options that all commands share, and how failures end. */
@Command(
    name = "zk",
    versionProvider = Version.class,
    description = {
      "Zero-knowledge proofs over BN254 with the files of circom and snarkjs.",
      "",
      "A circuit, compiled by circom, is a program (.wasm) and its constraints (.r1cs). Its inputs"
          + " (.json) give a witness (.wtns): the values of all its signals, secret ones too. A"
          + " proving key (.zkey) turns a witness into a proof (.json) that the public signals"
          + " (.json) belong to one, and shows nothing else. Whoever has the verification key"
          + " (.json) can verify that.",
      ""
    },
    subcommandsRepeatable = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  zk demo",
      "  zk groth16 fullprove input.json circuit.wasm circuit.zkey proof.json public.json",
      "  zk groth16 verify verification_key.json public.json proof.json",
      "  zk wtns check circuit.r1cs witness.wtns",
      "  source <(zk generate-completion)    completes commands in this bash or zsh",
      "",
      "zk COMMAND --help explains a command."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      " 0:done, or valid",
      " 1:a proof, public signals, an input or a witness that does not hold",
      " 2:wrong usage, a file that cannot be read or is no such file, a refused key"
    })
public final class Main {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help.")
  boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version, the kernels and the Java platform.")
  boolean version;

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "Print the result as one JSON object.")
  boolean json;

  @Option(
      names = {"-q", "--quiet"},
      scope = ScopeType.INHERIT,
      description = "Print no progress, notes or warnings, only results and errors.")
  boolean quiet;

  @Option(
      names = {"-v", "--verbose"},
      scope = ScopeType.INHERIT,
      description = "Print the stack traces of errors; so does ZK_DEBUG=1.")
  boolean verbose;

  @Option(
      names = "--threads",
      paramLabel = "<n>",
      scope = ScopeType.INHERIT,
      description = "Use at most so many threads; all processors by default.")
  int threads = Runtime.getRuntime().availableProcessors();

  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean terminal;
  private Output output;

  private Main(PrintWriter out, PrintWriter err, boolean terminal) {
    this.out = out;
    this.err = err;
    this.terminal = terminal;
    this.output = new Output(out, err, false, false, terminal);
  }

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] args) {
    PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int exitCode = run(out, err, Terminal.isInteractive(), args);
    out.flush();
    System.exit(exitCode);
  }

  /**
   * Runs the command.
   *
   * @param terminal whether a person watches the standard error
   */
  static int run(PrintWriter out, PrintWriter err, boolean terminal, String... args) {
    Main main = new Main(out, err, terminal);
    try {
      return main.commandLine().execute(args);
    } catch (Throwable error) { // errors of the virtual machine: picocli handles the exceptions
      return main.fail(error);
    }
  }

  private CommandLine commandLine() {
    CommandLine line =
        new CommandLine(this)
            .addSubcommand(new DemoCommand(this))
            .addSubcommand(group(new WtnsCommands(this), new WtnsCommands.Export(this)))
            .addSubcommand(new Groth16Commands(this))
            .addSubcommand(group(new R1csCommands(this), new R1csCommands.Export(this)))
            .addSubcommand(group(new ZkeyCommands(this), new ZkeyCommands.Export(this)))
            .addSubcommand(new BenchCommands(this));
    return line.setOut(out)
        .setErr(err)
        .setUsageHelpAutoWidth(true)
        .setExecutionStrategy(
            parsed -> {
              output = new Output(out, err, json, quiet, terminal);
              try {
                return new CommandLine.RunLast().execute(parsed);
              } finally {
                output.clear();
              }
            })
        .setParameterExceptionHandler(this::usageError)
        .setExecutionExceptionHandler((failure, command, parsed) -> fail(failure));
  }

  private static CommandLine group(Object group, Object nested) {
    return new CommandLine(group).addSubcommand(nested);
  }

  private int usageError(ParameterException failure, String[] args) {
    // What was parsed before the error may lack --json.
    boolean asJson = List.of(args).contains("--json");
    new Output(out, err, asJson, false, false).error(String.valueOf(failure.getMessage()));
    if (!CommandLine.UnmatchedArgumentException.printSuggestions(failure, err)) {
      failure.getCommandLine().usage(err);
    }
    return ExitCodes.ERROR;
  }

  private int fail(Throwable failure) {
    Throwable cause = failure;
    if (failure instanceof CommandLine.ExecutionException && failure.getCause() != null) {
      cause = failure.getCause();
    }
    output.error(ExitCodes.message(cause));
    if (verbose || System.getenv("ZK_DEBUG") != null) {
      cause.printStackTrace(err);
    }
    return ExitCodes.of(cause);
  }

  /** Where commands say what they have to say. */
  Output output() {
    return output;
  }

  /** How commands run long operations. */
  Execution execution() throws CommandException {
    if (threads < 1) {
      throw new CommandException(ExitCodes.ERROR, "--threads must be at least 1, not " + threads);
    }
    return Execution.defaults().withParallelism(threads).withProgress(output);
  }

  @Command(
      name = "generate-completion",
      description = {
        "Print a script that lets bash and zsh complete this command.",
        "For every new shell: zk generate-completion > ~/.zk-completion, and add the line"
            + " \"source ~/.zk-completion\" to ~/.bashrc or ~/.zshrc."
      },
      footer = {"", "Example: source <(zk generate-completion)"})
  int generateCompletion() throws IOException {
    CommandSpec root = commandLine().getCommandSpec();
    out.print(AutoComplete.bash(root.name(), root.commandLine()));
    out.flush();
    return ExitCodes.OK;
  }
}
