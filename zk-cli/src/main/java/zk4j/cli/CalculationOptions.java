package zk4j.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Option;
import zk4j.circomcompat.witness.CircomInput;
import zk4j.circomcompat.witness.WitnessCalculationException;
import zk4j.circomcompat.witness.WitnessCalculator;
import zk4j.circomcompat.witness.WitnessLimits;
import zk4j.core.Execution;
import zk4j.r1cs.Witness;

/** How witnesses are calculated. */
final class CalculationOptions {
  @Option(
      names = "--timeout",
      paramLabel = "<seconds>",
      defaultValue = "300",
      description = "End the circuit's program after so long (default: ${DEFAULT-VALUE}).")
  int timeoutSeconds;

  Witness calculate(Path wasm, Path input, Execution execution, Output output)
      throws IOException, CommandException, WitnessCalculationException {
    WitnessLimits limits;
    try {
      limits = WitnessLimits.defaults().withTimeout(Duration.ofSeconds(timeoutSeconds));
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitCodes.ERROR, "--timeout: " + e.getMessage());
    }
    CircomInput inputs = CircomInput.parse(input);
    output.phase("compiling " + wasm);
    WitnessCalculator calculator = WitnessCalculator.of(wasm, limits).withLog(output::note);
    output.phase("calculating the witness");
    return calculator.calculate(inputs, execution);
  }
}
