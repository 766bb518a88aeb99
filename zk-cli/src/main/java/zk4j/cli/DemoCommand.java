package zk4j.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import zk4j.bn254.Fr;
import zk4j.bn254.FrVector;
import zk4j.bn254.G1;
import zk4j.circomcompat.ProofJson;
import zk4j.circomcompat.PublicJson;
import zk4j.circomcompat.R1csFile;
import zk4j.circomcompat.SymFile;
import zk4j.circomcompat.VerificationKeyJson;
import zk4j.circomcompat.WtnsFile;
import zk4j.circomcompat.ZkeyFile;
import zk4j.circomcompat.witness.CircomInput;
import zk4j.circomcompat.witness.WitnessCalculator;
import zk4j.core.Execution;
import zk4j.core.VerificationResult;
import zk4j.groth16.Groth16Prover;
import zk4j.groth16.Groth16Verifier;
import zk4j.groth16.Proof;
import zk4j.r1cs.R1cs;
import zk4j.r1cs.SignalNames;
import zk4j.r1cs.UnsatisfiedConstraintException;
import zk4j.r1cs.Witness;

/** {@code zk demo}. */
@Command(
    name = "demo",
    description = {
      "Prove that 60 private heart-rate readings are all below a public limit.",
      "Works on a circuit that comes with the command: its witness, a proof, the verification, and"
          + " what happens to those who cheat. Every step is timed and explained. Then four hours"
          + " of a stream of readings are proven, as zk stream demo does with a day."
    },
    footer = {
      "",
      "Examples:",
      "  zk demo",
      "  zk demo --files heartrate    leaves the files, to try the other commands on"
    })
final class DemoCommand implements Callable<Integer> {
  private static final List<String> RESOURCES =
      List.of(
          "circuit.wasm",
          "circuit.r1cs",
          "circuit.sym",
          "circuit.zkey",
          "verification_key.json",
          "input.json");

  /** The circuit's second public signal, a public input. */
  private static final int LIMIT = 1;

  /** The first private input's wire, behind the constant and the public signals. */
  private static final int FIRST_READING = 3;

  @Option(
      names = "--files",
      paramLabel = "<folder>",
      description = "Leave the files in this folder, which must not exist yet.")
  @Nullable Path keep;

  @Option(names = "--no-stream", description = "Leave the stream out.")
  boolean noStream;

  private final Main main;
  private final List<Map<String, Object>> steps = new ArrayList<>();

  DemoCommand(Main main) {
    this.main = main;
  }

  @Override
  public Integer call() throws Exception {
    Path folder = keep == null ? Files.createTempDirectory("zk-demo") : Files.createDirectory(keep);
    try {
      for (String name : RESOURCES) {
        try (InputStream in = DemoCommand.class.getResourceAsStream("demo/" + name)) {
          if (in == null) {
            throw new IOException("demo/" + name + " is missing beside " + DemoCommand.class);
          }
          Files.copy(in, folder.resolve(name));
        }
      }
      run(folder);
    } finally {
      if (keep == null) {
        delete(folder);
      }
    }
    return ExitCodes.OK;
  }

