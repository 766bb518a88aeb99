package zk4j.cli;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code zk stream}. What the commands work with is loaded for them alone, and so no type of it is
 * in this class.
 */
@Command(
    name = "stream",
    description = {
      "Private statements about streams of readings.",
      "",
      "A gateway seals readings into windows (ingest), and answers about them (prove); a verifier"
          + " asks and accepts (serve). Each has a home, a folder that keys init makes.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  zk stream demo",
      "",
      "  zk stream keys init --home patient --format heart-rate",
      "  zk stream keys init --home clinic",
      "  zk stream policy calm --statement all-below --format heart-rate \\",
      "      --set limit=180 --set minimumPresent=3000 --insecure-key --home patient",
      "  cp patient/policies/calm.json clinic/policies/",
      "  cp patient/devices clinic/devices",
      "  zk stream ingest readings.csv --finish --home patient",
      "  zk stream serve --port 8080 --allow-insecure-key --home clinic",
      "",
      "  zk stream windows --home patient",
      "  zk stream prove calm heart-rate/min@2026-01-05T08:00:00Z \\",
      "      proof.json public.json --home patient \\",
      "      --server http://127.0.0.1:8080 --audience <number> --allow-insecure-key",
      "  zk stream verify calm proof.json public.json \\",
      "      --server http://127.0.0.1:8080"
    })
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

  /** Refuses to go on without what the commands work with. */
  static void requireLibraries() throws CommandException {
    if (!areAvailable()) {
      throw new CommandException(ExitCodes.ERROR, UNAVAILABLE);
    }
  }

  private static void requirePort(int port) throws CommandException {
    if (port < 0 || port > 65535) {
      throw new CommandException(ExitCodes.ERROR, "--port must be 0 to 65535, not " + port);
    }
  }

  static final String UNAVAILABLE =
      "the libraries for streams, in the folder stream beside zk.jar, are not on the class or module path:"
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
    requirePort(port);
    requireLibraries();
    Output output = main.output();
    Map<String, Object> fields =
        new StreamDemo(output, main.execution()).run(0, 24, once, port, snarkjs);
    output.result(List.of(), fields);
    return ExitCodes.OK;
  }

  @Command(
      name = "circuit",
      description = {
        "Write the constraints of a statement, for which a ceremony makes a key.",
        "Statements: all-below, maximum-is, average-above, time-in-range, long-run-below,"
            + " no-long-run-below, long-run-at-least, no-long-run-at-least, used-in-minutes. Of"
            + " three windows, along x, y and z: more-impacts, no-more-impacts. Those about doses"
            + " are there in Java alone.",
        "About several windows that begin together are conditions: <name>=<statement>@<window>,"
            + " where windows are numbered from 0 as their formats, and all(...) or any(...) of"
            + " conditions with commas between them.",
        "About a day by its windows: day-time-in-range, day-average-above. They take two keys, the"
            + " other one of the circuit summary."
      },
      footer = {
        "",
        "Example:",
        "  zk stream circuit all-below heart-rate circuit.r1cs",
        "  zk groth16 setup circuit.r1cs powers.ptau circuit_0000.zkey",
        "",
        "  zk stream circuit \"any(rate=all-below@0,oxygen=no-long-run-below@1)\" \\",
        "      heart-rate+spo2 both.r1cs",
        "  zk stream circuit day-time-in-range glucose-hour day.r1cs --windows 24",
        "  zk stream circuit summary glucose-hour summary.r1cs"
      })
  int circuit(
      @Parameters(paramLabel = "<statement>", description = "Its name, a condition, or summary.")
          String statement,
      @Parameters(
              paramLabel = "<format>",
              description =
                  "Of the windows, as for zk stream keys init; several with + between them.")
          String format,
      @Parameters(paramLabel = "<circuit.r1cs>", description = "Written: the constraints.")
          Path r1cs,
      @Mixin DayOptions day)
      throws Exception {
    requireLibraries();
    StreamPolicies.circuit(statement, format, day.windows, r1cs, main.output());
    return ExitCodes.OK;
  }

  /** About how many windows a day is. */
  static final class DayOptions {
    @Option(
        names = "--windows",
        paramLabel = "<number>",
        defaultValue = "0",
        description = "Of statements about days: how many windows a day has.",
        showDefaultValue = Help.Visibility.NEVER)
    int windows;
  }

  @Command(
      name = "policy",
      description = {
        "Add a policy to a home: a statement about windows, with its parameters and its key.",
        "The file policies/<id>.json is what verifiers need: copy it to their homes. Provers need"
            + " the files beside it too."
      },
      footer = {
        "",
        "Example:",
        "  zk stream policy calm --statement all-below --format heart-rate \\",
        "      --set limit=180 --set minimumPresent=3000 --zkey circuit.zkey \\",
        "      --question \"Is every heart rate of the hour below 180?\"",
        "  zk stream policy day --statement day-time-in-range --format glucose-hour \\",
        "      --windows 24 --set low=70 --set high=180 --set percent=70 \\",
        "      --set minimumPresent=200 --zkey day.zkey --summary-zkey summary.zkey"
      })
  int policy(
      @Parameters(paramLabel = "<id>", description = "1 to 63 characters of a-z, 0-9 and -.")
          String id,
      @Option(
              names = "--statement",
              paramLabel = "<statement>",
              required = true,
              description = "Its name or a condition, as for zk stream circuit.")
          String statement,
      @Option(
              names = "--format",
              paramLabel = "<format>",
              required = true,
              description =
                  "Of the windows, as for zk stream keys init; several with + between them.")
          String format,
      @Mixin DayOptions day,
      @Option(
              names = "--set",
              paramLabel = "<name>=<value>",
              required = true,
              description =
                  "A parameter: minimumPresent, the least number of readings, and the statement's."
                      + " Of several windows minimumPresent0 and so on, and of conditions"
                      + " <name>_<parameter>.")
          Map<String, Long> parameters,
      @Option(
              names = "--question",
              paramLabel = "<text>",
              description = "What is asked, in plain words (default: the statement's name).")
          @Nullable String question,
      @Option(
              names = "--max-age",
              paramLabel = "<duration>",
              defaultValue = "P3D",
              description = "How long ago a window may have ended (default: ${DEFAULT-VALUE}).")
          String maximumAge,
      @ArgGroup(multiplicity = "1") ProvingKeySource source,
      @Option(
              names = "--summary-zkey",
              paramLabel = "<summary.zkey>",
              description = "Of statements about days: the other proving key, of the summaries.")
          @Nullable Path summaryZkey,
      @Mixin KeyOptions keys,
      @Mixin HomeOptions home)
      throws Exception {
    requireLibraries();
    StreamPolicies.Asked asked =
        new StreamPolicies.Asked(
            id,
            statement,
            format,
            day.windows,
            question == null ? statement : question,
            parameters,
            maximumAge);
    StreamPolicies.add(
        home.home, asked, source.zkey, summaryZkey, keys, main.execution(), main.output());
    return ExitCodes.OK;
  }

  /** Where a policy's key comes from. */
  static final class ProvingKeySource {
    @Option(
        names = "--zkey",
        paramLabel = "<circuit.zkey>",
        description = "The statement's proving key, which a ceremony made.")
    @Nullable Path zkey;

    @Option(
        names = "--insecure-key",
        description =
            "For development only: make a key here. Whoever makes a key can prove anything.")
    boolean insecure;
  }

  @Command(
      name = "ingest",
      description = {
        "Seal readings into windows, and put them into the home's vault.",
        "A file is CSV with a first line of channel,time,value, or NDJSON with such members; all"
            + " of its lines are checked before any is taken, and the same file again changes"
            + " nothing. FHIR's Observations are read by the library zk-stream-fhir, not here."
      },
      footer = {
        "",
        "Examples:",
        "  zk stream ingest readings.csv --finish",
        "  zk stream ingest --mqtt localhost:1883"
      })
  int ingest(
      @Parameters(
              paramLabel = "<readings.csv>",
              arity = "0..1",
              description = "Ends in .csv, .ndjson or .jsonl.")
          @Nullable Path file,
      @Option(
              names = "--finish",
              description = "Seal the last windows too: no more readings of them are expected.")
          boolean finish,
      @Option(
              names = "--mqtt",
              paramLabel = "<host:port>",
              description =
                  "Take readings from this broker until Ctrl-C, in a home that was made with"
                      + " --pairing.")
          @Nullable String mqtt,
      @Option(names = "--mqtt5", description = "Speak MQTT 5 with the broker, not 3.1.1.")
          boolean mqtt5,
      @Option(names = "--tls", description = "Speak TLS with the broker.") boolean tls,
      @Option(
              names = "--for",
              paramLabel = "<duration>",
              defaultValue = "PT0S",
              description = "End after so long, such as PT10M.")
          String most,
      @Mixin HomeOptions home)
      throws Exception {
    requireLibraries();
    if ((file == null) == (mqtt == null)) {
      throw new CommandException(ExitCodes.ERROR, "give a file or --mqtt, and not both");
    }
    if (file != null) {
      StreamIngest.file(home, file, finish, main.output());
    } else if (mqtt != null) {
      StreamIngest.mqtt(home, mqtt, mqtt5, tls, StreamKeys.duration("--for", most), main.output());
    }
    return ExitCodes.OK;
  }

  @Command(
      name = "windows",
      description = "List the windows of a home: when they are, how many readings they have.",
      footer = {"", "Example:", "  zk stream windows"})
  int windows(@Mixin HomeOptions home) throws Exception {
    requireLibraries();
    StreamRecords.windows(home, main.output());
    return ExitCodes.OK;
  }

  @Command(
      name = "prove",
      description = {
        "Answer a policy's question about a window, or several.",
        "The policy knows how many: of those that begin together, name any; of a day, the first"
            + " one. All have to be there: without one there is no answer.",
        "The verifier is asked for its challenge (--server), or the challenge is given. The answer"
            + " counts against the home's budget, and is for one audience alone: learn its number"
            + " from whom you mean to answer, by another way than the server."
      },
      footer = {
        "",
        "Example:",
        "  zk stream prove calm heart-rate/min@2026-01-05T08:00:00Z \\",
        "      proof.json public.json --server http://127.0.0.1:8080 \\",
        "      --audience 1234",
        "",
        "  zk stream prove day glucose/mg-dl@2026-01-05T00:00:00Z \\",
        "      proof.json public.json windows.json --challenge 5 \\",
        "      --audience 1234"
      })
  int prove(
      @Parameters(paramLabel = "<policy>", description = "Its id.") String policy,
      @Parameters(paramLabel = "<window>", description = "As zk stream windows names it.")
          String window,
      @Parameters(paramLabel = "<proof.json>", description = "Written: the proof.") Path proof,
      @Parameters(paramLabel = "<public.json>", description = "Written: the public signals.")
          Path publicSignals,
      @Parameters(
              paramLabel = "<windows.json>",
              arity = "0..1",
              description = "Written, of a policy about a day: the proofs of its windows.")
          @Nullable Path windows,
      @Option(
              names = "--audience",
              paramLabel = "<number>",
              required = true,
              description = "Who is to be convinced; zk stream keys show has it.")
          String audience,
      @Option(names = "--server", paramLabel = "<url>", description = "Of the verifier.")
          @Nullable URI server,
      @Option(names = "--challenge", paramLabel = "<number>", description = "Of the verifier's.")
          @Nullable String challenge,
      @Mixin KeyOptions keys,
      @Mixin HomeOptions home)
      throws Exception {
    requireLibraries();
    return StreamProving.prove(
        home,
        policy,
        window,
        new StreamProving.Question(audience, server, challenge),
        proof,
        publicSignals,
        windows,
        keys,
        main.execution(),
        main.output());
  }

  @Command(
      name = "serve",
      description = {
        "Serve the verifier of a home over HTTP, and its page, until Ctrl-C.",
        "It asks the policies in the folder policies, of the devices in the file devices, as they"
            + " are when it starts. It speaks plain HTTP: what others are to reach belongs behind a"
            + " proxy with TLS and a limit of requests."
      },
      footer = {"", "Example:", "  zk stream serve --port 8080 --home clinic"})
  int serve(
      @Option(
              names = "--port",
              paramLabel = "<port>",
              defaultValue = "0",
              description = "To listen on (default: a free one).")
          int port,
      @Option(
              names = "--host",
              paramLabel = "<address>",
              defaultValue = "127.0.0.1",
              description = "Of this machine (default: ${DEFAULT-VALUE}).")
          String host,
      @Option(
              names = "--snarkjs",
              paramLabel = "<snarkjs.min.js>",
              description = "The script by which the page verifies in the browser.")
          @Nullable Path snarkjs,
      @Mixin KeyOptions keys,
      @Mixin HomeOptions home)
      throws Exception {
    requirePort(port);
    requireLibraries();
    StreamVerifying.serve(home, host, port, snarkjs, keys, main.output());
    return ExitCodes.OK;
  }

  @Command(
      name = "verify",
      description = {
        "Verify an answer to a policy's question.",
        "With --server, it is handed in, and accepted once. Without, its proof and parameters are"
            + " looked at and nothing is entered. Exit code 0: the statement holds; 1: it does"
            + " not, or the proof is refused."
      },
      footer = {
        "",
        "Examples:",
        "  zk stream verify calm.json proof.json public.json",
        "  zk stream verify calm proof.json public.json \\",
        "      --server http://127.0.0.1:8080"
      })
  int verify(
      @Parameters(
              paramLabel = "<policy>",
              description = "Its id, in the home or at the server; or its file, *.json.")
          String policy,
      @Parameters(paramLabel = "<proof.json>", description = "The proof.") Path proof,
      @Parameters(paramLabel = "<public.json>", description = "The public signals.")
          Path publicSignals,
      @Parameters(
              paramLabel = "<windows.json>",
              arity = "0..1",
              description = "Of a policy about a day: the proofs of its windows.")
          @Nullable Path windows,
      @Option(names = "--server", paramLabel = "<url>", description = "Of the verifier.")
          @Nullable URI server,
      @Mixin KeyOptions keys,
      @Mixin HomeOptions home)
      throws Exception {
    requireLibraries();
    StreamVerifying.Files files = new StreamVerifying.Files(proof, publicSignals, windows);
    return server == null
        ? StreamVerifying.check(home, policy, files, keys, main.output())
        : StreamVerifying.show(server, policy, files, main.output());
  }

  @Command(
      name = "audit",
      description = {
        "Check that the ledger of a home has only grown since a checkpoint, and show it.",
        "The home keeps its last checkpoint in the file checkpoint: give copies to others, since"
            + " whoever can change the ledger can change that too."
      },
      footer = {
        "",
        "Examples:",
        "  zk stream audit",
        "  zk stream audit kept-in-march.txt --entry 3"
      })
  int audit(
      @Parameters(
              paramLabel = "<checkpoint.txt>",
              arity = "0..1",
              description = "That somebody has kept (default: the home's own).")
          @Nullable Path checkpoint,
      @Option(
              names = "--entry",
              paramLabel = "<number>",
              defaultValue = "-1",
              description = "Show the path from this entry to the signed root.",
              showDefaultValue = Help.Visibility.NEVER)
          int entry,
      @Mixin HomeOptions home)
      throws Exception {
    requireLibraries();
    return StreamRecords.audit(home, checkpoint, entry, main.output());
  }

  @Command(
      name = "erase",
      description = {
        "Destroy the key of a window: nobody can read it again, and proofs about it stay valid.",
        "The erasure is entered in the ledger. Backups of the home's databases are not reached."
      },
      footer = {
        "",
        "Example:",
        "  zk stream erase heart-rate/min@2026-01-05T08:00:00Z receipt.txt"
      })
  int erase(
      @Parameters(paramLabel = "<window>", description = "As zk stream windows names it.")
          String window,
      @Parameters(paramLabel = "<receipt.txt>", description = "Written: for the person.")
          Path receipt,
      @Mixin HomeOptions home)
      throws Exception {
    requireLibraries();
    StreamRecords.erase(home, window, receipt, main.output());
    return ExitCodes.OK;
  }
}
