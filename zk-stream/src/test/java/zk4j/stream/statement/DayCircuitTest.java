package zk4j.stream.statement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import zk4j.bn254.Fr;
import zk4j.bn254.FrVector;
import zk4j.circuit.CompiledCircuit;
import zk4j.circuit.Inputs;
import zk4j.core.Execution;
import zk4j.merkle.MerkleTree;
import zk4j.r1cs.Witness;
import zk4j.stream.Device;
import zk4j.stream.Samples;
import zk4j.stream.SubjectSecret;
import zk4j.stream.Window;
import zk4j.stream.WindowFormat;
import zk4j.testing.CircuitTester;

/** Days of three windows of twelve minutes. */
class DayCircuitTest {
  private static final Fr CHALLENGE = Fr.of(31_337);
  private static final Fr AUDIENCE = Fr.of(5);
  private static final int WINDOWS = 3;
  private static final int LOW = 60;
  private static final int HIGH = 70;
  private static final int GAP = Window.GAP;

  private static final List<Fr> SALTS = List.of(Fr.of(101), Fr.of(102), Fr.of(103));

  private static final SummaryCircuit SUMMARY = new SummaryCircuit(Samples.MINUTES);

  private static final DayCircuit IN_RANGE =
      new DayCircuit(Samples.MINUTES, WINDOWS, DayStatements.timeInRange());

  private static final DayCircuit AVERAGE =
      new DayCircuit(Samples.MINUTES, WINDOWS, DayStatements.averageAbove());

  private static final MerkleTree DEVICES = MerkleTree.ofDepth(StatementCircuit.ENROLMENT_DEPTH);

  static {
    DEVICES.append(
        StatementCircuit.enrolmentLeaf(Samples.key(1).publicKey(), Samples.SECRET.subject()));
  }

  /** 30 readings, of which 15 are in range; their sum is 15 * 64 + 15 * 80 = 2160. */
  private static final List<EnrolledWindow> DAY = day(sixty(12, 0), sixty(0, 6), sixty(3, 9));

  /** So many readings in range, then so many above it, then gaps. */
  private static int[] sixty(int inRange, int above) {
    return IntStream.range(0, 12)
        .map(i -> i < inRange ? 64 : i < inRange + above ? 80 : GAP)
        .toArray();
  }

  private static List<EnrolledWindow> day(int[]... windows) {
    Device device = Samples.device(1);
    List<EnrolledWindow> day = new ArrayList<>();
    for (int i = 0; i < windows.length; i++) {
      Window window =
          Window.of(
              Samples.MINUTES,
              Samples.START.plus(Samples.MINUTES.length().multipliedBy(i)),
              windows[i]);
      day.add(new EnrolledWindow(device.seal(window), DEVICES.prove(0)));
    }
    return day;
  }

  private static Inputs inputs(DayCircuit circuit, List<EnrolledWindow> day, int minimum) {
    return circuit
        .inputs(day, SALTS, LOW, HIGH, Samples.SECRET, CHALLENGE, AUDIENCE)
        .and("minimumPresent", minimum);
  }

  private static Fr[] expected(DayCircuit circuit, boolean holds) {
    Fr scope = circuit.scope(AUDIENCE, Samples.START);
    return new Fr[] {
      Fr.of(holds ? 1 : 0), Samples.SECRET.pseudonym(AUDIENCE), Samples.SECRET.nullifier(scope)
    };
  }

  private static Fr summary(int window) {
    return new Summary(DAY.get(window), AUDIENCE, LOW, HIGH, SALTS.get(window)).commitment();
  }

  @Test
  void theSummaryOfASignedWindowIsCommittedTo() {
    CircuitTester tester = CircuitTester.of(SUMMARY);
    Inputs honest = SUMMARY.inputs(DAY.get(2), AUDIENCE, LOW, HIGH, SALTS.get(2));
    tester.accepts(honest, summary(2)).isDetermined();
    assertEquals(9 * 80 + 3 * 64, new Summary(DAY.get(2), AUDIENCE, LOW, HIGH, Fr.ONE).sum());
    List<String> free = List.of("audience", "low", "high", "summarySalt");
    for (String name : honest.values().keySet()) {
      if (!free.contains(name)) {
        tester.refuses(Exchanged.element(honest, name, 0));
      }
    }
  }

