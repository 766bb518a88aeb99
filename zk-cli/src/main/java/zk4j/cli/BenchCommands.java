package zk4j.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import zk4j.bn254.KernelChoice;
import zk4j.circomcompat.WtnsFile;
import zk4j.circomcompat.ZkeyFile;
import zk4j.core.Execution;
import zk4j.groth16.Groth16Prover;
import zk4j.groth16.ProvingException;
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
        "A run is a whole proof from a witness in memory, its verification included."
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
      @Mixin ProvingKeyOptions keys)
      throws Exception {
    if (runs < 1) {
      throw new CommandException(ExitCodes.ERROR, "--runs must be at least 1, not " + runs);
    }
    Output output = main.output();
    Execution execution = main.execution();
    Witness witness = WtnsFile.read(wtns);

    output.phase("reading " + zkeyFile);
    long begin = System.nanoTime();
    Groth16Prover prover;
    Map<String, Object> fields = new LinkedHashMap<>();
    try (ZkeyFile zkey = keys.open(zkeyFile, output)) {
      prover = Groth16Prover.of(zkey.provingKey(execution));
      fields.put("domainSize", zkey.domainSize());
      fields.put("wires", zkey.wires());
      fields.put("publicSignals", zkey.publicSignals());
    }
    double load = secondsSince(begin);
    System.gc();
    double loadedMib = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MIB;

    double[] warmUp = measure(prover, witness, execution, WARM_UP_RUNS, "warm-up");
    double[] seconds = measure(prover, witness, execution, runs, "run");
    double[] sorted = seconds.clone();
    Arrays.sort(sorted);
    double median = (sorted[(runs - 1) / 2] + sorted[runs / 2]) / 2;
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
    fields.put("heapLoadedMib", loadedMib);
    fields.put("heapPeakMib", peakMib);
    fields.put("heapMaxMib", maxMib);
    residentKib.ifPresent(kib -> fields.put("residentPeakMib", kib / 1024.0));

    String resident =
        residentKib.isPresent()
            ? String.format(
                Locale.ROOT,
                "%.0f MiB resident at most (VmHWM: heap, compiled code and mapped files together)",
                residentKib.getAsLong() / 1024.0)
            : "unknown: this system has no /proc/self/status";
    output.result(
        List.of(
            "key:      domain %s, %s wires, %s public signals"
                .formatted(
                    fields.get("domainSize"), fields.get("wires"), fields.get("publicSignals")),
            "machine:  " + Version.java(),
            "kernels:  " + KernelChoice.name() + ", " + execution.parallelism() + " threads",
            String.format(Locale.ROOT, "load:     %.3f s", load),
            "warm-up:  "
                + String.join(", ", Arrays.stream(warmUp).mapToObj(BenchCommands::format).toList()),
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
            "process:  " + resident),
        fields);
    return ExitCodes.OK;
  }

  private double[] measure(
      Groth16Prover prover, Witness witness, Execution execution, int runs, String what)
      throws ProvingException {
    double[] seconds = new double[runs];
    for (int i = 0; i < runs; i++) {
      main.output().phase(what + " " + (i + 1) + "/" + runs);
      long begin = System.nanoTime();
      // Progress would be measured with it.
      prover.prove(witness, execution.withProgress((phase, done, total) -> {}));
      seconds[i] = secondsSince(begin);
    }
    return seconds;
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