  private void run(Path folder) throws Exception {
    Output output = main.output();
    Execution execution = main.execution();
    output.line("Somebody proves that 60 heart-rate readings are below a limit, and shows none.");
    output.line("");

    WitnessCalculator calculator =
        step(
            "compile",
            () -> WitnessCalculator.of(folder.resolve("circuit.wasm")),
            c -> "compiled the circuit's program, which circom made (circuit.wasm)");
    Witness witness =
        step(
            "witness",
            () -> {
              CircomInput input = CircomInput.parse(folder.resolve("input.json"));
              return calculator.calculate(input, execution);
            },
            w -> "calculated the witness of the readings and the limit: " + w.size() + " values");
    SignalNames names = SymFile.read(folder.resolve("circuit.sym"));
    R1cs r1cs =
        step(
            "check",
            () -> {
              R1cs circuit = R1csFile.read(folder.resolve("circuit.r1cs"));
              circuit.requireSatisfied(witness, names, execution);
              return circuit;
            },
            c ->
                "checked the witness: all " + c.constraints() + " constraints of the circuit hold");
    Groth16Prover prover =
        step(
            "key",
            () -> {
              try (ZkeyFile zkey = ZkeyFile.open(folder.resolve("circuit.zkey"))) {
                return Groth16Prover.of(zkey.provingKey(execution));
              }
            },
            p -> "read the proving key, and checked every point in it (circuit.zkey)");
    Proof proof =
        step(
            "prove",
            () -> prover.prove(witness, execution),
            p -> "made the proof: three points on a curve, from which no reading can be learnt");

    List<Fr> signals = witness.publicSignals(r1cs.publicSignals()).toList();
    Groth16Verifier verifier =
        Groth16Verifier.of(VerificationKeyJson.read(folder.resolve("verification_key.json")));
    requireVerdict(
        true,
        step(
            "verify",
            () -> verifier.check(proof, signals),
            r -> "verified it, knowing only the proof and " + described(signals, names)));

    output.line("");
    List<Fr> otherSignals = new ArrayList<>(signals);
    otherSignals.set(LIMIT, Fr.of(60));
    requireVerdict(
        false,
        step(
            "other limit",
            () -> verifier.check(proof, otherSignals),
            r -> "refused the same proof for " + described(otherSignals, names)));
    Proof tampered = new Proof(proof.a().plus(G1.GENERATOR), proof.b(), proof.c());
    requireVerdict(
        false,
        step(
            "tampered proof",
            () -> verifier.check(tampered, signals),
            r -> "refused a proof with one point changed: " + r.reason()));
    step(
        "tampered witness",
        () -> violation(r1cs, witness, names, execution),
        e ->
            "refused a witness with "
                + names.name(FIRST_READING)
                + " changed: constraint "
                + e.constraint()
                + " does not hold");

    if (keep != null) {
      Path wtns = folder.resolve("witness.wtns");
      OutputFiles.writeSecret(wtns, file -> WtnsFile.write(witness, file));
      OutputFiles.write(folder.resolve("proof.json"), file -> ProofJson.write(proof, file));
      OutputFiles.write(folder.resolve("public.json"), file -> PublicJson.write(signals, file));
    }
    String next =
        keep == null
            ? "To try the commands on these files: zk demo --files <folder>"
            : "In "
                + keep
                + ", try: zk groth16 verify verification_key.json public.json proof.json";
    Map<String, Object> fields = Output.fields("steps", steps);
    if (!noStream && !StreamCommands.areAvailable()) {
      output.note("No stream: " + StreamCommands.UNAVAILABLE);
    } else if (!noStream) {
      output.line("");
      fields.put("stream", new StreamDemo(output, execution).run(12, 4, true, 0, null));
    }
    fields.put("seconds", output.seconds());
    output.result(
        List.of("", String.format(Locale.ROOT, "%.2f s in all. %s", output.seconds(), next)),
        fields);
  }

  /** What the check says of a witness that claims another first reading. */
  private static UnsatisfiedConstraintException violation(
      R1cs r1cs, Witness witness, SignalNames names, Execution execution) throws CommandException {
    FrVector values = witness.values().copy();
    values.set(FIRST_READING, values.get(FIRST_READING).plus(Fr.ONE));
    try {
      r1cs.requireSatisfied(Witness.of(values), names, execution);
    } catch (UnsatisfiedConstraintException expected) {
      return expected;
    }
    throw new CommandException(ExitCodes.INVALID, "a tampered witness was accepted");
  }

  private static void requireVerdict(boolean valid, VerificationResult result)
      throws CommandException {
    if (result.valid() != valid) {
      throw new CommandException(
          ExitCodes.INVALID,
          valid ? "the proof was refused: " + result.reason() : "a tampered proof was accepted");
    }
  }

  private static String described(List<Fr> signals, SignalNames names) {
    return IntStream.range(0, signals.size())
        .mapToObj(i -> names.name(i + 1).replaceFirst("^main\\.", "") + " = " + signals.get(i))
        .collect(Collectors.joining(", "));
  }

  private <T> T step(String name, Callable<T> work, Function<T, String> explanation)
      throws Exception {
    main.output().phase(name);
    long begin = System.nanoTime();
    T result = work.call();
    double seconds = (System.nanoTime() - begin) / 1e9;
    String says = explanation.apply(result);
    main.output().line(String.format(Locale.ROOT, "%7.3f s  %s", seconds, says));
    steps.add(Output.fields("step", name, "seconds", seconds, "says", says));
    return result;
  }

  /** Deletes a folder with all that is in it. */
  static void delete(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.walk(folder)) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : all) {
      Files.delete(file);
    }
  }
}