  @Test
  void eachValueOfASummaryChangesIt() throws Exception {
    CompiledCircuit circuit = CompiledCircuit.of(SUMMARY);
    Inputs honest = SUMMARY.inputs(DAY.get(2), AUDIENCE, LOW, HIGH, SALTS.get(2));
    for (String name : List.of("audience", "low", "high", "summarySalt")) {
      Witness witness = circuit.witness(Exchanged.element(honest, name, 0));
      assertNotEquals(summary(2), witness.get(1), name);
    }
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new SummaryCircuit(WindowFormat.SPO2_HOUR)
                .inputs(DAY.get(0), AUDIENCE, LOW, HIGH, Fr.ONE));
  }

  private record Case(
      DayCircuit circuit, List<EnrolledWindow> day, int minimum, Inputs parameter, boolean holds) {}

  static Stream<Case> cases() {
    int[] gaps = sixty(0, 0);
    List<EnrolledWindow> silent = day(gaps, gaps, gaps);
    List<EnrolledWindow> full = day(sixty(12, 0), sixty(12, 0), sixty(12, 0));
    return Stream.of(
        new Case(IN_RANGE, DAY, 30, Inputs.of("percent", 49), true), // 15 of 30
        new Case(IN_RANGE, DAY, 30, Inputs.of("percent", 50), false),
        new Case(IN_RANGE, DAY, 31, Inputs.of("percent", 49), false),
        new Case(IN_RANGE, DAY, 0, Inputs.of("percent", 0), true),
        new Case(IN_RANGE, silent, 0, Inputs.of("percent", 0), false),
        new Case(IN_RANGE, full, 36, Inputs.of("percent", 99), true),
        new Case(IN_RANGE, full, 36, Inputs.of("percent", 100), false),
        new Case(IN_RANGE, full, 37, Inputs.of("percent", 0), false),
        new Case(AVERAGE, DAY, 30, Inputs.of("limit", 71), true), // 2160 / 30 = 72
        new Case(AVERAGE, DAY, 30, Inputs.of("limit", 72), false),
        new Case(AVERAGE, DAY, 31, Inputs.of("limit", 71), false),
        new Case(AVERAGE, silent, 0, Inputs.of("limit", 0), false));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void holdsOrNot(Case row) {
    Inputs inputs = inputs(row.circuit, row.day, row.minimum);
    for (var parameter : row.parameter.values().entrySet()) {
      inputs = inputs.and(parameter.getKey(), parameter.getValue());
    }
    CircuitTester.of(row.circuit).accepts(inputs, expected(row.circuit, row.holds));
  }

  @Test
  void theInputsDetermineTheAnswer() {
    CircuitTester.of(IN_RANGE).isDetermined();
    CircuitTester.of(AVERAGE).isDetermined();
  }

  @Test
  void daysSayWhatAPlainProgramSays() throws Exception {
    CompiledCircuit circuit = CompiledCircuit.of(IN_RANGE);
    Random random = new Random(20);
    int held = 0;
    for (int i = 0; i < 40; i++) {
      int gaps = random.nextInt(50);
      int[][] windows = new int[WINDOWS][];
      for (int j = 0; j < WINDOWS; j++) {
        windows[j] =
            random
                .ints(12, 55, 75)
                .map(reading -> random.nextInt(100) < gaps ? GAP : reading)
                .toArray();
      }
      int percent = 30 + random.nextInt(50);
      int minimum = random.nextInt(36);
      List<Integer> readings =
          Arrays.stream(windows)
              .flatMapToInt(Arrays::stream)
              .filter(x -> x != GAP)
              .boxed()
              .toList();
      long inRange = readings.stream().filter(x -> x >= LOW && x <= HIGH).count();
      boolean expected =
          readings.size() >= minimum && 100 * inRange > (long) percent * readings.size();
      Witness witness =
          circuit.witness(inputs(IN_RANGE, day(windows), minimum).and("percent", percent));
      assertEquals(Fr.of(expected ? 1 : 0), witness.get(1));
      held += expected ? 1 : 0;
    }
    assertTrue(held > 4 && held < 36, held + " days");
  }

  @Test
  void nothingOfADayMayBeExchanged() {
    CircuitTester tester = CircuitTester.of(IN_RANGE);
    Inputs honest = inputs(IN_RANGE, DAY, 30).and("percent", 49);
    List<String> free = List.of("challenge", "minimumPresent", "percent");
    honest
        .values()
        .forEach(
            (name, values) -> {
              for (int i = 0; i < (free.contains(name) ? 0 : values.size()); i++) {
                tester.refuses(Exchanged.element(honest, name, i));
              }
            });
  }

  /** Whatever goes with a summary, it is of one window, at its place. */
  @Test
  void windowsKeepTheirPlaces() {
    CircuitTester tester = CircuitTester.of(IN_RANGE);
    Inputs honest = inputs(IN_RANGE, DAY, 30).and("percent", 49);
    for (UnaryOperator<List<Fr>> change :
        List.<UnaryOperator<List<Fr>>>of(
            values -> List.of(values.get(1), values.get(0), values.get(2)),
            values -> List.of(values.get(0), values.get(0), values.get(2)),
            values -> List.of(values.get(0), values.get(2), values.get(2)))) {
      Inputs moved = honest;
      for (String name : List.of("summaries", "headers", "present", "inRange", "sums", "salts")) {
        moved = Exchanged.input(moved, name, change);
      }
      tester.refuses(moved);
    }
  }

  @Test
  void anotherVerdictOrNameSatisfiesNothing() throws Exception {
    CompiledCircuit circuit = CompiledCircuit.of(IN_RANGE);
    Witness witness = circuit.witness(inputs(IN_RANGE, DAY, 30).and("percent", 49));
    for (int wire = 1; wire <= circuit.r1cs().publicSignals(); wire++) {
      if (!circuit.names().name(wire).equals("challenge")) { // which the proof alone binds
        FrVector values = witness.values().copy();
        values.set(wire, witness.get(wire).isZero() ? Fr.ONE : witness.get(wire).minus(Fr.ONE));
        assertTrue(
            circuit.r1cs().firstViolation(Witness.of(values), Execution.sequential()).isPresent(),
            circuit.names().name(wire));
      }
    }
  }

  @Test
  void onlyConsecutiveWindowsOfOneDeviceAreADay() {
    SubjectSecret other = new SubjectSecret(Fr.of(8));
    Device foreign = new Device(Samples.key(1), other.subject(), null, new SecureRandom());
    EnrolledWindow foreignWindow =
        new EnrolledWindow(foreign.seal(DAY.get(1).sealed().window()), DEVICES.prove(0));
    EnrolledWindow sameTimeElsewhere =
        new EnrolledWindow(Samples.device(2).seal(DAY.get(1).sealed().window()), DEVICES.prove(0));
    EnrolledWindow restarted =
        new EnrolledWindow(Samples.device(1).seal(DAY.get(1).sealed().window()), DEVICES.prove(0));
    for (List<EnrolledWindow> wrong :
        List.of(
            DAY.subList(0, 2),
            List.of(DAY.get(1), DAY.get(0), DAY.get(2)),
            List.of(DAY.get(0), DAY.get(0), DAY.get(2)),
            Collections.nCopies(3, DAY.get(0)),
            List.of(DAY.get(0), foreignWindow, DAY.get(2)),
            List.of(DAY.get(0), sameTimeElsewhere, DAY.get(2)),
            List.of(DAY.get(0), restarted, DAY.get(2)))) {
      assertThrows(IllegalArgumentException.class, () -> inputs(IN_RANGE, wrong, 0));
    }
    CircuitTester.of(IN_RANGE)
        .refuses(
            IN_RANGE
                .inputs(DAY, SALTS, LOW, HIGH, other, CHALLENGE, AUDIENCE)
                .and("minimumPresent", 0)
                .and("percent", 0));
  }

  @Test
  void nullifiersAreOfStatementLengthAndStart() {
    Fr scope = IN_RANGE.scope(AUDIENCE, Samples.START);
    DayCircuit longer = new DayCircuit(Samples.MINUTES, 4, DayStatements.timeInRange());
    assertNotEquals(scope, AVERAGE.scope(AUDIENCE, Samples.START));
    assertNotEquals(scope, longer.scope(AUDIENCE, Samples.START));
    assertNotEquals(scope, IN_RANGE.scope(Fr.of(6), Samples.START));
    assertNotEquals(scope, IN_RANGE.scope(AUDIENCE, Samples.later(1).start()));
    assertThrows(
        IllegalArgumentException.class,
        () -> new DayCircuit(Samples.MINUTES, 0, DayStatements.timeInRange()).length());
    assertThrows(
        IllegalArgumentException.class,
        () -> new DayCircuit(Samples.MINUTES, 129, DayStatements.timeInRange()).length());
  }
}
