package zk4j.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import zk4j.circomcompat.R1csFile;
import zk4j.circomcompat.SymFile;
import zk4j.circomcompat.WtnsFile;
import zk4j.r1cs.R1cs;
import zk4j.r1cs.SignalNames;
import zk4j.r1cs.Witness;
import zk4j.r1cs.audit.Audit;
import zk4j.r1cs.audit.AuditReport;
import zk4j.r1cs.audit.AuditReport.Counterexample;
import zk4j.r1cs.audit.AuditReport.Verdict;
import zk4j.r1cs.audit.MutationReport;
import zk4j.r1cs.audit.Mutations;

/** {@code zk audit}. */
@Command(
    name = "audit",
    description = {
      "Ask whether a circuit's inputs determine its outputs.",
      "Safe is proven, and so is a counterexample: two witnesses with the same inputs that differ in"
          + " an output. Unknown is neither.",
      "With --mutate, ask instead which constraints could be forgotten unnoticed: each is dropped in"
          + " turn, and those are named without which the outputs are still determined. With a"
          + " witness, each also loses a term, and those are named of which it shows nothing."
    },
    footer = {
      "",
      "The exit code is 0 for safe, 1 for a counterexample, 3 for unknown.",
      "With --mutate it is 0 if no mutation survives, 3 if one does.",
      "",
      "Examples:",
      "  zk audit circuit.r1cs circuit.sym",
      "  zk audit --mutate circuit.r1cs circuit.sym --witness witness.wtns"
    })
final class AuditCommand implements Callable<Integer> {
  private static final int UNKNOWN = 3;
  private static final int SIGNALS_IN_TEXT = 20;

  private final Main main;

  @Parameters(
      index = "0",
      paramLabel = "<circuit.r1cs>",
      description = "The circuit's constraints.")
  Path r1csFile = Path.of("");

  @Parameters(
      index = "1",
      paramLabel = "<circuit.sym>",
      arity = "0..1",
      description = "Names of signals; else taken from beside <circuit.r1cs>.")
  @Nullable Path sym;

  @Option(
      names = "--witness",
      paramLabel = "<witness.wtns>",
      description = "A witness near which to look for another one; with --mutate, a test case.")
  @Nullable Path wtns;

  @Option(names = "--mutate", description = "Mutate constraints; say what nobody notices.")
  boolean mutate;

  @Option(
      names = "--sample",
      paramLabel = "<n>",
      defaultValue = "500",
      description = "With --mutate: how many constraints at most (${DEFAULT-VALUE}).")
  int sample = 500;

  @Option(
      names = "--seed",
      paramLabel = "<n>",
      defaultValue = "1",
      description = "With --mutate: chooses them, if there are more (${DEFAULT-VALUE}).")
  long seed = 1;

  AuditCommand(Main main) {
    this.main = main;
  }

  @Override
  public Integer call() throws Exception {
    R1cs r1cs = R1csFile.read(r1csFile);
    SignalNames names =
        sym == null ? Circuits.namesBeside(r1csFile, main.output()) : SymFile.read(sym);
    Witness honest = null;
    if (wtns != null) {
      honest = WtnsFile.read(wtns);
      r1cs.requireSatisfied(honest, names, main.execution());
    }
    if (mutate) {
      return mutate(r1cs, names, honest);
    }
    AuditReport report = Audit.of(r1cs, honest);
    double seconds = report.time().toNanos() / 1e9;
    List<String> lines = new ArrayList<>();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("verdict", report.verdict().name().toLowerCase(Locale.ROOT));
    fields.put("constraints", r1cs.constraints());
    fields.put("openOutputs", report.openOutputs().stream().map(names::name).toList());
    fields.put("openSignals", report.openSignals().stream().map(names::name).toList());
    fields.put("seconds", seconds);
    lines.add(
        "verdict:  "
            + fields.get("verdict")
            + String.format(Locale.ROOT, " (%d constraints, %.1f s)", r1cs.constraints(), seconds));
    if (!report.openSignals().isEmpty()) {
      lines.add(
          "open:     "
              + report.openOutputs().size()
              + " outputs, "
              + report.openSignals().size()
              + " signals: "
              + listed(names, report.openSignals()));
    }
    fields.put("missingInputs", report.missingInputs());
    if (report.missingInputs() > 0) {
      lines.add(
          "inputs:   "
              + report.missingInputs()
              + " are no wires, so no counterexample was looked for; circom's --O1 or --O0 keeps"
              + " them");
    }
    Optional<Counterexample> found = report.counterexample();
    if (found.isPresent()) {
      Counterexample pair = found.get();
      String name = names.name(pair.wire());
      fields.put("differsAt", name);
      fields.put(
          "values",
          List.of(
              pair.first().get(pair.wire()).toString(), pair.second().get(pair.wire()).toString()));
      lines.add("differs:  " + name + " is " + pair.first().get(pair.wire()));
      lines.add("          or " + pair.second().get(pair.wire()) + ", with the inputs");
      report.inputs().stream()
          .limit(SIGNALS_IN_TEXT)
          .forEach(
              wire -> lines.add("          " + names.name(wire) + " = " + pair.first().get(wire)));
    }
    main.output().result(lines, fields);
    return report.verdict() == Verdict.SAFE
        ? ExitCodes.OK
        : report.verdict() == Verdict.COUNTEREXAMPLE ? ExitCodes.INVALID : UNKNOWN;
  }

  private int mutate(R1cs r1cs, SignalNames names, @Nullable Witness honest)
      throws CommandException, IOException {
    if (sample < 1) {
      throw new CommandException(ExitCodes.ERROR, "--sample " + sample + " is not at least 1");
    }
    List<Witness> accepted = honest == null ? List.of() : List.of(honest);
    MutationReport report = Mutations.of(r1cs, accepted, List.of(), sample, seed);
    double seconds = report.time().toNanos() / 1e9;
    List<String> survivors =
        report.survivors().stream().map(mutation -> mutation.text(r1cs, names)).toList();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("constraints", report.constraints());
    fields.put("mutated", report.mutated());
    fields.put("mutations", report.mutations());
    fields.put("survivors", survivors);
    fields.put("seconds", seconds);
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "mutated:  %d of %d constraints%s, %d mutations (%.1f s)",
            report.mutated(),
            report.constraints(),
            report.mutated() < report.constraints() ? " by the seed " + seed : "",
            report.mutations(),
            seconds));
    lines.add("survive:  " + survivors.size());
    survivors.forEach(survivor -> lines.add("          " + survivor));
    main.output().result(lines, fields);
    return survivors.isEmpty() ? ExitCodes.OK : UNKNOWN;
  }

  private static String listed(SignalNames names, List<Integer> wires) {
    List<String> shown =
        new ArrayList<>(wires.stream().limit(SIGNALS_IN_TEXT).map(names::name).toList());
    if (wires.size() > SIGNALS_IN_TEXT) {
      shown.add("...");
    }
    return String.join(", ", shown);
  }
}
