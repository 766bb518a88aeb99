package zk4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import zk4j.circomcompat.R1csFile;
import zk4j.circomcompat.R1csJson;
import zk4j.circomcompat.SymFile;
import zk4j.r1cs.ConstraintReport;
import zk4j.r1cs.R1cs;
import zk4j.r1cs.SignalNames;

/** {@code zk r1cs}. */
@Command(name = "r1cs", description = "Constraint systems: inform, print, export.")
final class R1csCommands {
  private static final int NAMES_IN_TEXT = 20;

  /** Of all constraints; smaller parts are not listed as text. */
  private static final double LEAST_SHARE = 0.005;

  private final Main main;

  R1csCommands(Main main) {
    this.main = main;
  }

  @Command(
      name = "info",
      description = {
        "Print the size of a circuit and the names of its public signals; with names, which",
        "components its constraints are of."
      },
      footer = {"", "Example:", "  zk r1cs info circuit.r1cs circuit.sym --svg parts.svg"})
  int info(
      @Parameters(paramLabel = "<circuit.r1cs>", description = "The circuit's constraints.")
          Path r1csFile,
      @Parameters(
              paramLabel = "<circuit.sym>",
              arity = "0..1",
              description = "Names of signals; else taken from beside <circuit.r1cs>.")
          @Nullable Path sym,
      @Option(
              names = "--svg",
              paramLabel = "<parts.svg>",
              description = "Written: a flame chart of the components.")
          @Nullable Path svg)
      throws Exception {
    if (svg != null) {
      OutputFiles.requireFolders(svg);
    }
    R1cs r1cs = R1csFile.read(r1csFile);
    SignalNames names = names(r1csFile, sym);
    ConstraintReport report = ConstraintReport.of(r1cs, names);
    if (svg != null) {
      OutputFiles.write(svg, file -> Files.writeString(file, report.toSvg()));
    }
    int outputs = r1cs.publicOutputs();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("curve", "bn128");
    fields.put("constraints", r1cs.constraints());
    fields.put("wires", r1cs.wires());
    fields.put("labels", r1cs.labelCount());
    fields.put("publicOutputs", signalNames(names, 1, outputs));
    fields.put("publicInputs", signalNames(names, 1 + outputs, r1cs.publicInputs()));
    fields.put("privateInputs", r1cs.privateInputs());
    fields.put("entries", List.of(r1cs.a().entries(), r1cs.b().entries(), r1cs.c().entries()));
    List<String> lines =
        new ArrayList<>(
            List.of(
                "curve:          BN254 (bn128)",
                "constraints:    " + r1cs.constraints(),
                "wires:          " + r1cs.wires() + ", the constant one among them",
                "labels:         " + r1cs.labelCount() + " signals before simplification",
                "public outputs: " + listed(names, 1, outputs),
                "public inputs:  " + listed(names, 1 + outputs, r1cs.publicInputs()),
                "private inputs: " + r1cs.privateInputs(),
                "entries:        A "
                    + r1cs.a().entries()
                    + ", B "
                    + r1cs.b().entries()
                    + ", C "
                    + r1cs.c().entries()));
    fields.put("parts", fields(report.root()));
    if (!report.root().parts().isEmpty()) {
      lines.add("parts:");
      lines.addAll(report.lines(LEAST_SHARE));
    }
    main.output().result(lines, fields);
    return ExitCodes.OK;
  }

  private static Map<String, Object> fields(ConstraintReport.Part part) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", part.name());
    fields.put("instances", part.instances());
    fields.put("own", part.own());
    fields.put("total", part.total());
    fields.put("parts", part.parts().stream().map(R1csCommands::fields).toList());
    return fields;
  }

  private static List<String> signalNames(SignalNames names, int first, int count) {
    return IntStream.range(first, first + count).mapToObj(names::name).toList();
  }

  private static String listed(SignalNames names, int first, int count) {
    if (count == 0) {
      return "0";
    }
    List<String> shown = new ArrayList<>(signalNames(names, first, Math.min(count, NAMES_IN_TEXT)));
    if (count > NAMES_IN_TEXT) {
      shown.add("...");
    }
    return count + ": " + String.join(", ", shown);
  }

  @Command(
      name = "print",
      description = "Print all constraints of a circuit, a line each: (A) * (B) = C.",
      footer = {"", "Example:", "  zk r1cs print circuit.r1cs circuit.sym"})
  int print(
      @Parameters(paramLabel = "<circuit.r1cs>", description = "The circuit's constraints.")
          Path r1csFile,
      @Parameters(
              paramLabel = "<circuit.sym>",
              arity = "0..1",
              description = "Names of signals; else taken from beside <circuit.r1cs>.")
          @Nullable Path sym)
      throws Exception {
    R1cs r1cs = R1csFile.read(r1csFile);
    SignalNames names = names(r1csFile, sym);
    Iterable<String> constraints =
        () ->
            IntStream.range(0, r1cs.constraints())
                .mapToObj(row -> r1cs.constraintText(row, names))
                .iterator();
    main.output().result(constraints, Output.fields("constraints", constraints));
    return ExitCodes.OK;
  }

  private SignalNames names(Path r1csFile, @Nullable Path sym) throws IOException {
    return sym == null ? Circuits.namesBeside(r1csFile, main.output()) : SymFile.read(sym);
  }

  /** {@code zk r1cs export}. */
  @Command(name = "export", description = "Export constraints to another format.")
  static final class Export {
    private final Main main;

    Export(Main main) {
      this.main = main;
    }

    @Command(
        name = "json",
        description = "Write a circuit's constraints as JSON, as snarkjs does.",
        footer = {"", "Example:", "  zk r1cs export json circuit.r1cs circuit.json"})
    int json(
        @Parameters(paramLabel = "<circuit.r1cs>", description = "The circuit's constraints.")
            Path r1csFile,
        @Parameters(paramLabel = "<circuit.json>", description = "Written.") Path json)
        throws Exception {
      OutputFiles.requireFolders(json);
      R1cs r1cs = R1csFile.read(r1csFile);
      OutputFiles.write(json, file -> R1csJson.write(r1cs, file));
      main.output()
          .done(
              "wrote " + json + ": " + r1cs.constraints() + " constraints",
              Output.fields("json", json, "constraints", r1cs.constraints()));
      return ExitCodes.OK;
    }
  }
}
