package zk4j.circomcompat.witness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static zk4j.circomcompat.witness.WasmBuilder.BR;
import static zk4j.circomcompat.witness.WasmBuilder.BR_IF;
import static zk4j.circomcompat.witness.WasmBuilder.BR_TABLE;
import static zk4j.circomcompat.witness.WasmBuilder.CALL;
import static zk4j.circomcompat.witness.WasmBuilder.DROP;
import static zk4j.circomcompat.witness.WasmBuilder.EMPTY;
import static zk4j.circomcompat.witness.WasmBuilder.END;
import static zk4j.circomcompat.witness.WasmBuilder.EXCEPTION_HANDLER;
import static zk4j.circomcompat.witness.WasmBuilder.I32_CONST;
import static zk4j.circomcompat.witness.WasmBuilder.I32_EQ;
import static zk4j.circomcompat.witness.WasmBuilder.IF;
import static zk4j.circomcompat.witness.WasmBuilder.LOOP;
import static zk4j.circomcompat.witness.WasmBuilder.MEMORY_GROW;
import static zk4j.circomcompat.witness.WasmBuilder.NOP;
import static zk4j.circomcompat.witness.WasmBuilder.UNREACHABLE;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import zk4j.bn254.Fr;
import zk4j.circomcompat.witness.WasmBuilder.Bytes;
import zk4j.circomcompat.witness.WitnessCalculationException.Reason;
import zk4j.core.CancellationToken;
import zk4j.core.Execution;
import zk4j.core.MalformedDataException;

