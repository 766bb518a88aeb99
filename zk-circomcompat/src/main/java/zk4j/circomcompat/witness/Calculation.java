package zk4j.circomcompat.witness;

import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.ChicoryException;
import java.io.ByteArrayOutputStream;
import java.io.Serial;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import zk4j.bn254.FieldEncoding;
import zk4j.bn254.Fr;
import zk4j.bn254.FrVector;
import zk4j.circomcompat.witness.WitnessCalculationException.Reason;
import zk4j.core.BoundedReader;
import zk4j.core.MalformedDataException;
import zk4j.r1cs.Witness;

/**
 * One instance of a circuit's code, for one witness, used by one thread.
 *
 * <p>The code and its caller exchange field elements through 32 bytes of its memory, and messages
 * character by character. Inputs are named by a hash; the last one that is set runs the circuit.
 */
final class Calculation {
  private static final int WORDS = Fr.BYTES / Integer.BYTES;

  /** Words of the largest prime that is looked at, more than circom has any of. */
  private static final int MAX_WORDS = 16;

  /** The other fields of circom 2, by their primes, with the names that its option -p takes. */
  private static final Map<String, String> KNOWN_PRIMES =
      Map.of(
          "73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001", "bls12381",
          "ffffffff00000001", "goldilocks",
          "30644e72e131a029b85045b68181585d97816a916871ca8d3c208c16d87cfd47", "grumpkin",
          "40000000000000000000000000000000224698fc094cf91b992d30ed00000001", "pallas",
          "40000000000000000000000000000000224698fc0994a8dd8c46eb2100000001", "vesta",
          "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff", "secq256r1",
          "12ab655e9a2ca55660b44d1e5c37b00159aa76fed00000010a11800000000001", "bls12377");

  /** Bytes of a page of memory. */
  static final long PAGE_BYTES = 1 << 16;

  /** The longest message that is taken from the code, in bytes. */
  private static final int MAX_MESSAGE = 1 << 16;

  /** Names that a message about missing inputs lists. */
  private static final int MAX_LISTED = 10;

  /** Wires that are fetched in one go. */
  private static final int BLOCK = 1 << 12;

  private final String source;
  private final Consumer<String> log;
  private final Instance instance;
  private final int shared;
  private final boolean knowsSizes;

  /** The input, or the element of it, that is being set. */
  private String setting = "";

  /** What the code said before it failed, outermost template last. */
  private final StringBuilder errors = new StringBuilder();

  private final StringBuilder logLine = new StringBuilder();

  /** The code reports a failure: thrown through it by its exception handler. */
  static final class CircuitError extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;

    final int code;

