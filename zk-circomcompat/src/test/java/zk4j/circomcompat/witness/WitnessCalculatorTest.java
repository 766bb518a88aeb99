package zk4j.circomcompat.witness;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static zk4j.circomcompat.witness.WasmBuilder.CALL;
import static zk4j.circomcompat.witness.WasmBuilder.EXCEPTION_HANDLER;
import static zk4j.circomcompat.witness.WasmBuilder.I32_CONST;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import zk4j.bn254.FieldEncoding;
import zk4j.bn254.Fr;
import zk4j.circomcompat.witness.WitnessCalculationException.Reason;
import zk4j.core.MalformedDataException;
import zk4j.r1cs.Witness;

final class WitnessCalculatorTest {
  /** Bytes of snarkjs's .wtns before the values: both sections' heads, the prime and the count. */
  private static final int WTNS_HEAD = 76;

  private static Path fixture(String circuit, String file) {
    return Path.of("..", "fixtures", "data", circuit, file);
  }

  private static WitnessCalculator calculator(String circuit) throws IOException {
    return WitnessCalculator.of(fixture(circuit, "circuit.wasm"));
  }

  private static byte[] encode(Witness witness) {
    return witness.values().encode(0, witness.size(), FieldEncoding.LITTLE_ENDIAN);
  }

  private static byte[] expected(String circuit) throws IOException {
    byte[] wtns = Files.readAllBytes(fixture(circuit, "witness.wtns"));
    int wires = ByteBuffer.wrap(wtns).order(ByteOrder.LITTLE_ENDIAN).getInt(WTNS_HEAD - 16);
    assertEquals(WTNS_HEAD + 32 * wires, wtns.length);
    return Arrays.copyOfRange(wtns, WTNS_HEAD, wtns.length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"multiplier", "heartrate", "arrays", "single", "dense"})
  void equalsTheWitnessOfSnarkjs(String circuit) throws Exception {
    WitnessCalculator calculator = calculator(circuit);
    CircomInput inputs = CircomInput.parse(fixture(circuit, "input.json"));
    assertArrayEquals(expected(circuit), encode(calculator.calculate(inputs)));
    assertArrayEquals(expected(circuit), encode(calculator.calculate(inputs)), "again");
    assertEquals(List.of(), calculator.interpretedFunctions());
  }

