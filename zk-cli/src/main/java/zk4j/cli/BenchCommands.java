package zk4j.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import zk4j.bn254.KernelChoice;
import zk4j.circomcompat.WtnsFile;
import zk4j.circomcompat.ZkeyFile;
import zk4j.core.Execution;
import zk4j.core.ProgressListener;
import zk4j.groth16.Groth16Prover;
import zk4j.groth16.ProvingKey;
import zk4j.r1cs.ProvingException;
import zk4j.r1cs.R1cs;
import zk4j.r1cs.Witness;

/** {@code zk bench}. */
@Command(name = "bench", description = "Measure how fast this machine proves.")
final class BenchCommands {
  private static final int WARM_UP_RUNS = 3;
  private static final double MIB = 1 << 20;

  private final Main main;

  BenchCommands(Main main) {
    this.main = main;
  }

  @Command(
      name = "groth16",
      description = {
        "Measure proofs with a key and a witness.",
        "A run is a whole proof from a witness in memory, its verification included.",
        "A cold run is a whole process: zk groth16 prove with the same files and options."
      },
      footer = {"", "Example:", "  zk bench groth16 circuit.zkey witness.wtns --runs 10"})
  int groth16(
      @Parameters(paramLabel = "<circuit.zkey>", description = "The proving key.") Path zkeyFile,
      @Parameters(paramLabel = "<witness.wtns>", description = "The witness.") Path wtns,
      @Option(
              names = "--runs",
              paramLabel = "<n>",
              defaultValue = "5",
              description = "Measured runs, after " + WARM_UP_RUNS + " to warm up (default: 5).")
          int runs,
      @Option(
              names = "--cold",
              paramLabel = "<n>",
              defaultValue = "0",
              description = "Measured cold runs (default: 0).")
          int coldRuns,
      @Option(
              names = "--r1cs",
              paramLabel = "<circuit.r1cs>",
              description =
                  "Fold the circuit's matrix C into the key first, for four transforms instead of"
                      + " six. Cold runs do without.")
          @Nullable Path r1csFile,
      @Mixin ProvingKeyOptions keys)
      throws Exception {
    if (runs < 1) {
      throw new CommandException(ExitCodes.ERROR, "--runs must be at least 1, not " + runs);
    }
    if (coldRuns < 0) {
      throw new CommandException(ExitCodes.ERROR, "--cold must be at least 0, not " + coldRuns);
    }
    Output output = main.output();
    Execution execution = main.execution();
    Witness witness = WtnsFile.read(wtns);

    output.phase("reading " + zkeyFile);
    long begin = System.nanoTime();
    ProvingKey key;
    @Nullable R1cs r1cs = null;
    Map<String, Object> fields = new LinkedHashMap<>();
    try (ZkeyFile zkey = keys.open(zkeyFile, output)) {
      if (r1csFile != null) {
        r1cs = Circuits.read(r1csFile, zkeyFile, zkey);
      }
      key = zkey.provingKey(execution);
      fields.put("domainSize", zkey.domainSize());
      fields.put("wires", zkey.wires());
      fields.put("publicSignals", zkey.publicSignals());
    }
    double load = secondsSince(begin);
    Groth16Prover prover = Groth16Prover.of(key);
    double fold = 0;
    if (r1cs != null) {
      output.phase("folding the matrix C into the key");
      begin = System.nanoTime();
      try {
        prover = Groth16Prover.folded(key, r1cs, execution);
      } catch (IllegalArgumentException e) {
        throw new CommandException(
            ExitCodes.ERROR, r1csFile + ", " + zkeyFile + ": " + e.getMessage());
      }
      fold = secondsSince(begin);
      fields.put("foldSeconds", fold);
    }
    System.gc();
    double loadedMib = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MIB;

    Map<String, double[]> phases = new LinkedHashMap<>();
    double[] warmUp = measure(prover, witness, execution, WARM_UP_RUNS, "warm-up", phases);
    phases.clear();
    double[] seconds = measure(prover, witness, execution, runs, "run", phases);
    double[] sorted = seconds.clone();
    Arrays.sort(sorted);
    double median = median(seconds);
    double peakMib = peakHeapBytes() / MIB;
    double maxMib = Runtime.getRuntime().maxMemory() / MIB;
    OptionalLong residentKib = peakResidentKib();

    fields.put("threads", execution.parallelism());
    fields.put("kernels", KernelChoice.name());
    fields.put("java", Version.java());
    fields.put("loadSeconds", load);
    fields.put("warmUpSeconds", list(warmUp));
    fields.put("runSeconds", list(seconds));
    fields.put("medianSeconds", median);
    fields.put("minSeconds", sorted[0]);
    fields.put("maxSeconds", sorted[runs - 1]);
    Map<String, Object> phaseSeconds = new LinkedHashMap<>();
    phases.forEach((phase, times) -> phaseSeconds.put(phase, median(times)));
    fields.put("phaseSeconds", phaseSeconds);
    fields.put("heapLoadedMib", loadedMib);
    fields.put("heapPeakMib", peakMib);
    fields.put("heapMaxMib", maxMib);
    residentKib.ifPresent(kib -> fields.put("residentPeakMib", kib / 1024.0));

    double[] cold = coldRuns(coldRuns, keys, zkeyFile, wtns, execution.parallelism());
    if (cold.length > 0) {
      fields.put("coldSeconds", list(cold));
    }

    String resident =
        residentKib.isPresent()
            ? String.format(
                Locale.ROOT,
                "%.0f MiB resident at most (VmHWM: heap, compiled code and mapped files together)",
                residentKib.getAsLong() / 1024.0)
            : "unknown: this system has no /proc/self/status";
    List<String> lines =
        new ArrayList<>(
            List.of(
                "key:      domain %s, %s wires, %s public signals"
                    .formatted(
                        fields.get("domainSize"), fields.get("wires"), fields.get("publicSignals")),
                "machine:  " + Version.java(),
                "kernels:  " + KernelChoice.name() + ", " + execution.parallelism() + " threads",
                String.format(Locale.ROOT, "load:     %.3f s", load),
                "warm-up:  "
                    + String.join(
                        ", ", Arrays.stream(warmUp).mapToObj(BenchCommands::format).toList()),
                String.format(
                    Locale.ROOT,
                    "prove:    median %.3f s, %.3f .. %.3f s, %d runs",
                    median,
                    sorted[0],
                    sorted[runs - 1],
                    runs),
                String.format(
                    Locale.ROOT,
                    "heap:     %.0f MiB with the key loaded, at most %.0f MiB (the peaks of all pools"
                        + " added up, garbage included), limit %.0f MiB",
                    loadedMib,
                    peakMib,
                    maxMib),
                "process:  " + resident));
    if (r1cs != null) {
      lines.add("fold:     " + format(fold));
    }
    phases.forEach(
        (phase, times) ->
            lines.add(String.format(Locale.ROOT, "phase:    %-24s%.3f s", phase, median(times))));
    if (cold.length > 0) {
      lines.add("cold:     median " + format(median(cold)) + " of " + coldRuns + " processes");
    }
    output.result(lines, fields);
    return ExitCodes.OK;
  }

