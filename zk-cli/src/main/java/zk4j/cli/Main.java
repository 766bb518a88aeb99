package zk4j.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import zk4j.bn254.KernelChoice;
import zk4j.core.Execution;

/** The command {@code zk}: the options that all commands share, and how failures end. */
@Command(
    name = "zk",
    versionProvider = Version.class,
    description = {
      "Zero-knowledge proofs over BN254 with the files of circom and snarkjs.",
      "",
      "circom makes two files of a circuit: its program (.wasm), which calculates the",
      "witness (.wtns) of an input (.json), that is, the values of all its signals; and",
      "the constraints (.r1cs) that these satisfy. With a proving key (.zkey), a",
      "witness becomes a proof (.json) for its public signals (.json), which shows",
      "nothing of the others. Whoever has the verification key (.json) can verify it.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  zk demo",
      "  zk wtns calculate circuit.wasm input.json witness.wtns",
      "  zk groth16 prove circuit.zkey witness.wtns proof.json public.json",
      "  zk groth16 verify verification_key.json public.json proof.json",
      "",
      "For more on a command: zk COMMAND --help"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      " 0:done, or valid",
      " 1:a proof, public signals, an input or a witness that does not hold",
      " 2:wrong usage, a file that cannot be read or is no such file, a refused key"
    })
public final class Main {
  /** Commands that compute so much that kernels are warmed up for them. */
  private static final Set<String> PROVING = Set.of("prove", "fullprove");

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
    if (args.length > 2 && PROVING.contains(args[1])) { // zk groth16 prove ...
      warmUp();
    }
    PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int exitCode = run(out, err, Terminal.isInteractive(), args);
    out.flush();
    System.exit(exitCode);
  }

  /** Has kernels compiled while files are read, so that proving does not wait for that. */
  private static void warmUp() {
    Thread thread =
        new Thread(
            () -> {
              try {
                KernelChoice.warmUp();
              } catch (RuntimeException | LinkageError e) {
                // The command meets it too, and says so.
              }
            },
            "zk-warm-up");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Runs the command.
   *
   * @param terminal whether a person watches the standard error
   */
  static int run(PrintWriter out, PrintWriter err, boolean terminal, String... args) {
    Main main = new Main(out, err, terminal);
    try {
      return main.commandLine(args).execute(args);
    } catch (Throwable error) { // errors of the virtual machine: picocli handles the exceptions
      return main.fail(error);
    }
  }

  private CommandLine commandLine(String... args) {
    Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
    commands.put("demo", () -> new DemoCommand(this));
    commands.put("wtns", () -> group(new WtnsCommands(this), new WtnsCommands.Export(this)));
    commands.put("groth16", () -> new Groth16Commands(this));
    commands.put("plonk", () -> PlonkCommands.of(this, PlonkScheme.PLONK));
    commands.put("fflonk", () -> PlonkCommands.of(this, PlonkScheme.FFLONK));
    commands.put("powersoftau", () -> new PowersOfTauCommands(this));
    commands.put("r1cs", () -> group(new R1csCommands(this), new R1csCommands.Export(this)));
    commands.put("zkey", () -> group(new ZkeyCommands(this), new ZkeyCommands.Export(this)));
    commands.put("audit", () -> new AuditCommand(this));
    commands.put("stream", () -> group(new StreamCommands(this), new StreamKeysCommands(this)));
    commands.put("bench", () -> new BenchCommands(this));
    commands.put("generate-completion", () -> new CompletionCommand(this::commandLine, out));
    // All of them take half a second to describe themselves: where one is called, only it does.
    String called = args.length == 0 ? "" : args[0];
    CommandLine line = new CommandLine(this);
    commands.forEach(
        (name, command) -> {
          if (!commands.containsKey(called) || name.equals(called)) {
            line.addSubcommand(command.get());
          }
        });
    Usage.configure(line);
    return line.setOut(out)
        .setErr(err)
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
    Usage.explain(failure, err);
    return ExitCodes.ERROR;
  }

  private int fail(Throwable failure) {
    Throwable cause = failure;
    if (failure instanceof CommandLine.ExecutionException && failure.getCause() != null) {
      cause = failure.getCause();
    }
    output.error(ExitCodes.message(cause));
    if (verbose || System.getenv("ZK_DEBUG") != null) {
      output.trace(cause);
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
}