  @Test
  void sixteenThreadsShareACalculator() throws Exception {
    WitnessCalculator calculator = calculator("single");
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      List<Future<Void>> results = new ArrayList<>();
      for (int i = 1; i <= 64; i++) {
        long x = i;
        results.add(
            threads.submit(
                () -> {
                  CircomInput inputs =
                      CircomInput.builder().put("x", Fr.of(x)).put("idle", Fr.ONE, Fr.ONE).build();
                  assertEquals(Fr.of(x * x), calculator.calculate(inputs).get(1));
                  return null;
                }));
      }
      for (Future<Void> result : results) {
        result.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void namesTheLineOfAFailedAssertion() throws IOException {
    WitnessCalculator calculator = calculator("arrays");
    CircomInput inputs =
        CircomInput.parse(
            """
            {"matrix": [[13, 0, 0], [0, 0, 0]], "offset": 0, "unused": 0}""");
    assertFails(
        Reason.ASSERTION_FAILED,
        "assertion failed: Error in template Arrays_0 line: 13",
        calculator,
        inputs);
  }

  @Test
  void namesTheTemplatesAroundAFailedConstraint() throws IOException {
    WitnessCalculator calculator = calculator("heartrate");
    Fr[] readings = IntStream.range(0, 60).mapToObj(i -> Fr.of(300)).toArray(Fr[]::new);
    CircomInput inputs =
        CircomInput.builder().put("readings", readings).put("limit", Fr.of(100)).build();
    WitnessCalculationException e =
        assertThrows(WitnessCalculationException.class, () -> calculator.calculate(inputs));
    assertEquals(Reason.ASSERTION_FAILED, e.reason());
    assertTrue(
        e.problem()
            .matches(
                "assertion failed: Error in template ToBits_\\d+ line: \\d+, "
                    + "Error in template HeartRate_\\d+ line: \\d+"),
        e.problem());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "MISSING_INPUT    | {}              | 2 of 2 values not given; given: nothing",
        "MISSING_INPUT    | {'a':1}         | 1 of 2 values not given; given: a (1 value)",
        "UNKNOWN_INPUT    | {'a':1,'b':2,'c':3} | the circuit has no input c",
        "UNKNOWN_INPUT    | {'a':{'x':1},'b':2} | the circuit has no input a.x",
        "WRONG_INPUT_SIZE | {'a':[1,2],'b':2}   | input a wants 1 value, 2 given",
        "WRONG_INPUT_SIZE | {'a':[],'b':2}      | input a wants 1 value, 0 given",
      })
  void namesInputsThatDoNotFit(Reason reason, String json, String problem) throws IOException {
    CircomInput inputs = CircomInput.parse(json.replace('\'', '"'));
    assertFails(reason, problem, calculator("multiplier"), inputs);
  }

  @Test
  void countsTheValuesOfArrays() throws IOException {
    WitnessCalculator calculator = calculator("heartrate");
    Fr[] readings = IntStream.range(0, 59).mapToObj(i -> Fr.of(60)).toArray(Fr[]::new);
    assertFails(
        Reason.WRONG_INPUT_SIZE,
        "input readings wants 60 values, 59 given",
        calculator,
        CircomInput.builder().put("limit", Fr.of(100)).put("readings", readings).build());
    assertFails(
        Reason.MISSING_INPUT,
        "60 of 61 values not given; given: limit (1 value)",
        calculator,
        CircomInput.builder().put("limit", Fr.of(100)).build());
  }

  @Test
  void emptyArraysMayHaveAnyName() throws Exception {
    CircomInput inputs = CircomInput.parse("{\"a\": 3, \"b\": 11, \"nothing\": [[], []]}");
    assertArrayEquals(expected("multiplier"), encode(calculator("multiplier").calculate(inputs)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 | UNKNOWN_INPUT    | the circuit has no input x",
        "2 | WRONG_INPUT_SIZE | more values than inputs, with x",
        "3 | REPEATED_INPUT   | input x is given twice",
        "4 | ASSERTION_FAILED | assertion failed: it says so",
        "5 | LIMIT_EXCEEDED   | more memory is needed than 1 pages of 64 KiB: it says so",
        "6 | WRONG_INPUT_SIZE | x is beyond the input's size",
        "7 | CODE_FAILED      | array access out of bounds: it says so",
        "9 | CODE_FAILED      | error 9: it says so",
      })
  void explainsTheCodesOfErrors(int code, Reason reason, String problem) throws IOException {
    WasmBuilder wasm =
        new WasmBuilder()
            .saying("it says so\n")
            .function(
                "setInputSignal",
                3,
                0,
                CALL,
                WasmBuilder.PRINT_ERROR_MESSAGE,
                I32_CONST,
                code,
                CALL,
                EXCEPTION_HANDLER);
    assertFails(reason, problem, calculator(wasm), oneInput());
  }

  @Test
  void understandsCodeOfTheFirstReleasesOfCircom2() throws IOException {
    // They have two imports, no sizes of inputs, and a message that waits for the exception
    // handler.
    WasmBuilder old =
        new WasmBuilder().saying("old words").keepingImports(1).without("getInputSignalSize");
    assertEquals(1, calculatorResult(old).size());
    old.function("setInputSignal", 3, 0, I32_CONST, 4, CALL, EXCEPTION_HANDLER);
    assertFails(
        Reason.ASSERTION_FAILED, "assertion failed: old words", calculator(old), oneInput());
  }

  private static Witness calculatorResult(WasmBuilder wasm) throws IOException {
    try {
      return calculator(wasm).calculate(oneInput());
    } catch (WitnessCalculationException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void hearsWhatTheCircuitLogs() throws Exception {
    List<String> lines = new ArrayList<>();
    WitnessCalculator calculator = calculator("arrays").withLog(lines::add);
    calculator.calculate(CircomInput.parse(fixture("arrays", "input.json")));
    assertEquals(List.of("offset is " + Fr.of(-7)), lines);
  }

  @Test
  void listenersMayThrow() throws IOException {
    IllegalStateException thrown = new IllegalStateException("enough");
    WitnessCalculator calculator =
        calculator("arrays")
            .withLog(
                line -> {
                  throw thrown;
                });
    CircomInput inputs = CircomInput.parse(fixture("arrays", "input.json"));
    assertSame(
        thrown, assertThrows(IllegalStateException.class, () -> calculator.calculate(inputs)));
  }

  @Test
  void otherFieldsAreRefusedByName() throws IOException {
    byte[] wasm = Files.readAllBytes(fixture("multiplier", "circuit.wasm"));
    // BLS12-381's scalar field, as circom -p bls12381 has it.
    byte[] other = littleEndian("73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001");
    int replaced = replaceAll(wasm, littleEndian(Fr.MODULUS.toString(16)), other);
    assertTrue(replaced > 0);
    MalformedDataException e =
        assertThrows(MalformedDataException.class, () -> WitnessCalculator.of(wasm, "bls.wasm"));
    assertTrue(e.problem().startsWith("a circuit over bls12381 (prime"), e.getMessage());
  }

  private static byte[] littleEndian(String hex) {
    byte[] bytes = new byte[hex.length() / 2];
    for (int i = 0; i < bytes.length; i++) {
      bytes[bytes.length - 1 - i] = (byte) Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16);
    }
    return bytes;
  }

  private static int replaceAll(byte[] bytes, byte[] from, byte[] to) {
    int replaced = 0;
    for (int i = 0; i + from.length <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + from.length, from, 0, from.length)) {
        System.arraycopy(to, 0, bytes, i, to.length);
        replaced++;
      }
    }
    return replaced;
  }

  @Test
  void functionsTooLargeForTheJvmAreInterpreted() throws Exception {
    WasmBuilder wasm = new WasmBuilder();
    int[] large = Arrays.copyOf(WasmBuilder.storeWords(1, 0, 0, 0, 0, 0, 0, 0), 20_000);
    Arrays.fill(large, 6 * 8, large.length, WasmBuilder.NOP);
    WitnessCalculator calculator = calculator(wasm.function("getWitness", 1, 0, large));
    assertEquals(
        List.of("function " + wasm.index("getWitness")), calculator.interpretedFunctions());
    assertEquals(1, calculator.calculate(oneInput()).size());
  }

  /** Few instructions that need much byte code: each call with many arguments takes an array. */
  @Test
  void functionsThatAreFoundTooLargeAreInterpreted() throws Exception {
    int parameters = 300;
    int calls = 20;
    WasmBuilder wasm = new WasmBuilder().function("many", parameters, 0);
    int many = wasm.index("many");
    int[] code = new int[calls * (2 * parameters + 2)];
    int at = 0;
    for (int i = 0; i < calls; i++) {
      for (int j = 0; j < parameters; j++) {
        code[at++] = I32_CONST;
        code[at++] = 0;
      }
      code[at++] = CALL;
      code[at++] = many;
    }
    wasm.function("setInputSignal", 3, 0, code);
    WitnessCalculator calculator = calculator(wasm);
    assertEquals(
        List.of("function " + wasm.index("setInputSignal")), calculator.interpretedFunctions());
    assertEquals(1, calculator.calculate(oneInput()).size());
  }

  @Test
  @Tag("slow")
  void theCompiledCodeIsUsedAgain() throws Exception {
    Path wasm = fixture("heartrate", "circuit.wasm");
    CircomInput inputs = CircomInput.parse(fixture("heartrate", "input.json"));
    WitnessCalculator calculator = WitnessCalculator.of(wasm);
    WitnessLimits limits = WitnessLimits.defaults().withTimeout(Duration.ofMinutes(1));
    calculator.calculate(inputs); // warm
    long anew = Long.MAX_VALUE;
    long again = Long.MAX_VALUE;
    for (int i = 0; i < 7; i++) {
      long begin = System.nanoTime();
      WitnessCalculator.of(wasm).calculate(inputs);
      long between = System.nanoTime();
      calculator.withLimits(limits).calculate(inputs);
      anew = Math.min(anew, between - begin);
      again = Math.min(again, System.nanoTime() - between);
    }
    assertTrue(again < anew, again + " ns with compiled code, " + anew + " ns without");
  }

  private static CircomInput oneInput() {
    return CircomInput.builder().put("x", Fr.ONE).build();
  }

  private static WitnessCalculator calculator(WasmBuilder wasm) throws IOException {
    return WitnessCalculator.of(wasm.build(), "hand.wasm");
  }

  private static void assertFails(
      Reason reason, String problem, WitnessCalculator calculator, CircomInput inputs) {
    WitnessCalculationException e =
        assertThrows(WitnessCalculationException.class, () -> calculator.calculate(inputs));
    assertEquals(problem, e.problem());
    assertEquals(reason, e.reason());
    assertTrue(e.toString().endsWith(".wasm: " + problem), e.getMessage());
  }
}