/** Code that was written to harm ends in an error that says why, soon. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class HostileWasmTest {
  private static final CircomInput INPUT = CircomInput.builder().put("x", Fr.ONE).build();
  private static final WitnessLimits PATIENT =
      WitnessLimits.defaults().withTimeout(Duration.ofSeconds(50));
  private static final WitnessLimits SHORT =
      WitnessLimits.defaults().withTimeout(Duration.ofMillis(300));

  private static final int[][] ENDLESS = {
    {LOOP, EMPTY, BR, 0, END},
    {LOOP, EMPTY, I32_CONST, 1, BR_IF, 0, END},
    {LOOP, EMPTY, I32_CONST, 0, BR_TABLE, 1, 0, 0, END},
  };

  @AfterEach
  void noThreadIsLeft() {
    assertTrue(
        Thread.getAllStackTraces().keySet().stream()
            .noneMatch(thread -> thread.getName().equals("zk4j-witness")));
  }

  private static WitnessCalculator calculator(WasmBuilder wasm) throws MalformedDataException {
    return WitnessCalculator.of(wasm.build(), "hand.wasm", PATIENT);
  }

  private static void assertFails(Reason reason, String problem, WasmBuilder wasm)
      throws MalformedDataException {
    assertFails(reason, problem, calculator(wasm));
  }

  private static void assertFails(Reason reason, String problem, WitnessCalculator calculator) {
    WitnessCalculationException e =
        assertThrows(WitnessCalculationException.class, () -> calculator.calculate(INPUT));
    assertEquals(reason, e.reason(), e.toString());
    assertContains(problem, e.problem());
  }

  private static void assertDoesNotEnd(WitnessCalculator calculator) {
    assertFails(
        Reason.LIMIT_EXCEEDED, "it did not end within PT0.3S", calculator.withLimits(SHORT));
  }

  private static void assertRefused(String problem, byte[] wasm) {
    assertRefused(problem, wasm, PATIENT);
  }

  private static void assertRefused(String problem, byte[] wasm, WitnessLimits limits) {
    MalformedDataException e =
        assertThrows(
            MalformedDataException.class, () -> WitnessCalculator.of(wasm, "hand.wasm", limits));
    assertContains(problem, e.problem());
    assertEquals("hand.wasm", e.source());
  }

  private static void assertContains(String part, String text) {
    assertTrue(text.contains(part), () -> "\"" + part + "\" is not in \"" + text + "\"");
  }

  @Test
  void theHandmadeCircuitIsOneOtherwise() throws Exception {
    assertEquals(1, calculator(new WasmBuilder()).calculate(INPUT).size());
  }

  static Stream<int[]> endlessCode() {
    return Arrays.stream(ENDLESS);
  }

  @ParameterizedTest
  @MethodSource("endlessCode")
  void endlessLoopsEnd(int[] loop) throws IOException {
    assertDoesNotEnd(calculator(new WasmBuilder().function("setInputSignal", 3, 0, loop)));
  }

  @ParameterizedTest
  @MethodSource("endlessCode")
  void endlessLoopsOfInterpretedFunctionsEnd(int[] loop) throws IOException {
    int[] large = IntStream.concat(Arrays.stream(loop), nops(20_000)).toArray();
    WasmBuilder wasm = new WasmBuilder().function("setInputSignal", 3, 0, large);
    WitnessCalculator calculator = calculator(wasm);
    assertFalse(calculator.interpretedFunctions().isEmpty());
    assertDoesNotEnd(calculator);
  }

  private static IntStream nops(int count) {
    return IntStream.generate(() -> NOP).limit(count);
  }

  @Test
  void endlessLoopsEndBeforeTheFirstCalculation() {
    WasmBuilder start = new WasmBuilder().function("forever", 0, 0, ENDLESS[0]).start("forever");
    assertRefused("it did not end within", start.build(), SHORT);
    int[] loopThenTwo =
        IntStream.concat(Arrays.stream(ENDLESS[1]), IntStream.of(I32_CONST, 2)).toArray();
    assertRefused(
        "it did not end within",
        new WasmBuilder().function("getVersion", 0, 1, loopThenTwo).build(),
        SHORT);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void endlessRecursionEnds(boolean interpreted) throws IOException {
    WasmBuilder wasm = new WasmBuilder();
    IntStream self = IntStream.of(CALL, wasm.index("init"), NOP);
    int[] code = IntStream.concat(self, nops(interpreted ? 20_000 : 0)).toArray();
    // Without the first parameter, which init has.
    code = IntStream.concat(IntStream.of(I32_CONST, 0), Arrays.stream(code)).toArray();
    assertFails(Reason.CODE_FAILED, "call stack exhausted", wasm.function("init", 1, 0, code));
  }

  @Test
  void endlessMessagesEnd() throws IOException {
    WasmBuilder wasm =
        new WasmBuilder()
            .returning("getMessageChar", 'a')
            .function("setInputSignal", 3, 0, CALL, WasmBuilder.WRITE_BUFFER_MESSAGE);
    assertFails(Reason.CODE_FAILED, "a message of more than 65536 bytes", wasm);
  }

  @Test
  void messagesThatAskForMessagesEnd() throws IOException {
    WasmBuilder wasm =
        new WasmBuilder()
            .function("getMessageChar", 0, 1, CALL, WasmBuilder.WRITE_BUFFER_MESSAGE, I32_CONST, 0)
            .function("setInputSignal", 3, 0, CALL, WasmBuilder.WRITE_BUFFER_MESSAGE);
    assertFails(Reason.CODE_FAILED, "call stack exhausted", wasm);
  }

  @Test
  void endlessLogsEnd() throws IOException {
    // Values without an end of the line, and listeners that take an interruption for themselves.
    WasmBuilder wasm =
        new WasmBuilder()
            .function(
                "setInputSignal",
                3,
                0,
                LOOP,
                EMPTY,
                CALL,
                WasmBuilder.SHOW_SHARED_MEMORY,
                BR,
                0,
                END);
    assertDoesNotEnd(calculator(wasm).withLog(line -> Thread.interrupted()));
  }

  @Test
  void cancellationEndsIt() throws Exception {
    WitnessCalculator calculator =
        calculator(new WasmBuilder().function("setInputSignal", 3, 0, ENDLESS[0]))
            .withLimits(WitnessLimits.defaults());
    CancellationToken token = new CancellationToken();
    Thread canceller =
        new Thread(
            () -> {
              try {
                TimeUnit.MILLISECONDS.sleep(100);
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
              token.cancel();
            });
    canceller.start();
    Execution cancelled = Execution.sequential().withCancellation(token);
    assertThrows(CancellationException.class, () -> calculator.calculate(INPUT, cancelled));
    canceller.join();
    Execution late = Execution.sequential().withTimeout(Duration.ofMillis(100));
    assertThrows(CancellationException.class, () -> calculator.calculate(INPUT, late));
  }

  @Test
  void interruptionOfTheCallerEndsIt() throws IOException {
    WitnessCalculator calculator =
        calculator(new WasmBuilder().function("setInputSignal", 3, 0, ENDLESS[0]));
    Thread.currentThread().interrupt();
    assertThrows(CancellationException.class, () -> calculator.calculate(INPUT));
    assertTrue(Thread.interrupted(), "the interruption is kept");
  }

  @ParameterizedTest
  @ValueSource(ints = {16385, 32768, 65536})
  void largeMemoriesAreRefused(int pages) {
    assertRefused(
        "its memory begins with " + pages + " pages of 64 KiB, the limit is 16384",
        new WasmBuilder().pages(pages).build());
  }

  @ParameterizedTest
  @ValueSource(longs = {65537, 0xffff_ffffL})
  void impossibleMemoriesAreRefused(long pages) {
    assertRefused("", new WasmBuilder().pages(pages).build());
  }

  @Test
  void limitsBindCircuitsThatAreMadeAlready() throws Exception {
    WitnessCalculator calculator = calculator(new WasmBuilder().pages(20));
    assertEquals(1, calculator.withLimits(PATIENT.withMemoryPages(20)).calculate(INPUT).size());
    WitnessCalculationException e =
        assertThrows(
            WitnessCalculationException.class,
            () -> calculator.withLimits(PATIENT.withMemoryPages(19)).calculate(INPUT));
    assertEquals(Reason.LIMIT_EXCEEDED, e.reason());
  }

  @Test
  void memoryGrowsUpToTheLimit() throws Exception {
    // As circom's code does: error 5 if the memory cannot grow by 9 pages.
    WasmBuilder wasm =
        new WasmBuilder()
            .function(
                "setInputSignal",
                3,
                0,
                I32_CONST,
                9,
                MEMORY_GROW,
                0,
                I32_CONST,
                0x7f,
                I32_EQ,
                IF,
                EMPTY,
                I32_CONST,
                5,
                CALL,
                EXCEPTION_HANDLER,
                END);
    WitnessCalculator calculator = calculator(wasm);
    assertEquals(1, calculator.withLimits(PATIENT.withMemoryPages(10)).calculate(INPUT).size());
    WitnessCalculationException e =
        assertThrows(
            WitnessCalculationException.class,
            () -> calculator.withLimits(PATIENT.withMemoryPages(9)).calculate(INPUT));
    assertEquals(Reason.LIMIT_EXCEEDED, e.reason());
  }

  @Test
  void trapsAreErrors() throws IOException {
    assertFails(
        Reason.CODE_FAILED,
        "the circuit's code failed",
        new WasmBuilder().function("setInputSignal", 3, 0, UNREACHABLE));
    assertRefused(
        "out of bounds memory access",
        new WasmBuilder().returning("getSharedRWMemoryStart", -16).build());
  }

  @Test
  void whatIsNoWitnessIsRefused() throws IOException {
    assertFails(
        Reason.CODE_FAILED,
        "a witness of 4294967295 wires is not in its memory",
        new WasmBuilder().returning("getWitnessSize", -1));
    assertFails(
        Reason.CODE_FAILED,
        "a witness of 0 wires is not in its memory",
        new WasmBuilder().returning("getWitnessSize", 0));
    assertFails(
        Reason.CODE_FAILED,
        "wire 0 of a witness is 1, not 2",
        new WasmBuilder()
            .function("getWitness", 1, 0, WasmBuilder.storeWords(2, 0, 0, 0, 0, 0, 0, 0)));
    // The top word is that of r plus one.
    assertFails(
        Reason.CODE_FAILED,
        "is not below the modulus",
        new WasmBuilder().function("getWitness", 1, 0, storeTopWord(0x30644e73)));
  }

  private static int[] storeTopWord(int word) {
    int[][] parts = {{I32_CONST, 28}, WasmBuilder.constant(word), {WasmBuilder.I32_STORE, 0, 0}};
    return Arrays.stream(parts).flatMapToInt(Arrays::stream).toArray();
  }

  @Test
  void otherVersionsAndFieldsAreRefused() {
    assertRefused(
        "a circuit of circom 1 instead of 2", new WasmBuilder().returning("getVersion", 1).build());
    assertRefused(
        "a circuit of circom 3 instead of 2", new WasmBuilder().returning("getVersion", 3).build());
    assertRefused(
        "a circuit over another field (prime 0)",
        new WasmBuilder().returning("getFieldNumLen32", Integer.MAX_VALUE).build());
    assertRefused(
        "a circuit over another field (prime 101)",
        new WasmBuilder().prime(BigInteger.valueOf(101)).build());
    assertRefused(
        "circom 1 made this file",
        new WasmBuilder().without("getVersion").returning("getNVars", 1).build());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "getVersion", "getFieldNumLen32", "getRawPrime", "getSharedRWMemoryStart", "init",
        "getInputSize", "setInputSignal", "getWitnessSize", "getWitness", "getMessageChar"
      })
  void missingAndWrongExportsAreRefused(String name) {
    assertRefused("it exports no " + name, new WasmBuilder().without(name).build());
    assertRefused(
        "the export " + name + " is no function of",
        new WasmBuilder().function(name, 5, 0).build());
  }

  @Test
  void wrongTypesOfOptionalExportsAreRefused() {
    assertRefused(
        "the export getInputSignalSize is no function of",
        new WasmBuilder().function("getInputSignalSize", 0, 0).build());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"runtime.deleteEverything", "env.exceptionHandler", "runtime.showSharedRWMemory"})
  void otherImportsAreRefused(String name) {
    // The last one has the type of the exception handler here.
    assertRefused(
        "it imports " + name + ", which circom 2 does not",
        new WasmBuilder().keepingImports(1).importing("runtime.exceptionHandler", name).build());
  }

  @Test
  void newerInstructionsAreRefused() {
    int[] fill = {I32_CONST, 0, I32_CONST, 0, I32_CONST, 0, 0xfc, 11, 0};
    assertRefused(
        "MEMORY_FILL is no instruction of WebAssembly 1.0",
        new WasmBuilder().function("init", 1, 0, fill).build());
    int[] grow = {0xd0, 0x70, I32_CONST, 1, 0xfc, 15, 0, DROP};
    byte[] table = new Bytes().number(1).number(0x70).number(0).number(1).toByteArray();
    assertRefused(
        "is no instruction of WebAssembly 1.0",
        new WasmBuilder().section(4, table).function("init", 1, 0, grow).build());
  }

  static Stream<WasmBuilder> countsThatDoNotFit() {
    long most = 0xffff_ffffL;
    return Stream.of(
            // Types, their parameters and results; newer kinds of types.
            section(1).number(most),
            section(1).number(65).raw(new byte[65 * 3]),
            section(1).number(1).number(0x60).number(most),
            section(1).number(1).number(0x60).number(0).number(most),
            section(1).number(1).number(0x4e).number(1 << 20),
            section(1).number(1).number(0x5f).number(most),
            // Names of imports and exports.
            section(2).number(most),
            section(2).number(1).number(most),
            section(2).number(1).text("runtime").number(1 << 30),
            section(2).number(1).text("env").text("memory").number(2).number(0).number(1),
            section(7).number(1).number(Integer.MAX_VALUE),
            // Elements and data; segments that are not active.
            section(9).number(1).number(0).number(I32_CONST).number(0).number(END).number(most),
            section(9).number(1).number(1).number(0).number(1 << 28),
            section(11)
                .number(1)
                .number(0)
                .number(I32_CONST)
                .number(0)
                .number(END)
                .number(1L << 31),
            section(11).number(1).number(1).number(Integer.MAX_VALUE),
            section(11).number(1).number(0).number(0x42).number(0).number(END).number(0),
            // Functions' sizes, groups of locals, and locals.
            section(10).number(most),
            section(10).number(1).number(most),
            section(10).number(1).number(6).number(most),
            section(10).number(1).number(6).number(1).number(50_000).number(0x7f).number(END),
            // Sections' and custom sections' sizes.
            section(0).number(most),
            section(0).text("name").number(1).number(most),
            section(0).text("name").number(1).number(3).number(1).number(0).number(100))
        .map(section -> new WasmBuilder().section(section.type, section.toByteArray()));
  }

  private static final class Section extends Bytes {
    final int type;

    Section(int type) {
      this.type = type;
    }

    @Override
    Section number(long unsigned) {
      super.number(unsigned);
      return this;
    }

    @Override
    Section raw(byte[] bytes) {
      super.raw(bytes);
      return this;
    }

    @Override
    Section text(String text) {
      super.text(text);
      return this;
    }
  }

  private static Section section(int type) {
    return new Section(type);
  }

  @ParameterizedTest
  @MethodSource("countsThatDoNotFit")
  void countsThatDoNotFitAreRefused(WasmBuilder wasm) {
    byte[] bytes = wasm.build();
    long before = allocated();
    assertThrows(MalformedDataException.class, () -> WasmOutline.check(bytes, "hand.wasm"));
    assertTrue(allocated() - before < 1 << 20, "nothing is allocated for them");
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }

  @Test
  void hugeTablesAreRefused() {
    for (long entries : List.of(1_000_001L, 10_000_000L)) {
      byte[] table = new Bytes().number(1).number(0x70).number(0).number(entries).toByteArray();
      assertRefused("tables of", new WasmBuilder().section(4, table).build());
    }
    Bytes many = new Bytes().number(1000);
    for (int i = 0; i < 1000; i++) {
      many.number(0x70).number(0).number(10_000);
    }
    assertRefused(
        "tables of 10000000 entries", new WasmBuilder().section(4, many.toByteArray()).build());
  }

  @Test
  void garbageIsRefused() {
    assertRefused("does not begin with \\0asm", new byte[0]);
    assertRefused(
        "does not begin with \\0asm", "<html>not found</html>".getBytes(StandardCharsets.UTF_8));
    assertRefused("WebAssembly version 2", new byte[] {0, 'a', 's', 'm', 2, 0, 0, 0});
    Random random = new Random(1);
    for (int i = 0; i < 2000; i++) {
      byte[] bytes = new byte[8 + random.nextInt(60)];
      random.nextBytes(bytes);
      System.arraycopy(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0}, 0, bytes, 0, 8);
      assertRefused("", bytes);
    }
  }

  @Test
  void filesCutShortAreRefused() throws IOException {
    byte[] small = new WasmBuilder().build();
    // Behind the code come data, without which the prime is 0.
    for (int length = 0; length < small.length; length++) {
      assertRefused("", Arrays.copyOf(small, length));
    }
    byte[] real =
        Files.readAllBytes(Path.of("..", "fixtures", "data", "multiplier", "circuit.wasm"));
    int names = lastIndexOf(real, "name");
    for (int length = 0; length < names - 10; length += length < 1000 ? 1 : 397) {
      assertRefused("", Arrays.copyOf(real, length));
    }
  }

  private static int lastIndexOf(byte[] bytes, String text) {
    return new String(bytes, StandardCharsets.ISO_8859_1).lastIndexOf("\4" + text);
  }

  @Test
  void changedBytesGiveAWitnessOrAnError() {
    byte[] wasm = new WasmBuilder().saying("hello").build();
    Random random = new Random(2);
    WitnessLimits limits = WitnessLimits.defaults().withTimeout(Duration.ofSeconds(2));
    int calculated = 0;
    for (int i = 0; i < 1500; i++) {
      byte[] changed = wasm.clone();
      for (int j = random.nextInt(3); j >= 0; j--) {
        changed[8 + random.nextInt(changed.length - 8)] = (byte) random.nextInt(256);
      }
      try {
        WitnessCalculator.of(changed, "changed.wasm", limits).calculate(INPUT);
        calculated++;
      } catch (MalformedDataException | WitnessCalculationException e) {
        assertContains("changed.wasm", e.toString());
      } catch (RuntimeException | Error e) {
        fail("change " + i, e);
      }
    }
    assertTrue(calculated > 0 && calculated < 1500, calculated + " calculated");
  }

  @Test
  void limitsHaveRanges() {
    for (int pages : new int[] {-1, 0, 32768}) {
      assertThrows(
          IllegalArgumentException.class, () -> WitnessLimits.defaults().withMemoryPages(pages));
    }
    for (Duration timeout :
        List.of(Duration.ZERO, Duration.ofMillis(-1), Duration.ofSeconds(Long.MAX_VALUE))) {
      assertThrows(
          IllegalArgumentException.class, () -> WitnessLimits.defaults().withTimeout(timeout));
    }
  }
}
