package zk4j.circomcompat.witness;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import zk4j.circomcompat.witness.Calculation.ListenerException;
import zk4j.circomcompat.witness.WitnessCalculationException.Reason;
import zk4j.core.Execution;
import zk4j.core.MalformedDataException;
import zk4j.r1cs.Witness;

/**
 * Calculates witnesses with the WebAssembly that circom 2 makes of a circuit over BN254.
 *
 * <p>The code is compiled to JVM byte code once, when the calculator is made: about a second, and
 * two more for each megabyte. From then on a calculator is immutable and thread-safe; every
 * calculation has memory of its own. Calculators that are derived from one share its compiled code.
 *
 * <p>The code need not be trusted. It can reach nothing outside its memory, and {@link
 * WitnessLimits} bound the memory and the time. Only parsing and compiling cannot be interrupted;
 * they take time and some hundred bytes of memory for each byte of code, which is why files over
 * {@value #MAX_CODE_BYTES} bytes are refused.
 *
 * <pre>{@code
 * WitnessCalculator calculator = WitnessCalculator.of(Path.of("circuit.wasm"));
 * Witness witness = calculator.calculate(CircomInput.parse(Path.of("input.json")));
 * }</pre>
 */
public final class WitnessCalculator {
  /** The largest code that is compiled, in bytes. */
  public static final int MAX_CODE_BYTES = 1 << 28;

  private final String source;
  private final CircuitCode code;
  private final WitnessLimits limits;
  private final Consumer<String> log;

  private WitnessCalculator(
      String source, CircuitCode code, WitnessLimits limits, Consumer<String> log) {
    this.source = source;
    this.code = code;
    this.limits = limits;
    this.log = log;
  }

  /**
   * Compiles a file that circom 2 made, with the {@linkplain WitnessLimits#defaults default
   * limits}.
   *
   * @throws MalformedDataException if it is no circuit of circom 2 over BN254's scalar field
   */
  public static WitnessCalculator of(Path wasm) throws IOException {
    return of(wasm, WitnessLimits.defaults());
  }

  /**
   * Compiles a file that circom 2 made.
   *
   * @param limits bind a first instance too, which is made here to ask it for its field
   * @throws MalformedDataException if it is no circuit of circom 2 over BN254's scalar field
   */
  public static WitnessCalculator of(Path wasm, WitnessLimits limits) throws IOException {
    try (InputStream in = Files.newInputStream(wasm)) {
      return of(in.readNBytes(MAX_CODE_BYTES + 1), wasm.toString(), limits);
    }
  }

  /** As {@link #of(byte[], String, WitnessLimits)} with the default limits. */
  public static WitnessCalculator of(byte[] wasm, String source) throws MalformedDataException {
    return of(wasm, source, WitnessLimits.defaults());
  }

  /**
   * Compiles code that circom 2 made.
   *
   * @param source what to call it in errors
   * @param limits bind a first instance too, which is made here to ask it for its field
   * @throws MalformedDataException if it is no circuit of circom 2 over BN254's scalar field
   */
  public static WitnessCalculator of(byte[] wasm, String source, WitnessLimits limits)
      throws MalformedDataException {
    if (wasm.length > MAX_CODE_BYTES) {
      throw new MalformedDataException(
          source, null, -1, "more code than " + MAX_CODE_BYTES + " bytes");
    }
    WitnessCalculator calculator =
        new WitnessCalculator(source, CircuitCode.of(wasm, source), limits, line -> {});
    try {
      calculator.run(
          calculation -> {
            calculation.requireCircom2OverBn254();
            return true;
          },
          Execution.sequential());
    } catch (WitnessCalculationException e) {
      throw new MalformedDataException(source, null, -1, e.problem(), e);
    }
    return calculator;
  }

  /** This calculator with other limits. */
  public WitnessCalculator withLimits(WitnessLimits newLimits) {
    return new WitnessCalculator(source, code, newLimits, log);
  }

  /**
   * This calculator with a listener for what the circuit says with {@code log}.
   *
   * @param listener takes a line at a time, without its end, on the thread that runs the circuit;
   *     field elements are in decimal, from 0 to r - 1. What it throws ends the calculation
   */
  public WitnessCalculator withLog(Consumer<String> listener) {
    return new WitnessCalculator(source, code, limits, listener);
  }

  /**
   * The functions that are too large for the JVM, which allows 64 KiB of byte code each, and are
   * interpreted, about thirty times slower than the rest. Typically none, or functions that only
   * fill in constants, such as those of large Poseidon permutations.
   *
   * @return their names, or numbers where they have none, in the order of the code
   */
  public List<String> interpretedFunctions() {
    return code.interpretedFunctions();
  }

  /** As {@link #calculate(CircomInput, Execution)}, without a deadline other than the limits'. */
  public Witness calculate(CircomInput inputs) throws WitnessCalculationException {
    return calculate(inputs, Execution.sequential());
  }

  /**
   * Calculates the witness of some inputs. The circuit runs in a thread of its own, which has ended
   * when this returns.
   *
   * @param execution gives a deadline and cancellation, beside the limits' timeout
   * @throws WitnessCalculationException if the inputs are not what the circuit asks for, an
   *     assertion of the circuit fails, or its code fails or goes beyond the limits
   * @throws CancellationException if the operation was cancelled, passed the execution's deadline,
   *     or the calling thread was interrupted
   */
  public Witness calculate(CircomInput inputs, Execution execution)
      throws WitnessCalculationException {
    return run(calculation -> calculation.calculate(inputs), execution);
  }

  @FunctionalInterface
  private interface Body<T> {
    T apply(Calculation calculation) throws WitnessCalculationException;
  }

  /** Runs something on an instance of its own, and turns all that can happen into one exception. */
  private <T> T run(Body<T> body, Execution execution) throws WitnessCalculationException {
    // Other threads need the heap too: an instance never fills it.
    long halfTheHeap = Runtime.getRuntime().maxMemory() / 2 / Calculation.PAGE_BYTES;
    int maxPages = (int) Math.min(limits.memoryPages(), halfTheHeap);
    if (code.initialPages() > maxPages) {
      String limit = maxPages + (maxPages < limits.memoryPages() ? ", half the Java heap" : "");
      throw limitExceeded(
          "its memory begins with "
              + code.initialPages()
              + " pages of 64 KiB, the limit is "
              + limit,
          null);
    }
    try {
      return OwnThread.run(
          () -> body.apply(new Calculation(code, source, maxPages, log)),
          limits.timeout(),
          execution);
    } catch (TimeoutException e) {
      throw limitExceeded("it did not end within " + limits.timeout(), e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof WitnessCalculationException known) {
        throw known;
      }
      if (cause instanceof OutOfMemoryError) {
        throw limitExceeded("the Java heap has no room for it", cause);
      }
      if (cause instanceof ListenerException listener) {
        throw listener.thrown;
      }
      throw new WitnessCalculationException(
          source, Reason.CODE_FAILED, "the circuit's code failed: " + cause, cause);
    }
  }

  private WitnessCalculationException limitExceeded(String problem, @Nullable Throwable cause) {
    return new WitnessCalculationException(source, Reason.LIMIT_EXCEEDED, problem, cause);
  }
}