  /** Times of runs; to the times of each phase, those of these runs are added. */
  private double[] measure(
      Groth16Prover prover,
      Witness witness,
      Execution execution,
      int runs,
      String what,
      Map<String, double[]> phases)
      throws ProvingException {
    double[] seconds = new double[runs];
    for (int i = 0; i < runs; i++) {
      main.output().phase(what + " " + (i + 1) + "/" + runs);
      PhaseTimes times = new PhaseTimes();
      long begin = System.nanoTime();
      prover.prove(witness, execution.withProgress(times));
      seconds[i] = secondsSince(begin);
      int run = i;
      times.seconds.forEach(
          (phase, time) -> phases.computeIfAbsent(phase, p -> new double[runs])[run] = time);
    }
    return seconds;
  }

  /** How long each phase takes, until the next one begins. */
  private static final class PhaseTimes implements ProgressListener {
    private final Map<String, Double> seconds = new LinkedHashMap<>();
    private String current = "";
    private long since;

    @Override
    public void update(String phase, long done, long total) {
      if (!current.isEmpty()) {
        seconds.put(current, secondsSince(since));
      }
      current = phase;
      since = System.nanoTime();
    }
  }

  /** Whole processes of this program, started as this one was. */
  private double[] coldRuns(int runs, ProvingKeyOptions keys, Path zkey, Path wtns, int threads)
      throws IOException, InterruptedException, CommandException {
    if (runs == 0) {
      return new double[0];
    }
    ProcessHandle.Info self = ProcessHandle.current().info();
    List<String> arguments = List.of(self.arguments().orElse(new String[0]));
    int begin = arguments.indexOf("bench");
    if (self.command().isEmpty() || begin < 0) {
      throw new CommandException(
          ExitCodes.ERROR, "--cold: the system does not tell how this process was started");
    }
    Path folder = Files.createTempDirectory("zk-bench");
    try {
      List<String> command = new ArrayList<>();
      command.add(self.command().get());
      command.addAll(arguments.subList(0, begin));
      command.addAll(List.of("groth16", "prove", zkey.toString(), wtns.toString()));
      command.add(folder.resolve("proof.json").toString());
      command.add(folder.resolve("public.json").toString());
      command.addAll(List.of("--threads", Integer.toString(threads)));
      command.addAll(keys.arguments());
      double[] seconds = new double[runs];
      for (int i = 0; i < runs; i++) {
        main.output().phase("cold run " + (i + 1) + "/" + runs);
        long start = System.nanoTime();
        Process process =
            new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(folder.resolve("errors").toFile())
                .start();
        if (process.waitFor() != 0) {
          throw new CommandException(
              ExitCodes.ERROR, "a cold run failed: " + Files.readString(folder.resolve("errors")));
        }
        seconds[i] = secondsSince(start);
      }
      return seconds;
    } finally {
      for (String name : List.of("proof.json", "public.json", "errors")) {
        Files.deleteIfExists(folder.resolve(name));
      }
      Files.deleteIfExists(folder);
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }

  private static double secondsSince(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }

  private static String format(double seconds) {
    return String.format(Locale.ROOT, "%.3f s", seconds);
  }

  private static List<Double> list(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  private static long peakHeapBytes() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getPeakUsage)
        .mapToLong(usage -> usage.getUsed())
        .sum();
  }

  /** The most memory that the process had resident, where the system tells (Linux). */
  private static OptionalLong peakResidentKib() {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }
}