    CircuitError(int code) {
      super("error " + code, null, false, false);
      this.code = code;
    }
  }

  /** Carries what a listener threw through the code. */
  static final class ListenerException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;

    final RuntimeException thrown;

    ListenerException(RuntimeException thrown) {
      super(thrown);
      this.thrown = thrown;
    }
  }

  Calculation(CircuitCode code, String source, int maxPages, Consumer<String> log) {
    this.source = source;
    this.log = log;
    boolean buffersLog = code.imports("writeBufferMessage");
    boolean printsErrors = code.imports("printErrorMessage");
    this.instance =
        code.instantiate(
            ImportValues.builder()
                .addFunction(
                    function("exceptionHandler", arguments -> fail(arguments, printsErrors)))
                .addFunction(function("printErrorMessage", arguments -> addError(message())))
                .addFunction(function("writeBufferMessage", arguments -> logPart(message())))
                .addFunction(function("showSharedRWMemory", arguments -> logShared(buffersLog)))
                .build(),
            maxPages);
    this.knowsSizes = code.exports("getInputSignalSize");
    this.shared = callInt("getSharedRWMemoryStart");
  }

  private static HostFunction function(String name, Consumer<long[]> body) {
    return new HostFunction(
        CircuitCode.IMPORTED_FROM,
        name,
        name.equals("exceptionHandler") ? CircuitCode.EXCEPTION_HANDLER : CircuitCode.NO_ARGUMENTS,
        (caller, arguments) -> {
          body.accept(arguments);
          return new long[0];
        });
  }

  /** Asks the code who it is; refuses other versions than 2 and other fields than BN254's. */
  void requireCircom2OverBn254() throws WitnessCalculationException {
    int version = callInt("getVersion");
    if (version != 2) {
      throw failure(Reason.CODE_FAILED, "a circuit of circom " + version + " instead of 2");
    }
    int words = callInt("getFieldNumLen32");
    BigInteger prime = BigInteger.ZERO;
    if (words >= 1 && words <= MAX_WORDS) {
      call("getRawPrime");
      prime = sharedNumber(words);
    }
    if (!prime.equals(Fr.MODULUS)) {
      String name = KNOWN_PRIMES.getOrDefault(prime.toString(16), "another field");
      throw failure(
          Reason.CODE_FAILED,
          "a circuit over " + name + " (prime " + prime + "), not over bn128, which is BN254");
    }
  }

  /** Sets all inputs and fetches the witness. */
  Witness calculate(CircomInput inputs) throws WitnessCalculationException {
    try {
      call("init", 0);
      requireFit(inputs);
      for (Map.Entry<String, List<Fr>> input : inputs.values().entrySet()) {
        set(input.getKey(), input.getValue());
      }
      return witness();
    } catch (CircuitError e) {
      throw explain(e);
    }
  }

  /** Checks names and sizes before anything is set, since the last value runs the circuit. */
  private void requireFit(CircomInput inputs) throws WitnessCalculationException {
    long given = 0;
    for (Map.Entry<String, List<Fr>> input : inputs.values().entrySet()) {
      String name = input.getKey();
      int count = input.getValue().size();
      given += count;
      long hash = SignalHash.of(name);
      int size = knowsSizes ? callInt("getInputSignalSize", high(hash), low(hash)) : count;
      // An unknown name has size 0, like an array without elements, or -1.
      if (size <= 0 && count > 0) {
        throw failure(Reason.UNKNOWN_INPUT, "the circuit has no input " + name);
      }
      if (size > 0 && size != count) {
        throw failure(
            Reason.WRONG_INPUT_SIZE,
            "input " + name + " wants " + values(size) + ", " + count + " given");
      }
    }
    long wanted = Integer.toUnsignedLong(callInt("getInputSize"));
    if (given < wanted) {
      throw failure(
          Reason.MISSING_INPUT,
          (wanted - given) + " of " + values(wanted) + " not given; given: " + list(inputs));
    }
  }

  private void set(String name, List<Fr> values) {
    long hash = SignalHash.of(name);
    for (int i = 0; i < values.size(); i++) {
      setting = values.size() == 1 ? name : name + "[" + i + "]";
      instance.memory().write(shared, values.get(i).encode(FieldEncoding.LITTLE_ENDIAN));
      call("setInputSignal", high(hash), low(hash), i);
    }
  }

  private static long high(long hash) {
    return hash >>> 32;
  }

  private static long low(long hash) {
    return hash & 0xffff_ffffL;
  }

  private Witness witness() throws WitnessCalculationException {
    long wires = Integer.toUnsignedLong(callInt("getWitnessSize"));
    if (wires < 1 || wires > instance.memory().pages() * PAGE_BYTES / Fr.BYTES) {
      throw failure(Reason.CODE_FAILED, "a witness of " + wires + " wires is not in its memory");
    }
    FrVector values = FrVector.zeros((int) wires);
    byte[] block = new byte[Math.min(values.size(), BLOCK) * Fr.BYTES];
    for (int from = 0; from < values.size(); from += BLOCK) {
      int count = Math.min(values.size() - from, BLOCK);
      for (int i = 0; i < count; i++) {
        call("getWitness", from + i);
        byte[] value = instance.memory().readBytes(shared, Fr.BYTES);
        System.arraycopy(value, 0, block, i * Fr.BYTES, Fr.BYTES);
      }
      try {
        BoundedReader in = BoundedReader.of(block, source);
        values.readRecords(from, in, count, Fr.BYTES, 0, FieldEncoding.LITTLE_ENDIAN);
      } catch (MalformedDataException e) {
        throw failure(Reason.CODE_FAILED, "of the wires from " + from + " on, " + e.problem());
      }
    }
    if (!values.get(0).isOne()) {
      throw failure(Reason.CODE_FAILED, "wire 0 of a witness is 1, not " + values.get(0));
    }
    return Witness.of(values);
  }

  /** The exception for an error that the code reported, by the codes of circom's code generator. */
  private WitnessCalculationException explain(CircuitError error) {
    String said = errors.isEmpty() ? "" : ": " + errors;
    return switch (error.code) {
      case 1 -> failure(Reason.UNKNOWN_INPUT, "the circuit has no input " + setting);
      case 2 -> failure(Reason.WRONG_INPUT_SIZE, "more values than inputs, with " + setting);
      case 3 -> failure(Reason.REPEATED_INPUT, "input " + setting + " is given twice");
      case 4 -> failure(Reason.ASSERTION_FAILED, "assertion failed" + said);
      case 5 ->
          failure(
              Reason.LIMIT_EXCEEDED,
              "more memory is needed than "
                  + instance.memory().pages()
                  + " pages of 64 KiB"
                  + said);
      case 6 -> failure(Reason.WRONG_INPUT_SIZE, setting + " is beyond the input's size");
      case 7 -> failure(Reason.CODE_FAILED, "array access out of bounds" + said);
      default -> failure(Reason.CODE_FAILED, "error " + error.code + said);
    };
  }

  private WitnessCalculationException failure(Reason reason, String problem) {
    return new WitnessCalculationException(source, reason, problem);
  }

  private static String values(long count) {
    return count == 1 ? "1 value" : count + " values";
  }

  private static String list(CircomInput inputs) {
    Stream<String> names =
        inputs.values().entrySet().stream()
            .limit(MAX_LISTED)
            .map(input -> input.getKey() + " (" + values(input.getValue().size()) + ")");
    String list = names.collect(Collectors.joining(", "));
    int more = inputs.values().size() - MAX_LISTED;
    return list.isEmpty() ? "nothing" : more > 0 ? list + " and " + more + " more" : list;
  }

  // What the code calls.

  private void fail(long[] arguments, boolean printsErrors) {
    if (!printsErrors) {
      addError(message()); // until circom 2.0.6 the message waits to be fetched
    }
    throw new CircuitError((int) arguments[0]);
  }

  private void addError(String message) {
    if (errors.length() + message.length() <= MAX_MESSAGE) {
      errors.append(errors.isEmpty() ? "" : ", ").append(message.strip());
    }
  }

  /** Parts of a line come one by one; a line break ends it. */
  private void logPart(String part) {
    if (part.equals("\n")) {
      logLine();
      return;
    }
    if (logLine.length() + part.length() > MAX_MESSAGE) {
      logLine();
    }
    logLine.append(logLine.isEmpty() ? "" : " ").append(part);
  }

  private void logLine() {
    String line = logLine.toString();
    logLine.setLength(0);
    try {
      log.accept(line);
    } catch (RuntimeException e) {
      throw new ListenerException(e);
    }
  }

  private void logShared(boolean buffersLog) {
    logPart(sharedNumber(WORDS).toString());
    if (!buffersLog) {
      logLine(); // until circom 2.0.6 a log is one number
    }
  }

  /** Fetches the message that the code has ready, up to its closing 0. */
  private String message() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int c = callInt("getMessageChar"); c != 0; c = callInt("getMessageChar")) {
      if (bytes.size() == MAX_MESSAGE) {
        throw new ChicoryException("a message of more than " + MAX_MESSAGE + " bytes");
      }
      bytes.write(c);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private BigInteger sharedNumber(int words) {
    byte[] littleEndian = instance.memory().readBytes(shared, words * Integer.BYTES);
    for (int i = 0, j = littleEndian.length - 1; i < j; i++, j--) {
      byte swapped = littleEndian[i];
      littleEndian[i] = littleEndian[j];
      littleEndian[j] = swapped;
    }
    return new BigInteger(1, littleEndian);
  }

  private void call(String function, long... arguments) {
    instance.export(function).apply(arguments);
  }

  private int callInt(String function, long... arguments) {
    return (int) instance.export(function).apply(arguments)[0];
  }
}
